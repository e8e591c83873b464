"""Opening the database: key first, nothing created, every setting asked back."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.errors import VaultUnavailable
from enquiry_tui.machine.files import create_exclusive
from enquiry_tui.vault.connection import Connection, scalar
from enquiry_tui.vault.errors import VaultDamaged
from enquiry_tui.vault.journal import PAGE, demand_own_journals, has_own_journal
from enquiry_tui.vault.keys import wipe

DATABASE = "vault.db"
UNFINISHED = "vault.db.new"
BEFORE_UPGRADE = "vault.db.before"
APPLICATION_ID = 0x454E5154  # "ENQT"
_SQLITE_FLOOR = (3, 53, 4)  # corruption fixes: sqlcipher issues 599 and 603
_CIPHER_FLOOR = (4, 18)
_BUSY_SECONDS = 5
# Kept for the next time they are run: all there are. The binding throws the newest out first, so
# that a cache which once was full keeps what a sign-in has run, and nothing of the day's work.
_STATEMENTS = 2000
# SQLITE_PERM, BUSY, READONLY, CORRUPT, CANTOPEN, NOTADB
_FILE_CODES = frozenset({3, 5, 8, 11, 14, 26})

_CACHE = ("cache_size", "-32000", -32000)  # 32 MB
# Set, then asked back: a pragma that SQLite does not take says nothing.
_SETTINGS: tuple[tuple[str, str, object], ...] = (
    ("temp_store", "MEMORY", 2),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),  # or INSERT OR REPLACE passes the delete triggers by
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("secure_delete", "ON", 1),
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "EXTRA", 3),
    ("fullfsync", "ON", 1),
    ("checkpoint_fullfsync", "ON", 1),
    _CACHE,
)
_READING = (("temp_store", "MEMORY", 2), ("trusted_schema", "OFF", 0), _CACHE)


def open_database(path: Path, raw_key: bytearray) -> Connection:
    """Open an existing database with its raw key and give the sqlcipher3 connection.

    The key buffer is wiped. Raises VaultUnavailable, VaultDamaged.
    """
    try:
        _demand_floors(sqlcipher.sqlite_version_info)
        if not path.is_file() or path.is_symlink() or path.stat().st_size < PAGE:
            raise VaultDamaged(
                "The vault's database is missing or empty", "Restore the folder from a backup."
            )
        demand_own_journals(path, raw_key)
        journal = path.with_name(path.name + "-journal")
        if not (journal.exists() and journal.stat().st_size):
            _keyed(
                path, "ro&immutable=1", raw_key
            ).close()  # whatever is wrong shows before a write
        return _configured(_keyed(path, "rw", raw_key))
    finally:
        wipe(raw_key)


def open_unchanging(path: Path, raw_key: bytearray) -> Connection:
    """Open a database that nobody writes, only to read it: no lock, no journal, nothing beside it.

    The key buffer is wiped. Raises VaultUnavailable, VaultDamaged.
    """
    try:
        _demand_floors(sqlcipher.sqlite_version_info)
        connection = _keyed(path, "ro&immutable=1", raw_key)
    finally:
        wipe(raw_key)
    try:
        for name, value, expected in _READING:
            connection.execute(f"PRAGMA {name}={value}").fetchall()
            _demand(connection, name, expected)
        _demand(connection, "application_id", APPLICATION_ID)
    except BaseException:
        connection.close()
        raise
    connection.row_factory = sqlcipher.Row
    return connection


def is_key_of(path: Path, raw_key: bytearray) -> bool:
    """Tell whether a raw key (wiped) is that of this database. Nothing is changed.

    Where a power cut has torn the first page, the journal that will mend it tells.
    """
    try:
        _keyed(path, "ro&immutable=1", raw_key).close()
    except VaultDamaged:
        return has_own_journal(path, raw_key)
    finally:
        wipe(raw_key)
    return True


def create_database(path: Path, raw_key: bytearray) -> Connection:
    """Make a new database (0600) and give the sqlcipher3 connection. The key buffer is wiped."""
    try:
        _demand_floors(sqlcipher.sqlite_version_info)
        create_exclusive(path, b"")
        connection = _keyed(path, "rw", raw_key)
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        return _configured(connection)
    finally:
        wipe(raw_key)


def _keyed(path: Path, mode: str, raw_key: bytearray) -> Connection:
    opened = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=_BUSY_SECONDS,
        check_same_thread=False,
        cached_statements=_STATEMENTS,
    )
    connection = cast("Connection", opened)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")  # it would write over the screen
        key = bytearray(raw_key)
        connection.set_key(key)
        wipe(key)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError as error:
        connection.close()
        raise unavailable(error) from error
    return connection


def _configured(connection: Connection) -> Connection:
    try:
        for name, value, expected in _SETTINGS:
            connection.execute(f"PRAGMA {name}={value}").fetchall()
            _demand(connection, name, expected)
        _demand(connection, "cipher_status", "1")  # encrypted and keyed
        _demand(connection, "application_id", APPLICATION_ID)
        _demand(connection, "page_size", str(PAGE))
        version = str(scalar(connection, "PRAGMA cipher_version"))
        numbers = tuple(int(part) for part in version.split(maxsplit=1)[0].split(".")[:2])
        if numbers < _CIPHER_FLOOR:
            raise _too_old()
    except sqlcipher.DatabaseError as error:
        connection.close()
        raise unavailable(error) from error
    except BaseException:
        connection.close()
        raise
    connection.row_factory = sqlcipher.Row
    return connection


def _demand(connection: Connection, name: str, expected: object) -> None:
    if scalar(connection, f"PRAGMA {name}") != expected:
        raise VaultDamaged(
            f"The database does not keep the setting {name}",
            "It may not be a vault of this program. Nothing was changed.",
        )


def _demand_floors(version: tuple[int, ...]) -> None:
    if version < _SQLITE_FLOOR:
        raise _too_old()


def _too_old() -> VaultUnavailable:
    return VaultUnavailable(
        "The encryption library is too old to be trusted with a vault",
        "Install the versions that the program was shipped with.",
    )


def is_of_the_file(error: Exception) -> bool:
    """Tell whether SQLite complains of the file (denied, locked, damaged), not of a statement."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    return code & 0xFF in _FILE_CODES


def unavailable(error: Exception) -> VaultUnavailable:
    """Put a database error at opening into words."""
    match getattr(error, "sqlite_errorcode", None):
        case 5:  # _BUSY
            return VaultUnavailable("The vault is in use", "Close the other program and try again.")
        case 26 | 11:  # _NOTADB, _CORRUPT
            return VaultDamaged(
                "The database is damaged, or belongs to another vault",
                "Restore the folder from a backup; keep this one as it is.",
            )
    return VaultUnavailable(
        "The database cannot be opened", "Check that the folder can be read and written."
    )
