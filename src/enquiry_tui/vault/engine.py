"""The connection under the store, with the authorizer that judges what is prepared on it."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.vault.aside import Steps
from enquiry_tui.vault.authorizer import Authorizer, Mode
from enquiry_tui.vault.connection import Connection, Cursor, Parameters, Row
from enquiry_tui.vault.copying import Copying
from enquiry_tui.vault.errors import VaultDamaged, not_stored


class Engine:
    """One connection, used by one thread at a time. For the store alone."""

    def __init__(self, connection: Connection) -> None:
        self.turn = threading.RLock()
        self._open: Connection | None = connection
        self._copies: list[Copying] = []
        self._met_damage = False
        self._authorizer = Authorizer()
        # The statement cache goes by text: what was judged in one mode never runs in another.
        self._marks = {mode: f" --{secrets.token_hex(16)}" for mode in Mode}
        connection.set_authorizer(self._authorizer)

    @property
    def is_open(self) -> bool:
        """Whether the database can still be asked."""
        return self._open is not None

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is under way. SQLite may have given one up by itself."""
        return self._open is not None and self._open.in_transaction

    @property
    def changes(self) -> int:
        """How many rows were changed since the database was opened."""
        return self._connection.total_changes

    def run(self, sql: str, parameters: Parameters = ()) -> Cursor:
        """Run one statement under the present mode. Raises StorageFailed, RuntimeError."""
        try:
            return self._connection.execute(sql + self._marks[self._authorizer.mode], parameters)
        except (sqlcipher.DatabaseError, MemoryError) as error:
            self._explain(error)
            raise

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Run a statement and give all its rows; a later page may be the damaged one."""
        cursor = self.run(sql, parameters)
        try:
            return cursor.fetchall()
        except (sqlcipher.DatabaseError, MemoryError) as error:
            self._explain(error)
            raise

    def row(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """Run a statement and give its first row, or None."""
        cursor = self.run(sql, parameters)
        try:
            return cursor.fetchone()
        except (sqlcipher.DatabaseError, MemoryError) as error:
            self._explain(error)
            raise

    def _explain(self, error: Exception) -> None:
        """Raise what an error of the disk or the file comes to; for any other do nothing."""
        if isinstance(error, MemoryError):  # SQLCipher's word for a page it met while it wrote
            raise _unreadable() from error
        match (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF:  # primary result codes
            case 13 | 10:  # SQLITE_FULL, SQLITE_IOERR
                raise not_stored(error) from error
            case 11 | 26:  # SQLITE_CORRUPT, SQLITE_NOTADB: from now on it also takes no change
                self._met_damage = True
                raise _damaged() from error
            case 8 if self._met_damage:  # SQLITE_READONLY
                raise _damaged() from error
            case 8 if self.in_transaction:
                raise not_stored(error) from error

    def own(self, sql: str, parameters: Parameters = ()) -> Cursor:
        """Run a statement of the store itself, which no mode may stop."""
        before, self._authorizer.mode = self._authorizer.mode, Mode.OWN
        try:
            return self.run(sql, parameters)
        finally:
            self._authorizer.mode = before

    @contextmanager
    def writable(self, mode: Mode) -> Iterator[None]:
        """Have another mode decide for a block, and the one before again whatever comes.

        A transaction that the block leaves open is rolled back.
        """
        before, self._authorizer.mode = self._authorizer.mode, mode
        try:
            yield
        finally:
            self._authorizer.mode = before
            if self.in_transaction:  # closed, or on a full disk, SQLite has rolled back already
                self.own("ROLLBACK")

    def copy(self, target: Path, raw_key: bytearray) -> Steps:
        """Copy everything under another raw key (wiped), a slice for each step. Raises CopyFailed.

        Between two steps the database is free for all else; closing it gives the copy up.
        """
        copying = Copying(self._connection, target, raw_key)
        self._copies.append(copying)
        steps = copying.steps()
        try:
            while True:
                with self.turn:
                    step = next(steps, None)
                if step is None:
                    return
                yield step
        finally:
            steps.close()
            self._copies.remove(copying)

    def close(self) -> None:
        """Close the database; SQLCipher clears its key. A second call does nothing."""
        for copying in self._copies:
            copying.stop()  # or the database would live on, keys and all, until it is done
        connection, self._open = self._open, None
        if connection is not None:
            connection.close()

    def reopen(self, connection: Connection) -> None:
        """Go on with another connection, in the place of one that was closed."""
        self._open = connection
        connection.set_authorizer(self._authorizer)

    @property
    def _connection(self) -> Connection:
        if self._open is None:
            raise RuntimeError("the store is closed")
        return self._open


def _unreadable() -> VaultDamaged:
    return VaultDamaged(
        "A page of the database could not be used",
        "It is damaged, or this machine is out of memory. Restart the machine and try once more; if"
        " it stays, keep the folder as it is and restore a backup into a new one.",
    )


def _damaged() -> VaultDamaged:
    return VaultDamaged(
        "A page of the database is damaged",
        "Keep the folder as it is, and restore a backup into a new one.",
    )
