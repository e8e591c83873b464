"""How long nobody has touched the keys."""

from __future__ import annotations

import time
from collections.abc import Callable

IDLE_SECONDS = 5 * 60
IDLE_SECONDS_IN_CALL = 30 * 60
LONGEST_SESSION_SECONDS = 8 * 60 * 60  # OWASP ASVS 5, 7.3.2: an absolute end, whatever is typed
_SLEPT_SECONDS = 30  # more than a clock is put right by in passing


class IdleWatch:
    """Measures the time since the last input on two clocks.

    The monotonic clock stands still while a laptop sleeps and the wall clock can be set back: the
    longer of the two counts.
    """

    def __init__(
        self,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._monotonic = monotonic
        self._wall = wall
        self.begin()

    def begin(self) -> None:
        """Note that somebody has signed in."""
        self.touch()
        self._began, self._began_wall = self._since, self._since_wall
        self._looked, self._looked_wall = self._since, self._since_wall

    def touch(self) -> None:
        """Note that somebody is there."""
        self._since = self._monotonic()
        self._since_wall = self._wall()

    def seconds(self) -> float:
        """Return the seconds since the last touch."""
        return max(self._monotonic() - self._since, self._wall() - self._since_wall)

    def session_is_over(self) -> bool:
        """Say whether eight hours have passed since the sign-in, on either clock."""
        passed = max(self._monotonic() - self._began, self._wall() - self._began_wall)
        return passed >= LONGEST_SESSION_SECONDS

    def slept(self) -> bool:
        """Say whether the machine was asleep since this was asked last.

        While it sleeps only its wall clock goes on; one that was set forward looks alike, and a
        lock does no harm then.
        """
        step, wall_step = self._monotonic() - self._looked, self._wall() - self._looked_wall
        self._looked, self._looked_wall = self._monotonic(), self._wall()
        return wall_step - step >= _SLEPT_SECONDS

    def expired(self, limit: float | None) -> bool:
        """Say whether the limit in seconds has passed; no limit never passes."""
        return limit is not None and self.seconds() >= limit
