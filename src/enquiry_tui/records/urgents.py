"""Urgent harm: the card, the timed log, who took it."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update


def add(tx: Writer, **values: Value) -> int:
    """Begin an urgent call."""
    return insert(tx, "urgent", **values)


def change(tx: Writer, key: int, **values: Value) -> None:
    """Set what became known of an urgent call."""
    update(tx, "urgent", key, **values)


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find an urgent call with the contact it runs in."""
    return reader.one(
        "SELECT u.*, k.uid AS contact_uid, k.person_id, k.enquiry_id, k.phone FROM urgent AS u"
        " JOIN contact AS k ON k.id = u.contact_id WHERE u.uid = ?",
        (uid,),
    )


def running(reader: Reader, officer_uid: str) -> Row | None:
    """Find the urgent call of an officer that has not ended."""
    return reader.one(
        "SELECT u.uid FROM urgent AS u JOIN contact AS k ON k.id = u.contact_id"
        " WHERE k.officer_uid = ? AND u.ended_at IS NULL ORDER BY u.id DESC",
        (officer_uid,),
    )


def add_line(tx: Writer, **values: Value) -> int:
    """Add a line of the timed log."""
    return insert(tx, "urgent_line", **values)


def lines(reader: Reader, urgent_id: int) -> list[Row]:
    """List the timed log in order."""
    return reader.query("SELECT * FROM urgent_line WHERE urgent_id = ? ORDER BY id", (urgent_id,))
