"""The disclosure ledger: what was asked and what was said, line by line; incidents beside it."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update

_LINE = (
    "SELECT l.*, w.words, o.name AS officer_name, p.name AS recipient_name,"
    " d.name AS entry_name, a.name AS about_name, old.uid AS corrects_uid, k.uid AS contact_uid"
    " FROM ledger AS l JOIN officer AS o ON o.uid = l.officer_uid"
    " LEFT JOIN ledger_words AS w ON w.ledger_id = l.id"
    " LEFT JOIN person AS p ON p.id = l.recipient_person_id"
    " LEFT JOIN directory_entry AS d ON d.id = l.recipient_entry_id"
    " LEFT JOIN person AS a ON a.id = l.about_person_id"
    " LEFT JOIN ledger AS old ON old.id = l.corrects_id"
    " LEFT JOIN contact AS k ON k.id = l.contact_id"
)


def add(tx: Writer, words: str, **values: Value) -> int:
    """Add a line and its exact words. The schema refuses one without an open gate."""
    key = insert(tx, "ledger", **values)
    if words:
        insert(tx, "ledger_words", ledger_id=key, words=words)
    return key


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a ledger line."""
    return reader.one(f"{_LINE} WHERE l.uid = ?", (uid,))


def of_enquiry(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the lines of a matter, newest first."""
    return reader.query(f"{_LINE} WHERE l.enquiry_id = ? ORDER BY l.id DESC", (enquiry_id,))


def of_contact(reader: Reader, contact_id: int) -> list[Row]:
    """List the lines of a contact in order."""
    return reader.query(f"{_LINE} WHERE l.contact_id = ? ORDER BY l.id", (contact_id,))


def add_incident(tx: Writer, **values: Value) -> int:
    """Keep what was said in error: to whom, when noticed, and its 72 hours."""
    return insert(tx, "incident", **values)


def has_incident_of(reader: Reader, enquiry_id: int, noticed_at: str) -> bool:
    """Say whether an incident of a matter was entered at this very moment: in the same act."""
    sql = "SELECT 1 FROM incident WHERE enquiry_id = ? AND noticed_at = ?"
    return reader.one(sql, (enquiry_id, noticed_at)) is not None


def annotate_incident(tx: Writer, key: int, annotation: str) -> None:
    """Set the annotation of an incident; the incident itself stands."""
    update(tx, "incident", key, annotation=annotation)


def incident_by_uid(reader: Reader, uid: str) -> Row | None:
    """Find an incident."""
    return reader.one("SELECT * FROM incident WHERE uid = ?", (uid,))


def incidents(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the incidents of a matter."""
    return reader.query("SELECT * FROM incident WHERE enquiry_id = ? ORDER BY id", (enquiry_id,))
