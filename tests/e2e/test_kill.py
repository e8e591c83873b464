"""The real program on a terminal of its own, killed in the middle of a sentence."""

from __future__ import annotations

import select
import time
from pathlib import Path

import pytest

from enquiry_tui.desk import contacts, drafts, session
from enquiry_tui.domain.vocabulary import Office
from enquiry_tui.machine.clock import SystemClock

pytest.importorskip("pty")
from tests.tui.terminal import Terminal

HANDLE, PASSPHRASE = "PB-0142", "heron lamp tundra vessel oak"


def make_vault(folder: Path) -> None:
    new = session.NewOffice(
        HANDLE, "Ada Okafor", "Chief Constable's Office", Office.CHIEF_CONSTABLE, "CCO", "01632 960"
    )
    session.create_office(folder, new, PASSPHRASE, SystemClock(), memory_kib=64 * 1024)


def changed(path: Path, before: int, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while path.stat().st_mtime_ns == before:
        assert time.monotonic() < end, "the draft was never written"
        select.select([], [], [], 0.02)


def test_what_was_typed_survives_a_kill_and_so_does_the_call(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    make_vault(folder)
    arguments = ("-m", "enquiry_tui", "--vault", str(folder), "--officer", HANDLE)
    with Terminal(*arguments) as terminal:
        terminal.read_until(b"Passphrase")
        terminal.press(PASSPHRASE.encode() + b"\r")
        terminal.read_until(b"Unfinished")
        terminal.press(b"n")
        terminal.read_until(b"CALL 00:0")
        before = (folder / "vault.db").stat().st_mtime_ns
        terminal.press(b"Janet Holt ~ half a sen")
        terminal.read_until(b"half a sen")
        changed(folder / "vault.db", before)
        while time.time_ns() - (folder / "vault.db").stat().st_mtime_ns < 2_000_000_000:
            time.sleep(0.05)  # the call is written too: the draft is within a second of the words
        terminal.process.kill()
        terminal.wait()
    assert PASSPHRASE.encode() not in terminal.output
    desk = session.sign_in(folder, HANDLE, PASSPHRASE, SystemClock())
    try:
        live = contacts.live_contacts(desk)
        kept = drafts.drafts(desk)
        assert [view.state for view in live] == ["talking"]
        assert [item.contact_uid for item in kept] == [live[0].uid]
        assert str(kept[0].body["text"]).startswith("Janet Holt")
    finally:
        session.sign_out(desk)
    assert b"Holt" not in (folder / "vault.db").read_bytes()


def test_a_hang_up_of_the_line_saves_the_last_word_and_ends_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    make_vault(folder)
    with Terminal("-m", "enquiry_tui", "--vault", str(folder), "--officer", HANDLE) as terminal:
        terminal.read_until(b"Passphrase")
        terminal.press(PASSPHRASE.encode() + b"\r")
        terminal.read_until(b"Unfinished")
        terminal.press(b"n")
        terminal.read_until(b"CALL 00:0")
        terminal.press(b"Janet Holt ~ last word")
        terminal.read_until(b"last word")
        terminal.process.terminate()
        assert terminal.wait() == 143
    desk = session.sign_in(folder, HANDLE, PASSPHRASE, SystemClock())
    try:
        assert str(drafts.drafts(desk)[0].body["text"]) == "Janet Holt ~ last word"
    finally:
        session.sign_out(desk)
