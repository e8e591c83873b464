"""How far a long job is: one line on standard error that writes over itself, on a terminal only."""

from __future__ import annotations

import sys
import time
from typing import Protocol, Self

from enquiry_tui.cli.text import visible

_EVERY = 0.1  # seconds
_WIDTH = 60


class Step(Protocol):
    """What a long job tells at each step."""

    @property
    def what(self) -> str:
        """What it does now."""
        ...

    @property
    def done(self) -> int:
        """Bytes done."""
        ...

    @property
    def total(self) -> int:
        """Bytes in all; 0 where it cannot be told."""
        ...


class Ticker:
    """Writes progress while its block lasts, and leaves the line empty."""

    def __init__(self) -> None:
        self._out = sys.stderr if sys.stderr is not None and sys.stderr.isatty() else None
        self._last = 0.0

    def tell(self, step: Step) -> None:
        """Write where the job is, at most ten times a second."""
        now = time.monotonic()
        if self._out is None or now - self._last < _EVERY:
            return
        self._last = now
        percent = f" {100 * step.done // step.total:3d} %" if step.total else ""
        self._write(visible(f"{step.what}{percent}"))

    def _write(self, words: str) -> None:
        if self._out is not None:
            self._out.write(f"\r{words[:_WIDTH]:<{_WIDTH}}\r")
            self._out.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._write("")
