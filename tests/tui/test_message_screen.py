from __future__ import annotations

from enquiry_tui.desk import messages
from enquiry_tui.tui.screens.message import MessageScreen
from tests.desk.offices import TestOffice
from tests.tui.work_app import HOSTILE, a_call, working


async def test_the_directory_is_offered_and_up_takes_it(office: TestOffice):
    contact, matter = a_call(office, "Wants to know about the fête")
    async with working(office) as work:
        await work.open(MessageScreen(contact, matter))
        work.fill("whom", "press")
        await work.settle()
        assert "↑ takes it" in work.text
        await work.press("up", "enter")
        (taken,) = await work.ask(messages.messages_of, matter)
        assert taken.entry_key
        assert taken.words == "Wants to know about the fête"
        assert taken.call_back == "07700 900111"


async def test_a_message_is_followed_until_the_caller_is_told(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(MessageScreen(contact, matter))
        work.fill("whom", "PC Reid")
        await work.press("enter")
        screen = await work.open(MessageScreen(contact, matter))
        assert "NOT PASSED YET" in work.text
        screen.query_one("#tray").focus()
        await work.press("s")
        work.fill("prompt-line", "by telephone")
        await work.press("enter", "a")
        work.fill("prompt-line", "He will ring on Friday")
        await work.press("enter", "t")
        (item,) = await work.ask(messages.messages_of, matter)
        assert (item.state, item.answer) == ("told", "He will ring on Friday")


async def test_without_a_name_it_is_refused_and_the_words_stay(office: TestOffice):
    contact, matter = a_call(office, HOSTILE)
    async with working(office) as work:
        await work.open(MessageScreen(contact, matter))
        await work.press("enter")
        assert "whom it is for" in work.text
        assert "click=app.bell" in work.field("message").text
        assert "\x1b" not in work.text
