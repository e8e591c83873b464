"""One process at a time: a lock on a file that is kept open and never removed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Self

from enquiry_tui.errors import EnquiryError

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]

_FLAGS = (
    os.O_RDWR
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class AlreadyLocked(EnquiryError):
    """Somebody else holds the lock."""


def _take_posix(descriptor: int) -> None:
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _take_windows(descriptor: int) -> None:
    import msvcrt  # noqa: PLC0415  # exists on Windows only

    msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]


_take: Callable[[int], None] = _take_posix if fcntl else _take_windows


class FileLock:
    """A lock held until `release`, or until the process ends in whatever way.

    The file is never unlinked: a lock on a removed file would shut out nobody.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock at once. Raises AlreadyLocked, or OSError where the file cannot be made."""
        descriptor = os.open(path, _FLAGS, 0o600)
        try:
            _take(descriptor)
        except (BlockingIOError, PermissionError) as error:
            os.close(descriptor)
            raise AlreadyLocked("It is in use by another program") from error
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let go; closing the file is what does it. A second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
