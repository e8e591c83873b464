"""Private files: made new or replaced whole, for this user only, never through a link."""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from enquiry_tui.errors import EnquiryError

try:
    import fcntl
except ImportError:  # Windows: os.fsync is all there is, and all that is needed
    fcntl = None  # type: ignore[assignment]

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_COMMON = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | _NOFOLLOW
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
_LITTER = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{16}\.tmp(-journal)?")


class UnsafeFile(EnquiryError):
    """A file or folder is not what it must be: a link, too large, open to others."""


def private_folder(folder: Path) -> Path:
    """Make the folder (0700) unless it exists, and check it. Raises UnsafeFile, OSError."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700, parents=True)
    return existing_private_folder(folder)


def existing_private_folder(folder: Path) -> Path:
    """Check a folder that exists and close it to others (0700).

    Raises FileNotFoundError; UnsafeFile for a link, a file, a folder of somebody else or one that
    others may write.
    """
    found = os.lstat(folder)
    if not stat.S_ISDIR(found.st_mode):
        raise UnsafeFile("That is not a folder", "Choose a folder, not a file or a link.")
    if not hasattr(os, "getuid"):
        return folder  # Windows: access lists are inherited from the user's profile
    if found.st_uid != os.getuid():
        raise UnsafeFile("The folder belongs to another user", "Choose a folder of your own.")
    if found.st_mode & _OTHERS_MAY_WRITE:
        raise UnsafeFile(
            "Others may write to that folder", "Choose one that only you may write to."
        )
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)
    return folder


def create_exclusive(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet (0600), and have it on the disk before returning.

    Raises FileExistsError, OSError; leaves nothing behind when the write fails.
    """
    create_exclusive_from(path, (data,))


def create_exclusive_from(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that must not exist yet (0600) from its pieces, as `create_exclusive` does."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _COMMON, 0o600)
    try:
        try:
            for piece in pieces:
                _write_all(descriptor, piece)
            flush(descriptor)
        finally:
            os.close(descriptor)
        flush_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def atomic_write(path: Path, data: bytes) -> None:
    """Replace a file whole (0600): after a power cut it is the old one or the new one.

    Temporary file, fsync, rename, fsync of the folder. A link at `path` is replaced, not followed.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    create_exclusive(temporary, data)
    try:
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    flush_folder(path.parent)


def read_bounded(path: Path, limit: int) -> bytes:
    """All bytes of a regular file of at most `limit` bytes, not through a link.

    Raises FileNotFoundError, UnsafeFile, OSError.
    """
    with open_ordinary(path) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnsafeFile("The file is too large", f"At most {limit} bytes are read.")
    return data


def open_ordinary(path: Path) -> BinaryIO:
    """Open a regular file for reading, not through a link; a pipe or a device is not waited for.

    Raises FileNotFoundError, UnsafeFile, OSError.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _COMMON)
    except FileNotFoundError:
        raise
    except OSError as error:
        if path.is_symlink():
            raise UnsafeFile("A link stands where a file should be", "Remove the link.") from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnsafeFile("That is not an ordinary file", "Choose an ordinary file.")
    return os.fdopen(descriptor, "rb")


def open_exclusive(path: Path) -> BinaryIO:
    """Make a file that must not exist yet (0600) and open it for writing.

    Raises FileExistsError, OSError. The caller flushes, and removes what is not whole.
    """
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _COMMON, 0o600), "wb")


def cut_off(folder: Path, names: frozenset[str]) -> set[str]:
    """Name what a write that was cut off left under these names: `.NAME.<16 hex>.tmp`."""
    found = set()
    for entry in folder.iterdir():
        match = _LITTER.fullmatch(entry.name)
        if match and match["name"] in names and stat.S_ISREG(entry.lstat().st_mode):
            found.add(entry.name)
    return found


def sweep(folder: Path, names: frozenset[str]) -> int:
    """Remove what was cut off under one of these names. Returns how many."""
    left = cut_off(folder, names)
    for name in left:
        (folder / name).unlink()
    return len(left)


def flush(descriptor: int) -> None:
    """Wait until the bytes of an open file are on the disk, not only in its cache."""
    if hasattr(fcntl, "F_FULLFSYNC"):  # macOS: fsync alone does not
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        return
    os.fsync(descriptor)


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk. Windows has no such call and needs none."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | getattr(os, "O_CLOEXEC", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
