"""Restoring a backup into a new folder: under a fresh key, for everybody who had an account."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from enquiry_tui.domain.audit import Action
from enquiry_tui.errors import Refused
from enquiry_tui.machine.clock import Clock
from enquiry_tui.machine.files import cut_off, flush_folder, private_folder, sweep
from enquiry_tui.vault.aside import Progress
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.copying import copy_database, explained
from enquiry_tui.vault.drill import Drilled, Opened, Opener, examined, open_steps
from enquiry_tui.vault.encoding import canonical, utc_text
from enquiry_tui.vault.folder import LOCK, demand_local, take_lock, vault_exists
from enquiry_tui.vault.header import COPY, HEADER, write_header
from enquiry_tui.vault.keys import MasterKey
from enquiry_tui.vault.migrations import shipped
from enquiry_tui.vault.opening import (
    DATABASE,
    UNFINISHED,
    open_database,
    open_unchanging,
)
from enquiry_tui.vault.rekeying import header_under
from enquiry_tui.vault.session import note_header
from enquiry_tui.vault.store import Store, WrongRows

RESTORED_FROM = "restored_from"
"""The row of `meta` that a restored vault has: JSON with file (SHA-256), seq, head, at, by."""
_EXTRACTED = "vault.db.restoring"
_JOURNAL = f"{UNFINISHED}-journal"
_HEADERS = frozenset({HEADER, COPY})
_OWN = _HEADERS | {LOCK, UNFINISHED, _JOURNAL, _EXTRACTED}


@dataclass(frozen=True, slots=True)
class Restored:
    """A vault in a new folder, as of the backup. `accounts` may sign in as they could then."""

    folder: Path
    drilled: Drilled
    accounts: tuple[str, ...]


def restore_steps(
    path: Path,
    opener: Opener,
    into: Path,
    clock: Clock,
    wrong_rows: WrongRows | None = None,
) -> Generator[Progress, None, Restored]:
    """Restore a backup into a folder that is new or empty, in short steps.

    The database gets a fresh master key of the next epoch, sealed to every account that held then;
    the record goes on with a `restored` event by whoever opened the backup. The database takes its
    name last: cut off before, there is no vault, and restoring again begins anew. Raises
    BundleRefused, WrongPassphrase, NotPermitted, Refused, VaultDamaged, CopyFailed, and
    VaultUnavailable where the folder is on a network.
    """
    demand_local(into)
    demand_new(into)
    opened = yield from open_steps(path, opener, clock.now())
    try:
        private_folder(into)
        with take_lock(into):
            demand_new(into)
            _sweep(into)
            try:
                drilled = yield from examined(opened, into / _EXTRACTED, clock, wrong_rows)
                return (yield from _restored(opened, drilled, into, clock))
            except OSError as error:
                raise explained(error) from error
            finally:
                if not (into / DATABASE).exists():
                    _sweep(into)
                with suppress(OSError):
                    (into / _EXTRACTED).unlink(missing_ok=True)
    finally:
        opened.wipe()


def demand_new(into: Path) -> None:
    """Check that a folder is not there or is empty; what a restore left counts as nothing.

    Raises Refused.
    """
    try:
        names = {entry.name for entry in into.iterdir()}
    except FileNotFoundError:
        return
    except OSError as error:
        raise Refused(
            "That is not a folder that can be used", "Choose a new one with --into."
        ) from error
    left = UNFINISHED in names or _EXTRACTED in names or names <= {LOCK}
    if vault_exists(into) or (names and not (left and names <= _OWN | cut_off(into, _HEADERS))):
        raise Refused(
            "That folder is not empty", "A backup is restored into a new one; nothing is replaced."
        )


def _restored(
    opened: Opened, drilled: Drilled, into: Path, clock: Clock
) -> Generator[Progress, None, Restored]:
    master = opened.master.following()
    try:
        header = header_under(opened.header, opened.master, master, opened.trust.present)
        source = open_unchanging(into / _EXTRACTED, opened.key.database_key())
        try:
            yield from copy_database(source, into / UNFINISHED, master.database_key())
        finally:
            source.close()
        _begin_again(opened, drilled, into / UNFINISHED, (master, header.seq), clock)
        yield Progress("giving it its name")
        write_header(into, header)
        for name in (_EXTRACTED, _JOURNAL):
            (into / name).unlink(missing_ok=True)
        flush_folder(into)  # no journal of another database may outlast the new name
        (into / UNFINISHED).rename(into / DATABASE)
        flush_folder(into)
    finally:
        master.wipe()
    people = (user for user in header.users.values() if user.kind == "person")
    handles = sorted((user.handle for user in people), key=str.casefold)
    return Restored(into, drilled, tuple(handles))


def _begin_again(
    opened: Opened, drilled: Drilled, path: Path, key: tuple[MasterKey, int], clock: Clock
) -> None:
    """Leave the event with which the restored record goes on; the schema is the present one."""
    (master, header_seq), manifest = key, drilled.manifest
    connection = open_database(path, master.database_key())
    try:
        store = Store(connection, manifest.vault_id, clock)
        detail = {
            "file": drilled.sha256,
            "seq": manifest.seq,
            "head": manifest.head,
            "backup": manifest.uid,
            "schema": [manifest.schema, len(shipped())],
            "epoch": master.epoch,
            "verified": drilled.verification.verified,
        }
        marker = {
            "file": drilled.sha256,
            "seq": manifest.seq,
            "head": manifest.head,
            "at": utc_text(clock.now()),
            "by": opened.signing.uid,
        }
        with store.transaction() as transaction:
            note_header(transaction, header_seq)
            transaction.execute(
                "INSERT INTO meta (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (RESTORED_FROM, canonical(marker).decode()),
            )
            entry = Entry(Action.VAULT_RESTORED, manifest.uid, outcome="done", detail=detail)
            transaction.event(entry, opened.signing)
            transaction.checkpoint("restore")
    finally:
        connection.close()


def _sweep(into: Path) -> None:
    for name in _OWN - {LOCK}:
        with suppress(OSError):
            (into / name).unlink(missing_ok=True)
    with suppress(OSError):
        sweep(into, _HEADERS)
