"""Refusals for want of a right: each is recorded, and none can flood the record."""

from __future__ import annotations

from enquiry_tui.machine.clock import Clock

QUIET = 60.0  # seconds in which the same refusal is not recorded again


class Refusals:
    """What was refused and is still to be recorded: each act once a minute (ASVS 5, 16.3.2)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: dict[str, float] = {}
        self._waiting: list[str] = []

    def add(self, what: str) -> None:
        """Take up the name of an act, or of a right, that was refused."""
        now = self._clock.monotonic()
        last = self._last.get(what)
        if last is None or now - last >= QUIET:
            self._last[what] = now
            self._waiting.append(what)

    def due(self) -> tuple[str, ...]:
        """Give what is to be recorded now, once."""
        waiting, self._waiting = tuple(self._waiting), []
        return waiting
