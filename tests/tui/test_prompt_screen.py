from __future__ import annotations

from enquiry_tui.tui.screens.prompt import Field, PromptScreen, Values
from tests.desk.offices import TestOffice
from tests.tui.work_app import working


async def test_a_digit_takes_the_place_of_the_choice_that_is_offered(office: TestOffice) -> None:
    given: list[Values] = []

    async def submit(values: Values) -> None:
        given.append(values)

    ways = (("with them", "help is with them"), ("hung up", "they hung up"))
    fields = (Field("how", "How", "with them", options=ways), Field("well", "All right?"))
    async with working(office) as work:
        await work.open(PromptScreen("Ended. And you?", fields, submit))
        await work.press("2", "enter", "enter")
        assert given == [{"how": "hung up", "well": ""}]
