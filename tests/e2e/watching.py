"""Every name that appears in some folders while a program runs, however briefly (Linux)."""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path
from types import TracebackType
from typing import Self

_CREATE, _MOVED_TO, _MODIFY, _NONBLOCK = 0x100, 0x80, 0x2, 0o4000
_HEAD = struct.Struct("iIII")


class Watching:
    """Notes names made in, moved into or written to the folders, not those below them."""

    def __init__(self, *folders: Path) -> None:
        library = ctypes.CDLL(None, use_errno=True)
        self._notes = library.inotify_init1(_NONBLOCK)
        mask = _CREATE | _MOVED_TO | _MODIFY
        self._folders = {
            library.inotify_add_watch(self._notes, bytes(folder), mask): folder
            for folder in folders
        }
        assert self._notes >= 0
        assert min(self._folders) >= 0

    def seen(self) -> set[Path]:
        """Gives the names since the last time."""
        found: set[Path] = set()
        while True:
            try:
                data = os.read(self._notes, 1 << 20)
            except BlockingIOError:
                return found
            at = 0
            while at < len(data):
                which, _, _, length = _HEAD.unpack_from(data, at)
                name = data[at + _HEAD.size : at + _HEAD.size + length].rstrip(b"\0")
                found.add(self._folders[which] / os.fsdecode(name))
                at += _HEAD.size + length

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._notes)
