"""Keys one after the other: each is passed on when all that the one before it set going is done.

Textual sends a key to what has the cursor when the key is read. What a key does (a screen pushed,
the cursor moved, a line saved) comes some messages later, so that of a quick word the first letters
would go to the place that was just left. Here a key waits until the one before it has gone all its
way, and the work it began on the screen is through.
"""

from __future__ import annotations

import time
import weakref
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import events
from textual.message import Message
from textual.timer import Timer
from textual.worker import Worker

from enquiry_tui.tui.safe import toast
from enquiry_tui.tui.widgets.entry import is_text_entry
from enquiry_tui.tui.widgets.question import Prompt

if TYPE_CHECKING:
    from enquiry_tui.tui.guard import GuardedApp

Typed = events.Key | events.Paste
_AT_ONCE = frozenset({"f8", "ctrl+l", "f9", "ctrl+g", "ctrl+q"})
_WAITED_FOR = frozenset(
    {
        *("verbs", "work", "prompt", "open", "resume", "leave", "begin", "form", "asked"),
        *("reload", "rung", "yes-or-no", "override", "passphrase", "sign-in"),
    }
)
"""The groups of workers that a key waits for; those that look things up meanwhile are not."""
_DROPPED = "of the keys just before were not taken."
_QUIET_LAPS = 3  # of a message from the cursor up to the app: what one sets going the next shows
_LONGEST_SECONDS = 5.0
_SIGN_IN_SECONDS = 30.0  # a passphrase takes its time on a slow machine
_ESCAPE_SECONDS = 1.0  # it may be there to end the very work that it waits for
_LOOK_EVERY_SECONDS = 0.01


@dataclass
class Lap(Message):
    """Follows a key from the cursor up to the app, behind it in every queue."""

    of_key: int
    seen: tuple[int, ...]
    quiet: int


class TypeAhead:
    """Passes keys and pastes on in their order, none before its place is there.

    Urgent harm, hiding and leaving come at once; no key waits longer than five seconds for one
    piece of work, and Escape one.
    """

    def __init__(self, app: GuardedApp, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._clock = clock
        self._waiting: deque[Typed] = deque()
        self._key = 0
        self._is_under_way = False
        self._since = 0.0
        self._lap_from: weakref.ref[Any] | None = None
        self._watch: Timer | None = None
        self._given_up: weakref.WeakSet[Worker[Any]] = weakref.WeakSet()

    @property
    def is_holding(self) -> bool:
        """Say whether a key is on its way or waits."""
        return self._is_under_way

    async def receive(self, event: Typed) -> None:
        """Pass a key on: now, or once those before it are through."""
        if isinstance(event, events.Key) and event.key in _AT_ONCE:
            await self._finish_word()
            dropped = self.drop()
            await self._app.pass_on(event)
            self._say(dropped)
            return
        self._waiting.append(event)
        if self._is_under_way:
            return
        if self._app.screen.is_mounted and not self._at_work():
            await self._next()
        else:
            self._begin()

    def drop(self) -> int:
        """Forget what waits: its place is gone. Returns how many keys and pastes that were."""
        dropped = len(self._waiting)
        self._waiting.clear()
        return dropped

    def drop_and_say(self) -> None:
        """Forget what waits and say how many keys that were: it was typed for another place."""
        self._say(self.drop())

    def _say(self, dropped: int) -> None:
        if dropped:
            toast(self._app, f"{dropped} {_DROPPED}", tone="warning")

    async def came_round(self, lap: Lap) -> None:
        """Pass the next key on if nothing has changed for some laps, else go round again."""
        if lap.of_key != self._key or not self._is_under_way:
            return
        self._lap_from = None
        seen = self._seen()
        if self._has_waited_enough():
            self._given_up.update(self._at_work())
            await self._through()
        elif self._at_work():
            return  # the watch goes round once more
        elif seen != lap.seen:
            self._go_round(0)
        elif lap.quiet + 1 < _QUIET_LAPS:
            self._go_round(lap.quiet + 1)
        else:
            await self._through()

    async def _through(self) -> None:
        self._is_under_way = False
        self._stop_watch()
        if self._waiting:
            await self._next()

    async def _next(self) -> None:
        await self._app.pass_on(self._waiting.popleft())
        self._begin()

    def _begin(self) -> None:
        self._is_under_way = True
        self._key += 1
        self._since = self._clock()
        self._go_round(0)
        self._stop_watch()
        self._watch = self._app.set_interval(_LOOK_EVERY_SECONDS, self._look)

    async def _finish_word(self) -> None:
        # What was typed before the key that comes at once still goes where it was typed.
        while self._waiting and not self._at_work() and is_text_entry(self._app.focused):
            event = self._waiting[0]
            if isinstance(event, events.Key) and not event.is_printable:
                return
            await self._app.pass_on(self._waiting.popleft())

    def _go_round(self, quiet: int) -> None:
        start = self._app.focused or self._app.screen
        self._lap_from = weakref.ref(start)
        if not start.post_message(Lap(self._key, self._seen(), quiet)):
            self._lap_from = None

    def _look(self) -> None:
        """Go round again after work that was waited for, or where a lap went with its screen."""
        start = self._lap_from() if self._lap_from is not None else None
        is_on_its_way = start is not None and start.is_attached and start.screen is self._app.screen
        if not self._is_under_way or is_on_its_way:
            return
        if not self._at_work() or self._has_waited_enough():
            self._go_round(0)

    def _has_waited_enough(self) -> bool:
        longest = _LONGEST_SECONDS
        first = self._waiting[0] if self._waiting else None
        if isinstance(first, events.Key) and first.key == "escape":
            longest = _ESCAPE_SECONDS
        elif any(worker.group == "sign-in" for worker in self._at_work()):
            longest = _SIGN_IN_SECONDS
        return self._clock() - self._since >= longest

    def _stop_watch(self) -> None:
        if self._watch is not None:
            self._watch.stop()
            self._watch = None

    def _seen(self) -> tuple[int, ...]:
        return (*(id(screen) for screen in self._app.screen_stack), id(self._app.focused))

    def _at_work(self) -> list[Worker[Any]]:
        """Return what the screen on top is at, unless it waits for an answer."""
        screen = self._app.screen
        found = [
            worker
            for worker in self._app.workers
            if worker.node is screen
            and worker.group in _WAITED_FOR
            and not worker.is_finished
            and worker not in self._given_up
        ]
        if found and any(prompt.is_asking for prompt in screen.query(Prompt)):
            return []
        return found
