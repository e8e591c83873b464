"""Messages taken for somebody: taken, passed, answered, and the caller told."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update

_SEEN = (
    "SELECT m.*, CASE WHEN m.withdrawn_at IS NULL THEN m.state ELSE 'withdrawn' END AS stands,"
    " e.uid AS enquiry_uid, e.reference, d.key AS entry_key, o.name AS officer_name"
    " FROM message AS m JOIN visible_enquiry AS e ON e.id = m.enquiry_id"
    " JOIN officer AS o ON o.uid = m.taken_by"
    " LEFT JOIN directory_entry AS d ON d.id = m.for_entry_id"
)


def add(tx: Writer, **values: Value) -> int:
    """Take a message."""
    return insert(tx, "message", **values)


def change(tx: Writer, key: int, **values: Value) -> None:
    """Carry a message one step on."""
    update(tx, "message", key, **values)


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a message of a matter this officer may see."""
    return reader.one(f"{_SEEN} WHERE m.uid = ?", (uid,))


def of_enquiry(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the messages of a matter, oldest first."""
    return reader.query(f"{_SEEN} WHERE m.enquiry_id = ? ORDER BY m.id", (enquiry_id,))
