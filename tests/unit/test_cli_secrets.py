from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from enquiry_tui.cli import session
from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.secrets import read_secrets, typed_back
from enquiry_tui.desk.recovery import is_same_key
from enquiry_tui.errors import UsageError
from enquiry_tui.vault.recovery import new_recovery_key

PHRASE = "correct horse Łódź"


def standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, *, terminal: bool = False) -> None:
    stream = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")
    stream.isatty = lambda: terminal  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", stream)


def private(folder: Path, data: bytes) -> str:
    path = folder / "phrase"
    path.write_bytes(data)
    path.chmod(0o600)
    return str(path)


def test_a_file_gives_its_first_line_without_the_line_end(tmp_path: Path):
    path = private(tmp_path, f"\ufeff{PHRASE} \r\nsecond\n".encode())
    assert read_secrets(path, ["Passphrase"]) == [PHRASE + " "]


def test_a_file_gives_one_line_for_each_secret(tmp_path: Path):
    assert read_secrets(private(tmp_path, b"old one\nnew one"), ["Old", "New"]) == [
        "old one",
        "new one",
    ]


def test_standard_input_gives_its_first_line(monkeypatch: pytest.MonkeyPatch):
    standard_input(monkeypatch, f"{PHRASE}\nrest".encode())
    assert read_secrets("-", ["Passphrase"]) == [PHRASE]


def test_a_terminal_is_asked_without_echo(monkeypatch: pytest.MonkeyPatch):
    standard_input(monkeypatch, b"", terminal=True)
    monkeypatch.setattr("getpass.getpass", lambda prompt: f"answer to {prompt}")
    assert read_secrets(None, ["Old", "New"]) == ["answer to Old: ", "answer to New: "]
    assert read_secrets("-", ["Old"]) == ["answer to Old: "]


def test_without_a_terminal_and_a_source_it_is_refused(monkeypatch: pytest.MonkeyPatch):
    standard_input(monkeypatch, b"secret\n")
    with pytest.raises(UsageError, match="no terminal"):
        read_secrets(None, ["Passphrase"])


@pytest.mark.parametrize("data", [b"", b"\n", b"a\0b\n", b"\xff\xfe\n", b"x" * 5000, b"only one\n"])
def test_a_file_that_holds_no_passphrase_is_refused_without_repeating_it(
    tmp_path: Path, data: bytes
):
    with pytest.raises(UsageError) as refusal:
        read_secrets(private(tmp_path, data), ["Old", "New"])
    assert "only one" not in refusal.value.title + refusal.value.hint


def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path):
    for name in (tmp_path / "nosuch", tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            read_secrets(str(name), ["Passphrase"])


@pytest.mark.skipif(os.name == "nt", reason="file modes")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o602])
def test_a_file_that_others_can_reach_is_refused_before_it_is_read(tmp_path: Path, mode: int):
    path = Path(private(tmp_path, b"phrase\n"))
    path.chmod(mode)
    with pytest.raises(UsageError, match="Other accounts") as refusal:
        read_secrets(str(path), ["Passphrase"])
    assert refusal.value.exit_code == 2
    assert "chmod 600" in refusal.value.hint


def test_a_new_passphrase_that_is_typed_blind_is_typed_twice(monkeypatch):
    asked: list[str] = []

    @contextmanager
    def desk(_options, prompts):
        asked[:] = prompts
        yield object(), ["old", "new", "nwe"][: len(prompts)]

    monkeypatch.setattr(session, "_desk", desk)
    options = Globals(None, "okafor", "a file", None)  # type: ignore[arg-type]
    with session.signed_in_to_change(options) as (_, old, new):
        assert (old, new) == ("old", "new")
    assert len(asked) == 2
    monkeypatch.setattr(session, "is_blind", lambda _source: True)
    with pytest.raises(UsageError), session.signed_in_to_change(options):
        raise AssertionError
    assert len(asked) == 3


def test_a_recovery_key_is_typed_back_until_it_is_right(monkeypatch, capsys):
    key = new_recovery_key()
    answers = iter(["", "not a key", new_recovery_key(), key.lower().replace("-", " ")])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    assert typed_back("Key", lambda typed: is_same_key(typed, key), "Once more.")
    assert capsys.readouterr().err == "Once more.\n" * 3

    def ended(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", ended)
    assert not typed_back("Key", lambda typed: is_same_key(typed, key), "Once more.")
