# ruff: noqa: PT012  # what is undone at the end of a block is the point of these tests
from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.domain.audit import Action
from enquiry_tui.errors import EnquiryError, NotPermitted, Refused, UsageError, VaultUnavailable
from enquiry_tui.vault import copying, writing
from enquiry_tui.vault import rotation as rotating
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.errors import RotationUnfinished, StorageFailed, VaultDamaged
from enquiry_tui.vault.header import read_header
from enquiry_tui.vault.opening import is_key_of
from enquiry_tui.vault.session import Unlocked
from enquiry_tui.vault.vault import add_account, rotate, rotation, unlock
from enquiry_tui.vault.writing import Mark
from tests.vault.vaults import FOUNDER, OFFICER, Office, actions, found, raw

DONE = Entry(Action.VAULT_ROTATED, outcome="done")
FILES = {"vault.db", "vault.hdr", "vault.hdr.bak", "vault.lock"}


@pytest.fixture(scope="module")
def founded(tmp_path_factory) -> Office:
    office = found(tmp_path_factory.mktemp("rotation") / "vault")
    with office.founder() as founder, founder.store.transaction() as tx:
        for number in range(40):
            tx.execute("INSERT INTO meta VALUES (?, ?)", (f"kept-{number}", "x" * 3000))
        tx.event(Entry(Action.SETTING_CHANGE, outcome="done"), founder.keys)
    return office


def uid_of(unlocked: Unlocked, handle: str) -> str:
    return next(account.uid for account in unlocked.accounts() if account.handle == handle)


def kept(unlocked: Unlocked) -> int:
    rows = unlocked.store.query("SELECT value FROM meta WHERE key LIKE 'kept-%'")
    assert {len(row["value"]) for row in rows} == {3000}
    return len(rows)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.stat().st_size or "db" not in path.name}


def demand_one_state(folder: Path, office: Office, sign_in: str = "founder") -> int:
    """Sign in and find exactly one whole vault; gives its epoch."""
    standing = replace(office, folder=folder)
    with getattr(standing, sign_in)() as unlocked:
        assert unlocked.verify().verified
        assert kept(unlocked) == 40
        epoch, told = int(unlocked.ring.header.epoch), actions(unlocked).count("vault.rotated")
        outcomes = [
            row["outcome"]
            for row in unlocked.store.query(
                "SELECT outcome FROM event WHERE action = 'vault.rotated' ORDER BY seq"
            )
        ]
    assert len(outcomes) == told
    assert ("done" in outcomes) == (epoch == 2)
    header = read_header(folder)
    assert (header.epoch, header.successor) == (epoch, None)
    assert (folder / "vault.hdr").read_bytes() == (folder / "vault.hdr.bak").read_bytes()
    assert {number for user in header.users.values() for number in user.envelopes} == {epoch}
    assert names(folder) == FILES
    assert is_key_of(folder / "vault.db", office.key()) == (epoch == 1)
    return epoch


def test_rotation_keeps_every_row_and_event_and_the_session_goes_on(office: Office):
    unlocked = unlock(
        office.folder,
        FOUNDER,
        "heron lamp tundra vessel oak",
        clock=office.clock,
        prepare=["CREATE TEMP VIEW kept AS SELECT * FROM meta WHERE key LIKE 'kept-%'"],
    )
    with unlocked as founder:
        before, told = actions(founder), []
        rotate(founder, entry=DONE, progress=lambda done, total: told.append((done, total)))
        assert actions(founder) == [*before, "vault.rotated", "vault.rotated"]
        assert founder.verify().verified
        assert len(founder.store.query("SELECT * FROM kept")) == 40
        assert told[-1][0] == told[-1][1] > 0
        with founder.store.transaction() as tx:
            tx.event(Entry(Action.SETTING_CHANGE, outcome="done"), founder.keys)
        add_account(founder, handle="PB-0300", name="Di Holt", role="officer")
        with pytest.raises(Exception, match="not authorized"):
            founder.store.query("UPDATE meta SET value = ''")
    assert demand_one_state(office.folder, office) == 2


def test_everybody_still_signs_in_and_keeps_the_role_that_was_certified(office: Office):
    with office.founder() as founder:
        rotate(founder, entry=DONE)
        rotate(founder, entry=DONE)
        assert founder.ring.header.epoch == 3
    with office.officer() as officer:
        assert (officer.account.name, officer.account.role) == ("Bo Ellery", "officer")
    with office.newcomer() as newcomer:
        assert newcomer.account.must_change


def test_the_old_header_and_the_old_database_do_not_open_the_new_ones(office: Office, tmp_path):
    old = office.copy(tmp_path / "old")
    with office.founder() as founder:
        rotate(founder, entry=DONE)
        wiped = founder.ring.master.database_key()
    assert bytes(wiped) != office.secret
    for name in ("vault.hdr", "vault.hdr.bak"):
        mixed = office.copy(tmp_path / f"mixed-{name}")
        for each in ("vault.hdr", "vault.hdr.bak"):
            shutil.copy(old.folder / each, mixed.folder / each)
        with pytest.raises(VaultDamaged):
            mixed.founder()
    mixed = office.copy(tmp_path / "older-database")
    shutil.copy(old.folder / "vault.db", mixed.folder / "vault.db")
    with pytest.raises(VaultDamaged):
        mixed.founder()


def test_only_an_administrator_rotates_and_nobody_removes_himself(office: Office):
    with office.officer() as officer, pytest.raises(NotPermitted):
        rotate(officer, entry=DONE)
    with office.founder() as founder:
        with pytest.raises(Refused):
            rotate(founder, entry=DONE, without=founder.account.uid)
        recovery = founder.ring.header.recovery()
        assert recovery is not None
        for uid in ("nobody", recovery.uid):
            with pytest.raises(UsageError):
                rotate(founder, entry=DONE, without=uid)
        assert founder.ring.header.epoch == 1


def test_an_account_that_is_removed_has_no_key_and_its_events_still_verify(
    office: Office, tmp_path: Path
):
    old = read_header(office.folder)
    with office.founder() as founder:
        uid = uid_of(founder, OFFICER)
        rotate(founder, entry=Entry(Action.ACCOUNT_REMOVED, uid, outcome="done"), without=uid)
        assert actions(founder)[-3:] == ["vault.rotated", "vault.rotated", "account.removed"]
        assert OFFICER not in {account.handle for account in founder.accounts()}
        rotate(founder, entry=DONE)
        found = founder.verify()
        assert found.verified, found.failures
    header = read_header(office.folder)
    assert uid not in header.users
    assert old.users[uid].bundle not in (office.folder / "vault.hdr").read_bytes()
    with pytest.raises(VaultUnavailable):
        office.officer()


def snapshots(patch: pytest.MonkeyPatch, folder: Path, to: Path) -> list[Path]:
    """Copy the folder before and after every step on the disk: what a kill there would leave."""
    taken: dict[bytes, Path] = {}

    def shoot() -> None:
        state = b"".join(
            path.name.encode() + b"\0" + path.read_bytes() for path in sorted(folder.iterdir())
        )
        if state not in taken:
            taken[state] = Path(shutil.copytree(folder, to / f"{len(taken):03}"))

    def watched(call: Callable[..., Any]) -> Callable[..., Any]:
        def around(*args: Any, **named: Any) -> Any:
            shoot()
            try:
                return call(*args, **named)
            finally:
                shoot()

        return around

    for place, name in STEPS:
        patch.setattr(place, name, watched(getattr(place, name)))
    return taken.values()  # type: ignore[return-value]


STEPS: list[tuple[Any, str]] = [
    (os, "fsync"),
    (os, "write"),
    (Path, "replace"),
    (Path, "unlink"),
    (rotating, "open_database"),
    (rotating, "check_copy"),
    (rotating, "note_header"),
]


@pytest.mark.parametrize("removing", [False, True])
def test_a_kill_at_any_step_leaves_one_vault_that_opens(
    office: Office, tmp_path: Path, monkeypatch, removing: bool
):
    unlocked = office.founder()
    newcomer = next(a.uid for a in unlocked.accounts() if a.handle == "PB-0200")
    with monkeypatch.context() as patch:
        taken = snapshots(patch, office.folder, tmp_path)
        removal = Entry(Action.ACCOUNT_REMOVED, newcomer, outcome="done")
        rotate(
            unlocked,
            entry=removal if removing else DONE,
            without=newcomer if removing else "",
        )
    unlocked.close()
    begun = next(folder for folder in taken if read_header(folder).successor is not None)
    cut = replace(office, folder=Path(shutil.copytree(begun, tmp_path / "cut")))
    with cut.founder() as founder:
        assert "had been cut off: the keys are as they were" in founder.proof.warnings[0]
    with cut.founder() as founder:
        assert founder.proof.warnings == ()
    epochs = [
        demand_one_state(folder, office, ["founder", "officer"][number % 2])
        for number, folder in enumerate(taken)
    ]
    assert len(epochs) > 15
    assert epochs == sorted(epochs)  # once the new database is in place there is no way back
    assert {1, 2} == set(epochs)


def test_one_who_was_removed_is_refused_where_the_rotation_was_cut_off(
    office: Office, tmp_path: Path, monkeypatch
):
    with office.founder() as founder, monkeypatch.context() as patch:
        patch.setattr(rotating, "write_header", full_disk)
        with pytest.raises(RotationUnfinished):
            uid = uid_of(founder, OFFICER)
            rotate(founder, entry=Entry(Action.ACCOUNT_REMOVED, uid, outcome="done"), without=uid)
        assert founder.verify().verified  # the session goes on
    assert read_header(office.folder).successor is not None
    with pytest.raises(VaultUnavailable):
        office.officer()
    assert demand_one_state(office.folder, office) == 2


def full_disk(*args: Any, **named: Any) -> Any:
    raise OSError(errno.ENOSPC, "no room")


@contextmanager
def failing(number: int) -> Iterator[list[str]]:
    """Have the disk refuse its n-th step."""
    calls: list[str] = []

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def around(*args: Any, **named: Any) -> Any:
            calls.append(name)
            return full_disk() if len(calls) == number else call(*args, **named)

        return around

    with pytest.MonkeyPatch.context() as patch:
        for place, name in STEPS[:4]:
            patch.setattr(place, name, counted(name, getattr(place, name)))
        yield calls


def test_a_disk_that_refuses_any_one_step_leaves_one_vault_that_opens(
    founded: Office, tmp_path: Path
):
    number, refused = -2, True
    while refused:
        number += 3  # the long form, with every step, is among the faults
        office = founded.copy(tmp_path / f"{number}")
        with office.founder() as founder:
            with failing(number) as calls, suppress(EnquiryError):
                rotate(founder, entry=DONE)
            refused = len(calls) >= number
        demand_one_state(office.folder, office, ["founder", "officer"][number % 2])
        shutil.rmtree(office.folder)
    assert number > 15


def test_the_session_goes_on_where_the_copy_was_refused(office: Office, monkeypatch):
    with office.founder() as founder:
        with monkeypatch.context() as patch:
            patch.setattr(rotating, "check_copy", full_disk)
            with pytest.raises(StorageFailed, match="The disk is full") as refused:
                rotate(founder, entry=DONE)
            assert "MB of free room" in refused.value.hint
        assert founder.ring.header.successor is None
        assert "vault.db.new" not in names(office.folder)
        rotate(founder, entry=DONE)
        assert founder.ring.header.epoch == 2
        assert founder.verify().verified


def test_what_is_written_between_two_steps_is_kept(office: Office):
    with office.founder() as founder:
        for number, _ in enumerate(rotation(founder, entry=DONE)):
            if number == 2:
                with founder.store.scratch() as tx:
                    tx.execute(
                        "INSERT INTO draft (uid, officer_uid, place, body, saved_at)"
                        " VALUES ('d', 'o', 'p', 'half a sentence', '')"
                    )
        assert founder.ring.header.epoch == 2
        assert founder.store.query("SELECT body FROM draft")[0]["body"] == "half a sentence"


def test_an_account_changed_meanwhile_wins_over_the_rotation(office: Office):
    with office.founder() as founder:
        with pytest.raises(Refused):
            for number, _ in enumerate(rotation(founder, entry=DONE)):
                if number == 0:
                    add_account(founder, handle="PB-0300", name="Di Holt", role="officer")
        assert founder.verify().verified
    assert demand_one_state(office.folder, office) == 1


def test_a_rotation_that_is_given_up_changes_nothing(office: Office):
    with office.founder() as founder:
        steps = rotation(founder, entry=DONE)
        next(steps)
        steps.close()
        assert founder.ring.header.successor is None
        steps = rotation(founder, entry=DONE)
        next(steps)
        founder.close()
        with pytest.raises((EnquiryError, RuntimeError)):
            list(steps)
    assert demand_one_state(office.folder, office) == 1


def test_a_journal_of_the_old_keys_beside_the_new_database_does_no_harm(office: Office):
    with raw(office) as connection:
        connection.execute("PRAGMA cache_size=5")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE meta SET value = 'y' || value WHERE key LIKE 'kept-%'")
        stale = (office.folder / "vault.db-journal").read_bytes()
        connection.execute("ROLLBACK")
    with office.founder() as founder:
        rotate(founder, entry=DONE)
    good = (office.folder / "vault.db").read_bytes()
    journal = office.folder / "vault.db-journal"
    journal.write_bytes(stale)
    with pytest.raises(VaultDamaged, match="another vault"):
        office.founder()
    assert (office.folder / "vault.db").read_bytes() == good
    journal.unlink()
    assert demand_one_state(office.folder, office) == 2


def test_a_header_of_two_epochs_cannot_be_altered(office: Office, monkeypatch):
    from enquiry_tui.vault.header import write_header

    with office.founder() as founder, monkeypatch.context() as patch:
        patch.setattr(rotating, "write_header", full_disk)
        with pytest.raises(RotationUnfinished):
            rotate(founder, entry=DONE)
    header = read_header(office.folder)
    assert header.successor is not None
    other = replace(header, successor=replace(header.successor, seq=header.seq + 5))
    write_header(office.folder, other)
    with pytest.raises(VaultUnavailable, match="altered"):
        office.founder()
    write_header(office.folder, header)
    assert demand_one_state(office.folder, office) == 2


class Hearing:
    """A witness that remembers what it is told."""

    name = "hearing"

    def __init__(self) -> None:
        self.heard: list[int] = []

    def tell(self, mark: Mark) -> None:
        self.heard.append(mark.seq)


def test_no_witness_hears_of_an_event_that_was_not_to_be(office: Office, monkeypatch):
    monkeypatch.setattr(writing, "INTERVAL", 1)
    witness = Hearing()
    with office.founder() as founder:
        founder.store.tell(witness)
        with monkeypatch.context() as patch:
            patch.setattr(rotating, "flush_folder", full_disk)
            with pytest.raises(StorageFailed):
                rotate(founder, entry=DONE)
        assert witness.heard[-1] == founder.store.head()[0]  # of its being undone
        rotate(founder, entry=DONE)
        assert witness.heard[-1] == founder.store.head()[0]
        assert witness.heard == sorted(set(witness.heard))


def test_a_copy_that_finds_the_disk_full_says_how_much_room_it_takes(office: Office, monkeypatch):
    def full(*_: Any) -> None:  # SQLite's online backup gives these words, and no code
        raise sqlcipher.OperationalError("database or disk is full")

    with office.founder() as founder:
        monkeypatch.setattr(copying.Copying, "_step", full)
        with pytest.raises(StorageFailed, match="The disk is full") as refused:
            rotate(founder, entry=DONE)
        assert "MB of free room" in refused.value.hint
        assert founder.ring.header.successor is None
