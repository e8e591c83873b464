"""Promises by day and time, and bring-forwards by day."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update

_PROMISE = (
    "SELECT p.*, e.uid AS enquiry_uid, e.reference, o.name AS owner_name FROM promise AS p"
    " JOIN visible_enquiry AS e ON e.id = p.enquiry_id JOIN officer AS o ON o.uid = p.owner"
)
_BRING = (
    "SELECT b.*, e.uid AS enquiry_uid, e.reference, o.name AS owner_name FROM bring_forward AS b"
    " JOIN visible_enquiry AS e ON e.id = b.enquiry_id JOIN officer AS o ON o.uid = b.owner"
)


def add(tx: Writer, **values: Value) -> int:
    """Make a promise."""
    return insert(tx, "promise", **values)


def change(tx: Writer, key: int, **values: Value) -> None:
    """Move or settle a promise; its first time stays."""
    update(tx, "promise", key, **values)


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a promise in a matter this officer may see."""
    return reader.one(f"{_PROMISE} WHERE p.uid = ?", (uid,))


def of_enquiry(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the promises of a matter, the open ones first and the nearest of them first."""
    return reader.query(
        f"{_PROMISE} WHERE p.enquiry_id = ? ORDER BY p.state <> 'open', p.due_at", (enquiry_id,)
    )


def open_of(reader: Reader, owner: str) -> list[Row]:
    """List an officer's open promises by time."""
    return reader.query(
        f"{_PROMISE} WHERE p.state = 'open' AND p.owner = ? ORDER BY p.due_at", (owner,)
    )


def add_bring_forward(tx: Writer, **values: Value) -> int:
    """Set a bring-forward."""
    return insert(tx, "bring_forward", **values)


def change_bring_forward(tx: Writer, key: int, **values: Value) -> None:
    """Finish a bring-forward."""
    update(tx, "bring_forward", key, **values)


def bring_forward_by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a bring-forward in a matter this officer may see."""
    return reader.one(f"{_BRING} WHERE b.uid = ?", (uid,))


def bring_forwards(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the bring-forwards of a matter, open ones first, nearest first."""
    return reader.query(
        f"{_BRING} WHERE b.enquiry_id = ? ORDER BY b.state <> 'open', b.on_day", (enquiry_id,)
    )


def give_all(tx: Writer, enquiry_id: int, owner: str) -> None:
    """Let the open promises and bring-forwards of a matter travel with it to a new owner."""
    for table in ("promise", "bring_forward"):
        tx.execute(
            f"UPDATE {table} SET owner = ? WHERE enquiry_id = ? AND state = 'open'",
            (owner, enquiry_id),
        )
