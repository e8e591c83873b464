"""Urgent harm: the card, the timed log, who took it."""

from __future__ import annotations

from enquiry_tui.records import search
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


def of_enquiry(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the urgent calls of a matter, newest first."""
    return reader.query(
        "SELECT u.*, k.uid AS contact_uid, k.enquiry_id, o.name AS officer_name,"
        " k.struck_at AS struck_at FROM contact AS k JOIN urgent AS u ON u.contact_id = k.id"
        " JOIN officer AS o ON o.uid = k.officer_uid"
        " WHERE k.enquiry_id = ? ORDER BY u.id DESC",
        (enquiry_id,),
    )


def index(tx: Writer, urgent_id: int) -> None:
    """Make the place, the log and the incident of an urgent call findable in its matter."""
    row = tx.one(
        "SELECT u.uid, k.enquiry_id FROM urgent AS u JOIN contact AS k ON k.id = u.contact_id"
        " WHERE u.id = ?",
        (urgent_id,),
    )
    if row is not None and row["enquiry_id"] is not None:
        text = search.original(tx, "urgent", row["uid"])
        search.index(tx, "urgent", row["uid"], text, enquiry_id=row["enquiry_id"])


def index_of_contact(tx: Writer, contact_id: int) -> None:
    """Make the urgent calls of a contact findable in the matter that it is now in."""
    for row in tx.query("SELECT id FROM urgent WHERE contact_id = ?", (contact_id,)):
        index(tx, row["id"])


def pressing(reader: Reader) -> list[Row]:
    """List the visible matters with an urgent call that nobody has looked at, oldest first."""
    return reader.query(
        "SELECT e.* FROM visible_enquiry AS e WHERE e.desk_key > '0' AND e.desk_key < '1'"
        " ORDER BY e.desk_key LIMIT 9"
    )


def runs_in(reader: Reader, contact_id: int) -> bool:
    """Say whether an urgent call that has not ended runs in a contact."""
    sql = "SELECT 1 FROM urgent WHERE contact_id = ? AND ended_at IS NULL"
    return reader.one(sql, (contact_id,)) is not None
