"""Deliberate breakages of the product, one switch each: every one must make a suite fail.

Each is applied to the product inside the harness's own child (or around one test), never to files.
`docs/FAULTS.md` lists them with what each did.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

Patch = pytest.MonkeyPatch
Breakage = Callable[[Patch], None]

_FILES = "enquiry_tui.machine.files"
_OPENING = "enquiry_tui.vault.opening"


def _nothing(*_given: object, **_named: object) -> None:
    return None


def _setting(patch: Patch, name: str, value: str, expected: object) -> None:
    from enquiry_tui.vault import opening

    changed = tuple(
        (each, value, expected) if each == name else (each, before, wanted)
        for each, before, wanted in opening._SETTINGS
    )
    patch.setattr(f"{_OPENING}._SETTINGS", changed)


def no_fsync_of_files(patch: Patch) -> None:
    """A file is renamed into place before its bytes are on the disk."""
    patch.setattr(f"{_FILES}.flush", _nothing)


def no_fsync_of_folders(patch: Patch) -> None:
    """A rename is taken for done before the folder is on the disk."""
    from enquiry_tui.vault import vault  # so that every module that has the name is there

    assert vault
    for name, module in list(sys.modules.items()):
        if name.startswith("enquiry_tui.") and hasattr(module, "flush_folder"):
            patch.setattr(module, "flush_folder", _nothing)


def header_in_place(patch: Patch) -> None:
    """The header and its copy are overwritten where they stand, at once."""

    def write(path: Path, data: bytes) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.write(descriptor, data)
        os.close(descriptor)

    patch.setattr("enquiry_tui.vault.header.atomic_write", write)


def header_unlinked_first(patch: Patch) -> None:
    """The header is removed and made anew instead of replaced; its copy likewise."""
    from enquiry_tui.machine.files import create_exclusive
    from enquiry_tui.vault import header as module

    def write(folder: Path, header: module.Header) -> None:
        for name in (module.HEADER, module.COPY):
            (folder / name).unlink(missing_ok=True)
        for name in (module.HEADER, module.COPY):
            create_exclusive(folder / name, header.encoded())

    patch.setattr(module, "write_header", write)
    patch.setattr("enquiry_tui.vault.session.write_header", write)


def event_before_header(patch: Patch) -> None:
    """The database hears of a new header before that header is written."""
    from dataclasses import replace

    from enquiry_tui.vault import session
    from enquiry_tui.vault.certificates import trusted
    from enquiry_tui.vault.header import write_header

    def change(self: Any, header: Any, entry: Any, account: Any = None) -> None:
        header = header.authenticated(self._ring.master)
        with self.store.transaction() as transaction:
            session.note_header(transaction, header.seq)
            transaction.event(entry, self.keys)
        write_header(self.folder, header)
        self._ring = replace(self._ring, header=header)
        self._trusted = trusted(header, self._ring.master, self._ring.root)
        self.account = account or self.account

    patch.setattr(session.Unlocked, "change_header", change)


def no_repair_of_the_copy(patch: Patch) -> None:
    """A header copy that was left behind is never brought up."""
    patch.setattr("enquiry_tui.vault.vault.repair_header", _nothing)


def no_sweep(patch: Patch) -> None:
    """What a cut-off write left is never removed."""
    patch.setattr("enquiry_tui.vault.vault.sweep", _nothing)


def no_sync_of_the_database(patch: Patch) -> None:
    """SQLite does not wait for the disk."""
    _setting(patch, "synchronous", "OFF", 0)


def normal_sync_of_the_database(patch: Patch) -> None:
    """SQLite waits for the disk at some of the moments only (synchronous=NORMAL)."""
    _setting(patch, "synchronous", "NORMAL", 1)


def journal_in_memory(patch: Patch) -> None:
    """The rollback journal is not on the disk."""
    _setting(patch, "journal_mode", "MEMORY", "memory")


def event_outside_the_transaction(patch: Patch) -> None:
    """The change is committed first and its event afterwards."""
    from enquiry_tui.vault import store as module

    plain_event, plain_transaction = module.Transaction.event, module.Store.transaction
    kept: list[tuple[Any, ...]] = []

    def later(self: Any, *given: Any) -> int:
        kept.append(given)
        self.events += 1
        return 0

    @contextmanager
    def transaction(self: Any) -> Iterator[Any]:
        kept.clear()
        with plain_transaction(self) as tx:
            yield tx
        owed = list(kept)
        with plain_transaction(self) as tx:
            for given in owed:
                plain_event(tx, *given)

    patch.setattr(module.Transaction, "event", later)
    patch.setattr(module.Store, "transaction", transaction)


def told_before_it_is_done(patch: Patch) -> None:
    """The child's own fault: it says that something is saved, and then saves it."""
    from tests.faults.operations import Work

    def do(self: Any, name: str) -> None:
        self._number += 1
        told = {"op": name, **getattr(self, f"plan_{name}")()}
        self.say("try", told)
        if name == "draft":
            self.say("ack", told)
        done = getattr(self, name)(told) or {}
        if name != "draft":
            self.say("ack", told | done)

    patch.setattr(Work, "do", do)


def a_write_ahead_log(patch: Patch) -> None:
    """SQLite keeps a write-ahead log, which a change of keys or a restore can leave behind."""
    _setting(patch, "journal_mode", "WAL", "wal")


def no_header_of_two_epochs(patch: Patch) -> None:
    """A rotation changes the database's key before the header knows the new one."""
    from enquiry_tui.vault import rotation
    from enquiry_tui.vault.epochs import two_epochs

    def begin(self: Any) -> Any:
        unlocked = self._unlocked
        seq = unlocked.store.head()[0] + 1
        self._header = unlocked.ring.header
        return two_epochs(unlocked.ring, self._key, self._without, seq).successor

    patch.setattr(rotation._Rotation, "_begin", begin)


DURABILITY: dict[str, Breakage] = {
    one.__name__: one
    for one in (
        no_fsync_of_files,
        no_fsync_of_folders,
        header_in_place,
        header_unlinked_first,
        event_before_header,
        no_repair_of_the_copy,
        no_sweep,
        no_sync_of_the_database,
        normal_sync_of_the_database,
        journal_in_memory,
        event_outside_the_transaction,
        told_before_it_is_done,
        a_write_ahead_log,
        no_header_of_two_epochs,
    )
}


@contextmanager
def broken(name: str, known: dict[str, Breakage] = DURABILITY) -> Iterator[None]:
    """Break the product for a block; an empty name leaves it as it is."""
    with Patch.context() as patch:
        if name:
            known[name](patch)
        yield


def words_in_a_temporary_file(patch: Patch) -> None:
    """A draft also goes to a file among the temporary ones."""
    from enquiry_tui.records import drafts

    plain = drafts.save

    def save(tx: Any, **given: Any) -> str:
        Path(os.environ["TMPDIR"], "draft.txt").write_text(str(given["body"]), "utf-8")
        return plain(tx, **given)

    patch.setattr(drafts, "save", save)


def words_in_the_log(patch: Patch) -> None:
    """The detail of an event is said on the standard error."""
    from enquiry_tui.vault.chain import signed_event

    def signed(entry: Any, *given: Any, **named: Any) -> Any:
        os.write(2, repr(entry.detail).encode())
        return signed_event(entry, *given, **named)

    patch.setattr("enquiry_tui.vault.writing.signed_event", signed)


def sorting_on_the_disk(patch: Patch) -> None:
    """SQLite keeps what it sorts in a temporary file, in the clear."""
    _setting(patch, "temp_store", "FILE", 1)


LEAKS: dict[str, Breakage] = {
    one.__name__: one for one in (words_in_a_temporary_file, words_in_the_log, sorting_on_the_disk)
}


def deleted_pages_keep_their_bytes(patch: Patch) -> None:
    """SQLite does not overwrite what it deletes."""
    _setting(patch, "secure_delete", "OFF", 0)


def the_index_keeps_deleted_words(patch: Patch) -> None:
    """The index is not put together anew: a deletion in it is only a mark."""
    patch.setattr("enquiry_tui.records.search.scrub", _nothing)


REMAINS: dict[str, Breakage] = {
    one.__name__: one for one in (deleted_pages_keep_their_bytes, the_index_keeps_deleted_words)
}


def signatures_are_not_checked(patch: Patch) -> None:
    """Every signature is taken for good."""
    patch.setattr("enquiry_tui.vault.walk.signed_by", lambda *_given: True)


def rows_are_not_checked(patch: Patch) -> None:
    """No row is held against the event that left it."""
    patch.setattr("enquiry_tui.vault.store.Store.wrong_rows", lambda _self: ())


def hashes_are_not_checked(patch: Patch) -> None:
    """An event's hash is believed, and so is what it follows."""
    from enquiry_tui.vault import walk

    def step(self: Any, rows: Any, states: Any) -> None:
        self.last, self.head = rows[-1][1], rows[-1][16]
        self.events += len(rows)
        assert states is not None

    patch.setattr(walk.Walk, "step", step)


def checkpoints_are_not_missed(patch: Patch) -> None:
    """Nobody asks for a checkpoint that is not there."""
    patch.setattr("enquiry_tui.vault.verification._UNMARKED", "SELECT 1 AS seq WHERE ? = 'nothing'")


BLIND: dict[str, Breakage] = {
    one.__name__: one
    for one in (
        signatures_are_not_checked,
        rows_are_not_checked,
        hashes_are_not_checked,
        checkpoints_are_not_missed,
    )
}


def files_are_written_through_links(patch: Patch) -> None:
    """A file is replaced by opening its name and writing."""

    def write(path: Path, data: bytes) -> None:
        path.write_bytes(data)

    for module in ("machine.files", "vault.header", "vault.tries"):
        patch.setattr(f"enquiry_tui.{module}.atomic_write", write)


FOLLOWS: dict[str, Breakage] = {
    files_are_written_through_links.__name__: files_are_written_through_links
}


def a_header_is_believed(patch: Patch) -> None:
    """Nothing but the header's own kind of mistake is expected of it."""
    from enquiry_tui.vault import header as module

    def read(folder: Path) -> module.Header:
        return module.Header.decoded((folder / module.HEADER).read_bytes())

    patch.setattr("tests.faults.fuzzing.read_header", read)


def a_pack_is_believed(patch: Patch) -> None:
    """A file of rules is parsed without a thought that it may be something else."""
    import tomllib

    patch.setattr(
        "tests.faults.fuzzing.load_pack", lambda _name, body: tomllib.loads(body.decode())
    )


CRASHES: dict[str, tuple[str, Breakage]] = {
    "a_header_is_believed": ("header", a_header_is_believed),
    "a_pack_is_believed": ("policy", a_pack_is_believed),
}


def pages_are_not_checked(patch: Patch) -> None:
    """Looking the vault over reads no page that it does not need."""
    patch.setattr("enquiry_tui.vault.checking._PRAGMAS", ())


SILENCES: dict[str, Breakage] = {pages_are_not_checked.__name__: pages_are_not_checked}


def a_failed_header_is_taken_for_written(patch: Patch) -> None:
    """An error in writing the header is swallowed, and the change is told as done."""
    from enquiry_tui.vault.header import write_header

    def write(folder: Path, header: Any) -> None:
        with suppress(OSError):
            write_header(folder, header)

    patch.setattr("enquiry_tui.vault.session.write_header", write)


SWALLOWS: dict[str, Breakage] = {
    a_failed_header_is_taken_for_written.__name__: a_failed_header_is_taken_for_written
}
