"""Letters in and out, and their enclosures in chunks."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update

CHUNK = 256 * 1024  # bytes a row, so that no statement holds the store for long

_SEEN = (
    "SELECT l.*, e.uid AS enquiry_uid, e.reference, k.uid AS contact_uid,"
    " k.started_at AS arrived_at, k.struck_at FROM letter AS l"
    " JOIN visible_enquiry AS e ON e.id = l.enquiry_id JOIN contact AS k ON k.id = l.contact_id"
)


def add(tx: Writer, **values: Value) -> int:
    """Add a letter."""
    return insert(tx, "letter", **values)


def change(tx: Writer, key: int, **values: Value) -> None:
    """Mark what became of a letter; its words stand."""
    update(tx, "letter", key, **values)


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a letter of a matter this officer may see."""
    return reader.one(f"{_SEEN} WHERE l.uid = ?", (uid,))


def of_enquiry(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the letters of a matter, newest first."""
    return reader.query(f"{_SEEN} WHERE l.enquiry_id = ? ORDER BY l.id DESC", (enquiry_id,))


def with_sha256(reader: Reader, sha256: str) -> Row | None:
    """Find the first letter with these bytes that this officer may see."""
    return reader.one(f"{_SEEN} WHERE l.sha256 = ? ORDER BY l.id", (sha256,))


def add_attachment(tx: Writer, data: bytes, **values: Value) -> int:
    """Keep an enclosure inside the vault, in chunks."""
    key = insert(tx, "attachment", size=len(data), **values)
    view = memoryview(data)
    for number, start in enumerate(range(0, len(data), CHUNK)):
        body = bytes(view[start : start + CHUNK])
        insert(tx, "attachment_chunk", attachment_id=key, number=number, body=body)
    return key


def attachments(reader: Reader, letter_id: int) -> list[Row]:
    """List the enclosures of a letter."""
    return reader.query("SELECT * FROM attachment WHERE letter_id = ? ORDER BY id", (letter_id,))


def attachment_by_uid(reader: Reader, uid: str) -> Row | None:
    """Find an enclosure of a matter this officer may see."""
    return reader.one(
        "SELECT a.*, e.uid AS enquiry_uid, e.id AS enquiry_id FROM attachment AS a JOIN letter AS l"
        " ON l.id = a.letter_id JOIN visible_enquiry AS e ON e.id = l.enquiry_id WHERE a.uid = ?",
        (uid,),
    )


def attachment_uids(reader: Reader, enquiry_id: int) -> list[str]:
    """List the enclosures of a matter's letters in the order in which they came."""
    rows = reader.query(
        "SELECT a.uid FROM attachment AS a JOIN letter AS l ON l.id = a.letter_id"
        " WHERE l.enquiry_id = ? ORDER BY a.id",
        (enquiry_id,),
    )
    return [str(row["uid"]) for row in rows]


def attachment_data(reader: Reader, attachment_id: int) -> bytes:
    """Give the bytes of an enclosure."""
    rows = reader.query(
        "SELECT body FROM attachment_chunk WHERE attachment_id = ? ORDER BY number",
        (attachment_id,),
    )
    return b"".join(bytes(row["body"]) for row in rows)
