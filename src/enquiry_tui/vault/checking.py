"""Looking the vault over: pages, structure, word index, header, what lies beside it, record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.errors import VaultUnavailable
from enquiry_tui.machine.files import UnsafeFile, read_bounded
from enquiry_tui.machine.findings import Finding, State, bad
from enquiry_tui.vault.connection import Connection, scalar
from enquiry_tui.vault.found import Verification
from enquiry_tui.vault.header import COPY, HEADER, LARGEST
from enquiry_tui.vault.opening import DATABASE, UNFINISHED, open_unchanging
from enquiry_tui.vault.session import Unlocked
from enquiry_tui.vault.verdicts import Verdict

_RESTORE = "Keep this folder as it is, and restore a backup into a new one."
_TELL = "Keep this folder as it is, and tell whoever looks after it."
_WITH_ORIGINS = b"\xff\x00\x00\x01"  # how a list of segments begins that says when each was written
_MOST = 5  # findings told of one kind
_PRAGMAS = (
    ("pages of the database", "cipher_integrity_check"),
    ("structure of the database", "quick_check"),
    ("links between rows", "foreign_key_check"),
)
_OF_ROWS = frozenset({Verdict.ROW_ALTERED, Verdict.ROW_ADDED, Verdict.ROW_GONE})


@dataclass(frozen=True, slots=True)
class WordIndex:
    """A contentless FTS5 index of words, and the table with one row for each text in it."""

    index: str
    entries: str


def check(unlocked: Unlocked, words: WordIndex) -> Iterator[Finding]:
    """Look everything over, one thing with each step. Nothing is changed.

    While the pages are read, some seconds for each gigabyte, the store waits.
    """
    for what, pragma in _PRAGMAS:
        found = _asked(unlocked, partial(_complaints, pragma))
        yield _told(what, found, _RESTORE)
    found = _asked(unlocked, partial(_astray, words))
    yield _told("index of words for finding", found, _RESTORE)
    yield from _header(unlocked)
    yield from _beside(unlocked.folder)
    try:
        verification = unlocked.verify()
    except (sqlcipher.DatabaseError, VaultUnavailable):
        yield bad("record of events: it cannot be read to its end", _RESTORE)
        return
    yield from _record(verification)


def _asked(unlocked: Unlocked, ask: Callable[[Connection], list[str]]) -> list[str]:
    """Ask SQLite, over the file as it is on the disk and not as it is in memory."""
    with unlocked.store.held():
        key = unlocked.ring.master.database_key()
        try:
            connection = open_unchanging(unlocked.folder / DATABASE, key)
        except VaultUnavailable as error:
            return [error.title]
        try:
            return ask(connection)
        except sqlcipher.DatabaseError:
            return ["it cannot be read to its end"]
        finally:
            connection.close()


def _complaints(pragma: str, connection: Connection) -> list[str]:
    rows = connection.execute(f"PRAGMA {pragma}").fetchall()
    if pragma == "foreign_key_check":
        return [f"a row of {row[0]} lacks the row of {row[2]} that it belongs to" for row in rows]
    return [str(row[0]) for row in rows if row[0] != "ok"]


def _astray(words: WordIndex, connection: Connection) -> list[str]:
    """Hold the index against the texts that it is of: an older page of it may have been put back.

    Every text must have its entry, every word of every text be counted in the index, and no text be
    newer than the index: one that was changed into another of as many words shows in that alone.
    """
    sizes, entries = f"{words.index}_docsize", words.entries
    odd = 0
    for one, other in ((sizes, entries), (entries, sizes)):
        sql = f"SELECT count(*) FROM {one} WHERE id NOT IN (SELECT id FROM {other})"
        odd += int(scalar(connection, sql))
    found = [f"{odd} texts are not in both the index and its list"] if odd else []
    rows = connection.execute(f"SELECT sz FROM {sizes}").fetchall()
    counted = sum(_number(row[0]) for row in rows)
    connection.execute(
        f"CREATE VIRTUAL TABLE temp.counted USING fts5vocab('main', '{words.index}', 'row')"
    )
    if int(scalar(connection, "SELECT total(cnt) FROM temp.counted")) != counted:
        found.append("its words are not those of the texts")
    newest = scalar(connection, f"SELECT max(origin) FROM {sizes} WHERE sz <> x'00'")
    reached = _reached(connection, f"{words.index}_data")
    if newest is not None and reached is not None and int(newest) > reached:
        found.append("it is older than some of the texts")
    return found


def _reached(connection: Connection, pages: str) -> int | None:
    """Read up to which writing FTS5's index goes, off its list of segments; None of another form.

    The form is that of a contentless index with deletion, "structure record", in fts5_index.c.
    """
    rows = connection.execute(f"SELECT block FROM {pages} WHERE id = 10").fetchall()
    block = bytes(rows[0][0]) if rows else b""
    if block[4:8] != _WITH_ORIGINS:
        return None
    numbers, reached = _numbers(block[8:]), 0
    try:
        levels, _segments, _writes = next(numbers), next(numbers), next(numbers)
        for _ in range(levels):
            _merging, segments = next(numbers), next(numbers)
            for _ in range(segments):
                reached = max(reached, [next(numbers) for _ in range(8)][4])
    except (StopIteration, RuntimeError):
        return 0  # cut off: no text is as old
    return reached


def _number(data: bytes) -> int:
    return next(_numbers(data), 0)


def _numbers(data: bytes) -> Iterator[int]:
    """Read SQLite's numbers of variable length: seven bits a byte, high ones first."""
    number = 0
    for byte in data:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            yield number
            number = 0


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


def _record(verification: Verification) -> Iterator[Finding]:
    """Tell of the events, then of the rows: a row that was altered leaves the events whole."""
    of_rows = [str(found) for found in verification.findings if found.verdict in _OF_ROWS]
    others = [str(found) for found in verification.findings if found.verdict not in _OF_ROWS]
    yield _told(f"record of all {verification.events:,} events", others, _TELL)
    yield _told("rows of the record, as their last events left them", of_rows, _TELL)


def _told(what: str, found: list[str], hint: str) -> Finding:
    told = "; ".join(found[:_MOST])
    return _looked(f"{what}: {told}" if told else what, good=not found, hint=hint)


def _looked(what: str, *, good: bool, hint: str) -> Finding:
    return Finding(what, State.GOOD) if good else Finding(what, State.BAD, hint)
