"""Copying a whole database under another key, slice by slice, so that the desk can go on.

SQLite's own copy runs in a loop of its own. Here it runs on a thread that waits after every slice
until it is told to go on: between two slices the connection belongs to whoever else needs it, and
what is changed meanwhile is in the copy too.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar, cast

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.errors import EnquiryError
from enquiry_tui.machine.files import create_exclusive, flush, flush_folder
from enquiry_tui.vault.aside import Progress, Steps, told
from enquiry_tui.vault.connection import Connection, scalar
from enquiry_tui.vault.errors import VaultDamaged, is_full
from enquiry_tui.vault.journal import PAGE
from enquiry_tui.vault.keys import wipe
from enquiry_tui.vault.opening import open_unchanging

T = TypeVar("T")

_SLICE = 200  # pages: 0.8 MB, about 6 ms
_BUSY_SECONDS = 0.005
_DONE = 101  # SQLITE_DONE


class CopyFailed(EnquiryError):
    """A copy of the database could not be made; what there was of it is gone again."""


class Copying:
    """One copy under way. `steps` goes on by a slice each time; `stop` gives it up, at any time."""

    def __init__(self, source: Connection, target: Path, raw_key: bytearray) -> None:
        """Take the open source, a file that does not exist yet, and its 67-byte key (wiped)."""
        self._source = source
        self._target = target
        self._key = raw_key
        self._go = threading.Semaphore(0)
        self._paused = threading.Semaphore(0)
        self._given_up = False
        self._over = False
        self._counts = (0, 0)
        self._error: BaseException | None = None
        self._thread: threading.Thread | None = None

    def steps(self) -> Steps:
        """Copy. Raises CopyFailed and leaves no file; otherwise it is whole and on the disk."""
        copy = self._opened()
        try:
            self._thread = threading.Thread(target=self._run, args=(copy,), daemon=True)
            self._thread.start()
            while self._step():
                yield self._progress()
            copy.close()
            yield self._progress()
            yield from told(self._flush, self._progress)
        except BaseException as error:
            self.stop()
            copy.close()
            self._sweep()
            if isinstance(error, sqlcipher.DatabaseError | OSError):
                raise explained(error) from error
            raise

    def stop(self) -> None:
        """Give the copy up: the source is free again when this returns."""
        self._given_up = True
        if self._thread is not None and self._thread.is_alive():
            self._go.release()
            self._thread.join()

    def _opened(self) -> Connection:
        try:
            create_exclusive(self._target, b"")
            opened = sqlcipher.connect(
                str(self._target), isolation_level=None, check_same_thread=False
            )
            copy = cast("Connection", opened)
            copy.execute("PRAGMA cipher_log_level=NONE")
            copy.set_key(self._key)
            # A copy that was cut off is thrown away: it needs no journal, and one flush at the end.
            copy.execute("PRAGMA journal_mode=OFF").fetchall()
            copy.execute("PRAGMA synchronous=OFF")
        except (sqlcipher.DatabaseError, OSError) as error:
            raise explained(error) from error
        finally:
            wipe(self._key)
        return copy

    def _step(self) -> bool:
        """Let one slice be copied; tells whether there is another."""
        if self._given_up:
            raise CopyFailed("The copy was given up", "The vault was closed meanwhile.")
        self._go.release()
        self._paused.acquire()
        if self._error is not None:
            raise self._error
        return not self._over

    def _run(self, copy: Connection) -> None:
        self._go.acquire()
        try:
            if not self._given_up:
                self._source.backup(copy, pages=_SLICE, progress=self._pause, sleep=_BUSY_SECONDS)
        except _GivenUp:
            pass
        except BaseException as error:  # noqa: BLE001 (raised again where the step was asked for)
            self._error = error
        finally:
            self._over = True
            self._paused.release()

    def _pause(self, status: int, left: int, total: int) -> None:
        self._counts = (left, total)
        if status == _DONE:
            return
        self._paused.release()
        self._go.acquire()
        if self._given_up:
            raise _GivenUp

    def _progress(self) -> Progress:
        left, total = self._counts
        return Progress("copying", (total - left) * PAGE, total * PAGE)

    def _flush(self) -> None:
        descriptor = os.open(self._target, os.O_RDWR)
        try:
            flush(descriptor)
        finally:
            os.close(descriptor)
        flush_folder(self._target.parent)

    def _sweep(self) -> None:
        with suppress(OSError):
            self._target.unlink(missing_ok=True)


class _GivenUp(Exception):
    pass


def copy_database(source: Connection, target: Path, raw_key: bytearray) -> Steps:
    """Copy a database to a new file (0600) under another raw key, a slice for each step.

    The copy has a salt of its own. The key buffer is wiped. Raises CopyFailed.
    """
    return Copying(source, target, raw_key).steps()


def check_copy(path: Path, raw_key: bytearray, look: Callable[[Connection], T]) -> T:
    """Open a copy that nobody writes, check every page, and give what `look` finds in it.

    Nothing is written beside it. The key buffer is wiped. Raises VaultDamaged.
    """
    connection = open_unchanging(path, raw_key)
    try:
        sound = connection.execute("PRAGMA cipher_integrity_check").fetchone() is None
        if not sound or scalar(connection, "PRAGMA quick_check") != "ok":
            raise _unsound()
        return look(connection)
    except sqlcipher.DatabaseError as error:
        raise _unsound() from error
    finally:
        connection.close()


def _unsound() -> VaultDamaged:
    return VaultDamaged(
        "The copy did not pass its check", "Do not rely on it. Check the disk, and make another."
    )


def explained(error: Exception) -> CopyFailed:
    """Put a failed write into words."""
    if is_full(error):
        return CopyFailed(
            "There is not enough room on that disk", "Free some space or choose another place."
        )
    return CopyFailed(
        "The copy could not be written", "Check the disk and whether the folder may be written."
    )
