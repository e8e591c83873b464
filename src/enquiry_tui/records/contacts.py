"""Contacts and their legs."""

from __future__ import annotations

from enquiry_tui.domain.names import sound_key
from enquiry_tui.records import search
from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update

# A contact belongs to a visible matter, or to no matter yet and then to its officer.
_SEEN = (
    "(EXISTS (SELECT 1 FROM visible_enquiry AS v WHERE v.id = k.enquiry_id)"
    " OR (k.enquiry_id IS NULL AND k.officer_uid IN (SELECT uid FROM temp.viewer)))"
)


def add(tx: Writer, **values: Value) -> int:
    """Begin a contact: a row with its start and its officer, at once."""
    key = insert(tx, "contact", **values)
    if values.get("who_said"):
        _hear(tx, key)
    return key


def change(tx: Writer, key: int, **values: Value) -> None:
    """Change columns of a contact."""
    update(tx, "contact", key, **values)
    if "who_said" in values or "person_id" in values:
        _hear(tx, key)


def _hear(tx: Writer, key: int) -> None:
    """Keep how the name sounds that nobody is linked with: a person's own names are found."""
    tx.execute("DELETE FROM heard_word WHERE contact_id = ?", (key,))
    row = tx.one("SELECT who_said FROM contact WHERE id = ? AND person_id IS NULL", (key,))
    for sound in sorted(set(sound_key(row["who_said"]).split())) if row is not None else ():
        tx.execute("INSERT INTO heard_word (word, contact_id) VALUES (?, ?)", (sound, key))


def index_note(tx: Writer, key: int) -> None:
    """Make a contact findable in its matter: who it was said to be, its line, and its note."""
    row = tx.one("SELECT * FROM contact WHERE id = ?", (key,))
    if row is not None:
        text = f"{row['who_said']} {row['line']} {row['note']}"
        search.index(tx, "note", row["uid"], text, enquiry_id=row["enquiry_id"])


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a contact this officer may see."""
    return reader.one(f"SELECT k.* FROM contact AS k WHERE k.uid = ? AND {_SEEN}", (uid,))


def open_of(reader: Reader, officer_uid: str) -> list[Row]:
    """List an officer's live contacts, the talking one first."""
    return reader.query(
        "SELECT k.* FROM contact AS k WHERE k.officer_uid = ? AND k.state <> 'ended'"
        " ORDER BY k.state DESC, k.started_at",
        (officer_uid,),
    )


def of_enquiry(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the contacts of a matter, newest first."""
    return reader.query(
        "SELECT k.*, p.name AS person_name, o.name AS officer_name FROM contact AS k"
        " JOIN officer AS o ON o.uid = k.officer_uid LEFT JOIN person AS p ON p.id = k.person_id"
        " WHERE k.enquiry_id = ? ORDER BY k.started_at DESC, k.id DESC",
        (enquiry_id,),
    )


def last_of_enquiry(reader: Reader, enquiry_id: int) -> Row | None:
    """Find the latest contact of a matter."""
    return reader.one(
        "SELECT * FROM contact WHERE enquiry_id = ? AND struck_at IS NULL"
        " ORDER BY started_at DESC, id DESC",
        (enquiry_id,),
    )


def add_leg(tx: Writer, **values: Value) -> int:
    """Begin a leg: the first call, a hold, a ring back."""
    return insert(tx, "leg", **values)


def end_legs(tx: Writer, contact_id: int, *, at: str, kind: str = "") -> None:
    """End the legs of the contact that still run: all, or those of one kind."""
    tx.execute(
        "UPDATE leg SET ended_at = ?1"
        " WHERE contact_id = ?2 AND ended_at IS NULL AND (?3 = '' OR kind = ?3)",
        (at, contact_id, kind),
    )


def legs(reader: Reader, contact_id: int) -> list[Row]:
    """List the legs of a contact in order."""
    return reader.query("SELECT * FROM leg WHERE contact_id = ? ORDER BY id", (contact_id,))


def keep_old(tx: Writer, **values: Value) -> int:
    """Keep the old value of something amended, with who and why."""
    return insert(tx, "amendment", **values)


def amendments(reader: Reader, uid: str) -> list[Row]:
    """List what was amended on one object, oldest first, with the name of whoever did it."""
    return reader.query(
        "SELECT a.*, o.name AS officer_name FROM amendment AS a"
        " LEFT JOIN officer AS o ON o.uid = a.by WHERE a.object_uid = ? ORDER BY a.id",
        (uid,),
    )


def moved_away(reader: Reader, reference: str) -> list[Row]:
    """List the moves of contacts out of a matter: when, by whom, and the reference each went to.

    `went_to` is empty where that matter is not there for this officer.
    """
    return reader.query(
        "WITH move AS (SELECT a.*, k.id AS contact_id, k.channel, k.direction, k.started_at,"
        " coalesce((SELECT b.old_value FROM amendment AS b WHERE b.object_uid = a.object_uid"
        "  AND b.field = 'enquiry' AND b.id > a.id ORDER BY b.id LIMIT 1),"
        "  (SELECT e.reference FROM enquiry AS e WHERE e.id = k.enquiry_id)) AS place"
        " FROM amendment AS a JOIN contact AS k ON k.uid = a.object_uid"
        " WHERE a.field = 'enquiry' AND a.object_kind = 'contact' AND a.old_value = ?)"
        " SELECT m.*, o.name AS officer_name, coalesce((SELECT v.reference FROM visible_enquiry"
        "  AS v WHERE v.reference = m.place), '') AS went_to"
        " FROM move AS m LEFT JOIN officer AS o ON o.uid = m.by ORDER BY m.id DESC",
        (reference,),
    )
