"""Waiting until an app has nothing left to do, by what it asks of the store, not by a clock."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from enquiry_tui.tui.app import EnquiryApp

_MOST_ROUNDS = 60
_QUIET_ROUNDS = 3  # without a new job: what a finished one led to has been shown


async def settle(app: EnquiryApp, pilot: Pilot[Any]) -> None:
    """Let messages and store jobs run until nobody asks the store for anything more."""
    quiet = 0
    for _ in range(_MOST_ROUNDS):
        first = next(app.store._numbers)
        await pilot.pause(0)
        if app.store._started and not app.store.is_locked:
            await app.store.idle()  # a job itself
        asked = next(app.store._numbers) - first - 2
        quiet = 0 if asked > 0 else quiet + 1
        if quiet == _QUIET_ROUNDS:
            break
    await pilot.pause(0)
