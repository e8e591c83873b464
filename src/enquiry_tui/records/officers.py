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
    """List the officers of this vault by name."""
    return reader.query("SELECT * FROM officer ORDER BY name")
