"""Every row of the record against the state that its last event left it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from enquiry_tui.records.base import GONE, Reader, Row, state_of_values
from enquiry_tui.records.columns import FORMER_COLUMNS, STATE_COLUMNS, hashed
from enquiry_tui.vault.verdicts import Finding, Verdict

_SLICE = 500  # rows of one step
_LOWEST, _HIGHEST = -(1 << 63), (1 << 63) - 1  # the keys that SQLite knows
# Named, or SQLite sorts all there are of the vault for every slice.
_KNOWN = """
    SELECT uid, seq, kind FROM event_row INDEXED BY event_row_last
     WHERE vault = ? AND (uid, seq, kind) > (?, ?, ?) ORDER BY uid, seq, kind LIMIT ?
"""


def wrong_rows(reader: Reader, vault: str) -> Iterator[list[Finding]]:
    """Go through all rows, a slice with every step; gives what is wrong in each.

    A finding names the event that left the row last, or 0 where no event knows the row.
    """
    for table in STATE_COLUMNS:
        yield from _standing(reader, vault, table)
    yield from _gone(reader, vault)


def _standing(reader: Reader, vault: str, table: str) -> Iterator[list[Finding]]:
    sql = (
        f"SELECT t.uid, r.seq, r.state, {hashed(table)[1]}"
        f" FROM {table} AS t LEFT JOIN event_row AS r"
        " ON r.vault = ?1 AND r.kind = ?2 AND r.uid = t.uid AND r.seq ="
        " (SELECT max(l.seq) FROM event_row AS l"
        "   WHERE l.uid = t.uid AND l.vault = ?1 AND l.kind = ?2)"
        " WHERE t.id >= ?3 ORDER BY t.id LIMIT ?4"
    )
    first = _LOWEST  # by hand a row can be given a key below nothing
    while rows := reader.query(sql, (vault, table, first, _SLICE)):
        yield [found for row in rows if (found := _judged(reader, table, row)) is not None]
        last = int(rows[-1]["id"])
        if last == _HIGHEST:
            return
        first = last + 1


def _judged(reader: Reader, table: str, row: Row) -> Finding | None:
    uid, seq, state, *values = tuple(row)
    name = f"a row of {table} ({uid})"
    if seq is None:
        return Finding(0, Verdict.ROW_ADDED, f"{name} is known to no event")
    if state == state_of_values(table, hashed(table)[0], values):
        return None
    plain = STATE_COLUMNS[table]  # the values without the key in front and what is beside them
    if state == state_of_values(table, plain, values[1 : 1 + len(plain.split())]):
        return None
    for former, left in FORMER_COLUMNS.get(table, ()):
        names = former.replace(" ", ", ")
        found = reader.one(f"SELECT {names} FROM {table} WHERE uid = ? AND {left}", (uid,))
        if found is not None and state == state_of_values(table, former, tuple(found)):
            return None
    return Finding(seq, Verdict.ROW_ALTERED, f"{name} is not as this event, its last, left it")


def _gone(reader: Reader, vault: str) -> Iterator[list[Finding]]:
    """Find rows that their last event left there and that are not there.

    Goes along the index by uid once, in its own order; what is left of a slice goes into the next.
    """
    after: tuple[str, int, str] = ("", 0, "")
    last: dict[tuple[str, str], int] = {}
    while rows := reader.query(_KNOWN, (vault, *after, _SLICE)):
        after = (str(rows[-1][0]), int(rows[-1][1]), str(rows[-1][2]))
        last |= {(str(uid), str(table)): int(seq) for uid, seq, table in rows}
        ended = {key: seq for key, seq in last.items() if key[0] != after[0]}
        yield _missing(reader, vault, ended)
        last = {key: seq for key, seq in last.items() if key[0] == after[0]}
    yield _missing(reader, vault, last)


def _missing(reader: Reader, vault: str, last: Mapping[tuple[str, str], int]) -> list[Finding]:
    wrong = []
    for table in {table for _, table in last} & STATE_COLUMNS.keys():
        seqs = {uid: seq for (uid, of), seq in last.items() if of == table}
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
