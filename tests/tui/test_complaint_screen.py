from __future__ import annotations

import json

import pytest

from enquiry_tui.desk import complaints, directory, drafts, opening, referrals
from enquiry_tui.tui.screens.complaint import ComplaintScreen
from tests.desk.offices import TestOffice
from tests.tui.work_app import HOSTILE, a_call, working


async def test_a_rude_officer_goes_to_professional_standards_in_a_few_keys(office: TestOffice):
    contact, matter = a_call(office, "Your officer at the counter was rude and swore at me")
    async with working(office) as work:
        await work.ask(directory.confirm_entry, "psd", "rang the switchboard")
        await work.open(ComplaintScreen(contact, matter))
        await work.press("1")
        assert "Professional Standards" in work.text
        assert "H1 Impolite" in work.text
        assert work.screen.focused.id == "when"
        work.fill("when", "Mon 23 Nov, Harlow counter; tall, beard")
        await work.settle()
        assert work.screen.focused.id == "officer"
        await work.press("enter")
        assert work.screen.focused.id == "wants"
        work.fill("wants", "an apology")
        await work.press("enter")
        assert "READ BACK" in work.text
        assert "Harlow counter" in work.text
        await work.press("y")
        (kept,) = await work.ask(complaints.complaints_of, matter)
        assert (kept.state, kept.read_back, kept.about_whom) == ("passed", "agreed", "tall, beard")
        assert kept.reach == "07700 900111"
        assert kept.mentioned == ()
        (sent,) = await work.ask(referrals.referrals_of, matter)
        assert sent.entry_key == "psd"
        await work.settle()
        assert work.screen is work.home


@pytest.mark.parametrize("digit", ["3", "4", "5"])
async def test_about_those_this_office_serves_it_is_restricted_at_once(
    office: TestOffice, digit: str
):
    contact, matter = a_call(office, "He lied at the meeting")
    async with working(office) as work:
        await work.open(ComplaintScreen(contact, matter))
        await work.press(digit)
        assert "RESTRICTED from now on" in work.text
        assert "SAY" in work.text
        assert (await work.ask(opening.refresh, matter)).restricted
        assert work.screen.focused.id == "when"


async def test_what_is_missing_is_named_and_nothing_is_passed(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(ComplaintScreen(contact, matter))
        await work.press("2", "f6")
        assert "what they would like" in work.text
        (kept,) = await work.ask(complaints.complaints_of, matter)
        assert kept.state == "logged"
        assert work.screen.focused.id == "wants"


async def test_changed_after_reading_back_is_kept_as_changed(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.ask(directory.confirm_entry, "psd", "rang the switchboard")
        await work.open(ComplaintScreen(contact, matter))
        await work.press("2")
        work.fill("when", "Monday")
        work.fill("wants", "an answer")
        await work.press("f6", "e")
        work.fill("happened", "It was the other counter")
        await work.press("f6", "y")
        (kept,) = await work.ask(complaints.complaints_of, matter)
        assert (kept.words, kept.read_back) == ("It was the other counter", "changed")


async def test_left_half_way_it_comes_back_as_it_was(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(ComplaintScreen(contact, matter))
        await work.press("1")
        work.fill("when", "Monday")
        await work.settle()
        await work.press("escape")
        assert work.screen is work.home
        await work.app.drafts.flush()
        kept = await work.ask(drafts.draft, "complaint", contact)
        assert json.loads(kept.body["text"])["when"] == "Monday"
        await work.open(ComplaintScreen(contact, matter))
        assert work.field("when").value == "Monday"
        assert work.field("about").value == "officer"


async def test_hostile_words_in_every_field_are_only_words(office: TestOffice):
    contact, matter = a_call(office, HOSTILE)
    async with working(office) as work:
        await work.open(ComplaintScreen(contact, matter))
        await work.press("1")
        for field in ("happened", "when", "officer", "reach", "wants"):
            work.fill(field, HOSTILE.replace(";", ","))
        await work.press("f6")
        assert "READ BACK" in work.text
        assert "\x1b" not in work.text
