"""Unfinished entries, saved encrypted within a second of the last key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from enquiry_tui.errors import EnquiryError

DELAY_SECONDS = 0.8


class DraftKeeper:
    """Takes what is being typed and has it saved soon, all of it before a lock or an end.

    `save` writes one body under its key; an empty body removes it. A save that fails is tried again
    with the next change and at the next flush; `on_failure` is told, so that a screen can say so.
    """

    def __init__(
        self,
        save: Callable[[str, str], Awaitable[None]],
        on_failure: Callable[[EnquiryError], None],
        delay: float = DELAY_SECONDS,
    ) -> None:
        self._save = save
        self._on_failure = on_failure
        self._delay = delay
        self._unsaved: dict[str, str] = {}
        self._saved: dict[str, str] = {}
        self._is_open = False
        self._timer: asyncio.TimerHandle | None = None
        self._saving = asyncio.Lock()
        self._task: asyncio.Task[bool] | None = None

    @property
    def is_clean(self) -> bool:
        """Say whether everything typed has been saved."""
        return not self._unsaved

    def note(self, key: str, body: str) -> None:
        """Take the present text of an entry; it is saved within the delay of the first change."""
        if not self._is_open or (key not in self._unsaved and self._saved.get(key) == body):
            return
        self._unsaved[key] = body
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._delay, self._due)

    def discard(self, key: str) -> None:
        """Remove a draft: its entry was saved for good or given up."""
        self.note(key, "")

    async def flush(self) -> bool:
        """Save everything now. Returns whether all of it was saved."""
        self._stop_timer()
        async with self._saving:
            for key in tuple(self._unsaved):
                body = self._unsaved[key]
                try:
                    await self._save(key, body)
                except EnquiryError as error:
                    self._on_failure(error)
                    return False
                self._saved[key] = body
                if self._unsaved.get(key) == body:
                    del self._unsaved[key]
        return True

    def open(self) -> None:
        """Take entries from now on: somebody is on."""
        self._is_open = True

    def close(self) -> None:
        """Take nothing more and drop every text from memory, once flushed."""
        self._is_open = False
        self._stop_timer()
        self._unsaved.clear()
        self._saved.clear()

    def _due(self) -> None:
        self._timer = None
        self._task = asyncio.create_task(self.flush())

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
