"""Backups that were made and drills that were done: what the reminders go by."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update


def add_backup(tx: Writer, **values: Value) -> None:
    """Note a backup that was made."""
    insert(tx, "backup", **values)


def add_drill(tx: Writer, **values: Value) -> None:
    """Note a drill that was done."""
    insert(tx, "drill", **values)


def by_sha256(reader: Reader, sha256: str) -> Row | None:
    """Find a backup by the SHA-256 of its file."""
    return reader.one("SELECT * FROM backup WHERE sha256 = ?", (sha256,))


def mark_removed(tx: Writer, key: int, at: str, by: str) -> None:
    """Note that a backup's file was removed."""
    update(tx, "backup", key, removed_at=at, removed_by=by)


def first_and_last(reader: Reader) -> tuple[str | None, str | None]:
    """Give when the first and the last backup was made; those removed since count too."""
    row = reader.one("SELECT min(made_at) AS first, max(made_at) AS last FROM backup")
    return (None, None) if row is None else (row["first"], row["last"])


def last_place(reader: Reader) -> str:
    """Give the folder that the last backup went to, or nothing."""
    row = reader.one("SELECT place FROM backup ORDER BY made_at DESC LIMIT 1")
    return "" if row is None else str(row["place"])


def last_drill(reader: Reader) -> str | None:
    """Give when the last drill that found a whole record was done."""
    row = reader.one("SELECT max(done_at) AS last FROM drill WHERE verified = 1")
    return None if row is None else row["last"]


def not_removed(reader: Reader, before: int) -> list[Row]:
    """List the backups with fewer than so many events that are not known to be gone."""
    return reader.query(
        "SELECT * FROM backup WHERE removed_at IS NULL AND seq < ? ORDER BY made_at", (before,)
    )


def counts_now(reader: Reader, vault: str) -> Row | None:
    """Count what the vault has now: events, contacts, and when the last event was."""
    return reader.one(
        "SELECT (SELECT max(seq) FROM event WHERE vault = :vault) AS events,"
        " (SELECT count(*) FROM contact) AS contacts,"
        " (SELECT utc FROM event WHERE vault = :vault ORDER BY seq DESC LIMIT 1) AS up_to",
        {"vault": vault},
    )


def head_at(reader: Reader, vault: str, seq: int) -> bytes | None:
    """Give the hash of one event of the chain."""
    row = reader.one("SELECT leaf FROM event WHERE vault = ? AND seq = ?", (vault, seq))
    return None if row is None else row["leaf"]
