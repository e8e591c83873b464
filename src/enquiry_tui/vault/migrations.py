"""Bringing a database to the present schema, one numbered file after another, each whole or not."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.vault.connection import Connection, scalar
from enquiry_tui.vault.copying import check_copy, copy_database
from enquiry_tui.vault.encoding import utc_text
from enquiry_tui.vault.errors import NewerSchema, VaultDamaged

_NAME = re.compile(r"(?P<number>\d{4})_(?P<name>[a-z0-9_]+)\.sql")
_CHECKOUT = Path(__file__).parents[3] / "schema"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema."""

    number: int
    name: str
    sql: str

    def statements(self) -> Iterator[str]:
        """Split the text where SQLite says that a statement is complete; triggers stay whole."""
        pending = ""
        for line in self.sql.splitlines(keepends=True):
            pending += line
            if sqlcipher.complete_statement(pending):
                yield pending
                pending = ""
        if re.sub(r"--[^\n]*", "", pending).strip():
            raise ValueError(f"migration {self.number} ends in the middle of a statement")


def shipped() -> tuple[Migration, ...]:
    """Give all migrations in order: from the installed package, or from the checkout."""
    packaged = resources.files("enquiry_tui") / "schema"
    return read_migrations(packaged if packaged.is_dir() else _CHECKOUT)


def read_migrations(folder: Traversable) -> tuple[Migration, ...]:
    """Read `NNNN_name.sql` files. Raises ValueError where the numbers are not 1, 2, 3 and so on."""
    found = []
    for entry in folder.iterdir():
        if match := _NAME.fullmatch(entry.name):
            text = entry.read_text(encoding="utf-8")
            found.append(Migration(int(match["number"]), match["name"], text))
    found.sort(key=lambda migration: migration.number)
    if [migration.number for migration in found] != list(range(1, len(found) + 1)) or not found:
        raise ValueError("the migrations are not numbered 1, 2, 3 …")
    return tuple(found)


def schema_number(connection: Connection) -> int:
    """Give the number of the last migration that the database has had."""
    return int(scalar(connection, "PRAGMA user_version"))


def migrate(connection: Connection, migrations: Sequence[Migration], now: datetime) -> int:
    """Apply what is missing and give the number of the schema before. Raises NewerSchema.

    The connection must be the only one, in autocommit, with no authorizer set.
    """
    before = schema_number(connection)
    if before > len(migrations):
        raise NewerSchema
    for migration in migrations[before:]:
        _apply(connection, migration, now)
    return before


def _apply(connection: Connection, migration: Migration, now: datetime) -> None:
    # Inside a transaction the pragma would be ignored, and a table could not be rebuilt.
    connection.execute("PRAGMA foreign_keys=OFF")
    try:
        connection.execute("BEGIN IMMEDIATE")
        for statement in migration.statements():
            connection.execute(statement)
        connection.execute(
            "INSERT INTO migration (number, name, sha256, applied_at) VALUES (?, ?, ?, ?)",
            (
                migration.number,
                migration.name,
                hashlib.sha256(migration.sql.encode()).hexdigest(),
                utc_text(now),
            ),
        )
        connection.execute(f"PRAGMA user_version={migration.number}")
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise VaultDamaged(
                "The vault could not be brought to the new version",
                "Nothing was changed. Go on with the version used before, and report this.",
            )
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:  # a full disk has rolled back already
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys=ON")


def verified_copy(connection: Connection, target: Path, raw_key: bytearray) -> None:
    """Copy the whole database to a new file under the same key, and check what arrived.

    Raises VaultDamaged where the copy is not sound, CopyFailed where there is no room. The key
    buffer is wiped.
    """
    with suppress(FileNotFoundError):
        target.unlink()  # left by an upgrade that was cut off
    again = bytearray(raw_key)
    for _ in copy_database(connection, target, raw_key):
        pass
    try:
        check_copy(target, again, schema_number)
    except VaultDamaged as error:
        raise _unsound() from error


def _unsound() -> VaultDamaged:
    return VaultDamaged(
        "The vault did not pass its check before the upgrade",
        "Nothing was changed. Restore a backup, or go on with the version used before.",
    )
