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
        await work.press("2", "enter")
        assert "they hung up" in work.text
        await work.press("enter")
        assert given == [{"how": "hung up", "well": ""}]


async def test_a_choice_that_is_none_is_said_before_the_next_line(office: TestOffice) -> None:
    given: list[Values] = []

    async def submit(values: Values) -> None:
        given.append(values)

    ways = (("with them", "help is with them"), ("hung up", "they hung up"))
    fields = (Field("how", "How", options=ways), Field("well", "All right?"))
    async with working(office) as work:
        await work.open(PromptScreen("Ended. And you?", fields, submit))
        await work.press("9", "enter")
        assert work.app.screen.focused is work.app.screen.query_one("#f-how")
        await work.press("2", "enter", "y", "enter")
        assert given == [{"how": "hung up", "well": "y"}]


def test_a_choice_is_shown_in_words_and_read_back_from_them():
    options = (("a", "first; of all"), ("b", "by hand"), ("c", "by"))
    one = Field("way", "Way", options=options)
    assert (one.words("3"), one.read(one.words("3"))) == ("by", "c")
    assert one.read(one.words("1")) == "a"
    several = Field("ways", "Ways", options=options[1:], many=True)
    assert several.words("2, 1") == "by hand; by"
    assert several.read("by hand; by") == "b\nc"
    assert several.read(several.words("1")) == "b"
    assert (one.words(""), one.words("9"), one.words(" x")) == ("", "9", " x")
