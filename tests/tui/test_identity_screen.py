from __future__ import annotations

import pytest

from enquiry_tui.desk import messages
from enquiry_tui.desk.people import NewMarker, set_marker
from enquiry_tui.domain.vocabulary import InfoClass, Kind, MarkerKind
from enquiry_tui.tui.screens.identity import IdentityScreen
from enquiry_tui.tui.widgets.blind import BlindInput
from tests.desk.offices import OFFICER, SECOND
from tests.tui.gate_scenes import HOSTILE, AtGate, at_gate, scene, staged

__all__ = ["scene", "staged"]

CHECKS = "SELECT * FROM identity_check ORDER BY id"


async def ask(gate: AtGate, info_class: InfoClass | None = None) -> IdentityScreen:
    screen = IdentityScreen(gate.contact, gate.scene.matter, info_class)
    await gate.show(screen)
    return screen


async def test_code_word_and_one_other_item_reach_the_level_and_leave_at_once(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        assert "R:low one MATTER item + one other" in gate.words
        assert "misses 0 of 3" in gate.words
        assert gate.app.focused is not None and gate.app.focused.id == "said"
        await gate.fill(scene.code_word)
        assert "Matches. Not enough yet." in gate.words and "one MATTER" in gate.words
        await gate.fill(scene.reference)
        assert gate.results == [True] and gate.name == "Below"
        assert gate.app.live.talking is not None
        assert "RECOGNISED low" in gate.app.live.talking.checked
        check = (await gate.rows(CHECKS))[0]
        assert check["outcome"] == "passed" and check["recognition"] == "low"


async def test_nothing_that_was_typed_is_kept_anywhere(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        screen = await ask(gate)
        box = screen.query_one(BlindInput)
        await gate.type(HOSTILE)
        assert "CANARY7741" in box.value
        box.select_all()
        box.action_copy()
        box.action_cut()
        await gate.press("enter")
        assert box.value == "" and gate.app.clipboard == ""
        await gate.type("SECRET PLACE CM17 9AA")
        await gate.press("escape")
        assert gate.results == [False]
        await gate.app.drafts.flush()
        kept = await gate.everything_kept()
        for word in ("CANARY7741", "SECRET", "CM17"):
            assert word not in kept
            assert word not in "".join(gate.app.drafts._saved.values())
        assert gate.app.drafts.is_clean
        assert all("CANARY" not in str(vars(widget)) for widget in gate.app.screen.query("*"))
        check = (await gate.rows(CHECKS))[0]
        assert check["misses"] == 1 and check["outcome"] is None


async def test_a_key_that_fell_into_the_box_is_no_miss(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        await gate.fill("a1")
        assert "was not compared" in gate.words and "more that could be tried" in gate.words
        assert (await gate.rows(CHECKS))[0]["misses"] == 0


async def test_where_no_check_opens_it_the_screen_says_only_that(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        for info_class, kind in ((InfoClass.THIRD_PARTY, None), (InfoClass.PUBLIC, Kind.MEDIA)):
            if kind is not None:
                await gate.ring(kind)
            await ask(gate, info_class)
            assert "No check opens this from here. F4 for the words." in gate.words
            assert "THEY SAID" not in gate.words and "If it fails" not in gate.words
            assert await gate.rows(CHECKS) == []
            await gate.press("escape")


async def test_three_misses_close_the_box_and_the_next_officer_sees_them(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        for wrong in ("about a dog", "cm17 9aa", "3 may"):
            await gate.fill(wrong)
        assert "the box is closed for today" in gate.words
        assert not gate.screen.query_one("#box").display
        assert "if we hold a way to reach you" in gate.words.casefold()
        assert "✗ postcode" in gate.words
    async with at_gate(scene, SECOND) as gate:
        await gate.ring()
        await ask(gate)
        assert "misses 3 of 3, 3 earlier today" in gate.words
        assert not gate.screen.query_one("#box").display


async def test_one_hard_flag_stops_it_and_taking_it_off_revives_nothing(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        await gate.press("tab", "3")
        assert "STOPPED" in gate.text and "3 [x]" in gate.text
        await gate.press("3")
        assert "3 [ ]" in gate.text and "STOPPED" in gate.text
        assert (await gate.rows(CHECKS))[0]["outcome"] == "stopped"
        assert gate.app.live.talking is not None
        assert "CHECK STOPPED" in gate.app.live.talking.checked


async def test_three_soft_flags_mean_ring_back_first(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        await gate.press("tab", "6", "7", "0")
        assert "Ring back, on a number that we found" in gate.words
        await gate.press("tab")
        await gate.fill(scene.code_word)
        await gate.fill(scene.reference)
        assert "Three flags: ring back first." in gate.words
        await gate.press("tab", "b")
        assert "••" in gate.text and "900412" not in gate.text
        await gate.type("1")
        await gate.press("down")
        await gate.fill(HOSTILE)
        assert gate.results == [True]
        check = (await gate.rows(CHECKS))[0]
        assert check["outcome"] == "passed" and check["recognition"] == "medium"


async def test_a_solicitor_needs_the_firm_rung_and_the_clients_authority(scene):
    async with at_gate(scene) as gate:
        await gate.ring(Kind.SOLICITOR)
        await ask(gate)
        assert "their office rung back and signed authority" in gate.words
        await gate.press("tab", "a")
        assert "write down: authority signed by the person" in gate.words
        await gate.fill("1")
        assert "Source: ICO" in gate.words
        said = ("Janet Holt", "3 nov", "1", f"parking {HOSTILE}", "in the file", "register", "")
        for words in said:
            await gate.fill(words)
        assert gate.results == [] and "one paper" in gate.words
        assert "for Janet Holt, until Wed 3 Nov 2027" in gate.words
        await gate.press("b")
        await gate.type("01632 960250, the regulator's register")
        await gate.press("down")
        await gate.fill("Ms Reed, put through by name")
        assert gate.results == [True]
        leg = (await gate.rows("SELECT * FROM leg WHERE kind = 'ring-back'"))[0]
        assert leg["number_source"] == "the regulator's register"


async def test_the_callers_own_number_is_never_rung_back(scene):
    from enquiry_tui.desk import contacts

    async with at_gate(scene) as gate:
        await gate.ring(Kind.OTHER_AGENCY)
        await gate.do(contacts.set_phone, gate.contact, "01632 960250")
        await ask(gate)
        await gate.press("tab", "b")
        await gate.type("01632 960250 they said so")
        await gate.press("down")
        await gate.fill("DI Marsh")
        assert "That is the number the caller rang from or gave." in gate.words
        await gate.press("escape")
        assert gate.name == "IdentityScreen"


async def test_a_marker_raises_it_and_says_why_and_company_shuts_it(scene):
    desk = scene.office.sign_in(OFFICER)
    marker = NewMarker(
        MarkerKind.DOMESTIC_ABUSE, "ring after 16:00 only", "said so", desk.today(), scene.person
    )
    set_marker(desk, marker)
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        assert "R:medium" in gate.words
        assert "raised because ring after 16:00 only" in gate.words
        await gate.press("tab", "w")
        assert "w [x]" in gate.text and "Only public, until cleared." in gate.words
        await gate.press("w")
        assert "w [ ]" in gate.text and "R:medium" in gate.words


async def test_looking_is_not_checking_and_what_was_tried_is_kept(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        await gate.press("escape")
        assert (await gate.rows(CHECKS))[0]["outcome"] == "not-needed"
        await ask(gate)
        await gate.fill(scene.code_word)
        await gate.press("escape")
        assert (await gate.rows(CHECKS))[1]["outcome"] is None
        await ask(gate)
        assert "✓ code word" in gate.words
        await gate.press("tab", "f")
        assert (await gate.rows(CHECKS))[1]["outcome"] == "failed"
        assert "if we hold" in gate.words.casefold()
        await gate.press("f4")
        assert gate.below.done == ["say"]


async def test_the_answer_may_go_to_the_contact_held_and_a_pretext_is_stopped(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        await gate.press("tab", "h")
        assert "Answer goes to the contact we hold" in gate.words
        assert len(await gate.rows("SELECT * FROM bring_forward")) == 1
        await gate.press("q")
        check = (await gate.rows(CHECKS))[0]
        assert check["pretext"] == 1 and check["outcome"] == "stopped"
        await gate.press("f12")
        assert gate.below.done == ["end"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_everything_stands_on_a_small_screen_and_a_wide_one(scene, size):
    async with at_gate(scene, size=size) as gate:
        await gate.ring()
        await ask(gate)
        for words in (
            "WHO IS ASKING?",
            "THEY SAID",
            "Not kept, not shown.",
            "0 [ ] cross when asked",
            "w [ ] someone is with them",
            "q suspected pretext, stop",
            "· code word",
            "If it fails",
            "Enter compare",
            "h answer to held",
            "F12 end",
        ):
            assert words in gate.text, words


async def test_a_stop_names_the_message_that_went_before_it(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await gate.do(
            messages.take_message,
            messages.TakeMessage(scene.matter, "Estates", "please ring her", gate.contact),
        )
        await ask(gate)
        await gate.press("tab", "q")
        assert "Message to Estates still stands" in gate.words
