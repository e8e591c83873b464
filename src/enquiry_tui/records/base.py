"""What every noun shares: how a row is added, changed and hashed."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from enquiry_tui.records.columns import STATE_COLUMNS, STATE_VERSION
from enquiry_tui.vault.connection import Cursor, Parameters, Row, Value

__all__ = ["Cursor", "Parameters", "Reader", "Row", "Value", "Writer"]

GONE = bytes(32)  # the state of a row that is no longer there


class Reader(Protocol):
    """Anything that answers a query: the open store, or a transaction on it."""

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Give all rows."""
        ...

    def one(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """Give the first row, or None."""
        ...


class Writer(Reader, Protocol):
    """A transaction: the only thing that changes a row."""

    def execute(self, sql: str, parameters: Parameters = ()) -> Cursor:
        """Run one statement."""
        ...


def new_uid(now: datetime) -> str:
    """Give a UUIDv7 (RFC 9562): sorts by the time it was made, and is unique across vaults."""
    milliseconds = int(now.timestamp() * 1000)
    tail = secrets.randbits(76)
    high, low = tail >> 64, tail & ((1 << 62) - 1)
    number = milliseconds << 80 | 7 << 76 | (high & 0xFFF) << 64 | 2 << 62 | low
    return str(uuid.UUID(int=number))


def insert(tx: Writer, table: str, **values: Value) -> int:
    """Add a row and give its key. Table and column names come from code, never from data."""
    columns = ", ".join(values)
    marks = ", ".join("?" * len(values))
    cursor = tx.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(values.values()))
    return int(cursor.lastrowid or 0)


def update(tx: Writer, table: str, key: int, **values: Value) -> None:
    """Change the named columns of one row."""
    changes = ", ".join(f"{column} = ?" for column in values)
    tx.execute(f"UPDATE {table} SET {changes} WHERE id = ?", (*values.values(), key))


def state_of(reader: Reader, table: str, uid: str) -> bytes:
    """Hash one row over its explicit, versioned column list, so that an altered row shows."""
    columns = STATE_COLUMNS[table]
    row = reader.one(f"SELECT {columns.replace(' ', ', ')} FROM {table} WHERE uid = ?", (uid,))
    return GONE if row is None else state_of_values(table, columns, tuple(row))


def state_of_values(table: str, columns: str, values: Iterable[object]) -> bytes:
    """Hash the values of one row, in the order of the column list."""
    digest = hashlib.sha256(f"row-state {STATE_VERSION} {table} {columns}".encode())
    for value in values:
        kind, body = _encoded(value)
        digest.update(kind + len(body).to_bytes(8, "big") + body)
    return digest.digest()


def _encoded(value: object) -> tuple[bytes, bytes]:
    match value:
        case None:
            return b"n", b""
        case bytes():
            return b"b", value
        case int():
            return b"i", str(value).encode()
        case _:
            return b"t", str(value).encode()
