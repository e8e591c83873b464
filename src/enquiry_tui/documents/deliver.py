"""Put a document where the officer asked, in two steps, so that its event stands in between."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from enquiry_tui.errors import EnquiryError
from enquiry_tui.machine.files import create_exclusive_from, flush_folder


class FileExists(EnquiryError):
    """Something stands under that name already."""

    def __init__(self) -> None:
        super().__init__(
            "A file of that name exists already",
            "Choose another name, or say that it may be replaced (--force).",
        )


class CannotDeliver(EnquiryError):
    """The document cannot be put there: no such folder, one that others may change, a full disk."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document written in full beside its place, under a private name nobody looks for.

    `commit` gives it its name, `discard` removes it; one of the two must be called.
    """

    target: Path
    temporary: Path
    sha256: str
    force: bool

    def commit(self) -> Path:
        """Give the document its name and have that on the disk. Raises FileExists, CannotDeliver.

        With force what stood there is replaced; a link itself, never the file behind it.
        """
        try:
            if self.force:
                self.temporary.replace(self.target)
            else:
                _rename_new(self.temporary, self.target)
        except FileExistsError as error:
            self.discard()
            raise FileExists from error
        except OSError as error:
            self.discard()
            raise _explained(error) from error
        flush_folder(self.target.parent)
        return self.target

    def discard(self) -> None:
        """Remove what was prepared; harmless when there is nothing left."""
        with suppress(FileNotFoundError):
            self.temporary.unlink()


def prepare(target: Path, data: bytes, *, force: bool = False) -> Prepared:
    """Write a document (0600) beside its target and have it on the disk; the target is untouched.

    Raises FileExists without force, and CannotDeliver.
    """
    return prepare_from(target, (data,), force=force)


def prepare_from(target: Path, pieces: Iterable[bytes], *, force: bool = False) -> Prepared:
    """Write a document from its pieces, which need not be in memory together, as `prepare` does."""
    folder = target.parent
    _check_folder(folder)
    try:
        found = os.lstat(target)
    except FileNotFoundError:
        found = None
    except (OSError, ValueError) as error:
        raise _explained(error) from error
    if found and stat.S_ISDIR(found.st_mode):
        raise CannotDeliver("A folder of that name stands there", "Give the name of a file.")
    if found and not (stat.S_ISREG(found.st_mode) or stat.S_ISLNK(found.st_mode)):
        raise CannotDeliver(
            "What stands there is no ordinary file", "Give another name; it is not replaced."
        )
    if found and not force:
        raise FileExists
    temporary, digest = folder / f".{secrets.token_hex(12)}.part", hashlib.sha256()

    def counted() -> Iterator[bytes]:
        for piece in pieces:
            digest.update(piece)
            yield piece

    try:
        create_exclusive_from(temporary, counted())
    except OSError as error:
        raise _explained(error) from error
    return Prepared(target, temporary, digest.hexdigest(), force)


def _check_folder(folder: Path) -> None:
    """Refuse a folder that is missing, or where others could swap the file for their own."""
    try:
        found = folder.stat()
    except (OSError, ValueError) as error:
        raise CannotDeliver(
            "There is no such folder", "Make the folder first, or choose another."
        ) from error
    if not stat.S_ISDIR(found.st_mode):
        raise CannotDeliver("The place for the file is not a folder", "Choose another folder.")
    open_to_others = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if hasattr(os, "getuid") and open_to_others and not found.st_mode & stat.S_ISVTX:
        raise CannotDeliver(
            "Others may write to that folder", "Choose one that only you may write to."
        )


def _rename_new(temporary: Path, target: Path) -> None:
    """Give a file its name unless one appeared there meanwhile. Raises FileExistsError, OSError."""
    if os.name == "nt":
        temporary.rename(target)  # never replaces there
        return
    try:
        os.link(temporary, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS}:
            raise
        # A memory stick knows no second name for a file: look, then rename.
        if os.path.lexists(target):
            raise FileExistsError from error
        temporary.rename(target)
        return
    temporary.unlink()


def _explained(error: Exception) -> CannotDeliver:
    """Say what the system said, without its path."""
    why = (error.strerror or "") if isinstance(error, OSError) else ""
    return CannotDeliver(
        f"The file could not be written{f': {why}' if why else ''}",
        "Check the folder and the room on it, or choose another place.",
    )
