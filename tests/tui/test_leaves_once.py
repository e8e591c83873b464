from __future__ import annotations

import asyncio

import pytest
from textual.css.query import NoMatches

from enquiry_tui.tui.screens.asking import AskScreen, Option
from enquiry_tui.tui.screens.gate_base import GateScreen
from enquiry_tui.tui.screens.hide import HideScreen
from enquiry_tui.tui.screens.prompt import Field, PromptScreen, Values
from enquiry_tui.tui.screens.verbs import VerbScreen
from enquiry_tui.tui.widgets.entry import LineInput
from tests.tui.fakes import HomeScreen, make_app, sign_in


class TopScreen(HomeScreen):
    pass


async def test_keys_that_come_fast_while_the_screen_is_hidden_only_bring_it_back() -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        over = TopScreen()
        await app.push_screen(over)
        hidden = HideScreen()
        await app.push_screen(hidden)
        for _ in range(4):
            hidden.dismiss()
        await pilot.pause()
        assert app.screen is over
        hidden.dismiss()
        await pilot.pause()
        assert app.screen is over


async def test_a_question_that_is_answered_twice_keeps_its_first_answer() -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        home = app.screen
        heard: list[str | None] = []
        question = AskScreen("Which?", (Option("y", "yes"), Option("n", "no")))
        await app.push_screen(question, heard.append)
        question.dismiss("y")
        question.dismiss("n")
        await pilot.pause()
        assert heard == ["y"] and app.screen is home


async def test_a_screen_that_is_left_while_another_stands_over_it_leaves_after_that_one() -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        home = app.screen
        heard: list[object] = []
        under, over = TopScreen(), TopScreen()
        await app.push_screen(under, heard.append)
        await app.push_screen(over)
        under.dismiss("gone")
        await pilot.pause()
        assert app.screen is over and not heard
        over.step_back()
        await pilot.pause()
        await pilot.pause()
        assert app.screen is home and heard == ["gone"]


async def test_escape_twice_in_one_go_leaves_one_screen() -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        under, over = TopScreen(), TopScreen()
        await app.push_screen(under)
        await app.push_screen(over)
        over.step_back()
        over.step_back()
        await pilot.pause()
        assert app.screen is under


async def test_a_form_is_handed_in_once_however_often_enter_is_pressed() -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        taken: list[Values] = []
        goes_on = asyncio.Event()

        async def submit(values: Values) -> None:
            taken.append(values)
            await goes_on.wait()

        await app.push_screen(PromptScreen("Add", (Field("name", "Name"),), submit))
        app.screen.query_one(LineInput).value = "Ada"
        await pilot.press("enter", "enter", "enter")
        assert len(taken) == 1
        goes_on.set()
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


class ReadingScreen(VerbScreen):
    pass


class AskedScreen(GateScreen):
    HAS_CALL_BAR = False  # nor the banner of a stop: there is no vault behind it


async def test_what_is_read_for_a_screen_that_has_gone_meanwhile_is_dropped() -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        reading = ReadingScreen()
        await app.push_screen(reading)

        async def show() -> None:
            reading.query_one("#gone", LineInput)

        reading.dismiss()
        await pilot.pause()
        await reading._watched(show())
        assert isinstance(app.screen, HomeScreen)


async def test_a_part_that_is_missing_from_a_screen_that_is_up_is_still_a_fault() -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        reading = ReadingScreen()
        await app.push_screen(reading)

        async def show() -> None:
            reading.query_one("#gone", LineInput)

        with pytest.raises(NoMatches):
            await reading._watched(show())


async def test_a_gate_that_is_left_in_the_middle_of_its_work_is_no_fault() -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        asked = AskedScreen("c")
        await app.push_screen(asked)

        async def leave_and_show() -> None:
            asked.dismiss()
            asked.query_one("#gone", LineInput)

        assert not await asked.attempt(leave_and_show)
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
