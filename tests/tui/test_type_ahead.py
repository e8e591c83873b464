from __future__ import annotations

import asyncio

from textual import events

from tests.desk.offices import TestOffice
from tests.tui.desk_app import DeskApp, desk_app

LEDGER = "SELECT decision, info_class FROM ledger"


def rush(run: DeskApp, *keys: str) -> None:
    """Press keys as a burst: none waits for what the one before it did."""
    for key in keys:
        run.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def until(run: DeskApp, name: str) -> None:
    for _ in range(400):
        if run.name == name and not run.app.type_ahead.is_holding:
            break
        await asyncio.sleep(0.01)
    await run.settle()


async def test_a_class_pressed_at_once_after_f4_is_not_lost(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ where does he live")
        rush(run, "f4", "5", "enter")
        await until(run, "SayScreen")
        assert await run.rows(LEDGER) == [{"decision": "refuse", "info_class": "sensitive"}]


async def test_a_word_typed_at_once_after_f3_is_compared_and_not_noted(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ our letter about the parking")
        rush(run, "f3", *"parking", "enter")
        await until(run, "IdentityScreen")
        steps = await run.rows("SELECT step, passed FROM check_step")
        assert steps == [{"step": "topic", "passed": 1}]
        note = (await run.rows("SELECT note FROM contact"))[0]["note"]
        assert note == "our letter about the parking"


async def test_urgent_harm_is_never_held_and_a_lock_forgets_the_keys(office: TestOffice) -> None:
    async with desk_app(office) as run:
        ahead = run.app.type_ahead
        ahead.hold("say")
        assert ahead.takes(events.Key("5", "5"))
        for key in ("f9", "ctrl+g", "f8", "escape"):
            assert not ahead.takes(events.Key(key, None))
        run.app.lock_now("asked")
        ahead._look()
        assert not ahead.is_holding and ahead._keys == []
        assert run.app._vault_closing is not None
        await run.app._vault_closing


async def test_nothing_is_held_for_long(office: TestOffice) -> None:
    async with desk_app(office) as run:
        ahead = run.app.type_ahead
        clock = [0.0]
        ahead._clock = lambda: clock[0]
        ahead.hold("say")
        ahead.hold("no such thing")
        clock[0] = 3.1
        ahead._look()
        assert not ahead.is_holding
