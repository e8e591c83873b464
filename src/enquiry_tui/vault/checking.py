"""Looking the vault over: its pages, its structure, its header, what lies beside it, its record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.errors import VaultUnavailable
from enquiry_tui.machine.files import UnsafeFile, read_bounded
from enquiry_tui.machine.findings import Finding, State, bad
from enquiry_tui.vault.header import COPY, HEADER, LARGEST
from enquiry_tui.vault.opening import DATABASE, UNFINISHED, open_unchanging
from enquiry_tui.vault.session import Unlocked
from enquiry_tui.vault.verdicts import Verification

_RESTORE = "Keep this folder as it is, and restore a backup into a new one."
_TELL = "Keep this folder as it is, and tell whoever looks after it."
_MOST = 5  # findings told of one kind
_PRAGMAS = (
    ("pages of the database", "cipher_integrity_check"),
    ("structure of the database", "quick_check"),
    ("links between rows", "foreign_key_check"),
)


def check(unlocked: Unlocked) -> Iterator[Finding]:
    """Look everything over, one thing with each step. Nothing is changed.

    While the pages are read, some seconds for each gigabyte, the store waits.
    """
    for what, pragma in _PRAGMAS:
        found = _complaints(unlocked, pragma)
        told = "; ".join(found[:_MOST])
        yield _looked(f"{what}: {told}" if told else what, good=not found, hint=_RESTORE)
    yield from _header(unlocked)
    yield from _beside(unlocked.folder)
    try:
        verification = unlocked.verify()
    except (sqlcipher.DatabaseError, VaultUnavailable):
        yield bad("record of events: it cannot be read to its end", _RESTORE)
        return
    yield _record(verification)


def _complaints(unlocked: Unlocked, pragma: str) -> list[str]:
    """Ask SQLite, over the file as it is on the disk and not as it is in memory."""
    with unlocked.store.held():
        key = unlocked.ring.master.database_key()
        try:
            connection = open_unchanging(unlocked.folder / DATABASE, key)
        except VaultUnavailable as error:
            return [error.title]
        try:
            rows = connection.execute(f"PRAGMA {pragma}").fetchall()
        except sqlcipher.DatabaseError:
            return ["it cannot be read to its end"]
        finally:
            connection.close()
    if pragma == "foreign_key_check":
        return [f"a row of {row[0]} lacks the row of {row[2]} that it belongs to" for row in rows]
    return [str(row[0]) for row in rows if row[0] != "ok"]


def _header(unlocked: Unlocked) -> Iterator[Finding]:
    wanted = unlocked.ring.header.encoded()
    for name in (HEADER, COPY):
        data = b""
        with suppress(OSError, UnsafeFile):
            data = read_bounded(unlocked.folder / name, LARGEST)
        hint = "Sign out and in again: it is written anew from the other one."
        yield _looked(f"key header {name}", good=data == wanted, hint=hint)


def _beside(folder: Path) -> Iterator[Finding]:
    """Look for what SQLite would act on, or what a step that was cut off has left."""
    names = [f"{DATABASE}-wal", f"{DATABASE}-shm", UNFINISHED]
    found = [name for name in names if (folder / name).exists()]
    journal = folder / f"{DATABASE}-journal"
    if journal.is_symlink() or (journal.exists() and journal.stat().st_size):
        found.append(journal.name)
    told = f"nothing left beside the database, but {', '.join(found)}" if found else ""
    hint = "Move it out of the folder, keep it, and sign in again."
    yield _looked(told or "nothing left beside the database", good=not found, hint=hint)


def _record(verification: Verification) -> Finding:
    what = f"record of all {verification.events} events, and the rows as they left them"
    words = "; ".join(verification.failures[:_MOST])
    return _looked(f"{what}: {words}" if words else what, good=verification.verified, hint=_TELL)


def _looked(what: str, *, good: bool, hint: str) -> Finding:
    return Finding(what, State.GOOD) if good else Finding(what, State.BAD, hint)
