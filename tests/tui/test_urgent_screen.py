from __future__ import annotations

import pytest
from textual.widgets import Input

from enquiry_tui.desk import contacts
from enquiry_tui.domain.emergency import Card, Ending
from enquiry_tui.tui.screens.urgent import UrgentScreen
from tests.tui.gate_scenes import HOSTILE, AtGate, at_gate, scene, staged

__all__ = ["scene", "staged"]

LINES = "SELECT words FROM urgent_line ORDER BY id"


async def open_it(gate: AtGate) -> UrgentScreen:
    gate.app.urgent_screen = UrgentScreen
    await gate.press("f9")
    screen = gate.screen
    assert isinstance(screen, UrgentScreen)
    return screen


async def log(gate: AtGate) -> list[str]:
    return [row["words"] for row in await gate.rows(LINES)]


async def test_where_comes_first_and_the_first_key_begins_the_record(scene):
    async with at_gate(scene) as gate:
        await open_it(gate)
        assert gate.app.focused is not None and gate.app.focused.id == "where"
        assert "999 · Force control room 01632 960999 NOT CONFIRMED" in gate.words
        assert await gate.rows("SELECT * FROM urgent") == []
        await gate.type("b")
        assert len(await gate.rows("SELECT * FROM urgent")) == 1
        await gate.fill("ridge, footbridge by station")
        assert await log(gate) == ["started", "where: bridge, footbridge by station"]
        focused = gate.app.focused
        assert focused is not None
        assert focused.id == "line"
        assert gate.app.live.talking is not None
        assert gate.app.never_locks()


async def test_a_slip_of_the_key_leaves_nothing(scene):
    async with at_gate(scene) as gate:
        await open_it(gate)
        await gate.press("escape", "escape")
        assert gate.name == "Below"
        assert await gate.rows("SELECT * FROM urgent") == []
        assert len(await gate.rows("SELECT * FROM contact")) == 1


async def test_every_enter_is_a_line_and_a_number_in_it_is_looked_up(scene):
    async with at_gate(scene) as gate:
        await open_it(gate)
        await gate.fill("bridge")
        await gate.fill(f"says {HOSTILE}")
        await gate.fill("rings from 07700 900412")
        assert "known: 1 record" in gate.text
        await gate.press("f3")
        assert "Matches our record of Siân O'Brien: a number is no person." in gate.words
        assert "2 phone 07700 900412" in gate.words
        assert "\x1b" not in gate.text
        events = await gate.rows("SELECT action FROM event ORDER BY seq DESC LIMIT 1")
        assert events[0]["action"] == "emergency.reveal"


async def test_what_the_control_room_was_told_stands_in_the_ledger_field_by_field(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await open_it(gate)
        await gate.press("f6")
        assert "F3 shows what is held" in gate.words
        await gate.type("bridge")
        await gate.press("f5", "f3", "f6")
        assert gate.name == "PromptScreen"
        await gate.pilot.press("ctrl+u")
        await gate.fill("1 2")
        assert "Force control room 01632 960999" in gate.words
        await gate.press("enter")
        lines = await gate.rows("SELECT item, route, basis FROM ledger ORDER BY id")
        assert [line["item"] for line in lines] == ["person.name", "contact_point.phone"]
        assert {line["route"] for line in lines} == {"emergency"}
        assert "✓ told" in gate.words and "a supervisor sees it" in gate.words.casefold()
        assert "control room dialled, given" in await log(gate)
        assert "F5 dialled, given 14:" in gate.words


async def test_it_goes_on_in_the_call_that_is_talked_to(scene):
    async with at_gate(scene) as gate:
        contact = await gate.ring()
        await open_it(gate)
        await gate.fill("bridge")
        found = await gate.rows(
            "SELECT k.uid FROM urgent AS u JOIN contact AS k ON k.id = u.contact_id"
        )
        assert [row["uid"] for row in found] == [contact]
        await gate.press("escape", "escape")
        await open_it(gate)
        assert gate.screen.query_one("#where", Input).value == "bridge"
        assert len(await gate.rows("SELECT * FROM urgent")) == 1


async def test_what_is_typed_after_dialling_goes_into_the_log(scene):
    async with at_gate(scene) as gate:
        await open_it(gate)
        await gate.fill("bridge")
        await gate.press("f5")
        await gate.fill("girl about 15")
        assert (await log(gate))[-1] == "girl about 15"
        gate.screen.query_one("#incident").focus()
        await gate.settle()
        await gate.fill("girl about fifteen")
        assert "it has no digit" in gate.words
        await gate.press("f5")
        assert (await log(gate)).count("control room dialled, given") == 2
        assert gate.screen.query_one("#incident", Input).value == "girl about fifteen"
        (row,) = await gate.rows("SELECT incident_number FROM urgent")
        assert row["incident_number"] == ""


async def test_incident_taken_by_and_refused_are_kept_and_a_refusal_asks_who_owns_it(scene):
    async with at_gate(scene) as gate:
        await open_it(gate)
        await gate.fill("bridge")
        gate.screen.query_one("#incident").focus()
        await gate.settle()
        await gate.fill("INC 4471")
        await gate.fill("Op. Reed")
        await gate.fill("perhaps")
        assert "Accepted or refused?" in gate.words
        gate.screen.query_one("#accepted").value = ""
        await gate.fill("refused")
        assert "who owns it now?" in gate.words
        row = (await gate.rows("SELECT * FROM urgent"))[0]
        assert (row["incident_number"], row["taken_by"], row["accepted"]) == (
            "INC 4471",
            "Op. Reed",
            "refused",
        )


async def test_a_dropped_line_is_promised_to_be_rung_back_until_they_are_rung(scene):
    async with at_gate(scene) as gate:
        await open_it(gate)
        await gate.fill("bridge")
        await gate.press("f7")
        assert "No number is known. Tell the control room" in gate.words
        await gate.fill("Kim Lane 07700 900318")
        assert "Ring back 07700 900318 by 14:02; F7 when you have rung" in gate.words
        promise = (await gate.rows("SELECT * FROM promise"))[0]
        assert promise["what"].startswith("URGENT") and promise["state"] == "open"
        await gate.press("f4")
        assert "LINE DROPPED · ring back by 14:02" in gate.text and "NEVER" in gate.text
        await gate.press("f7")
        await gate.fill("2")
        assert "again by 14:02" in (await log(gate))[-1]
        await gate.fill("rang again, she is back")
        assert "Rung back? F7 says what came of it" in gate.words
        await gate.press("f7")
        await gate.fill("1")
        assert "LINE DROPPED" not in gate.text
        assert (await gate.rows("SELECT state FROM promise"))[0]["state"] == "kept"
        assert (await log(gate))[-1] == "rung back: on the line again"


async def test_no_ending_is_on_the_record_that_nobody_chose(scene):
    async with at_gate(scene) as gate:
        await open_it(gate)
        await gate.fill("bridge")
        await gate.press("f7", "f12")
        for _ in range(5):
            await gate.press("enter")
        assert "How did it end?" in gate.words
        assert (await gate.rows("SELECT ended_at FROM urgent"))[0]["ended_at"] is None
        for words in ("3", "", ""):
            await gate.fill(words)
        assert (await gate.rows("SELECT how_ended FROM urgent"))[0]["how_ended"] == str(
            Ending.LINE_LOST
        )
        assert (await gate.rows("SELECT state FROM promise"))[0]["state"] == "open"
        (call,) = await gate.rows("SELECT how_ended FROM contact ORDER BY id DESC LIMIT 1")
        assert call["how_ended"] == "dropped"


async def test_what_stands_on_the_call_line_is_seen_at_once_and_stays_there_after_a_slip(scene):
    async with at_gate(scene) as gate:
        contact = await gate.ring()
        gate.app.calls.keep(contact).line = "Kim Lane 07700 900318 ~ on the roof"
        await open_it(gate)
        assert "takes over from the call line: Kim Lane 07700 900318" in gate.words
        await gate.press("escape", "escape")
        assert await gate.rows("SELECT * FROM urgent") == []
        assert gate.app.calls.keep(contact).line
        await open_it(gate)
        await gate.type("r")
        assert (await log(gate))[1] == "Kim Lane 07700 900318 ~ on the roof"


async def test_the_newest_line_of_a_long_log_stands_above_what_is_said(scene):
    async with at_gate(scene) as gate:
        await open_it(gate)
        await gate.fill("bridge")
        await gate.press("f3")
        assert "Type name and number into the log: looked up" in gate.words
        for number in range(5):
            await gate.fill(f"{number} " + "says that she has been there since the morning " * 2)
        await gate.fill("the newest")
        gate.screen.query_one("#incident").focus()
        await gate.settle()
        await gate.fill("none")
        assert "it has no digit" in gate.words and "the newest" in gate.words


async def test_the_end_asks_the_officer_and_ends_the_call(scene):
    async with at_gate(scene) as gate:
        await open_it(gate)
        await gate.fill("bridge")
        await gate.type("they are here")
        await gate.press("f12")
        assert "Ended. And you?" in gate.words and "incident number" in gate.words
        await gate.fill("INC 551")
        await gate.fill("Op. Reed")
        await gate.fill("walked off the bridge")
        await gate.fill("shaken")
        await gate.fill("Jaya")
        row = (await gate.rows("SELECT * FROM urgent"))[0]
        assert row["ended_at"] and row["officer_well"] == "shaken; told: Jaya"
        assert (row["incident_number"], row["taken_by"]) == ("INC 551", "Op. Reed")
        assert row["how_ended"] == "walked off the bridge"
        assert "they are here" in await log(gate)
        assert gate.app.live.talking is None
        assert gate.name == "Below"
        assert (await gate.rows("SELECT state FROM contact ORDER BY id DESC"))[0][
            "state"
        ] == "ended"


async def test_the_other_phone_is_handed_on_and_f9_comes_back(scene):
    async with at_gate(scene) as gate:
        await open_it(gate)
        await gate.fill("bridge")
        await gate.press("f2")
        assert gate.below.done == ["other"]
        assert (await log(gate))[-1] == "the other phone rings"
        screen = await open_it(gate)
        assert screen.query_one("#where", Input).value == "bridge"


async def test_a_lock_does_not_reach_it_and_hiding_does(scene):
    async with at_gate(scene) as gate:
        screen = await open_it(gate)
        gate.app.idle._since -= 100_000
        gate.app.idle._since_wall -= 100_000
        gate.app.lock_if_idle()
        assert gate.screen is screen and not gate.app.locked
        await gate.press("f8")
        assert gate.name == "HideScreen"
        await gate.press("space")
        assert gate.screen is screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_card_stands_whole_with_the_log_under_it(scene, size):
    async with at_gate(scene, size=size) as gate:
        await gate.ring()
        await gate.do(contacts.set_phone, gate.contact, "07700 900412")
        await open_it(gate)
        await gate.fill("bridge")
        await gate.press("f5", "f3")
        book = gate.screen._look.book
        for card in Card:
            text = " ".join(gate.text.split())
            for words in (*book.cards[card].ask, *book.cards[card].never):
                assert words in text, (card, words)
            if card.wants_exact_words:
                assert "exact words · voice · background · number shown" in text
            for words in (
                "1 ASK WHERE FIRST",
                "2 GET HELP NOW",
                "01632 960999",
                "3 STAY ON THE LINE",
                "INCIDENT",
                "TAKEN BY",
                "ACCEPTED",
                "control room dialled, given",
                "F12 end",
                "F7 line dropped",
                "nothing here needs a check",
                "a number is no person",
            ):
                assert words in text, words
            await gate.press("f4")


async def test_the_line_of_the_log_is_never_pushed_off_the_screen(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await open_it(gate)
        await gate.fill("bridge")
        await gate.press("f3", "f7")
        for number in range(6):
            await gate.fill(f"line {number}")
        assert "line 5" in gate.text
        await gate.type("still typing")
        assert "still typing" in gate.text and "F12 end" in gate.text


async def test_a_place_that_is_not_entered_yet_is_kept_and_comes_back(scene):
    async with at_gate(scene) as gate:
        await open_it(gate)
        await gate.type("footbri")
        await gate.app.drafts.flush()
        [kept] = await gate.rows("SELECT place, body FROM draft")
        assert kept["place"] == "urgent" and "footbri" in kept["body"]
        gate.app.pop_screen()
        await gate.press("f9")
        where = gate.screen.query_one("#where", Input)
        assert where.value == "footbri"
        where.focus()
        await gate.press("enter")
        await gate.app.drafts.flush()
        assert await gate.rows("SELECT * FROM draft") == []
        assert await log(gate) == ["started", "where: footbri"]
