"""Whether this machine is fit for a vault: what Argon2 takes here, what saving takes, versions."""

from __future__ import annotations

import secrets
import statistics
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.errors import VaultUnavailable
from enquiry_tui.machine.files import sweep
from enquiry_tui.machine.findings import Finding, bad, good, warning
from enquiry_tui.vault.connection import Connection, scalar
from enquiry_tui.vault.errors import NotEnoughMemory
from enquiry_tui.vault.header import read_header
from enquiry_tui.vault.kdf import CEILING_KIB, FLOOR_KIB, KdfParameters, derive
from enquiry_tui.vault.keys import MasterKey
from enquiry_tui.vault.opening import create_database

TRIAL = "trial"
"""What the throw-away database is called while it lasts; the next trial or sign-in sweeps it."""

_SAVES = 9
_SLOW_SAVE = 0.1  # seconds: felt at the end of every line that is typed
_SLOW_SIGN_IN = 2.5  # seconds
_CHEAP_SIGN_IN = 0.3  # seconds: a guess costs as little
_DISK_HINT = "Close other programs, or keep the vault on a faster disk."

Measure = Callable[[KdfParameters], float]


def argon2(folder: Path | None, measure: Measure | None = None) -> Finding:
    """Run Argon2id once, at the highest cost that an account of the vault has, and time it.

    Without a vault (None) at the floor of 64 MiB. `measure` gives the seconds that it takes.
    """
    try:
        parameters = KdfParameters.fresh(FLOOR_KIB) if folder is None else _costliest(folder)
    except VaultUnavailable as error:
        return bad(f"Argon2: {error.title}", error.hint)
    try:
        seconds = (measure or _seconds)(parameters)
    except NotEnoughMemory as error:
        return bad(f"Argon2: {error.title}", error.hint)
    what = f"Argon2 at {parameters.memory_kib // 1024} MiB: {seconds:.2f} s for each passphrase"
    if folder is None:
        return good(f"{what}; a new vault takes what this machine can bear")
    if seconds > _SLOW_SIGN_IN:
        return warning(what, "Close other programs, or change the passphrase: that measures anew.")
    if seconds < _CHEAP_SIGN_IN and parameters.memory_kib < CEILING_KIB:
        return warning(what, "Change the passphrases here: that measures anew, and guessing costs.")
    return good(what)


def saving(folder: Path) -> Generator[Finding, None, None]:
    """Save in a throw-away encrypted database in a folder, at full durability, and time it.

    Gives the versions of SQLite and SQLCipher, then the time. Nothing stays behind.
    """
    path = folder / f".{TRIAL}.{secrets.token_hex(8)}.tmp"
    try:
        sweep(folder, frozenset({TRIAL}))
        connection = create_database(path, MasterKey.fresh("trial").database_key())
        try:
            cipher = str(scalar(connection, "PRAGMA cipher_version")).split()[0]
            yield good(f"SQLite {sqlcipher.sqlite_version}, SQLCipher {cipher}: new enough")
            seconds = _save(connection)
        finally:
            connection.close()
    except VaultUnavailable as error:
        yield bad(f"database: {error.title}", error.hint)
    except (OSError, sqlcipher.DatabaseError):
        yield warning("saving: it could not be tried in that folder", "Check that you may write.")
    else:
        what = f"saving: {1000 * seconds:.1f} ms until it is safe on the disk"
        yield warning(what, _DISK_HINT) if seconds > _SLOW_SAVE else good(what)
    finally:
        for name in (path.name, f"{path.name}-journal"):
            with suppress(OSError):
                path.with_name(name).unlink(missing_ok=True)


def _costliest(folder: Path) -> KdfParameters:
    users = read_header(folder).users.values()
    dearest = max((user.kdf for user in users), key=lambda kdf: (kdf.memory_kib, kdf.passes))
    return KdfParameters(dearest.memory_kib, dearest.passes, dearest.lanes, secrets.token_bytes(16))


def _seconds(parameters: KdfParameters) -> float:
    start = time.perf_counter()
    derive(b"how long it takes here", parameters)
    return time.perf_counter() - start


def _save(connection: Connection) -> float:
    connection.execute("CREATE TABLE trial (id INTEGER PRIMARY KEY, body BLOB) STRICT")
    took = []
    for _ in range(_SAVES):
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO trial (body) VALUES (?)", (bytes(2000),))
        connection.execute("COMMIT")
        took.append(time.perf_counter() - start)
    return statistics.median(took)
