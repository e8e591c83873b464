"""Complaints and their allegations."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update

_SEEN = (
    "SELECT c.*, e.uid AS enquiry_uid, e.reference, e.restricted, d.key AS passed_key,"
    " d.name AS passed_name FROM complaint AS c"
    " JOIN visible_enquiry AS e ON e.id = c.enquiry_id"
    " LEFT JOIN directory_entry AS d ON d.id = c.passed_to"
)


def add(tx: Writer, **values: Value) -> int:
    """Log a complaint."""
    return insert(tx, "complaint", **values)


def change(tx: Writer, key: int, **values: Value) -> None:
    """Change columns of a complaint."""
    update(tx, "complaint", key, **values)


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a complaint of a matter this officer may see."""
    return reader.one(f"{_SEEN} WHERE c.uid = ?", (uid,))


def of_enquiry(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the complaints of a matter."""
    return reader.query(f"{_SEEN} WHERE c.enquiry_id = ? ORDER BY c.id", (enquiry_id,))


def add_allegation(tx: Writer, **values: Value) -> int:
    """Add an allegation; its category may be left for PSD to say."""
    return insert(tx, "allegation", **values)


def change_allegation(tx: Writer, key: int, **values: Value) -> None:
    """Change the words or the category of an allegation."""
    update(tx, "allegation", key, **values)


def allegations(reader: Reader, complaint_id: int) -> list[Row]:
    """List the allegations of a complaint in their order."""
    return reader.query(
        "SELECT * FROM allegation WHERE complaint_id = ? ORDER BY id", (complaint_id,)
    )


def officers_of_role(reader: Reader, *roles: str) -> list[Row]:
    """List the officers of these roles, for who reads a restricted matter."""
    marks = ", ".join("?" * len(roles))
    return reader.query(f"SELECT * FROM officer WHERE role IN ({marks}) ORDER BY id", roles)
