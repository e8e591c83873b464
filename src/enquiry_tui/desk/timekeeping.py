"""The desk's time: never behind the last event, whatever is done to the machine's clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from enquiry_tui.domain.when import utc_text
from enquiry_tui.machine.clock import Clock
from enquiry_tui.vault.set_back import SLACK


class DeskTime:
    """Gives the time by the machine's clock, or by the record where that is ahead of it.

    `last_event` is the time that the record had reached before this session. From there, and from
    every later reading, time goes on with the monotonic clock: deadlines and ages cannot be put
    back.
    """

    def __init__(self, clock: Clock, last_event: datetime | None) -> None:
        self._clock = clock
        self._reached = clock.now()
        self._at = clock.monotonic()
        self._noticed = False
        if last_event is not None and last_event > self._reached:
            self._reached = last_event
            self._noticed = True  # the sign-in has written it down

    def now(self) -> datetime:
        """Give the present moment, aware, in UTC."""
        wall, monotonic = self._clock.now(), self._clock.monotonic()
        due = self._reached + timedelta(seconds=monotonic - self._at)
        if wall < due:
            return due
        self._reached, self._at = wall, monotonic
        return wall

    def accept(self) -> None:
        """Go by the machine's clock from here on: an administrator has said that it is right."""
        self._reached, self._at = self._clock.now(), self._clock.monotonic()
        self._noticed = False

    def behind(self) -> timedelta | None:
        """Give how far the machine's clock stands behind, where that is worth saying."""
        behind = self.now() - self._clock.now()
        return behind if behind > SLACK else None

    def to_note(self) -> tuple[str, str] | None:
        """Give what the event must say when the clock was put back, once each time.

        The machine's clock, and the time that was expected.
        """
        behind = self.behind()
        if behind is None:
            self._noticed = False
            return None
        if self._noticed:
            return None
        self._noticed = True
        return utc_text(self._clock.now()), utc_text(self.now())
