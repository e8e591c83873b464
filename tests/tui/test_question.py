from __future__ import annotations

import asyncio

from textual import events
from textual.app import App, ComposeResult

from enquiry_tui.tui.widgets.question import Prompt


class Asking(App[None]):
    def compose(self) -> ComposeResult:
        yield Prompt()


def key(letter: str, at: float) -> events.Key:
    event = events.Key(letter, letter)
    event.time = at
    return event


async def answer_to(*presses: tuple[str, float]) -> str | None:
    async with Asking().run_test() as pilot:
        prompt = pilot.app.query_one(Prompt)
        asked = asyncio.create_task(prompt.key("y agreed · e change it", "ye"))
        await pilot.pause()
        for letter, at in presses:
            prompt.on_key(key(letter, at))
        prompt.action_cancel()
        return await asked


async def test_a_letter_in_the_midst_of_a_word_is_no_answer():
    word = [(letter, 100 + 0.1 * at) for at, letter in enumerate("an apology")]
    assert await answer_to(*word) is None
    assert await answer_to(*word, ("e", 102.0)) == "e"


async def test_the_first_key_answers():
    assert await answer_to(("y", 100.0)) == "y"
