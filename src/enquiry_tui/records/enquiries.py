"""Matters: reference, state, owner, parts, links and named readers."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update

# A restricted matter is there for its named readers and nobody else: all reads go through this.
VISIBLE = (
    "CREATE TEMP TABLE viewer (uid TEXT NOT NULL)",
    (
        "CREATE TEMP VIEW visible_enquiry AS SELECT e.* FROM main.enquiry AS e"
        " WHERE e.restricted = '' OR EXISTS (SELECT 1 FROM main.reader AS r, temp.viewer AS v"
        " WHERE r.enquiry_id = e.id AND r.officer_uid = v.uid)"
    ),
)
VIEWER = "INSERT INTO temp.viewer (uid) VALUES (?)"


def next_number(reader: Reader, year: int) -> int:
    """Give the next running number of a year."""
    row = reader.one("SELECT max(number) AS n FROM enquiry WHERE year = ?", (year,))
    return int(row["n"] or 0) + 1 if row else 1


def add(tx: Writer, **values: Value) -> int:
    """Add a matter."""
    return insert(tx, "enquiry", **values)


def change(tx: Writer, key: int, **values: Value) -> None:
    """Change columns of a matter and keep its place on the desk right."""
    if values:
        update(tx, "enquiry", key, **values)
    refresh_desk_key(tx, key)


def refresh_desk_key(tx: Writer, key: int) -> None:
    """Work out the order on the desk: urgent, promises, then dates, then waiting, then closed.

    An urgent call presses while it runs, and until the supervisor has looked at its matter.

    A legal clock presses although the matter waits for somebody; a service date does not.
    """
    tx.execute(
        "UPDATE enquiry SET desk_key = coalesce("
        " CASE WHEN state = 'closed' THEN '9 ' || closed_at END,"
        " (SELECT '0 ' || min(u.started_at) FROM urgent AS u JOIN contact AS k"
        "  ON k.id = u.contact_id WHERE k.enquiry_id = enquiry.id"
        "  AND k.struck_at IS NULL AND (u.ended_at IS NULL OR EXISTS (SELECT 1"
        "  FROM bring_forward AS b WHERE b.enquiry_id = enquiry.id AND b.for_supervisor = 1"
        "  AND b.state = 'open'))),"
        " (SELECT '1 ' || min(p.due_at) FROM promise AS p"
        "  WHERE p.enquiry_id = enquiry.id AND p.state = 'open'),"
        " CASE WHEN state = 'waiting' AND NOT EXISTS (SELECT 1 FROM clock AS c"
        "  WHERE c.enquiry_id = enquiry.id AND c.state = 'running' AND c.sort = 'legal')"
        "  THEN '3 ' || coalesce(waiting_since, opened_at) END,"
        " '2 ' || min(CASE WHEN sent_on IS NULL THEN coalesce(due_on, '9999') ELSE '9999' END,"
        "  coalesce((SELECT min(b.on_day) FROM bring_forward AS b"
        "  WHERE b.enquiry_id = enquiry.id AND b.state = 'open'), '9999'),"
        "  coalesce((SELECT min(c.due_on) FROM clock AS c"
        "  WHERE c.enquiry_id = enquiry.id AND c.state = 'running'), '9999'))"
        "  || ' ' || opened_at)"
        " WHERE id = ?",
        (key,),
    )


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a matter this officer may see."""
    return reader.one("SELECT * FROM visible_enquiry WHERE uid = ?", (uid,))


def by_key(reader: Reader, key: int) -> Row | None:
    """Find a matter this officer may see, by integer key."""
    return reader.one("SELECT * FROM visible_enquiry WHERE id = ?", (key,))


def by_reference(reader: Reader, reference: str) -> Row | None:
    """Find a matter this officer may see by its full reference."""
    return reader.one("SELECT * FROM visible_enquiry WHERE reference = ?", (reference,))


def by_their_reference(reader: Reader, theirs: str) -> list[Row]:
    """List matters that carry the other side's reference."""
    return reader.query(
        "SELECT * FROM visible_enquiry WHERE their_reference = ? COLLATE NOCASE"
        " AND their_reference <> ''",  # what the index has
        (theirs,),
    )


def of_person(reader: Reader, person_id: int) -> list[Row]:
    """List the matters a person has a part in, open ones first."""
    return reader.query(
        "SELECT DISTINCT e.* FROM visible_enquiry AS e JOIN part AS t ON t.enquiry_id = e.id"
        " WHERE t.person_id = ? AND t.ended_at IS NULL"
        " ORDER BY e.state = 'closed', e.opened_at DESC",
        (person_id,),
    )


def add_part(tx: Writer, **values: Value) -> int:
    """Give a person a part in a matter."""
    return insert(tx, "part", **values)


def parts(reader: Reader, enquiry_id: int) -> list[Row]:
    """List who has which part in a matter."""
    return reader.query(
        "SELECT t.uid, t.part, t.since, p.id AS person_id, p.uid AS person_uid, p.name, p.kind,"
        " p.unsure, p.needs, o.name AS organisation FROM part AS t"
        " JOIN person AS p ON p.id = t.person_id LEFT JOIN person AS o ON o.id = p.at_organisation"
        " WHERE t.enquiry_id = ? AND t.ended_at IS NULL ORDER BY t.since",
        (enquiry_id,),
    )


def end_part(tx: Writer, enquiry_id: int, person_id: int, *, at: str, why: str) -> None:
    """End a person's part in a matter, with the reason."""
    tx.execute(
        "UPDATE part SET ended_at = ?, ended_why = ?"
        " WHERE enquiry_id = ? AND person_id = ? AND ended_at IS NULL",
        (at, why, enquiry_id, person_id),
    )


def add_link(tx: Writer, **values: Value) -> int:
    """Link two matters."""
    return insert(tx, "link", **values)


def links(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the matters linked with this one that the officer may see."""
    return reader.query(
        "SELECT l.kind, e.reference, e.uid, e.subject FROM link AS l JOIN visible_enquiry AS e"
        " ON e.id = CASE WHEN l.enquiry_id = ?1 THEN l.other_id ELSE l.enquiry_id END"
        " WHERE ?1 IN (l.enquiry_id, l.other_id) AND l.ended_at IS NULL",
        (enquiry_id,),
    )


def add_reader(tx: Writer, enquiry_id: int, officer_uid: str, *, at: str, why: str) -> None:
    """Name a reader of a restricted matter."""
    tx.execute(
        "INSERT OR IGNORE INTO reader (enquiry_id, officer_uid, since, why) VALUES (?, ?, ?, ?)",
        (enquiry_id, officer_uid, at, why),
    )


def readers(reader: Reader, enquiry_id: int) -> list[str]:
    """List who may see a restricted matter."""
    rows = reader.query("SELECT officer_uid FROM reader WHERE enquiry_id = ?", (enquiry_id,))
    return [str(row["officer_uid"]) for row in rows]


def restricted_for(reader: Reader, person_id: int) -> list[Row]:
    """List restricted matters with a part for this person: only to tell their readers."""
    return reader.query(
        "SELECT e.id, e.uid FROM enquiry AS e JOIN part AS t ON t.enquiry_id = e.id"
        " WHERE e.restricted <> '' AND e.state <> 'closed'"
        " AND t.person_id = ? AND t.ended_at IS NULL",
        (person_id,),
    )
