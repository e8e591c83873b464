"""Keys that come while a screen is still on its way: kept in order, and typed into it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.screen import ModalScreen

from enquiry_tui.tui.commands.command import Place

if TYPE_CHECKING:
    from enquiry_tui.tui.guard import GuardedApp

_PLACES = {
    "who": Place.IDENTITY,
    "say": Place.SAY,
    "refer": Place.REFERRAL,
    "complaint": Place.COMPLAINT,
    "promise": Place.PROMISE,
}
_NEVER_HELD = frozenset({"f8", "ctrl+l", "f9", "ctrl+g", "ctrl+q", "escape"})
_LONGEST_SECONDS = 3.0
_LOOK_EVERY_SECONDS = 0.02


class TypeAhead:
    """Holds keys between a call's key and its screen, so that a quick word is not lost or misread.

    Urgent harm, hiding and leaving are never held; nor is anything for more than three seconds.
    """

    def __init__(self, app: GuardedApp, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._clock = clock
        self._keys: list[events.Key] = []
        self._place: Place | None = None
        self._until = 0.0

    @property
    def is_holding(self) -> bool:
        """Say whether keys are being kept."""
        return self._place is not None

    def hold(self, name: str) -> None:
        """Keep keys until the screen of a command is up; other names hold nothing."""
        place = _PLACES.get(name)
        if place is None or self._place is not None:
            return
        self._place = place
        self._until = self._clock() + _LONGEST_SECONDS
        self._app.set_timer(_LOOK_EVERY_SECONDS, self._look)

    def takes(self, event: events.Event) -> bool:
        """Take a key that came too early; say whether it was taken."""
        if self._place is None or not isinstance(event, events.Key):
            return False
        if event.key in _NEVER_HELD:
            return False
        self._keys.append(event)
        return True

    def drop(self) -> None:
        """Forget what came: a lock is up."""
        self._keys.clear()
        self._place = None

    def _look(self) -> None:
        if self._place is None:
            return
        if self._app.locked:
            self.drop()
        elif self._has_arrived() or self._clock() >= self._until:
            keys, self._keys, self._place = self._keys, [], None
            for event in keys:
                self._app.post_message(events.Key(event.key, event.character))
        else:
            self._app.set_timer(_LOOK_EVERY_SECONDS, self._look)

    def _has_arrived(self) -> bool:
        screen = self._app.screen
        there = getattr(screen, "PLACE", None) is self._place or isinstance(screen, ModalScreen)
        waits_for_focus = bool(screen.AUTO_FOCUS) and screen.focused is None
        return there and screen.is_mounted and not waits_for_focus
