"""A whole session through the program itself: which files it writes, and what it never starts."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.e2e.office import SUPERVISOR, Office
from tests.e2e.running import environment

pytest.importorskip("pty")
from tests.e2e.watching import Watching
from tests.tui.terminal import ROOT, Terminal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="watches folders by inotify")

RANDOM = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}|(?<=backup-)\d{8}-\d{4}-\d+|(?<=run-)\w{8}"
)
HOSTILE = {
    "TEXTUAL": "devtools,debug",
    "TEXTUAL_LOG": "textual.log",
    "TEXTUAL_DRIVER": "evil:Driver",
    "PYTHONASYNCIODEBUG": "1",
}
CANARY = "Zebrafinch"
TOUCHING = {"open", "os.rename", "os.mkdir", "os.link", "os.symlink", "os.truncate"}
TOUCHING |= {"shutil.copyfile", "tempfile.mkstemp"}
UNLINKING = {"os.remove", "os.rmdir", "os.chmod", "shutil.rmtree"}
ANCHORS = {"state", "state/enquiry-tui", "state/enquiry-tui/anchors"}
BY_EVERY_SESSION = {"vault/vault.lock", "state/enquiry-tui/anchors/*.anchors", *ANCHORS}
BY_SQLITE = {"vault/vault.db", "vault/vault.db-journal"}
A_FOUNDING = {"vault.db", "vault.db.new", "vault.lock", "vault.hdr", "vault.hdr.bak"}
A_FOUNDING |= {".vault.hdr.*.tmp", ".vault.hdr.bak.*.tmp", ".vault.tries.*.tmp", "vault.tries"}
TRIAL = "vault/.trial.*.tmp"
A_BACKUP = {
    "backups/.backup-*.db.*.tmp",  # the copy, encrypted, before it goes into the bundle
    "backups/.backup-*.*.tmp",
    "backups/backup-*.enqb",
}


class Noted(NamedTuple):
    """What Python opened for writing or made, and every program and socket it reached for."""

    written: set[str]
    reached: Sequence[tuple[str, ...]]


class Place:
    """A home, a folder for temporary files and one to work in, all watched."""

    def __init__(self, office: Office) -> None:
        self.office, self.home = office, office.home
        self.notes = self.home / "notes"
        for name in ("tmp", "work", "backups", "run"):
            (self.home / name).mkdir(mode=0o700)

    def environment(self) -> dict[str, str]:
        home = self.home
        places = {
            "TMPDIR": str(home / "tmp"),
            "SQLITE_TMPDIR": str(home / "tmp"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_RUNTIME_DIR": str(home / "run"),
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return environment(home, **places, **HOSTILE)

    def command(self, *arguments: str | Path, code: int = 0) -> None:
        options = ("--vault", self.office.vault, "--officer", SUPERVISOR[0])
        words = (self.notes, *options, "--passphrase-file", "-", *arguments)
        done = subprocess.run(
            [sys.executable, "-m", "tests.e2e.watched", *map(str, words)],
            input=SUPERVISOR[1].encode(),
            capture_output=True,
            check=False,
            timeout=50,
            cwd=self.home / "work",
            env=self.environment(),
        )
        assert done.returncode == code, done.stderr.decode()

    def noted(self) -> Noted:
        lines = [json.loads(line) for line in self.notes.read_text().splitlines()]
        self.notes.unlink()
        written: set[str] = set()
        reached: list[tuple[str, ...]] = []
        for event, *told in lines:
            if event in UNLINKING:
                continue
            if event in TOUCHING:
                written |= self.names(*map(Path, told))
            else:
                reached.append((event, *told))
        return Noted(written, reached)

    def names(self, *paths: Path) -> set[str]:
        """Names as seen from the home, with their random part taken out."""
        whole = (self.home / "work" / path for path in paths)
        return {RANDOM.sub("*", os.path.relpath(path, self.home)) for path in whole}

    def left(self) -> set[str]:
        files = (path for path in self.home.rglob("*") if path.is_file() and path != self.notes)
        return self.names(*files)


@pytest.fixture
def place(office: Office) -> Place:
    return Place(office)


def own_pairs(count: int) -> Sequence[tuple[str, ...]]:
    """What asyncio makes for itself: a pair of Unix sockets, connected to each other alone."""
    family, kind = str(int(socket.AF_UNIX)), str(int(socket.SOCK_STREAM))
    return [("socket.__new__", family, kind)] * 2 * count


def test_a_session_on_the_screen_writes_its_own_files_and_starts_nothing(place: Place):
    vault, home = place.office.vault, place.home
    watched = (vault, home / "tmp", home / "work", home / "backups", home)
    arguments = ("-m", "tests.e2e.watched", str(place.notes), "--vault", str(vault))
    secret = SUPERVISOR[1].encode()
    with (
        Watching(*watched) as names,
        Terminal(*arguments, "--officer", SUPERVISOR[0], env=place.environment()) as terminal,
    ):
        terminal.read_until(b"assphrase")
        terminal.press(secret + b"\r")
        terminal.read_until(b"Nothing here")
        terminal.press(b"n")
        terminal.read_until(b"nobody named yet")
        terminal.press(CANARY.encode() + b" asks what the office does")
        terminal.read_until(b"office does")
        terminal.press(b"\x1bOS")  # F4: what may be said
        terminal.read_until(b"public")
        terminal.press(b"1")
        terminal.read_until(b"told, in the words above")
        terminal.press(b"\r")
        terminal.read_until(b"You said")
        terminal.press(CANARY.encode() + b" was told where it is published")
        terminal.read_until(b"is published")
        terminal.press(b"\r")
        terminal.read_until(b"on the record: 1 line")
        terminal.press(b"\x1b[24~")  # F12
        terminal.read_until(b"With this office")
        terminal.press(b"A")
        terminal.read_until(b"make one, try one out")
        terminal.press(b"2")
        terminal.read_until(b"m makes a backup")
        terminal.press(b"m")
        terminal.read_until(b"Back up into")
        terminal.press(str(home / "backups").encode() + b"\r")
        terminal.read_until(b"Made and read again")
        terminal.press(b"\x0c\x0c")  # hidden, then locked
        terminal.read_until(b"calls go on")
        terminal.press(secret + b"\r")
        terminal.read_until(b"Your last session ended")
        terminal.press(b"\x11")
        assert terminal.wait() == 0
        seen = place.names(*names.seen() - {home / "notes"})
    noted = place.noted()
    assert noted.written == BY_EVERY_SESSION | A_BACKUP
    assert noted.reached == own_pairs(1)
    assert seen == BY_SQLITE | A_BACKUP | {"state"}
    assert b"\x1b]52" not in terminal.output
    assert CANARY.encode() not in terminal.output.rpartition(b"\x1b[?1049l")[2]
    for path in home.rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes(), path


def test_commands_write_their_own_files_and_what_was_asked_for(place: Place):
    letter = place.home / "letter.txt"
    letter.write_text(f"Dear Sir, {CANARY}", "utf-8")
    before = place.left()
    with Watching(place.office.vault, place.home / "tmp", place.home / "work") as names:
        place.command("import", "letter", letter)
        place.command("audit", "export", "--out", place.home / "record.jsonl")
        place.command("doctor", code=1)  # no backup yet
        seen = place.names(*names.seen())
    noted = place.noted()
    assert noted.written == BY_EVERY_SESSION | {".*.part", "record.jsonl", TRIAL}
    assert noted.reached == []
    assert seen == BY_SQLITE | {TRIAL, f"{TRIAL}-journal"}
    assert place.left() - before == {"record.jsonl", "state/enquiry-tui/anchors/*.anchors"}


def test_the_walk_through_the_main_job_writes_nothing_else_either(place: Place):
    before = place.left()
    with Watching(place.home / "tmp", place.home / "work") as names:
        place.command("demo", "--walk", "--dir", place.home / "walk")
        assert names.seen() == set()
    noted = place.noted()
    assert noted.reached == []
    passing = "run/enquiry-tui/demonstration/run-*/inside/"
    own = {"in-use", "passing", "inside", "inside/vault"}
    made = {f"{passing}vault/{name}" for name in A_FOUNDING}
    folders = {"run/enquiry-tui", "run/enquiry-tui/demonstration", passing[:-8]}
    out = {"walk", "walk/.*.part", "walk/referral.pdf"}
    assert noted.written == {f"{passing[:-7]}{name}" for name in own} | made | folders | out
    assert place.left() - before == {"walk/referral.pdf"}
