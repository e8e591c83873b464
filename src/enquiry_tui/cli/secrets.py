"""Where a passphrase may come from: a file, the first lines of standard input, a hidden prompt."""

from __future__ import annotations

import getpass
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from enquiry_tui.cli.output import narrate
from enquiry_tui.errors import UsageError

_LONGEST = 4096  # bytes in a line: no passphrase is longer, and a wrong file is not swallowed whole


def read_secrets(source: str | None, prompts: Sequence[str]) -> list[str]:
    """One secret for each prompt, one a line. Raises UsageError; its words never hold a secret.

    `source` is a file name, `-` for standard input, or None to ask on a terminal.
    """
    if source is None or is_blind(source):
        return _ask(prompts)
    if source == "-":
        if sys.stdin is None:
            raise UsageError("Standard input is closed.", "Send the passphrase as its first line.")
        return _lines(sys.stdin.buffer, len(prompts), "standard input")
    return _from_file(Path(source), len(prompts))


def read_new_secret(source: str | None) -> str:
    """Read a passphrase that is being chosen: twice where it is typed blind. Raises UsageError."""
    if not is_blind(source):
        return read_secrets(source, ["Passphrase"])[0]
    first, again = read_secrets(None, ["New passphrase", "The same again"])
    if first != again:
        raise UsageError("The two were not the same.", "Nothing was changed. Try again.")
    return first


def typed_back(prompt: str, is_right: Callable[[str], bool], again: str) -> bool:
    """Ask on the terminal until it is right; gives False where the input ended (Ctrl+D)."""
    while True:
        try:
            typed = getpass.getpass(f"{prompt}: ")
        except EOFError:
            return False
        if is_right(typed):
            return True
        narrate(again)


def is_blind(source: str | None) -> bool:
    """Say whether secrets of this source are typed at a prompt that shows nothing."""
    return source is None or (source == "-" and _is_terminal())


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _ask(prompts: Sequence[str]) -> list[str]:
    if not _is_terminal():
        raise UsageError(
            "A passphrase is needed and there is no terminal to ask on.",
            "Give --passphrase-file FILE, or --passphrase-file - and send it on standard input.",
        )
    try:
        answers = [getpass.getpass(f"{prompt}: ") for prompt in prompts]
    except EOFError as end:
        raise UsageError("No passphrase was typed.", "Run the command again and type it.") from end
    return [_checked(answer, "the prompt") for answer in answers]


def _from_file(path: Path, count: int) -> list[str]:
    try:
        with path.open("rb") as file:
            _demand_private(path)
            return _lines(file, count, "the passphrase file")
    except OSError as error:
        raise UsageError(
            f"The passphrase file cannot be read ({error.strerror or 'unknown reason'}).",
            "Check the name given with --passphrase-file and who may read the file.",
        ) from error


def _demand_private(path: Path) -> None:
    mode = path.stat().st_mode
    if sys.platform != "win32" and stat.S_ISREG(mode) and mode & 0o077:
        raise UsageError(
            "Other accounts on this machine can reach the passphrase file.",
            "chmod 600 it; if anybody may have read it, change the passphrase too.",
        )


def _lines(file: BinaryIO, count: int, where: str) -> list[str]:
    return [_checked(_decoded(file.readline(_LONGEST + 1), where), where) for _ in range(count)]


def _decoded(line: bytes, where: str) -> str:
    if len(line) > _LONGEST:
        raise UsageError(f"The line from {where} is too long for a passphrase.", "Check the file.")
    try:
        text = line.decode("utf-8").removesuffix("\n").removesuffix("\r")
        return text.removeprefix("\ufeff")  # some editors put a byte-order mark first
    except UnicodeDecodeError:
        raise UsageError(f"What came from {where} is not UTF-8 text.", "Check the file.") from None


def _checked(secret: str, where: str) -> str:
    if not secret:
        raise UsageError(
            f"There was no passphrase from {where}.", "It must be one line, not empty."
        )
    if "\0" in secret:
        raise UsageError(f"What came from {where} is not text.", "A passphrase has no NUL in it.")
    return secret
