from __future__ import annotations

import pytest

from enquiry_tui.desk import complaints
from enquiry_tui.tui.screens import find
from enquiry_tui.tui.screens.find import FindScreen
from tests.desk.matters import new_call, new_matter, new_person
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice, count_events, last_event
from tests.tui.work_app import HOSTILE, working


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "DEBOUNCE_SECONDS", 0.001)
    monkeypatch.setattr(find, "REST_SECONDS", 3_600.0)


def stocked(office: TestOffice) -> str:
    desk = office.sign_in(OFFICER)
    person = new_person(desk, "Siobhán McGillycuddy", phone="01632 960777")
    matter = new_matter(desk, "Vans at the school gates")
    new_call(desk, matter, who="Siobhán McGillycuddy", person=person, phone="01632 960777")
    new_matter(desk, f"Something else {HOSTILE}")
    office.sign_out()
    return matter


async def test_a_matter_is_found_by_word_by_sound_by_number_and_opened(office: TestOffice):
    matter = stocked(office)
    said = ("school", "mcgilly", "26-1", "shivawn mcgilicudy", "01632960777", "01632 960 777")
    async with working(office) as work:
        for words in said:
            await work.open(FindScreen())
            work.fill("words", words)
            await work.settle()
            await work.press("enter")
        assert work.home.results == [matter] * len(said)


async def test_one_event_is_left_for_a_request_that_rests_and_none_for_its_letters(
    office: TestOffice,
):
    stocked(office)
    async with working(office) as work:
        screen = await work.open(FindScreen())
        before = await work.ask(count_events)
        for key in "school":
            await work.press(key)
        assert await work.ask(count_events) == before
        screen._note_rested()
        await work.settle()
        screen._note_rested()
        await work.settle()
        event = await work.ask(last_event)
        assert (event["action"], event["detail"]["words"]) == ("enquiry.search", "school")
        assert await work.ask(count_events) == before + 1


async def test_a_restricted_matter_is_not_there_for_others(office: TestOffice):
    matter = stocked(office)
    desk = office.sign_in(SUPERVISOR)
    intake = complaints.ComplaintIntake(matter, "He lied", about="chief-constable")
    complaints.log_complaint(desk, intake)
    async with working(office) as work:
        await work.open(FindScreen())
        for words in ("school", "mcgillycuddy", "shivawn mcgilicudy", "01632 960777", "26-1"):
            work.fill("words", words)
            await work.settle()
            assert "Vans" not in work.text
            assert "found. Down" not in work.text
            assert f"Nothing was found for {words}" in work.text
        work.fill("words", "")
        await work.settle()
        assert "Type, and what is found stands here" in work.text
        work.fill("words", f"zebra {HOSTILE}")
        await work.settle()
        assert "Nothing was found for zebra" in work.text and "\x1b" not in work.text


async def test_hostile_subjects_are_shown_as_they_are(office: TestOffice):
    stocked(office)
    async with working(office) as work:
        await work.open(FindScreen())
        work.fill("words", "something")
        await work.settle()
        assert "[@click" in work.text
        assert "\x1b" not in work.text
