"""The time, as something that can be handed over: the system's, or one that a test moves."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the rest of the program asks for the time."""

    def now(self) -> datetime:
        """Give the time of day, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Give the seconds since an unknown start; never goes back while the machine is up."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Give the time of day, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Give the seconds since an unknown start; never goes back while the machine is up."""
        return time.monotonic()


class FixedClock:
    """A clock that stands still until it is moved: for tests and for the demonstration office."""

    def __init__(self, start: datetime) -> None:
        self._now = _in_utc(start)
        self._monotonic = 0.0

    def now(self) -> datetime:
        """Give the time at which the clock stands, aware, in UTC."""
        return self._now

    def monotonic(self) -> float:
        """Give the seconds by which the clock has been advanced."""
        return self._monotonic

    def advance(self, *, seconds: float) -> None:
        """Let time pass: both readings go forward by that many seconds."""
        if seconds < 0:
            raise ValueError("time passes forwards; use set() for a clock put back")
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    def set(self, moment: datetime) -> None:
        """Put the time of day somewhere else, as a person may; the monotonic reading stays."""
        self._now = _in_utc(moment)


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time without a zone means nothing here")
    return moment.astimezone(UTC)
