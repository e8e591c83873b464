"""Asks, identity checks and their steps. What the caller gave is never here."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update

_CHECK = (
    "SELECT c.*, k.uid AS contact_uid FROM identity_check AS c"
    " JOIN contact AS k ON k.id = c.contact_id"
)


def add_ask(tx: Writer, **values: Value) -> int:
    """Add something that is asked in a contact."""
    return insert(tx, "ask", **values)


def change_ask(tx: Writer, key: int, **values: Value) -> None:
    """Set the class or the decision of an ask."""
    update(tx, "ask", key, **values)


def ask_by_uid(reader: Reader, uid: str) -> Row | None:
    """Find an ask."""
    return reader.one("SELECT * FROM ask WHERE uid = ?", (uid,))


def asks(reader: Reader, contact_id: int) -> list[Row]:
    """List what was asked in a contact."""
    return reader.query("SELECT * FROM ask WHERE contact_id = ? ORDER BY id", (contact_id,))


def add(tx: Writer, **values: Value) -> int:
    """Begin an identity check."""
    return insert(tx, "identity_check", **values)


def change(tx: Writer, key: int, **values: Value) -> None:
    """Change a check; the schema refuses to revive an ended one."""
    update(tx, "identity_check", key, **values)


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a check."""
    return reader.one(f"{_CHECK} WHERE c.uid = ?", (uid,))


def of_contact(reader: Reader, contact_id: int) -> list[Row]:
    """List the checks of a contact in order."""
    return reader.query(f"{_CHECK} WHERE c.contact_id = ? ORDER BY c.id", (contact_id,))


def of_enquiry(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the checks made in contacts of a matter, newest first."""
    return reader.query(
        f"{_CHECK} WHERE k.enquiry_id = ? ORDER BY c.id DESC",
        (enquiry_id,),
    )


def shut(tx: Writer, contact_id: int, *, at: str) -> None:
    """Shut every check of a contact: it opens nothing any more."""
    tx.execute(
        "UPDATE identity_check SET shut_at = ? WHERE contact_id = ? AND shut_at IS NULL",
        (at, contact_id),
    )


def add_step(tx: Writer, **values: Value) -> int:
    """Keep a step: its kind and whether it matched, never the answer."""
    return insert(tx, "check_step", **values)


def steps(reader: Reader, check_id: int) -> list[Row]:
    """List the steps of a check in order."""
    return reader.query("SELECT * FROM check_step WHERE check_id = ? ORDER BY id", (check_id,))


def misses_since(reader: Reader, person_id: int | None, enquiry_id: int | None, since: str) -> int:
    """Count misses on one person's details since a moment, across contacts and officers."""
    row = reader.one(
        "SELECT coalesce(sum(misses), 0) AS n FROM identity_check WHERE begun_at >= ?3"
        " AND ((?1 IS NOT NULL AND person_id = ?1) OR (?1 IS NULL AND enquiry_id = ?2))",
        (person_id, enquiry_id, since),
    )
    return int(row["n"]) if row else 0
