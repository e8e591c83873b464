from __future__ import annotations

import asyncio

from textual import events

from enquiry_tui.tui.screens.prompt import Field, PromptScreen, Values
from tests.desk.offices import OFFICER, TestOffice, passphrase_of
from tests.tui.desk_app import DeskApp, desk_app, logged

LEDGER = "SELECT decision, info_class FROM ledger"
NAMES = {" ": "space", "~": "tilde", "’": "right_single_quotation_mark"}


def rush(run: DeskApp, *keys: str) -> None:
    """Press keys as a burst: none waits for what the one before it did."""
    for key in keys:
        run.app.post_message(events.Key(NAMES.get(key, key), key if len(key) == 1 else None))


async def test_a_line_typed_in_one_burst_with_n_is_logged_whole(office: TestOffice) -> None:
    async with desk_app(office) as run:
        rush(run, "n", *"Ann Holt ~ pony", "enter", "n", *"Bob Reid ~ opening", "enter")
        await run.settle()
        notes = await run.rows("SELECT note FROM contact WHERE ended_at IS NOT NULL ORDER BY id")
        assert [row["note"] for row in notes] == ["pony", "opening"]
        assert run.name == "DeskScreen"
        assert not run.screen.line.value


async def test_a_class_pressed_at_once_after_f4_is_not_lost(office: TestOffice) -> None:
    async with desk_app(office) as run:
        rush(run, "n", *"Janet Holt ~ where does he live", "f4", "5", "enter")
        await run.settle()
        assert await run.rows(LEDGER) == [{"decision": "refuse", "info_class": "sensitive"}]


async def test_a_word_typed_at_once_after_f3_is_compared_and_not_noted(office: TestOffice) -> None:
    logged(office, "Janet Holt ~ our letter about the parking")
    office.clock.advance(seconds=3600)
    async with desk_app(office) as run:
        await run.press("plus", "escape")
        rush(run, "f3", *"parking", "enter")
        await run.settle()
        steps = await run.rows("SELECT step, passed FROM check_step")
        assert steps == [{"step": "topic", "passed": 1}]
        notes = await run.rows("SELECT note FROM contact ORDER BY id")
        assert [row["note"] for row in notes] == ["our letter about the parking", ""]


async def test_a_form_filled_in_one_burst_loses_no_key(office: TestOffice) -> None:
    given: list[Values] = []

    async def submit(values: Values) -> None:
        await asyncio.sleep(0)
        given.append(values)

    ways = (("with them", "help is with them"), ("hung up", "they hung up"))
    fields = (Field("how", "How", "with them", options=ways), Field("well", "All right?"))
    async with desk_app(office) as run:
        run.app.push_screen(PromptScreen("Ended. And you?", fields, submit))
        rush(run, "2", "enter", *"yes", "enter", "n", *"Cy")
        await run.settle()
        assert run.screen.line.value == "Cy"
        assert given == [{"how": "hung up", "well": "yes"}]


async def test_a_key_that_comes_at_once_leaves_the_word_before_it_in_its_place(
    office: TestOffice,
) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        rush(run, *"on the bridge", "f9")
        await run.settle()
        assert run.name == "UrgentCardScreen"
        assert run.app.screen_stack[-2].line.value == "on the bridge"  # type: ignore[attr-defined]


async def test_a_lock_forgets_the_keys_that_wait(office: TestOffice) -> None:
    async with desk_app(office) as run:
        ahead = run.app.type_ahead
        rush(run, "n", *"Ann Holt")
        await asyncio.sleep(0)
        run.app.lock_now("asked")
        assert not ahead._waiting
        assert run.app._vault_closing is not None
        await run.app._vault_closing


async def test_no_key_waits_for_long(office: TestOffice) -> None:
    async with desk_app(office) as run:
        ahead = run.app.type_ahead
        never = asyncio.get_running_loop().create_future()
        run.screen.run_worker(never, group="verbs")
        clock = [0.0]
        ahead._clock = lambda: clock[0]
        rush(run, "1", "n", "a")
        await run.pilot.pause()
        assert ahead.is_holding
        clock[0] = 5.1
        await run.settle()
        assert run.screen.line.value == "a"
        never.cancel()


async def test_escape_does_not_wait_for_work_that_it_may_end(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        ahead = run.app.type_ahead
        clock = [0.0]
        ahead._clock = lambda: clock[0]
        never = asyncio.get_running_loop().create_future()
        run.screen.run_worker(never, group="verbs")
        rush(run, "escape")
        await run.pilot.pause()
        assert run.screen.in_line
        clock[0] = 1.1
        await run.settle()
        assert not run.screen.in_line
        never.cancel()


async def test_what_was_typed_after_a_wrong_passphrase_is_no_second_try(office: TestOffice) -> None:
    async with desk_app(office) as run:
        run.app.lock_now("asked")
        await run.settle()
        run.screen.query_one("#passphrase").value = "not this one"
        rush(run, "enter", "n", *"Ann Holt", "enter")
        await run.settle()
        assert run.name == "LockScreen"
        assert not run.screen.query_one("#passphrase").value
        await run.app.sign_in(OFFICER, passphrase_of(OFFICER))
        await run.settle()
