"""Markers on people and matters."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update


def add(tx: Writer, **values: Value) -> int:
    """Set a marker: author, reason, one line, review date."""
    return insert(tx, "marker", **values)


def remove(tx: Writer, key: int, *, at: str, by: str, why: str) -> None:
    """Take a marker off; it stays in the record."""
    update(tx, "marker", key, removed_at=at, removed_by=by, removed_why=why)


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a marker."""
    return reader.one("SELECT * FROM marker WHERE uid = ?", (uid,))


def standing(reader: Reader, *, person_id: int | None, enquiry_id: int | None) -> list[Row]:
    """List the markers that stand on a person, on a matter, or on anybody with a part in it."""
    # Each way by its index: asked for with an OR, SQLite goes through all markers there are.
    return reader.query(
        "SELECT m.* FROM marker AS m WHERE m.id IN ("
        "SELECT id FROM marker WHERE removed_at IS NULL AND person_id = ?1"
        " UNION ALL SELECT id FROM marker WHERE removed_at IS NULL AND enquiry_id = ?2"
        " UNION ALL SELECT w.id FROM part AS t JOIN marker AS w ON w.person_id = t.person_id"
        "  WHERE w.removed_at IS NULL AND t.enquiry_id = ?2 AND t.ended_at IS NULL"
        ") ORDER BY m.set_at",
        (person_id, enquiry_id),
    )


def protects(reader: Reader, kind: str, person_id: int) -> bool:
    """Say whether a marker of this kind stands on a person, or on any matter with a part for them.

    On restricted matters too: through another matter the person would be found unprotected.
    """
    row = reader.one(
        "SELECT 1 FROM marker WHERE removed_at IS NULL AND kind = ?1 AND person_id = ?2"
        " UNION ALL SELECT 1 FROM part AS t JOIN marker AS m ON m.enquiry_id = t.enquiry_id"
        " WHERE m.removed_at IS NULL AND m.kind = ?1 AND t.person_id = ?2 AND t.ended_at IS NULL"
        " LIMIT 1",
        (str(kind), person_id),
    )
    return row is not None
