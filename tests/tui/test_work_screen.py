from __future__ import annotations

from enquiry_tui.desk import complaints, promises, referrals
from enquiry_tui.tui.screens.complaint import ComplaintScreen
from enquiry_tui.tui.screens.promise import PromiseScreen
from enquiry_tui.tui.screens.referral import ReferralScreen
from tests.desk.matters import new_matter
from tests.desk.offices import OFFICER, TestOffice
from tests.tui.work_app import a_call, working


async def test_keys_that_come_before_the_screen_is_ready_are_not_lost(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.app.push_screen(PromiseScreen(contact, matter))
        work.fill("by", "16:00")
        await work.pilot.press("enter")
        await work.settle()
        assert len(await work.ask(promises.promises_of, matter)) == 1


async def test_a_digit_before_the_screen_is_ready_is_an_answer(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.app.push_screen(ComplaintScreen(contact, matter))
        await work.pilot.press("3")
        await work.settle()
        (taken,) = await work.ask(complaints.complaints_of, matter)
        assert taken.restricted


async def test_enter_twice_records_once(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(ReferralScreen(contact, matter))
        work.fill("words", "samaritans")
        await work.settle()
        await work.pilot.press("enter", "enter")
        await work.settle()
        assert len(await work.ask(referrals.referrals_of, matter)) == 1


async def test_on_another_row_it_asks_which_is_meant(office: TestOffice):
    contact, matter = a_call(office)
    desk = office.sign_in(OFFICER)
    other = new_matter(desk, "Something else")
    async with working(office) as work:
        await work.open(PromiseScreen(contact, other))
        assert "c this call" in work.text
        await work.press("c")
        work.fill("by", "16:00")
        await work.press("enter")
        assert len(await work.ask(promises.promises_of, matter)) == 1
        assert await work.ask(promises.promises_of, other) == ()


async def test_a_call_without_a_matter_gets_one(office: TestOffice):
    from enquiry_tui.desk import contacts

    desk = office.sign_in(OFFICER)
    contact = contacts.begin_contact(desk).uid
    async with working(office) as work:
        await work.open(PromiseScreen(contact, ""))
        work.fill("by", "16:00")
        await work.press("enter")
        view = await work.ask(contacts.view, contact)
        assert len(await work.ask(promises.promises_of, view.enquiry_uid)) == 1


async def test_call_keys_go_to_the_screen_below_and_the_draft_stays(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(PromiseScreen(contact, matter))
        work.fill("what", "half a promise")
        await work.settle()
        await work.press("f3")
        assert work.home.done == ["who"]
        await work.open(PromiseScreen(contact, matter))
        assert work.field("what").value == "half a promise"


async def test_a_lock_takes_the_words_off_the_screen_and_keeps_them(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(ComplaintScreen(contact, matter))
        work.fill("when", "CANARY counter")
        await work.settle()
        work.app.lock_now("asked")
        await work.pilot.pause()
        await work.pilot.pause()
        assert "CANARY" not in work.text
