"""The routines of a desk, counted in key presses: text is not counted, every other key is."""

from __future__ import annotations

from enquiry_tui.desk import directory, enquiries, quicklog
from enquiry_tui.desk.desk import Desk
from enquiry_tui.tui import others
from tests.desk.calls import confirmed
from tests.desk.offices import OFFICER, TestOffice
from tests.tui.desk_app import DeskApp, desk_app, logged

CODE = "SELECT code_word FROM enquiry ORDER BY id LIMIT 1"
LEDGER = "SELECT decision, item, content FROM ledger ORDER BY id"


def three_weeks_old(office: TestOffice) -> str:
    done = logged(office, "letter Siân O'Brien 07700 900412 ~ parking at the school gates")[0]
    desk = office.sign_in(OFFICER)
    due = desk.calendar.add_working_days(desk.today(), 20)
    enquiries.set_with(desk, done.enquiry_uid, "Estates")
    enquiries.set_due(desk, done.enquiry_uid, due, "20 working days")
    office.clock.advance(seconds=21 * 86_400)
    office.sign_out()
    return str(done.enquiry_uid)


def confirm_phone(desk: Desk) -> None:
    point = desk.store.one("SELECT uid FROM contact_point")
    assert point is not None
    confirmed(desk, str(point["uid"]))


async def told(run: DeskApp) -> list[str]:
    return [row["item"] for row in await run.rows(LEDGER) if row["content"]]


async def test_a_message_for_the_chief_takes_two_keys(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt 07700 900111 >chief ~ please ring her")
        await run.press("enter")
        assert run.presses == 2
        message = (await run.rows("SELECT * FROM message"))[0]
        assert message["for_whom"] == "chief" and message["state"] == "taken"
        assert (await run.rows("SELECT state FROM contact"))[0]["state"] == "ended"


async def test_progress_with_reference_and_code_word_takes_five_keys(office: TestOffice) -> None:
    three_weeks_old(office)
    async with desk_app(office) as run:
        word = (await run.rows(CODE))[0]["code_word"]
        await run.press("n")
        await run.type("26-1")
        await run.press("f3")
        await run.type(word)
        await run.press("enter", "enter", "f12")
        assert run.presses == 5
        assert run.name == "DeskScreen"
        assert len(await told(run)) == 3
        assert (await run.rows("SELECT state FROM contact ORDER BY id DESC"))[0]["state"] == "ended"


async def test_progress_without_a_reference_takes_eight_keys(office: TestOffice) -> None:
    three_weeks_old(office)
    desk = office.sign_in(OFFICER)
    confirm_phone(desk)
    office.sign_out()
    office.clock.advance(seconds=86_400)
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Sian Obrien letter three weeks ago")
        await run.press("down", "enter", "f3")
        await run.type("parking at the school gates")
        await run.press("enter")
        await run.type("07700 900412")
        await run.press("enter", "enter", "f12")
        assert run.presses == 8
        assert len(await told(run)) == 3


async def test_the_same_caller_again_within_the_day_takes_four_keys(office: TestOffice) -> None:
    uid = three_weeks_old(office)
    desk = office.sign_in(OFFICER)
    person = desk.store.one("SELECT uid FROM person")
    assert person is not None
    request = quicklog.LineRequest("26-1 chasing", person_uid=person["uid"], enquiry_uid=uid)
    quicklog.log_line(desk, request)
    office.clock.advance(seconds=3600)
    office.sign_out()
    async with desk_app(office) as run:
        word = (await run.rows(CODE))[0]["code_word"]
        await run.screen.go_to_row(uid)
        await run.settle()
        await run.press("plus")
        await run.type(word)
        await run.press("enter", "enter", "f12")
        assert run.presses == 4
        assert len(await told(run)) == 3


async def test_a_second_call_in_the_middle_takes_three_keys(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ long story")
        await run.press("tab")
        assert run.name == "MatterScreen"
        first = run.app.live.talking
        assert first is not None
        await run.type(" and then")
        run.presses = 0
        await run.press("f2")
        await run.type("Tom Bright >chief ~ ring him")
        await run.press("enter", "f2")
        assert run.presses == 3
        assert run.name == "MatterScreen"
        talking = run.app.live.talking
        assert talking is not None and talking.uid == first.uid
        assert run.app.focused is not None and run.app.focused.id == "note"
        assert run.screen.note.text.endswith("and then")
        assert len(await run.rows("SELECT * FROM message")) == 1


async def test_refusing_third_party_facts_takes_five_keys(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt 07700 900111 ~ daughter's ex moved near the school, where is he")
        await run.press("f4", "5", "enter", "f12")
        assert run.presses == 5
        assert run.name == "DeskScreen"
        line = (await run.rows(LEDGER))[0]
        assert line["decision"] == "refuse" and not line["content"]
        assert (await run.rows("SELECT state FROM contact"))[0]["state"] == "ended"


async def test_sending_a_journalist_to_the_press_office_takes_five_keys(
    office: TestOffice,
) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Kay Dunn, Courier ~ has the Chief been served papers? Deadline 17:00")
        await run.press("f4", "j", "enter", "f12")
        assert run.presses == 5
        assert run.name == "DeskScreen"
        message = (await run.rows("SELECT * FROM message"))[0]
        assert message["for_whom"] == "Press office" and "Deadline 17:00" in message["words"]
        assert (await run.rows(LEDGER))[0]["decision"] == "route"


async def test_an_official_who_wants_data_takes_six_keys(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("DI Marsh, Northmere Police withheld ~ wants address Dawn Pell, custody")
        await run.press("f4", "g", "5", "enter", "f12")
        assert run.presses == 6
        assert run.name == "DeskScreen"
        assert (await run.rows(LEDGER))[0]["decision"] == "route"
        assert (await run.rows("SELECT for_whom FROM message"))[0]["for_whom"] == "Safeguarding hub"


async def test_parking_a_ring_back_through_a_switchboard_takes_five_more_keys(
    office: TestOffice,
) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Tom Ash, solicitors ~ chasing our reply")
        await run.press("f4", "s", "2")
        run.presses = 0
        await run.press("f3", "tab", "b")
        await run.type("01632 960250 the regulator's register")
        await run.press("enter", "f12")
        assert run.presses == 5
        assert run.name == "DeskScreen"
        promise = (await run.rows("SELECT * FROM promise"))[0]
        assert "regulator's register" in promise["what"] and promise["state"] == "open"


async def test_urgent_harm_is_up_with_one_key(office: TestOffice) -> None:
    async with desk_app(office) as run:
        run.app.urgent_screen = lambda: others.make("urgent")
        await run.press("f9")
        assert run.presses == 1
        assert run.name == "UrgentScreen"
        assert run.app.focused is not None and run.app.focused.id == "where"


async def test_a_wrong_desk_with_the_number_given_takes_four_keys(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Ola Bremner 07700 900333 ~ lost her purse on the bus")
        await run.press("f5")
        await run.type("lost prop")
        await run.press("enter", "f12")
        assert run.presses == 4
        assert run.name == "DeskScreen"
        referral = (await run.rows("SELECT kind, fields, state FROM referral"))[0]
        assert referral == {"kind": "signpost", "fields": "", "state": "given"}
        assert (await run.rows("SELECT state FROM contact"))[0]["state"] == "ended"


async def test_a_rude_officer_to_professional_standards_takes_seven_keys(
    office: TestOffice,
) -> None:
    desk = office.sign_in(OFFICER)
    directory.confirm_entry(desk, "psd", "rang the switchboard")
    office.sign_out()
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Ola Bremner 07700 900333 ~ officer at the counter swore at me, rude")
        await run.press("f6", "1")
        await run.type("Mon 23 Nov, Harlow counter; tall, beard")
        await run.press("enter")
        await run.type("an apology")
        await run.press("enter", "y", "f12")
        assert run.presses == 7
        assert run.name == "DeskScreen"
        taken = (await run.rows("SELECT * FROM complaint"))[0]
        assert (taken["state"], taken["read_back"]) == ("passed", "agreed")
        assert taken["when_where"] == "Mon 23 Nov, Harlow counter"
        assert (await run.rows("SELECT state FROM contact"))[0]["state"] == "ended"


async def test_a_promise_with_a_time_takes_two_more_keys(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt 07700 900111 ~ who has her letter")
        await run.press("tab")
        run.presses = 0
        await run.press("f7")
        await run.type("16:00")
        await run.press("enter")
        assert run.presses == 2
        promise = (await run.rows("SELECT due_at, safe_number, state FROM promise"))[0]
        assert promise["due_at"].startswith("2026-11-24T16:00")
        assert promise["safe_number"]


async def test_each_letter_in_the_post_takes_four_keys(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("p")
        run.presses = 0
        for sender, about, whom, kind in (
            ("Ann Mercer", "Thank-you", "chief", "m"),
            ("Lane MP office", "Speeding on the A414", "chief", "e"),
        ):
            for words in (sender, about, whom):
                await run.type(words)
                await run.press("tab")
            await run.type(kind)
            await run.press("enter")
        assert run.presses == 8
        kept = await run.rows("SELECT sender FROM letter ORDER BY id")
        assert [row["sender"] for row in kept] == ["Ann Mercer", "Lane MP office"]
