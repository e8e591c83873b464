"""How long nobody has touched the keys."""

from __future__ import annotations

import time
from collections.abc import Callable

IDLE_SECONDS = 5 * 60
IDLE_SECONDS_IN_CALL = 30 * 60


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
        self.touch()

    def touch(self) -> None:
        """Note that somebody is there."""
        self._since = self._monotonic()
        self._since_wall = self._wall()

    def seconds(self) -> float:
        """Return the seconds since the last touch."""
        return max(self._monotonic() - self._since, self._wall() - self._since_wall)

    def expired(self, limit: float | None) -> bool:
        """Say whether the limit in seconds has passed; no limit never passes."""
        return limit is not None and self.seconds() >= limit
