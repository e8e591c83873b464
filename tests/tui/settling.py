"""Waiting until an app has nothing left to do, by what it has under way and never by the clock."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from enquiry_tui.tui.app import EnquiryApp

_MOST_ROUNDS = 4  # a worker may be waiting for the next key itself


async def settle(app: EnquiryApp, pilot: Pilot[Any]) -> None:
    """Wait for the messages, the store thread and the workers, until two rounds find nothing."""
    quiet = 0
    for _ in range(_MOST_ROUNDS):
        await pilot.pause(0)
        if app.store._started and not app.store.is_locked:
            await app.store.idle()
        quiet = 0 if any(not worker.is_finished for worker in app.workers) else quiet + 1
        if quiet == 2:
            break
    await pilot.pause(0)
