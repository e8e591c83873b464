from __future__ import annotations

from datetime import timedelta

from enquiry_tui.desk import contacts, promises
from enquiry_tui.domain.masking import MASK
from enquiry_tui.tui.calls import live_contact
from enquiry_tui.tui.screens.promise import PromiseScreen
from tests.desk.matters import new_call, new_matter, new_person, set_marker
from tests.desk.offices import OFFICER, START, TestOffice
from tests.tui.work_app import HOSTILE, a_call, working


async def test_a_time_and_enter_is_a_promise(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(PromiseScreen(contact, matter))
        work.fill("by", "16:00")
        await work.settle()
        assert "Tue 24 Nov 2026 16:00" in work.text
        await work.press("enter")
        (made,) = await work.ask(promises.promises_of, matter)
        assert (made.what, made.safe_number) == ("ring back", MASK)
        assert (await work.ask(promises.promise, made.uid)).safe_number == "07700 900111"
        assert made.due_at == START + timedelta(hours=2)
        assert work.screen is work.home


async def test_what_was_promised_may_stand_behind_the_time(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(PromiseScreen(contact, matter))
        work.fill("by", "wed 11:00 say who has the letter")
        await work.press("enter")
        (made,) = await work.ask(promises.promises_of, matter)
        assert made.what == "say who has the letter"


async def test_a_day_alone_asks_for_the_time(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(PromiseScreen(contact, matter))
        work.fill("by", "fri")
        await work.press("enter")
        assert "add the time" in work.text
        assert await work.ask(promises.promises_of, matter) == ()


async def test_the_safe_number_of_the_marker_is_the_one_offered(office: TestOffice):
    desk = office.sign_in(OFFICER)
    person = new_person(desk)
    set_marker(desk, person, "safe-contact-only", safe_number="01632 960555")
    matter = new_matter(desk)
    contact = new_call(desk, matter, person=person, phone="07700 900111")
    async with working(office) as work:
        await work.open(PromiseScreen(contact, matter))
        assert work.field("number").value == ""
        assert "SAFE NUMBER ONLY" in work.text and "960555" not in work.text
        work.fill("by", "16:00")
        work.fill("number", "07700 900111")
        await work.press("enter")
        assert "Safe contact only" in work.text
        assert await work.ask(promises.promises_of, matter) == ()


async def test_a_moved_promise_keeps_its_first_time_and_whether_they_were_told(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(PromiseScreen(contact, matter))
        work.fill("by", "16:00")
        await work.press("enter")
        screen = await work.open(PromiseScreen(contact, matter))
        screen.query_one("#open").focus()
        await work.press("m")
        work.fill("prompt-line", "17:30")
        await work.press("enter")
        work.fill("prompt-line", "in a meeting")
        await work.press("enter")
        assert "Have you told them?" in work.text
        await work.press("n")
        (moved,) = await work.ask(promises.promises_of, matter)
        assert (moved.moved, moved.told_of_move) == (1, False)
        assert moved.first_due_at == START + timedelta(hours=2)
        await work.press("k", "enter")
        (kept,) = await work.ask(promises.promises_of, matter)
        assert kept.state == "kept"


async def test_end_of_call_waits_until_the_promise_is_on_the_record(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(PromiseScreen(contact, matter))
        work.fill("by", "16:00")
        await work.pilot.press("enter", "f12")
        await work.settle()
        assert len(await work.ask(promises.promises_of, matter)) == 1
        assert work.home.done == ["end"]


async def test_hostile_words_are_only_words(office: TestOffice):
    contact, matter = a_call(office, HOSTILE)
    async with working(office) as work:
        await work.open(PromiseScreen(contact, matter))
        work.fill("by", f"16:00 {HOSTILE}")
        work.fill("whom", HOSTILE)
        await work.press("enter")
        await work.open(PromiseScreen(contact, matter))
        assert "\x1b" not in work.text
        assert "[@click" in work.text


async def test_a_possible_match_with_a_plan_warns_until_it_is_picked_or_ruled_out(
    office: TestOffice,
):
    desk = office.sign_in(OFFICER)
    person = new_person(desk)
    set_marker(desk, person, "safe-contact-only", safe_number="01632 960555")
    matter = new_matter(desk)
    contact = new_call(desk, matter, phone="07700 900111")
    other = new_call(desk, new_matter(desk), phone="07700 900222")
    assert "match has PLAN" in live_contact(contacts.view(desk, contact)).checked
    assert "match has PLAN" not in live_contact(contacts.view(desk, other)).checked
    async with working(office) as work:
        await work.open(PromiseScreen(contact, matter))
        assert "A possible match has a contact plan" in work.text
        assert work.field("number").value == ""
        await work.press("escape")
        await work.ask(contacts.pick_person, contact, person)
        view = await work.ask(contacts.view, contact)
        assert not view.possible_plan
