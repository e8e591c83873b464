from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.vault.chain import Entry, leaf_of, state_over
from enquiry_tui.vault.held import RecordHeld
from enquiry_tui.vault.vault import Unlocked, unlock
from enquiry_tui.vault.writing import INTERVAL, EventWriter, Mark
from tests.vault.vaults import OFFICER, OFFICER_PASSPHRASE, Office, first

ENTRY = Entry("contact.log", outcome="done")


@dataclass
class Listener:
    name: str = "listener"
    told: list[Mark] = field(default_factory=list)

    def tell(self, mark: Mark) -> None:
        self.told.append(mark)


def act(unlocked: Unlocked, times: int = 1) -> None:
    with unlocked.store.transaction() as tx:
        for _ in range(times):
            tx.event(ENTRY, unlocked.keys)


def act_with(unlocked: Unlocked, sql: str) -> None:
    with unlocked.store.transaction() as tx:
        tx.event(ENTRY, unlocked.keys)
        tx.execute(sql)


def test_a_checkpoint_comes_every_hundred_events_and_is_told_when_it_is_on_the_disk(
    officer: Unlocked,
) -> None:
    listener = Listener()
    officer.store.tell(listener)
    act(officer, INTERVAL - officer.store.head()[0] - 1)
    assert listener.told == []
    with pytest.raises(sqlcipher.DatabaseError):
        act_with(officer, "INSERT INTO nowhere VALUES (1)")
    assert listener.told == []
    act(officer)
    [mark] = listener.told
    assert (mark.seq, mark.head) == officer.store.head()
    row = first(officer.store, "SELECT why, witness FROM checkpoint WHERE seq = ?", (mark.seq,))
    assert tuple(row) == ("interval", "listener")


def test_sign_in_lock_and_sign_out_leave_a_checkpoint(office: Office) -> None:
    office.officer().lock()
    office.officer().close()
    with office.store() as store:
        whys = [row["why"] for row in store.query("SELECT why FROM checkpoint ORDER BY seq")]
    assert whys[-4:] == ["sign-in", "lock", "sign-in", "sign-out"]


def test_a_sign_in_looks_at_the_events_since_the_last_checkpoint_only(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.officer() as officer:
        act(officer, 260)
        last = officer.store.head()[0]
    hashed: list[int] = []

    def noted(fields: Any) -> bytes:
        hashed.append(fields[1])
        return leaf_of(fields)

    monkeypatch.setattr("enquiry_tui.vault.walk.leaf_of", noted)
    office.officer().close()
    assert len(hashed) < INTERVAL
    assert all(seq > last for seq in hashed)


def test_an_event_holds_the_rows_changed_before_and_after_it_was_announced(
    officer: Unlocked,
) -> None:
    def state_of(_writer: EventWriter | None, table: str, uid: str) -> bytes:
        return (table + uid).encode().ljust(32)[:32]

    officer.store.watch(["officer"], state_of, lambda _store, _vault: iter(()))
    add = "INSERT INTO officer (uid, handle, name, role) VALUES (?, ?, 'n', 'officer')"
    with officer.store.transaction() as tx:
        tx.execute(add, ("a", "a"))
        one = tx.event(ENTRY, officer.keys)
        tx.execute(add, ("b", "b"))
        two = tx.event(ENTRY, officer.keys)
        tx.execute("UPDATE officer SET name = 'm' WHERE uid = 'a'")
        tx.execute("DELETE FROM officer WHERE uid = 'b'")
    rows = officer.store.query("SELECT seq, uid FROM event_row ORDER BY seq, uid")
    assert [tuple(row) for row in rows] == [(one, "a"), (one, "b"), (two, "a"), (two, "b")]
    state = first(officer.store, "SELECT state FROM event WHERE seq = ?", (two,))["state"]
    kept = [
        (table, uid, state_of(None, table, uid))
        for table, uid in (("officer", "b"), ("officer", "a"))
    ]
    assert state == state_over(kept)
    assert officer.verify().verified


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO checkpoint (vault, seq, why, utc, head, note) VALUES ('', 1, '', '', '', '')",
        "DELETE FROM checkpoint",
        "DELETE FROM event_row",
        "UPDATE event_row SET state = zeroblob(32)",
        "DELETE FROM temp.touched",
        "INSERT INTO temp.touched (kind, uid) VALUES ('officer', 'x')",
    ],
)
def test_no_verb_writes_checkpoints_or_row_states(officer: Unlocked, sql: str) -> None:
    officer.store.watch(["officer"], lambda *_: bytes(32), lambda *_: iter(()))
    with pytest.raises(sqlcipher.DatabaseError):
        act_with(officer, sql)


def test_a_held_vault_changes_neither_header_nor_database(office: Office, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors"
    older = office.copy(tmp_path / "older")

    def opened(at: Office) -> Unlocked:
        return unlock(at.folder, OFFICER, OFFICER_PASSPHRASE, clock=office.clock, anchors=anchors)

    opened(office).close()
    files = {path.name: path.read_bytes() for path in older.folder.iterdir()}
    with opened(older) as officer:
        assert officer.proof.held is not None
        with pytest.raises(RecordHeld):
            act(officer)
        with pytest.raises(RecordHeld):
            officer.change_header(officer.ring.header, ENTRY)
    assert {path.name: path.read_bytes() for path in older.folder.iterdir()} == files


def test_anchors_that_cannot_be_written_stop_nobody_and_are_said(
    office: Office, tmp_path: Path
) -> None:
    place = tmp_path / "in-the-way"
    place.write_text("")
    with unlock(
        office.folder, OFFICER, OFFICER_PASSPHRASE, clock=office.clock, anchors=place
    ) as officer:
        act(officer)
        assert any("anchors" in words for words in officer.proof.warnings)


@pytest.mark.parametrize("lines", [1, 3])
def test_anchor_lines_taken_off_the_end_are_said(
    office: Office, tmp_path: Path, lines: int
) -> None:
    def opened() -> Unlocked:
        return unlock(
            office.folder,
            OFFICER,
            OFFICER_PASSPHRASE,
            clock=office.clock,
            anchors=tmp_path / "kept",
        )

    for _ in range(3):
        opened().close()
    with opened() as officer:
        assert officer.proof.warnings == ()
    [file] = (tmp_path / "kept").iterdir()
    kept = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(kept[:-lines]))
    with opened() as officer:
        assert any("not there at the end" in warning for warning in officer.proof.warnings)
        assert officer.proof.comparison.missing == lines
        assert officer.proof.held is None
