"""What every noun shares: how a row is added, changed and hashed."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Protocol

from enquiry_tui.records.columns import STATE_VERSION, hashed
from enquiry_tui.vault.connection import Cursor, Parameters, Row, Value

__all__ = ["Cursor", "Parameters", "Reader", "Row", "Value", "Writer"]

GONE = bytes(32)  # the state of a row that is no longer there
_NULL, _EMPTY = b"n" + bytes(8), b"t" + bytes(8)  # no value, and an empty text: kind and length


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
    columns, sql = hashed(table)
    row = reader.one(f"SELECT {sql} FROM {table} AS t WHERE t.uid = ?", (uid,))
    return GONE if row is None else state_of_values(table, columns, tuple(row))


def state_of_values(table: str, columns: str, values: Iterable[object]) -> bytes:
    """Hash the values of one row, in the order of the column list."""
    parts = [_heading(table, columns)]
    for value in values:
        if value is None:
            parts.append(_NULL)
        elif value == "":  # every other column of most rows
            parts.append(_EMPTY)
        else:
            kind, body = _encoded(value)
            parts += (kind, len(body).to_bytes(8, "big"), body)
    return hashlib.sha256(b"".join(parts)).digest()


@cache
def _heading(table: str, columns: str) -> bytes:
    return f"row-state {STATE_VERSION} {table} {columns}".encode()


def _encoded(value: object) -> tuple[bytes, bytes]:
    if isinstance(value, str):
        return b"t", value.encode()
    if isinstance(value, bytes):
        return b"b", value
    return b"i" if isinstance(value, int) else b"t", str(value).encode()
