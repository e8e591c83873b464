"""Referrals, and what was exported of them."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update

_SEEN = (
    "SELECT r.*, e.uid AS enquiry_uid, e.reference, d.key AS entry_key, d.name AS entry_name,"
    " o.name AS officer_name FROM referral AS r"
    " JOIN visible_enquiry AS e ON e.id = r.enquiry_id"
    " JOIN directory_entry AS d ON d.id = r.entry_id JOIN officer AS o ON o.uid = r.made_by"
)


def next_number(reader: Reader, enquiry_id: int) -> int:
    """Give the next running number of a referral within its matter."""
    row = reader.one("SELECT max(number) AS n FROM referral WHERE enquiry_id = ?", (enquiry_id,))
    return int(row["n"] or 0) + 1 if row else 1


def add(tx: Writer, **values: Value) -> int:
    """Add a referral."""
    return insert(tx, "referral", **values)


def change(tx: Writer, key: int, **values: Value) -> None:
    """Carry a referral one step on."""
    update(tx, "referral", key, **values)


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a referral of a matter this officer may see."""
    return reader.one(f"{_SEEN} WHERE r.uid = ?", (uid,))


def by_number(reader: Reader, enquiry_id: int, number: int | None) -> Row | None:
    """Find a numbered referral of a matter, or its latest that sent anything."""
    return reader.one(
        f"{_SEEN} WHERE r.enquiry_id = ?1 AND CASE WHEN ?2 IS NULL THEN r.kind <> 'signpost'"
        " ELSE r.number = ?2 END ORDER BY r.number DESC",
        (enquiry_id, number),
    )


def of_enquiry(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the referrals of a matter in their order."""
    return reader.query(f"{_SEEN} WHERE r.enquiry_id = ? ORDER BY r.number", (enquiry_id,))


def add_export(tx: Writer, **values: Value) -> int:
    """Keep that a referral left as a file: format, hash, code, fields."""
    return insert(tx, "export", **values)


def exports(reader: Reader, referral_id: int) -> list[Row]:
    """List the files made of a referral."""
    return reader.query("SELECT * FROM export WHERE referral_id = ? ORDER BY id", (referral_id,))
