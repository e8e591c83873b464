"""Officers as rows: a mirror of the signed certificates, for names beside what they did."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value, Writer


def put(tx: Writer, *, uid: str, **values: Value) -> None:
    """Add an officer, or bring the row up to what the certificate says now."""
    columns = ("uid", *values)
    changes = ", ".join(f"{name} = excluded.{name}" for name in values)
    tx.execute(
        f"INSERT INTO officer ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        f" ON CONFLICT (uid) DO UPDATE SET {changes}",
        (uid, *values.values()),
    )


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find an officer."""
    return reader.one("SELECT * FROM officer WHERE uid = ?", (uid,))


def all_of(reader: Reader) -> list[Row]:
    """List the officers who have an account in this vault, by name."""
    return reader.query("SELECT * FROM officer WHERE removed_at IS NULL ORDER BY name")


def everybody(reader: Reader) -> list[Row]:
    """List all officers by name, those whose account was removed among them."""
    return reader.query("SELECT * FROM officer ORDER BY name")


def mark_removed(tx: Writer, uid: str, at: str) -> None:
    """Note that an officer's account is gone; the name stays."""
    tx.execute("UPDATE officer SET removed_at = ?, administrator = 0 WHERE uid = ?", (at, uid))


def open_work(reader: Reader, uid: str) -> Row | None:
    """Count what is open with an officer, in matters that may be seen."""
    return reader.one(
        "SELECT (SELECT count(*) FROM visible_enquiry AS e WHERE e.owner = ?1"
        " AND e.state <> 'closed') AS enquiries,"
        " (SELECT count(*) FROM promise AS p JOIN visible_enquiry AS e ON e.id = p.enquiry_id"
        " WHERE p.owner = ?1 AND p.state = 'open') AS promises,"
        " (SELECT count(*) FROM bring_forward AS b JOIN visible_enquiry AS e"
        " ON e.id = b.enquiry_id WHERE b.owner = ?1 AND b.state = 'open') AS bring_forwards",
        (uid,),
    )


def matters_with(reader: Reader, uid: str) -> list[Row]:
    """List the matters that may be seen and in which something open is with an officer."""
    return reader.query(
        "SELECT e.id, e.uid, e.owner, e.state, e.restricted FROM visible_enquiry AS e"
        " WHERE (e.owner = ?1 AND e.state <> 'closed')"
        " OR e.id IN (SELECT enquiry_id FROM promise WHERE owner = ?1 AND state = 'open')"
        " OR e.id IN (SELECT enquiry_id FROM bring_forward WHERE owner = ?1 AND state = 'open')"
        " ORDER BY e.id",
        (uid,),
    )


def give_work(tx: Writer, enquiry_id: int, old: str, new: str) -> None:
    """Let what is open of one officer in a matter pass to another."""
    tx.execute(
        "UPDATE enquiry SET owner = ? WHERE id = ? AND owner = ? AND state <> 'closed'",
        (new, enquiry_id, old),
    )
    for table in ("promise", "bring_forward"):
        tx.execute(
            f"UPDATE {table} SET owner = ? WHERE enquiry_id = ? AND owner = ? AND state = 'open'",
            (new, enquiry_id, old),
        )


def reads_alone(reader: Reader, uid: str) -> bool:
    """Say whether a restricted matter would be left without anybody who may read it."""
    row = reader.one(
        "SELECT 1 FROM reader AS r JOIN main.enquiry AS e ON e.id = r.enquiry_id"
        " WHERE r.officer_uid = ?1 AND e.restricted <> '' AND NOT EXISTS (SELECT 1 FROM reader AS o"
        " JOIN officer AS f ON f.uid = o.officer_uid WHERE o.enquiry_id = r.enquiry_id"
        " AND o.officer_uid <> ?1 AND f.removed_at IS NULL)",
        (uid,),
    )
    return row is not None
