"""Waiting until an app has nothing left to do, by what it asks of the store, not by a clock."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.pilot import Pilot

from enquiry_tui.tui.app import EnquiryApp

_MOST_ROUNDS = 60
_QUIET_ROUNDS = 3  # without a new job: what a finished one led to has been shown
_LONGEST_WAIT = 1500  # looks, for the keys that were typed ahead


async def settle(app: EnquiryApp, pilot: Pilot[Any]) -> None:
    """Let keys, messages and store jobs run until nobody asks the store for anything more."""
    quiet = 0
    for _ in range(_MOST_ROUNDS):
        await _all_keys_taken(app)
        first = next(app.store._numbers)
        await pilot.pause(0)
        if app.store._started and not app.store.is_locked:
            await app.store.idle()  # a job itself
        asked = next(app.store._numbers) - first - 2
        quiet = 0 if asked > 0 or app.type_ahead.is_holding else quiet + 1
        if quiet == _QUIET_ROUNDS:
            break
    await pilot.pause(0)


async def _all_keys_taken(app: EnquiryApp) -> None:
    for _ in range(_LONGEST_WAIT):
        if not app.type_ahead.is_holding:
            return
        await asyncio.sleep(0.005)
