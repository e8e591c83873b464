from __future__ import annotations

from datetime import date, timedelta

from enquiry_tui.desk import clocks
from enquiry_tui.desk.letters import Imported, TypedLetter, type_letter
from enquiry_tui.tui.screens.clock_text import panel_words, working_block
from enquiry_tui.tui.screens.clocks import ClocksScreen
from enquiry_tui.tui.screens.holidays import HolidaysScreen
from tests.desk.matters import new_matter
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice
from tests.tui.work_app import HOSTILE, working

TODAY = date(2026, 11, 24)


async def answer(work, words: str) -> None:
    work.fill("prompt-line", words)
    await work.press("enter")


async def test_a_clock_is_started_paused_resumed_and_met_with_its_working_in_sight(
    office: TestOffice,
):
    matter = new_matter(office.sign_in(OFFICER))
    async with working(office) as work:
        await work.open(ClocksScreen("", matter))
        await work.press("s")
        assert "long-investigation" in work.text
        await answer(work, "s")
        assert "Several begin like that" in work.text
        await work.press("s")
        await answer(work, "sar")
        await answer(work, "20 nov")
        assert "LEGAL 21 Dec" in work.text
        assert "UK GDPR Art 12(3)" in work.text
        assert "Sun 20 Dec 2026 to the next working day" in work.text
        await work.press("p", "1")
        await answer(work, "23 nov")
        await answer(work, HOSTILE)
        await work.press("n")
        assert "it runs on" in work.text
        await work.press("p", "1")
        await answer(work, "23 nov")
        await answer(work, HOSTILE)
        await work.press("y")
        assert "STOPPED 1d" in work.text
        await work.press("g")
        await answer(work, "")
        await answer(work, "passport came")
        assert "identification" in work.text
        assert "the whole time runs anew from 24 Nov" in " ".join(work.text.split())
        await work.press("m")
        await answer(work, "")
        await answer(work, "sent by post")
        (done,) = await work.ask(clocks.clocks_of, matter)
        assert (done.state, done.finished_why) == ("met", "sent by post")
        assert done.stops[0].until == TODAY
        assert "MET" in work.text


async def test_the_day_a_letter_came_is_offered_for_its_clock_and_typing_takes_its_place(
    office: TestOffice,
):
    letter = TypedLetter("Ann Field", words="My file, please.", received_on=date(2026, 11, 19))
    came = type_letter(office.sign_in(SUPERVISOR), letter)
    assert isinstance(came, Imported)
    matter = came.enquiry_uid
    async with working(office, SUPERVISOR) as work:
        await work.open(ClocksScreen("", matter))
        for keys, day in (((), 19), (tuple("18 nov"), 18)):
            await work.press("s", *"sar", "enter")
            assert "19 Nov 2026" in work.text
            await work.press(*keys, "enter")
            ran = await work.ask(clocks.clocks_of, matter)
            begun = next(clock for clock in ran if clock.rule == "sar" and clock.is_open)
            assert begun.start == date(2026, 11, day)
            await work.ask(clocks.end_clock, begun.uid, "a mistake")


async def test_an_extension_shows_its_date_before_it_is_taken_and_can_be_taken_back(
    office: TestOffice,
):
    matter = new_matter(office.sign_in(OFFICER))
    async with working(office) as work:
        await work.open(ClocksScreen("", matter))
        await work.ask(clocks.begin_clock, matter, "sar", TODAY)
        await work.press("escape")
        await work.open(ClocksScreen("", matter))
        await work.press("x")
        await answer(work, "g")
        assert "That is no reason yet" in work.text
        await work.press(*"ood cause", "enter")
        assert "from Thu 24 Dec 2026 to Wed 24 Feb 2027?" in work.text
        await work.press("n", "x")
        await answer(work, "complex")
        assert "from Thu 24 Dec 2026 to Wed 24 Feb 2027?" in work.text
        await work.press("n")
        assert "the date stands" in work.text
        for why in ("complex", "wrong clock"):
            await work.press("x")
            await answer(work, why)
            await work.press("y")
        assert "extension taken back, due Thu 24 Dec 2026" in work.text


async def test_what_a_rule_does_not_know_is_refused_and_nothing_is_changed(office: TestOffice):
    desk = office.sign_in(OFFICER)
    matter = new_matter(desk)
    clocks.begin_clock(desk, matter, "complaint-outcome", TODAY - timedelta(days=1))
    async with working(office) as work:
        await work.open(ClocksScreen("", matter))
        await work.press("p")
        assert "Nothing stops the clock" in work.text
        await work.press("d")
        await answer(work, "24 dec")
        await answer(work, "they asked")
        assert "The legal date is" in work.text
        await work.press("n")
        await answer(work, "not needed")
        assert "may not do this" in work.text


async def test_a_new_holiday_says_which_clocks_it_moved(office: TestOffice):
    desk = office.sign_in(SUPERVISOR)
    matter = new_matter(desk)
    clocks.begin_clock(desk, matter, "foi", TODAY)
    async with working(office, SUPERVISOR) as work:
        await work.open(HolidaysScreen())
        assert "Saint Andrew's Day" in work.text
        await work.press("a")
        await answer(work, "1 dec 2026")
        await answer(work, "Day of mourning")
        await work.press("1")
        await answer(work, "gazette")
        assert "1 of 1 open clocks moved" in work.text
        assert "23 Dec → Thu 24 Dec 2026" in work.text


def test_the_panel_of_a_matter_has_room_for_every_clock(office: TestOffice):
    desk = office.sign_in(OFFICER)
    matter = new_matter(desk)
    for rule in clocks.rules(desk):
        clock = clocks.begin_clock(desk, matter, rule.name, TODAY)
        for press in ("LEGAL 24 Dec", "12wd LEFT", "OVERDUE 12d", "STOPPED 12d", "WINDOW OVER"):
            assert len(panel_words(clock, press, TODAY)) <= 24
        assert all(len(line) <= 80 for line in working_block(clock, 80).plain.split("\n"))
    reply = clocks.begin_clock(desk, new_matter(desk), "letter-reply", date(2026, 11, 3))
    assert panel_words(reply, "5wd LEFT", TODAY) == "reply Tue 1 Dec 5wd LEFT"
    long = clocks.begin_clock(desk, new_matter(desk), "long-investigation", TODAY)
    year = long.due_on.year
    assert year > TODAY.year
    assert panel_words(long, "LEGAL Nov 2027", TODAY).endswith(f" {year}")
