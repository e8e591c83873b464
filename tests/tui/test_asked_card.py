from __future__ import annotations

from tests.desk.offices import TestOffice
from tests.tui.desk_app import DeskApp, desk_app
from tests.tui.test_enquiry import open_call, parking

LEDGER = "SELECT decision, content FROM ledger"


def earlier(office: TestOffice) -> None:
    parking(office)
    office.clock.advance(seconds=86_400)


async def stopped(run: DeskApp) -> None:
    await open_call(run)
    assert "Shift+Tab, Enter checks who is asking" in run.text, "Enter writes in the note now"
    await run.press("f3", "tab", "4", "escape")


async def test_after_a_stopped_check_enter_refuses_as_the_card_offers(office: TestOffice) -> None:
    earlier(office)
    async with desk_app(office) as run:
        await stopped(run)
        assert "alone on line" not in run.text
        assert "Enter: refused, said in these words" in run.text
        await run.press("enter")
        assert [dict(line) for line in await run.rows(LEDGER)] == [
            {"decision": "refuse", "content": 0}
        ]
        await run.press("f12")
        assert run.name == "DeskScreen", "what is on the record is not asked about"


async def test_a_call_that_would_leave_its_check_without_a_decision_asks_first(
    office: TestOffice,
) -> None:
    earlier(office)
    async with desk_app(office) as run:
        await stopped(run)
        await run.press("f12")
        assert "Nothing of this call is in the ledger" in run.text
        await run.press("escape")
        assert run.name == "MatterScreen" and not await run.rows(LEDGER)
        await run.press("f12", "r")
        assert run.name == "DeskScreen"
        assert (await run.rows(LEDGER))[0]["decision"] == "refuse"


async def test_a_call_ended_from_the_desk_asks_too(office: TestOffice) -> None:
    earlier(office)
    async with desk_app(office) as run:
        await stopped(run)
        await run.press("escape")
        assert run.name == "DeskScreen"
        await run.press("f12")
        assert "Nothing of this call is in the ledger" in run.text
        await run.press("n")
        assert (await run.rows("SELECT state FROM contact ORDER BY id DESC"))[0]["state"] == "ended"
