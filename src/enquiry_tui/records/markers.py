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
    return reader.query(
        "SELECT m.* FROM marker AS m WHERE m.removed_at IS NULL AND ("
        " m.person_id = ?1 OR m.enquiry_id = ?2"
        " OR m.person_id IN (SELECT person_id FROM part WHERE enquiry_id = ?2 AND ended_at IS NULL)"
        ") ORDER BY m.set_at",
        (person_id, enquiry_id),
    )


def protects(reader: Reader, kind: str, person_id: int) -> bool:
    """Say whether a marker of this kind stands on a person, or on any matter with a part for them.

    On restricted matters too: through another matter the person would be found unprotected.
    """
    row = reader.one(
        "SELECT 1 FROM marker AS m WHERE m.removed_at IS NULL AND m.kind = ?1 AND (m.person_id = ?2"
        " OR m.enquiry_id IN (SELECT enquiry_id FROM part WHERE person_id = ?2"
        " AND ended_at IS NULL)) LIMIT 1",
        (str(kind), person_id),
    )
    return row is not None
