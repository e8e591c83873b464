"""Failing the n-th call that reaches the disk from the product's own files, for every n."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CALLS = ("write", "fsync", "rename", "replace", "unlink", "open")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Counter:
    """Counts the calls, and fails one of them."""

    def __init__(self, fails: int, code: int) -> None:
        self.fails = fails
        self.code = code
        self.calls = 0
        self.last = ""

    def hit(self, name: str, what: object) -> None:
        self.calls += 1
        if self.calls == self.fails:
            self.last = name
            raise OSError(self.code, os.strerror(self.code), str(what))


@contextmanager
def failing(number: int, code: int = errno.EIO) -> Iterator[Counter]:
    """Fail the n-th call in a block; 0 fails none and only counts.

    Calls go through `os` and `pathlib`: what SQLite does is not seen here (docs/FAULTS.md).
    """
    counter = Counter(number, code)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("write", "fsync", "rename", "replace", "unlink"):
            patch.setattr(os, name, _counted(counter, name, getattr(os, name)))
        patch.setattr(os, "open", _counted_open(counter, os.open))
        for name in ("rename", "replace", "unlink"):
            patch.setattr(Path, name, _through_os(name))
        yield counter


def _counted(counter: Counter, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*given: Any, **named: Any) -> Any:
        counter.hit(name, given[0])
        return call(*given, **named)

    return counted


def _counted_open(counter: Counter, call: Callable[..., Any]) -> Callable[..., Any]:
    def counted(path: Any, flags: int, *given: Any, **named: Any) -> Any:
        if flags & _WRITING:
            counter.hit("open", path)
        return call(path, flags, *given, **named)

    return counted


def _through_os(name: str) -> Callable[..., Any]:
    """Have pathlib find the call when it is made, not when it was imported."""

    def called(self: Path, *given: Any, missing_ok: bool = False) -> Any:
        try:
            getattr(os, name)(self, *given)
        except FileNotFoundError:
            if not missing_ok:
                raise
        return Path(given[0]) if given else None

    return called
