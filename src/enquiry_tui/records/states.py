"""Every row of the record against the state that its last event left it in."""

from __future__ import annotations

from collections.abc import Iterator

from enquiry_tui.records.base import GONE, Reader, Row, state_of_values
from enquiry_tui.records.columns import FORMER_COLUMNS, STATE_COLUMNS
from enquiry_tui.vault.verdicts import Finding, Verdict

_SLICE = 500  # rows of one step


def wrong_rows(reader: Reader, vault: str) -> Iterator[list[Finding]]:
    """Go through all rows, a slice with every step; gives what is wrong in each.

    A finding names the event that left the row last, or 0 where no event knows the row.
    """
    for table, columns in STATE_COLUMNS.items():
        yield from _standing(reader, vault, table, columns)
    yield from _gone(reader, vault)


def _standing(reader: Reader, vault: str, table: str, columns: str) -> Iterator[list[Finding]]:
    names = ", ".join(f"t.{name}" for name in columns.split())
    sql = (
        f"SELECT t.id, t.uid, r.seq, r.state, {names} FROM {table} AS t LEFT JOIN event_row AS r"
        " ON r.vault = ?1 AND r.kind = ?2 AND r.uid = t.uid AND r.seq ="
        " (SELECT max(l.seq) FROM event_row AS l"
        "   WHERE l.uid = t.uid AND l.vault = ?1 AND l.kind = ?2)"
        " WHERE t.id > ?3 ORDER BY t.id LIMIT ?4"
    )
    after = 0
    while rows := reader.query(sql, (vault, table, after, _SLICE)):
        after = int(rows[-1][0])
        yield [found for row in rows if (found := _judged(reader, table, row)) is not None]


def _judged(reader: Reader, table: str, row: Row) -> Finding | None:
    _, uid, seq, state, *values = tuple(row)
    name = f"a row of {table} ({uid})"
    if seq is None:
        return Finding(0, Verdict.ROW_ADDED, f"{name} is known to no event")
    if state == state_of_values(table, STATE_COLUMNS[table], values):
        return None
    for former in FORMER_COLUMNS.get(table, ()):
        names = former.replace(" ", ", ")
        found = reader.one(f"SELECT {names} FROM {table} WHERE uid = ?", (uid,))
        if found is not None and state == state_of_values(table, former, tuple(found)):
            return None
    return Finding(seq, Verdict.ROW_ALTERED, f"{name} is not as this event, its last, left it")


def _gone(reader: Reader, vault: str) -> Iterator[list[Finding]]:
    """Find rows that their last event left there and that are not there."""
    after = ""
    while known := reader.query(
        "SELECT uid, kind, max(seq) FROM event_row WHERE vault = ? AND uid > ?"
        " GROUP BY uid, kind ORDER BY uid LIMIT ?",
        (vault, after, _SLICE),
    ):
        # Where a uid stands in two tables, they are not parted: it is read again with the rest.
        last = str(known[-1][0])
        rows = [row for row in known if row[0] != last] if len(known) == _SLICE else known
        after = str(rows[-1][0]) if rows else last
        yield _missing(reader, vault, rows or known)


def _missing(reader: Reader, vault: str, rows: list[Row]) -> list[Finding]:
    wrong = []
    for table in {str(row[1]) for row in rows} & STATE_COLUMNS.keys():
        seqs = {str(row[0]): int(row[2]) for row in rows if row[1] == table}
        marks = ", ".join("?" * len(seqs))
        there = reader.query(f"SELECT uid FROM {table} WHERE uid IN ({marks})", tuple(seqs))
        for uid in seqs.keys() - {str(row[0]) for row in there}:
            left = reader.one(
                "SELECT state FROM event_row WHERE vault = ? AND seq = ? AND kind = ? AND uid = ?",
                (vault, seqs[uid], table, uid),
            )
            if left is not None and left[0] != GONE:
                words = f"a row of {table} ({uid}) that it left there is gone"
                wrong.append(Finding(seqs[uid], Verdict.ROW_GONE, words))
    return wrong
