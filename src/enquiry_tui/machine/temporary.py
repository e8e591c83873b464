"""Passing folders: private, in memory where the machine has such a place, gone at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import platformdirs

from enquiry_tui.machine.files import UnsafeFile, create_exclusive, private_folder
from enquiry_tui.machine.locks import AlreadyLocked, FileLock

_MARK = "passing"
_MARKED = b"Made by enquiry-tui for one run; it removes this folder itself.\n"
_LOCK = "in-use"
_INSIDE = "inside"
_PREFIX = "run-"


def fresh_folder(prefix: str) -> Path:
    """Make a new private folder (0700) among the machine's temporary ones; it stays."""
    return Path(tempfile.mkdtemp(prefix=prefix))


@contextmanager
def passing_folder(name: str) -> Iterator[Path]:
    """Give an empty private folder that is removed at the end, however that comes about.

    What an earlier run left when it was killed is removed first: only folders that bear our mark
    and that no running process holds. Raises OSError, UnsafeFile.
    """
    home = _home(name)
    remove_left(home)
    own = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=home))
    try:
        with FileLock(own / _LOCK):
            # The mark comes after the lock: a marked folder that is not locked has been left.
            create_exclusive(own / _MARK, _MARKED)
            inside = own / _INSIDE
            inside.mkdir(mode=0o700)
            yield inside
            shutil.rmtree(inside, ignore_errors=True)
    finally:
        shutil.rmtree(own, ignore_errors=True)


def remove_left(home: Path) -> int:
    """Remove passing folders that nobody holds any more. Returns how many."""
    removed = 0
    for folder in home.glob(f"{_PREFIX}*"):
        if folder.is_symlink() or not folder.is_dir() or not _is_marked(folder):
            continue
        with suppress(AlreadyLocked, OSError):
            with FileLock(folder / _LOCK):
                shutil.rmtree(folder / _INSIDE, ignore_errors=True)
            shutil.rmtree(folder)
            removed += 1
    return removed


def _is_marked(folder: Path) -> bool:
    mark = folder / _MARK
    try:
        return not mark.is_symlink() and mark.read_bytes() == _MARKED
    except OSError:
        return False


def passing_place() -> Path:
    """Give the folder among which passing ones are made, as far as it exists. Nothing is made."""
    return next(_in_memory(), _cache()).parent


def _home(name: str) -> Path:
    """Find the folder that holds the passing ones: in memory if possible, else the user's cache."""
    for place in _in_memory():
        with suppress(OSError, UnsafeFile):
            return private_folder(private_folder(place) / name)
    cache = _cache()
    cache.parent.mkdir(parents=True, exist_ok=True)
    return private_folder(private_folder(cache) / name)


def _in_memory() -> Iterator[Path]:
    user = os.getuid() if hasattr(os, "getuid") else 0
    places = [Path("/dev/shm") / f"enquiry-tui-{user}"]  # noqa: S108 (checked to be ours alone)
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        places.insert(0, Path(runtime) / "enquiry-tui")
    for place in places:
        if place.parent.is_dir() and os.access(place.parent, os.W_OK):
            yield place


def _cache() -> Path:
    return Path(platformdirs.user_cache_dir("enquiry-tui", appauthor=False))
