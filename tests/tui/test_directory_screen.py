from __future__ import annotations

from enquiry_tui.desk import directory
from enquiry_tui.tui.screens.directory import DirectoryScreen
from tests.desk.offices import SUPERVISOR, TestOffice
from tests.tui.work_app import HOSTILE, working


async def test_enter_goes_back_with_the_entry(office: TestOffice):
    async with working(office) as work:
        await work.open(DirectoryScreen())
        work.fill("words", "samaritans")
        await work.press("enter")
        assert work.home.results == ["samaritans"]


async def test_an_officer_confirms_a_number_and_says_how(office: TestOffice):
    async with working(office) as work:
        await work.open(DirectoryScreen())
        work.fill("words", "professional standards")
        await work.settle()
        assert "NOT CONFIRMED" in work.text
        work.fill("words", "nobody at all")
        await work.settle()
        assert "Nothing begins like that." in work.text and "version 1" not in work.text
        work.fill("words", "professional standards")
        await work.settle()
        await work.press("down", "c")
        work.fill("prompt-line", "rang the switchboard")
        await work.press("enter")
        assert (await work.ask(directory.entry, "psd")).confirmed_how == "rang the switchboard"
        assert "confirmed Tue 24 Nov 2026" in work.text


async def test_an_officer_may_not_change_an_entry_and_is_told_before_typing(office: TestOffice):
    async with working(office) as work:
        await work.open(DirectoryScreen())
        await work.press("down", "e")
        assert "supervisor or an administrator" in work.text


async def test_a_changed_number_is_unconfirmed_and_the_old_version_shows(office: TestOffice):
    async with working(office, SUPERVISOR) as work:
        await work.ask(directory.confirm_entry, "psd", "rang the switchboard")
        await work.open(DirectoryScreen())
        work.fill("words", "professional standards")
        await work.settle()
        await work.press("down", "e", "enter", "enter")
        work.fill("prompt-line", "01632 960444")
        await work.press("enter", "enter", "enter", "enter")
        entry = await work.ask(directory.entry, "psd")
        assert (entry.phone, entry.confirmed) == ("01632 960444", False)
        await work.press("h")
        assert "01632 960101" in work.text
        await work.press("escape")
        assert "01632 960444" in work.text and "01632 960101" not in work.text
        await work.press("escape")
        assert work.home.results == [None]


async def test_an_entry_with_hostile_words_is_added_and_shown_as_it_is(office: TestOffice):
    async with working(office, SUPERVISOR) as work:
        await work.open(DirectoryScreen())
        await work.press("down", "a")
        for words in ("hostile", HOSTILE, "a, b", "01632 960445", "", "", ""):
            work.fill("prompt-line", words)
            await work.press("enter")
        await work.press("u")
        assert (await work.ask(directory.entry, "hostile")).topics == ("a", "b")
        assert "\x1b" not in work.text
