from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enquiry_tui.vault.anchors import Anchors
from enquiry_tui.vault.checkpoint import signed_note
from enquiry_tui.vault.keys import MasterKey, SigningKeys
from enquiry_tui.vault.writing import Mark

VAULT = "01a20cc8-8e00-7000-8000-000000000000"
KEYS = SigningKeys("01a20cc8-0000-7000-8000-000000000001", bytes(range(32)))
SIGNING = {KEYS.uid: frozenset({KEYS.public})}


def mark(seq: int, vault: str = VAULT) -> Mark:
    head = bytes([seq % 256]) * 32
    utc = f"2026-11-20T16:{seq % 60:02}:00.000000Z"
    return Mark(utc, "sign-out", seq, head, signed_note(vault, seq, head, KEYS.uid, KEYS))


class Kept:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.master = MasterKey(VAULT, 1, bytes(32))
        self.sound = b""

    def open(self) -> Anchors:
        return Anchors(self.folder, VAULT, lambda: self.master)

    def tell(self, *numbers: int) -> Anchors:
        anchors = self.open()
        anchors.read(SIGNING)
        for number in numbers:
            anchors.tell(mark(number))
        assert not anchors.failed
        return anchors

    @property
    def file(self) -> Path:
        return self.open().file

    def lines(self) -> list[str]:
        return self.file.read_text("utf-8").split("\n")

    def put(self, lines: list[str]) -> None:
        self.file.write_text("\n".join(lines), "utf-8")


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "state" / "anchors")


def seqs(anchors: Anchors, *, whole: bool = True) -> list[int]:
    return [anchor.seq for anchor in anchors.read(SIGNING, whole=whole).anchors]


def test_no_file_is_said_and_is_no_fault(kept: Kept) -> None:
    reading = kept.open().read(SIGNING)
    assert (reading.present, reading.anchors, reading.damaged) == (False, (), 0)


def test_what_is_told_is_read_back_by_the_next_session(kept: Kept) -> None:
    kept.tell(3, 7)
    kept.tell(9)
    reading = kept.open().read(SIGNING)
    assert [anchor.seq for anchor in reading.anchors] == [3, 7, 9]
    assert (reading.torn, reading.damaged) == (0, 0)
    assert reading.anchors[-1].head == bytes([9]) * 32


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="modes are POSIX")
def test_only_the_user_reads_the_file(kept: Kept) -> None:
    kept.tell(1)
    assert stat.S_IMODE(kept.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700


def test_a_line_cut_off_is_said_and_the_next_one_is_whole(kept: Kept) -> None:
    kept.tell(1, 2)
    data = kept.file.read_bytes()
    kept.file.write_bytes(data[:-30])
    assert kept.open().read(SIGNING).torn == 1
    kept.tell(3)
    reading = kept.open().read(SIGNING)
    assert [anchor.seq for anchor in reading.anchors] == [1, 3]
    assert (reading.torn, reading.damaged) == (1, 0)


def test_lines_of_another_key_by_officers_unknown_here_are_said_and_not_called_altered(
    kept: Kept,
) -> None:
    kept.tell(1, 2)
    kept.master = MasterKey(VAULT, 2, b"k" * 32)  # restored from a backup before that officer came
    reading = kept.open().read({})
    assert (reading.anchors, reading.damaged, reading.unknown) == ((), 0, 2)
    kept.master = MasterKey(VAULT, 1, bytes(32))  # under the same key the order still tells
    reading = kept.open().read({})
    assert (len(reading.anchors), reading.damaged, reading.unknown) == (2, 0, 0)


LATER = SigningKeys(KEYS.uid, bytes(range(1, 33)))  # the same officer's, given after a reset


def later_mark(seq: int) -> Mark:
    return replace(mark(seq), note=signed_note(VAULT, seq, mark(seq).head, KEYS.uid, LATER))


def test_in_an_older_copy_lines_under_newer_keys_of_its_officers_are_not_called_altered(
    kept: Kept,
) -> None:
    kept.tell(1, 2)
    kept.master = MasterKey(VAULT, 2, b"k" * 32)
    anchors = kept.tell()
    anchors.tell(later_mark(3))
    anchors.tell(later_mark(4))
    kept.master = MasterKey(VAULT, 1, bytes(32))  # the copy from before that
    reading = kept.open().read(SIGNING)
    assert ([item.seq for item in reading.anchors], reading.damaged) == ([1, 2], 0)
    assert reading.unknown == 2
    kept.master = MasterKey(VAULT, 3, b"r" * 32)  # or restored from there, under a key of its own
    reading = kept.open().read(SIGNING)
    assert (len(reading.anchors), reading.damaged, reading.unknown) == (2, 0, 2)


def test_a_line_of_a_newer_epoch_that_names_a_key_known_here_must_hold(kept: Kept) -> None:
    kept.tell(1)
    kept.master = MasterKey(VAULT, 2, b"k" * 32)
    kept.tell(2, 3)
    kept.put([line.replace(" 3 ", " 9 ") for line in kept.lines()])
    kept.master = MasterKey(VAULT, 1, bytes(32))
    reading = kept.open().read(SIGNING)
    assert [item.seq for item in reading.anchors] == [1, 2]
    assert (reading.damaged, reading.unknown) == (1, 0)


def test_a_line_under_the_present_key_is_altered_whatever_key_its_signature_names(
    kept: Kept,
) -> None:
    anchors = kept.tell(1)
    anchors.tell(later_mark(2))
    kept.put([line.replace(" 2 ", " 7 ") for line in kept.lines()])
    assert (kept.open().read(SIGNING).damaged, kept.open().read(SIGNING).unknown) == (1, 0)


def test_lines_from_before_a_copy_had_its_present_keys_are_not_measured_by_them(
    kept: Kept,
) -> None:
    kept.master = MasterKey(VAULT, 2, b"k" * 32)
    anchors = kept.tell(1)
    anchors.tell(later_mark(2))
    master = MasterKey(VAULT, 2, b"r" * 32)  # the same number, made anew when it was restored
    restored = Anchors(kept.folder, VAULT, lambda: master, lambda: "2026-11-20T16:03:00.000000Z")
    reading = restored.read(SIGNING)
    assert ([item.seq for item in reading.anchors], reading.damaged) == ([1], 0)
    assert reading.unknown == 2
    restored.tell(mark(3))
    kept.put([line.replace(" 1 ", " 8 ") for line in kept.lines()])
    assert (restored.read(SIGNING).damaged, restored.read(SIGNING).unknown) == (1, 1)


def test_an_altered_line_is_damaged_and_proves_nothing(kept: Kept) -> None:
    kept.tell(1, 2, 3)
    lines = kept.lines()
    lines[2] = lines[2].replace(" 2 ", " 5 ")
    kept.put(lines)
    reading = kept.open().read(SIGNING)
    assert [anchor.seq for anchor in reading.anchors] == [1, 3]
    assert reading.damaged == 1


def test_a_line_taken_out_shows_and_those_after_it_still_count(kept: Kept) -> None:
    kept.tell(1, 2, 3)
    lines = kept.lines()
    del lines[2]
    kept.put(lines)
    reading = kept.open().read(SIGNING)
    assert [anchor.seq for anchor in reading.anchors] == [1, 3]
    assert reading.damaged == 1


def test_a_line_of_another_vault_proves_nothing(kept: Kept) -> None:
    kept.tell(1)
    elsewhere = VAULT.replace("8000", "9000")
    other = Anchors(kept.folder, elsewhere, lambda: kept.master)
    other.read({})
    other.tell(mark(50, elsewhere))
    kept.put([*kept.lines()[:-1], other.file.read_text("utf-8").split("\n")[1], ""])
    reading = kept.open().read(SIGNING)
    assert [anchor.seq for anchor in reading.anchors] == [1]
    assert reading.damaged == 1


def test_after_a_change_of_keys_the_older_lines_count_by_their_signatures(kept: Kept) -> None:
    kept.tell(1, 2)
    kept.master = MasterKey(VAULT, 2, b"k" * 32)
    kept.tell(3)
    assert seqs(kept.open()) == [1, 2, 3]
    kept.master = MasterKey(VAULT, 1, bytes(32))  # an older vault, put back from before
    assert seqs(kept.open()) == [1, 2, 3]
    reading = kept.open().read({})
    assert ([anchor.seq for anchor in reading.anchors], reading.unknown) == ([1, 2], 1)


def test_a_sign_in_reads_the_newest_lines_only(kept: Kept) -> None:
    kept.tell(*range(1, 201))
    newest = seqs(kept.open(), whole=False)
    assert newest[-1] == 200
    assert 50 < len(newest) < 200
    assert seqs(kept.open()) == list(range(1, 201))


def test_a_place_that_cannot_be_written_stops_nobody(kept: Kept) -> None:
    anchors = kept.open()
    kept.folder.parent.mkdir()
    kept.folder.write_text("in the way")
    anchors.tell(mark(1))
    assert anchors.failed


def test_a_link_in_the_place_of_the_file_is_not_followed(kept: Kept, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    kept.folder.mkdir(parents=True, mode=0o700)
    kept.file.symlink_to(victim)
    anchors = kept.open()
    anchors.tell(mark(1))
    assert anchors.failed
    assert victim.read_text() == "mine"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_whatever_stands_in_the_file_no_false_line_counts(kept: Kept, data: st.DataObject) -> None:
    if not kept.file.exists():
        kept.tell(1, 2, 3)
        kept.sound = kept.file.read_bytes()
    sound = bytearray(kept.sound)
    at = data.draw(st.integers(0, len(sound) - 1))
    sound[at] = data.draw(st.integers(0, 255))
    kept.file.write_bytes(sound)
    reading = kept.open().read(SIGNING)
    assert all(anchor.head == bytes([anchor.seq]) * 32 for anchor in reading.anchors)
    assert {anchor.seq for anchor in reading.anchors} <= {1, 2, 3}
    if bytes(sound) != kept.sound:
        assert reading.torn or reading.damaged
