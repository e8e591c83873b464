"""Changing the vault's keys: two epochs side by side until the database has its new key.

The header that opens both is on the disk first; then a copy of the database is made under the new
key, checked, given the event, and put in the old one's place; then the header that opens only the
new one takes over, in both its files. Cut off anywhere, the next sign-in of anybody finds out of
which epoch the database is, and finishes or gives up.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.domain.audit import Action
from enquiry_tui.errors import EnquiryError, NotPermitted, Refused, UsageError, VaultUnavailable
from enquiry_tui.machine.files import flush, flush_folder
from enquiry_tui.vault.aside import Progress, Steps, told
from enquiry_tui.vault.chain import START, Entry
from enquiry_tui.vault.connection import Connection
from enquiry_tui.vault.copying import check_copy
from enquiry_tui.vault.epochs import two_epochs
from enquiry_tui.vault.errors import (
    EventDelayed,
    RotationUnfinished,
    VaultDamaged,
    VaultTampered,
    is_full,
    not_stored,
)
from enquiry_tui.vault.header import Header, write_header
from enquiry_tui.vault.keys import MasterKey, PrivateBundle
from enquiry_tui.vault.opening import DATABASE, UNFINISHED, is_key_of, open_database
from enquiry_tui.vault.session import KeyRing, Unlocked, note_header
from enquiry_tui.vault.writing import Mark

_ROUNDS = 3  # copies made, where something was changed between the copy and the switch
_BESIDE = ("-wal", "-shm", "-journal")
_OF_THE_DISK = (OSError, sqlcipher.DatabaseError, EventDelayed)


def rotate(
    unlocked: Unlocked,
    *,
    entry: Entry,
    without: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Give the vault a new master key and database key, alone, without anybody's passphrase.

    `entry` is the event that is left with it; `without` is the uid of an account that is removed
    with this: it has no place in the new header, its keys stay certified as retired. `progress`
    hears bytes done and in all; 100 MB take some seconds. Raises NotPermitted, Refused,
    UsageError, CopyFailed, VaultDamaged, StorageFailed (nothing was changed), RotationUnfinished.
    """
    for step in rotation(unlocked, entry=entry, without=without):
        if progress is not None:
            progress(step.done, step.total)


def rotation(unlocked: Unlocked, *, entry: Entry, without: str = "") -> Steps:
    """Do what `rotate` does in short steps; between two of them the store can be used.

    Where the steps are given up nothing was changed. Raises as `rotate`.
    """
    if not unlocked.account.administrator or unlocked.account.must_change:
        raise NotPermitted("The vault's keys are an administrator's", "Ask an administrator.")
    users = unlocked.ring.header.users
    if without and (without not in users or users[without].kind != "person"):
        raise UsageError("There is no such account", "Name one of this vault.")
    if without == unlocked.account.uid:
        raise Refused("Nobody removes the own account", "Ask another administrator.")
    return _Rotation(unlocked, entry, without).steps()


def settled(folder: Path, ring: KeyRing, bundle: PrivateBundle) -> KeyRing:
    """At sign-in: give the keys of the epoch that the database is of.

    Where a rotation had put the new database in place, its header takes over; where it had not,
    the header still has a successor, and `undo` is due once the store is open. What lies about of
    a copy is removed. Raises VaultUnavailable for an account that the rotation removed,
    VaultTampered, VaultDamaged, OSError.
    """
    database, successor = folder / DATABASE, ring.header.successor
    if successor is not None and not is_key_of(database, ring.master.database_key()):
        ring = _succeeding(ring, successor, bundle)
        if not is_key_of(database, ring.master.database_key()):
            raise VaultDamaged(
                "The database is damaged, or belongs to another vault",
                "Restore the folder from a backup; keep this one as it is.",
            )
        flush_folder(folder)  # the new name must last before the only other key goes
        write_header(folder, successor)
    clear_unfinished(folder)
    return ring


def undo(unlocked: Unlocked) -> None:
    """Give up a rotation whose database still has the old key. Raises EventDelayed, OSError."""
    clear_unfinished(unlocked.folder)
    header = unlocked.ring.header
    if header.successor is not None:
        entry = Entry(Action.VAULT_ROTATED, outcome="undone")
        unlocked.change_header(replace(header, seq=header.seq + 1, successor=None), entry)


def clear_unfinished(folder: Path) -> None:
    """Remove a copy that has not taken the database's place, and what SQLite put beside it."""
    (folder / UNFINISHED).unlink(missing_ok=True)
    clear_beside(folder / UNFINISHED)


def clear_beside(database: Path) -> None:
    """Remove the journals of a closed database: under another's pages they would destroy it."""
    for suffix in _BESIDE:
        database.with_name(database.name + suffix).unlink(missing_ok=True)


class _Rotation:
    """One rotation under way."""

    def __init__(self, unlocked: Unlocked, entry: Entry, without: str) -> None:
        self._unlocked = unlocked
        self._folder = unlocked.folder
        self._entry = entry
        self._without = without
        self._key = unlocked.ring.master.following()
        self._header: Header | None = None  # of two epochs, once in force
        self._marks: list[Mark] = []  # checkpoints that only count with the new database
        self._size = 0  # bytes
        self._replaced = False

    def steps(self) -> Steps:
        """Rotate; see the module for the order."""
        try:
            successor = self._begin()
            for _ in range(_ROUNDS):
                changes = yield from self._copied()
                head = yield from told(self._checked, self._progress)
                if self._switched(changes, head, successor):
                    break
            else:
                raise Refused(
                    "The vault was written to while its keys were changed",
                    "The keys are as they were. Try again when nobody types.",
                )
        except BaseException as error:
            self._leave()
            if self._replaced and isinstance(error, Exception):
                raise RotationUnfinished from error
            if is_full(error) or isinstance(error, _OF_THE_DISK):
                raise not_stored(error, (self._folder / DATABASE).stat().st_size) from error
            raise
        _take_over(self._folder, successor)
        yield Progress("done", 2 * self._size, 2 * self._size)

    def _begin(self) -> Header:
        """Put the header of two epochs in force, with its event; gives the one to come."""
        unlocked = self._unlocked
        if unlocked.ring.header.successor is not None:
            undo(unlocked)
        next_event = unlocked.store.head()[0] + 1
        header = two_epochs(unlocked.ring, self._key, self._without, next_event)
        if header.successor is None:
            raise RuntimeError("a rotation to nowhere")
        unlocked.change_header(header, self._told("begun"))
        self._header = unlocked.ring.header
        return header.successor

    def _told(self, outcome: str) -> Entry:
        detail = {"epoch": [self._key.epoch - 1, self._key.epoch]}
        return Entry(Action.VAULT_ROTATED, outcome=outcome, detail=detail)

    def _copied(self) -> Generator[Progress, None, int]:
        """Copy the database under the new key; gives the count of changes that the copy has."""
        store, count = self._unlocked.store, -1
        clear_unfinished(self._folder)
        steps = store.copy(self._folder / UNFINISHED, self._key.database_key())
        while True:
            before = store.changes
            step = next(steps, None)
            if step is None:
                return count
            if count < 0 and 0 < step.total == step.done:
                count, self._size = before, step.total
            yield Progress(step.what, step.done, 2 * step.total)

    def _checked(self) -> tuple[int, bytes]:
        """Read every page of the copy, and give the last event in it."""
        return check_copy(self._folder / UNFINISHED, self._key.database_key(), self._head)

    def _head(self, connection: Connection) -> tuple[int, bytes]:
        row = connection.execute(
            "SELECT seq, leaf FROM event WHERE vault = ? ORDER BY seq DESC LIMIT 1",
            (self._unlocked.vault_id,),
        ).fetchone()
        return (0, START) if row is None else (row[0], row[1])

    def _progress(self) -> Progress:
        return Progress("checking", self._size, 2 * self._size)

    def _switched(self, changes: int, head: tuple[int, bytes], successor: Header) -> bool:
        """Put the copy in the database's place, unless something was changed since: tells which."""
        unlocked, store = self._unlocked, self._unlocked.store
        with store.held():
            if unlocked.ring.header is not self._header:
                raise Refused(
                    "An account was changed while the keys were changed",
                    "The keys are as they were. Try again.",
                )
            if store.changes != changes:
                return False
            if store.head() != head:
                raise VaultDamaged("The copy is not what was copied", "Nothing was changed.")
            self._leave_events(successor)
            self._replace_database()
            store.reopen(open_database(self._folder / DATABASE, self._key.database_key()))
            ring = unlocked.ring
            unlocked.rekeyed(KeyRing(successor, self._key, ring.root, ring.signing))
            store.announce(self._marks)
        return True

    def _leave_events(self, successor: Header) -> None:
        """Write the events into the copy: they come into force with it, and with nothing else."""
        unlocked, path = self._unlocked, self._folder / UNFINISHED
        entries = [self._entry]
        if self._entry.action != Action.VAULT_ROTATED:
            entries.insert(0, self._told("done"))
        connection = open_database(path, self._key.database_key())
        try:
            with unlocked.store.beside(connection, self._marks).transaction() as transaction:
                note_header(transaction, successor.seq)
                for entry in entries:
                    transaction.event(entry, unlocked.keys)
        finally:
            connection.close()
        clear_beside(path)
        _flush_file(path)

    def _replace_database(self) -> None:
        """Close the old database and give the new one its name; both are whole at every moment."""
        store, path = self._unlocked.store, self._folder / DATABASE
        store.close()
        try:
            clear_beside(path)
            flush_folder(self._folder)
            (self._folder / UNFINISHED).replace(path)
        except BaseException:
            store.reopen(open_database(path, self._unlocked.ring.master.database_key()))
            raise
        self._replaced = True
        flush_folder(self._folder)

    def _leave(self) -> None:
        """Leave things as they were, or, where the new database is in place, end the session."""
        unlocked = self._unlocked
        if self._replaced:
            unlocked.close()
            self._key.wipe()
            return
        self._key.wipe()
        if unlocked.store.is_open:
            # What the disk does not take now, the next sign-in does.
            with suppress(OSError, EnquiryError, sqlcipher.DatabaseError):
                undo(unlocked)


def _take_over(folder: Path, successor: Header) -> None:
    """Write the header of the new epoch over both files. Raises RotationUnfinished."""
    try:
        write_header(folder, successor)
    except OSError as error:
        raise RotationUnfinished from error


def _succeeding(ring: KeyRing, successor: Header, bundle: PrivateBundle) -> KeyRing:
    uid, header = ring.signing.uid, ring.header
    user = successor.users.get(uid)
    if user is None:
        raise VaultUnavailable("This account has been removed", "Ask an administrator.")
    if (successor.vault_id, successor.epoch) != (header.vault_id, header.epoch + 1):
        raise VaultTampered("The key header has been altered", "Tell an administrator.")
    sealed = user.envelopes.get(successor.epoch, b"")
    master = MasterKey.opened(header.vault_id, successor.epoch, uid, sealed, bundle.exchange)
    successor.demand_authentic(master)
    ring.master.wipe()
    return KeyRing(successor, master, ring.root, ring.signing)


def _flush_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        flush(descriptor)
    finally:
        os.close(descriptor)
