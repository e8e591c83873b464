from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import cast

from enquiry_tui.desk import complaint_iopc, complaint_moves, complaints, directory
from enquiry_tui.desk.complaint_life import Life, PathLine
from enquiry_tui.desk.complaints import ComplaintIntake
from enquiry_tui.domain.complaint_states import State
from enquiry_tui.tui.screens.complaint import ComplaintScreen
from enquiry_tui.tui.screens.complaint_form import by_field
from enquiry_tui.tui.screens.complaint_path import ComplaintPathScreen
from enquiry_tui.tui.screens.complaint_path_text import beside_the_form
from tests.desk.matters import new_matter
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice
from tests.tui.work_app import HOSTILE, Work, a_call, working


def taken(office: TestOffice, words: str = "He was rude and swore at me") -> tuple[str, str]:
    desk = office.sign_in(OFFICER)
    matter = new_matter(desk, "Rude at the counter")
    intake = ComplaintIntake(
        matter, words, about="officer", about_whom="PC Holm", reach="07700 900111", wants="sorry"
    )
    made = complaints.log_complaint(desk, intake)
    office.sign_out()
    return matter, made.uid


async def take(work: Work, title: str) -> None:
    """Press the key that stands beside a step."""
    choices = work.screen.query_one("#steps").choices
    await work.press(next(c.key for c in choices if c.words.removeprefix("✗ ") == title))


async def state(work: Work, uid: str) -> str:
    return str((await work.ask(complaints.complaint, uid)).state)


async def test_outside_schedule_3_is_walked_with_the_screens_words(office: TestOffice):
    matter, uid = taken(office)
    async with working(office, SUPERVISOR) as work:
        await work.open(ComplaintPathScreen("", matter))
        assert "LOGGED, NOT RECORDED" in work.text
        await take(work, "handle it outside Schedule 3")
        assert "the ten lines of the referral screen are finished" in work.text
        await take(work, "what they want, read back")
        await work.press("enter", "2", "enter", "1", "enter")
        await take(work, "the ten lines of the referral screen")
        assert "Police Reform Act 2002" in work.text
        assert "Serious injury: a fracture, a deep cut" in work.text
        assert "Esc leaves." in work.text
        await work.press(*"n" * 10, *"Reed", "enter", "enter")
        await take(work, "the category of an allegation")
        await work.press(*"impolite lang", "enter")
        await take(work, "handle it outside Schedule 3")
        await work.press("1", "enter", *"a call", "enter", "enter", "enter")
        assert await state(work, uid) == "outside"
        assert "update" in work.text
        await take(work, "decide one allegation")
        await work.press("1", "enter", "2", "enter", *"done", "enter", "enter", "enter")
        await take(work, "the outcome is reached")
        await work.press("enter", "1", "enter", "enter", "enter")
        assert await state(work, uid) == "decided"
        (item,) = (await work.ask(complaints.complaint, uid)).allegations
        assert (item.category, item.decision, item.actions) == ("H1", "resolved", ("apology",))


async def test_an_unconfirmed_entry_is_confirmed_on_the_way(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(ComplaintScreen(contact, matter))
        await work.press("2")
        work.fill("when", "Monday")
        work.fill("wants", "an answer")
        await work.press("f6", "y")
        assert "is not confirmed yet" in work.text
        await work.press(*"rang them", "enter")
        (kept,) = await work.ask(complaints.complaints_of, matter)
        assert kept.state == "passed"
        assert (await work.ask(directory.entry, "psd")).confirmed_how == "rang them"


async def test_any_category_can_be_chosen_at_the_first_words(office: TestOffice):
    contact, matter = a_call(office, "He swore at me")
    async with working(office) as work:
        await work.open(ComplaintScreen(contact, matter))
        await work.press("1")
        work.screen.query_one("#category").focus()
        await work.press("slash", *"custody", "down", "up", "enter")
        assert work.screen.value("category") == "B5"
        assert "B5 Detention in police custody" in work.text
        await work.press("f6")
        (kept,) = await work.ask(complaints.complaints_of, matter)
        assert kept.allegations[0].category == "B5"


async def test_an_officer_is_told_whose_step_it_is_and_hostile_words_stay_words(
    office: TestOffice,
):
    matter, uid = taken(office, HOSTILE)
    async with working(office) as work:
        await work.open(ComplaintPathScreen("", matter))
        await take(work, "the ten lines of the referral screen")
        assert "a supervisor or the monitoring officer" in work.text
        await take(work, "another allegation")
        work.fill("f-words", HOSTILE)
        await work.press("enter", "escape")
        await work.press("P")
        assert "\x1b" not in work.text
        assert len((await work.ask(complaints.complaint, uid)).allegations) == 2


async def test_equality_answers_are_read_back_before_they_are_counted(office: TestOffice):
    matter, _uid = taken(office)
    async with working(office, SUPERVISOR) as work:
        await work.open(ComplaintPathScreen("", matter))
        await work.press("E", "1", *["enter"] * 9)
        assert "Age: under 18" in work.text
        await work.press("e", "3", *["enter"] * 9)
        assert "Age: 25 to 34" in work.text
        counted = "SELECT answer FROM equality_count"
        assert await work.ask(lambda desk: desk.store.query(counted)) == []
        await work.press("y")
        found = await work.ask(lambda desk: [row["answer"] for row in desk.store.query(counted)])
        assert found == ["25 to 34"]


def test_who_decided_last_is_offered_and_never_who_signed_or_was_asked():
    day = date(2026, 11, 24)
    taken = (("record", "Insp Reed"), ("preserve-evidence", "CCTV"), ("withdraw", "Ida Moss"))
    path = [PathLine(day, "", "", by, "", False, State.RECORDED, verb) for verb, by in taken]
    assert by_field(cast("Life", SimpleNamespace(path=path))).value == "Insp Reed"


def test_a_form_shows_of_a_long_letter_the_right_of_review_and_whom_to_write_to():
    letter = "1. He was rude.\nYou may ask for a review.\nWrite to: 1 Quay Road."
    assert beside_the_form(letter) == letter
    long = beside_the_form(f"{'1. He was rude. ' * 60}\n{letter}")
    assert long.splitlines()[1:] == letter.splitlines()[1:]
    assert "L shows the whole" in long


async def test_the_form_of_recording_names_the_grounds_that_the_ten_lines_are(office: TestOffice):
    matter, uid = taken(office)
    desk = office.sign_in(SUPERVISOR)
    lines = {line.id: "no" for line in desk.packs.complaints.value.book.lines}
    complaint_iopc.finish_screen(desk, uid, {**lines, "same-incident": "yes"}, by="Insp Reed")
    async with working(office, SUPERVISOR) as work:
        await work.open(ComplaintPathScreen("", matter))
        await take(work, "record it under Schedule 3")
        assert "the ten lines: From the same incident" in " ".join(work.text.split())
        await work.press("1", "enter", "2", *["enter"] * 5)
        assert await state(work, uid) == "recorded"
        row = await work.ask(complaint_moves.found, uid)
        assert row["grounds"].split() == ["wants-recording", "mandatory-referral"]
