"""Find, as it is typed: the vault beside the same texts in the clear in the standard library's."""

from __future__ import annotations

import sqlite3
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.matters import Texts
from benchmarks.office import Office
from benchmarks.timing import CPU, Line, seconds
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.search import search
from enquiry_tui.domain.text import fold
from enquiry_tui.records import contacts
from enquiry_tui.records import search as records
from enquiry_tui.records.base import Parameters, Reader
from enquiry_tui.records.enquiries import VIEWER, VISIBLE

_SHOWN, _SEED = 50, 1_000_003
_TOGETHER = 10_000
_TABLES = ("enquiry", "person", "part", "marker", "contact", "search_entry")
_READERS = "CREATE TABLE reader (enquiry_id INTEGER, officer_uid TEXT)"  # no matter is restricted
_INDEX = (
    "CREATE VIRTUAL TABLE search_text USING"
    " fts5 (body, content='', tokenize='unicode61 remove_diacritics 2')"
)
_BARE = (
    "SELECT e.reference, e.subject FROM search_text AS x JOIN search_entry AS s ON s.id = x.rowid"
    " JOIN enquiry AS e ON e.id = s.enquiry_id WHERE search_text MATCH ?"
    " ORDER BY x.rowid DESC LIMIT ?"
)


class InTheClear:
    """The matters of a vault and their index, unencrypted, read by the standard library."""

    def __init__(self, path: Path, desk: Desk) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        run = self._connection.execute
        run("PRAGMA cache_size = -32000")
        run("BEGIN")
        for table in _TABLES:
            self._copy(desk, table)
        run(_READERS)
        run(_INDEX)
        self._index(desk)
        run("COMMIT")
        for statement in VISIBLE:
            run(statement)
        run(VIEWER, (desk.officer.uid,))

    def query(self, sql: str, parameters: Parameters = ()) -> list[Any]:
        """Give all rows."""
        return self._connection.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Parameters = ()) -> Any:  # noqa: ANN401 (a row, or None)
        """Give the first row, or None."""
        return self._connection.execute(sql, parameters).fetchone()

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def _copy(self, desk: Desk, table: str) -> None:
        made = desk.store.query(
            "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL"
            " AND type IN ('table', 'index') ORDER BY type DESC",
            (table,),
        )
        self._connection.execute(made[0]["sql"])
        last = -1
        while rows := desk.store.query(
            f"SELECT rowid AS place, * FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT ?",
            (last, _TOGETHER),
        ):
            last = rows[-1]["place"]
            marks = ", ".join("?" * (len(rows[0]) - 1))
            self._connection.executemany(
                f"INSERT INTO {table} VALUES ({marks})", [tuple(row)[1:] for row in rows]
            )
        for index in made[1:]:
            self._connection.execute(index["sql"])

    def _index(self, desk: Desk) -> None:
        """Index the texts anew: those of a contentless index are nowhere but in their originals."""
        for entry in self.query("SELECT id, source, source_uid FROM search_entry ORDER BY id"):
            text = records.original(desk.store, entry["source"], entry["source_uid"])
            self._connection.execute(
                "INSERT INTO search_text (rowid, body) VALUES (?, ?)", (entry["id"], fold(text))
            )


def measure(office: Office, folder: Path, size: int, searches: int) -> Iterator[Line]:
    """Type some searches letter by letter, in turns in the vault and in the clear."""
    file = folder / "clear.db"
    vault, clear, bare = [], [], []
    with office.signed_in() as desk:
        plain = InTheClear(file, desk)
        for words in typed(searches):
            vault.append(seconds(lambda: search(desk, words), CPU))  # noqa: B023
            clear.append(seconds(lambda: _found(plain, words), CPU))  # noqa: B023
            bare.append(seconds(lambda: _bare(plain, words), CPU))  # noqa: B023
            if _keys(desk.store, words) != _keys(plain, words):
                raise SystemExit("the vault and the copy in the clear found different matters")
        plain.close()
    file.unlink()
    value, base = _p95(vault), _p95(clear)
    yield Line(
        f"search as it is typed, p95, {size:,} matters",
        value,
        "ms",
        base,
        "the same statements in plain SQLite",
        "≤ 50 ms, ≤ 1.6 ×",
        value <= 50 and value <= 1.6 * base,
    )
    halves = 1000 * statistics.median(vault), 1000 * statistics.median(clear)
    yield Line("  median", halves[0], "ms", halves[1], "the same")
    against = "one FTS5 query in plain SQLite, no snippets"
    yield Line("  p95", value, "ms", _p95(bare), against)


def typed(searches: int) -> list[str]:
    """Give what stands in the field after each letter of some searches for a word, two, a name."""
    texts = Texts(_SEED)
    wanted: list[str] = []
    for number in range(searches):
        said = texts.some(1)[0]
        words = said.note.split()
        match number % 4:
            case 0:
                wanted.append(said.name.lower())
            case 1:
                wanted.append(" ".join(words[:2]))
            case _:
                wanted.append(words[0])
    return [each[:end] for each in wanted for end in range(1, len(each) + 1) if each[end - 1] > " "]


def _found(plain: InTheClear, words: str) -> int:
    """Do what a search asks of the database, and nothing of what the desk does with it."""
    rows = records.find(plain, fold(words), _SHOWN)
    for row in rows:
        records.who(plain, row["id"])
        contacts.last_of_enquiry(plain, row["id"])
        records.original(plain, row["source"], row["source_uid"])
    return len(rows)


def _keys(reader: Reader, words: str) -> list[int]:
    return [int(row["id"]) for row in records.find(reader, fold(words), _SHOWN)]


def _bare(plain: InTheClear, words: str) -> None:
    plain.query(_BARE, (" ".join(records.match_words(fold(words).split())), _SHOWN))


def _p95(took: list[float]) -> float:
    return 1000 * statistics.quantiles(took, n=20)[-1]
