"""One word written wherever the program holds words is found nowhere outside the encryption."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.breakages import LEAKS
from tests.faults.killing import ROOT

WORD = "KANARYBRDxq7"
PLACES = (
    "HOME",
    "TMPDIR",
    "SQLITE_TMPDIR",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_RUNTIME_DIR",
    "ENQUIRY_ANCHORS",
)


def shapes(word: str) -> dict[str, bytes]:
    """Give the word in every form in which it could be written by accident."""
    plain = word.encode()
    found = {
        "utf-8": plain,
        "lower case": plain.lower(),
        "utf-16": word.encode("utf-16-le"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
    }
    for shift in range(3):  # what stands before the word decides how base64 cuts it
        coded = base64.b64encode(b"\0" * shift + plain)
        found[f"base64 at {shift}"] = coded[4 if shift else 0 : -4]
    return found


@contextmanager
def at_work(root: Path, breakage: str = "") -> Iterator[tuple[subprocess.Popen[bytes], Any]]:
    """Have the child write the word everywhere and stand still with a transaction open."""
    environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    for name in PLACES:
        place = root / name.lower()
        place.mkdir(mode=0o700)
        environment[name] = str(place)
    with (root / "stderr").open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.canaries", str(root), "-", breakage],
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=ROOT,
            env=environment | {"PYTHONDONTWRITEBYTECODE": "1"},
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, (root / "stderr").read_text()[-3000:]
            yield process, json.loads(line)
        finally:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


def hits(root: Path, words: dict[str, bytes], process: int = 0) -> list[str]:
    """Look into every file, and into what the process shows of itself."""
    seen = [path for path in root.rglob("*") if path.is_file()]
    if process and sys.platform == "linux":
        own = Path(f"/proc/{process}")
        seen += [own / "environ", own / "cmdline", own / "comm", *(own / "fd").iterdir()]
    found = []
    for path in seen:
        try:
            data = path.read_bytes() if not _endless(path) else b""
        except OSError:
            continue
        found += [f"{path.name}: {shape}" for shape, word in words.items() if word in data]
    return found


def _endless(path: Path) -> bool:
    target = str(path.readlink()) if path.is_symlink() else ""
    return target.startswith(
        ("pipe:", "socket:", "anon_inode:", "/dev/null", "/dev/pts", "/dev/tty", "/dev/u")
    )


def searched(root: Path, breakage: str = "") -> tuple[list[str], Any]:
    """Look while the child stands in the middle of a change, and again after it is killed."""
    with at_work(root, breakage) as (process, told):
        words = shapes(WORD)
        words |= {f"secret {at}": each.encode() for at, each in enumerate(told["secrets"])}
        found = hits(root, words, process.pid)
    return found + hits(root, words), told


@pytest.mark.timeout(180)
def test_no_word_is_legible_while_it_is_written_or_after_a_kill(
    quick: Path, record_property
) -> None:
    begun = time.monotonic()
    found, told = searched(quick)
    record_property(
        "told",
        f"plaintext: {told['taken']} of {told['columns']} columns of text took the word,"
        f" {len(found)} hits, {time.monotonic() - begun:.0f} s",
    )
    assert told["taken"] > 250
    assert not found


@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", LEAKS)
def test_a_leak_is_found(name: str, quick: Path, request, record_property) -> None:
    if not request.config.option.long and name != "words_in_a_temporary_file":
        pytest.skip("a breakage of the long form")
    found, _ = searched(quick, name)
    record_property("told", f"{name}: {sorted(set(found))[:3]}")
    assert found
