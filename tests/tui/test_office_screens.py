from __future__ import annotations

from enquiry_tui.desk import session
from enquiry_tui.tui.screens.audit import AuditScreen
from enquiry_tui.tui.screens.officers import OfficersScreen
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice, passphrase_of
from tests.tui.work_app import working


async def answer(work, *answers: str) -> None:
    for words in answers:
        work.fill("prompt-line", words)
        await work.press("enter")


async def test_a_new_officer_gets_a_passphrase_that_is_shown_once(office: TestOffice):
    async with working(office, SUPERVISOR) as work:
        await work.open(OfficersScreen())
        assert "PB-0142" in work.text
        await work.press("a")
        await answer(work, "PB-0777", "Kit Nolan")
        await work.press("o", "n")
        work.fill("prompt-secret", passphrase_of(SUPERVISOR))
        await work.press("enter")
        assert "shown this once" in work.text
        assert "PB-0777" in [item.handle for item in await work.ask(session.list_officers)]
        await work.press("escape")
        await work.open(OfficersScreen())
        assert "shown this once" not in work.text


async def test_with_a_wrong_passphrase_no_account_is_made(office: TestOffice):
    async with working(office, SUPERVISOR) as work:
        await work.open(OfficersScreen())
        await work.press("a")
        await answer(work, "PB-0777", "Kit Nolan")
        await work.press("o", "n")
        work.fill("prompt-secret", "not the passphrase at all")
        await work.press("enter")
        assert "PB-0777" not in [item.handle for item in await work.ask(session.list_officers)]


async def test_an_officer_who_is_no_administrator_adds_nobody(office: TestOffice):
    async with working(office, OFFICER) as work:
        await work.open(OfficersScreen())
        await work.press("a")
        assert "may not" in work.text


async def test_own_events_are_read_and_the_record_is_verified(office: TestOffice):
    async with working(office) as work:
        await work.open(AuditScreen())
        assert "your own acts" in work.text
        assert "session.sign-in" in work.text
        await work.press("v")
        assert "VERIFIED" in work.text
