"""Unfinished entries: the one table that is written without an event."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Writer


def save(
    tx: Writer, *, uid: str, officer: str, place: str, contact: str, body: str, at: str
) -> str:
    """Save what is unfinished in a place, over what was saved there before; give its uid."""
    old = find(tx, officer, place, contact)
    if old is not None:
        tx.execute("UPDATE draft SET body = ?, saved_at = ? WHERE uid = ?", (body, at, old["uid"]))
        return str(old["uid"])
    tx.execute(
        "INSERT INTO draft (uid, officer_uid, place, contact_uid, body, saved_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (uid, officer, place, contact, body, at),
    )
    return uid


def find(reader: Reader, officer: str, place: str, contact: str) -> Row | None:
    """Find what an officer left unfinished in a place."""
    return reader.one(
        "SELECT * FROM draft WHERE officer_uid = ? AND place = ? AND contact_uid = ?",
        (officer, place, contact),
    )


def of_officer(reader: Reader, officer: str) -> list[Row]:
    """List an officer's drafts, the latest first."""
    return reader.query(
        "SELECT * FROM draft WHERE officer_uid = ? ORDER BY saved_at DESC, uid DESC", (officer,)
    )


def pass_on(tx: Writer, officer: str, place: str, contact: str, to: str) -> None:
    """Keep an officer's unfinished entry under another uid, in the place of an older one."""
    key = (officer, place, to)
    tx.execute("DELETE FROM draft WHERE officer_uid = ? AND place = ? AND contact_uid = ?", key)
    tx.execute(
        "UPDATE draft SET contact_uid = ? WHERE officer_uid = ? AND place = ? AND contact_uid = ?",
        (to, officer, place, contact),
    )


def discard(tx: Writer, officer: str, uid: str) -> None:
    """Drop one of an officer's own drafts; nothing happens where there is none."""
    tx.execute("DELETE FROM draft WHERE uid = ? AND officer_uid = ?", (uid, officer))
