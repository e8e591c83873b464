from __future__ import annotations

import threading
from datetime import date

import pytest

from enquiry_tui.desk import contacts, gate_views, people, ring_backs
from enquiry_tui.desk.authorities import NewAuthority, add_authority, take_authority
from enquiry_tui.desk.checks import open_check
from enquiry_tui.domain.authorities import AuthorityKind
from enquiry_tui.domain.gate import neutral_sentence
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.vocabulary import Authority, Channel, Decision, InfoClass, Kind
from enquiry_tui.tui.screens.identity import IdentityScreen
from enquiry_tui.tui.screens.say import SayScreen
from enquiry_tui.tui.store_thread import Priority
from enquiry_tui.tui.widgets.entry import SecretInput
from enquiry_tui.tui.widgets.words import WordsArea
from tests.desk.calls import confirmed
from tests.desk.offices import DEPUTY, OFFICER, SECOND, passphrase_of
from tests.tui.gate_scenes import HOSTILE, AtGate, at_gate, scene, set_scene, staged

__all__ = ["scene", "staged"]

LEDGER = (
    "SELECT l.*, w.words FROM ledger AS l LEFT JOIN ledger_words AS w ON w.ledger_id = l.id"
    " ORDER BY l.id"
)


async def ask(gate: AtGate, info_class: InfoClass | None = None) -> SayScreen:
    screen = SayScreen(gate.contact, gate.scene.matter, info_class)
    await gate.show(screen)
    return screen


def card(gate: AtGate) -> WordsArea:
    area: WordsArea = gate.screen.query_one(WordsArea)
    return area


async def recognised(gate: AtGate) -> None:
    """Pass a check by code word and reference."""
    await gate.show(IdentityScreen(gate.contact, gate.scene.matter))
    await gate.fill(gate.scene.code_word)
    await gate.fill(gate.scene.reference)
    assert gate.name == "Below"


async def test_the_neutral_sentence_stands_before_anything_is_looked_up(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        wait = threading.Event()
        gate.app.store.submit(wait.wait, Priority.SAVE)
        gate.app.push_screen(SayScreen(gate.contact, scene.matter))
        for _ in range(5):
            await gate.pilot.pause()
        assert card(gate).text == neutral_sentence()
        assert "NEVER" not in gate.text
        wait.set()
        await gate.settle()
        assert card(gate).text == neutral_sentence()
        assert "✗ NEVER" in gate.text


async def test_a_refusal_needs_neither_kind_nor_class_and_is_recorded_once(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        await gate.press("enter", "enter")
        lines = await gate.rows(LEDGER)
        assert [line["decision"] for line in lines] == ["refuse"]
        assert lines[0]["content"] == 0
        assert "on the record already" in gate.words
        await gate.press("f12")
        assert gate.below.done == ["end"]


async def test_every_kind_and_class_has_its_key_and_the_verdict_follows_at_once(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        for kind in Kind:
            await gate.press(kind.key)
            assert f"{kind.key}▸{kind.label}" in gate.text
        row = (await gate.rows("SELECT kind FROM contact WHERE uid = ?", gate.contact))[0]
        assert row["kind"] == Kind.OFFICIAL_CALLER
        for info_class in InfoClass:
            await gate.press(str(info_class.digit))
            assert f"{info_class.digit}▸{info_class.label}" in gate.text


async def test_a_journalist_is_routed_with_the_message_to_the_press_office(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await gate.do(contacts.save_note, gate.contact, f"Kay, Courier, by 17:00 {HOSTILE}")
        await ask(gate)
        await gate.press("j", "1")
        assert "→ ROUTE" in gate.text and "Press office 01632 960118" in gate.words
        await gate.press("enter")
        message = (await gate.rows("SELECT * FROM message"))[0]
        assert message["for_whom"] == "Press office" and "by 17:00" in message["words"]
        assert [line["decision"] for line in await gate.rows(LEDGER)] == ["route"]


async def test_where_there_are_several_doors_the_officer_says_which(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        await gate.press("w", "5")
        assert "Enter asks which" in gate.words and "(the ICO)" in gate.words
        assert "One door for each body" in gate.words
        assert "(telephone/oversight-body/sensitive)" in gate.words
        await gate.press("enter")
        assert gate.name == "PromptScreen"
        await gate.fill("2")
        await gate.fill("wants the file")
        message = (await gate.rows("SELECT * FROM message"))[0]
        assert message["for_whom"] == "Data protection officer"


async def test_after_the_check_enter_tells_the_lines_in_the_words_on_the_card(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        await gate.press("2")
        assert "? CHECK FIRST" in gate.text and "R:low: F3 checks it" in gate.words
        await gate.press("f3")
        await gate.fill(scene.code_word)
        await gate.fill(scene.reference)
        assert gate.name == "SayScreen" and "✓ RELEASE" in gate.text
        said = card(gate).text
        assert "Estates" in said
        await gate.press("enter")
        lines = await gate.rows(LEDGER)
        assert [line["item"] for line in lines] == [
            "enquiry.received_on",
            "enquiry.held_by",
            "enquiry.due_on",
        ]
        assert " ".join(line["words"] for line in lines) == said
        assert {line["route"] for line in lines} == {"told"}
        asked = await gate.rows("SELECT * FROM ask")
        assert [item["decision"] for item in asked] == ["release"]


async def test_what_a_check_opened_is_offered_first_and_blank_is_strict_again(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        assert "class not chosen" in gate.words
        await gate.press("escape")
        await recognised(gate)
        await ask(gate)
        assert "2▸own progress" in gate.text and "✓ RELEASE" in gate.text
        await gate.press("enter", "escape")
        await ask(gate)
        assert "class not chosen" in gate.words and "✗ NEVER" in gate.text


async def test_words_said_otherwise_are_recorded_as_they_were_said(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await recognised(gate)
        await ask(gate, InfoClass.OWN_PROGRESS)
        await gate.press("tab")
        await gate.type(HOSTILE)
        assert "Said otherwise" in gate.words
        await gate.press("escape")
        assert gate.name == "SayScreen"
        await gate.press("enter")
        words = {line["words"] for line in await gate.rows(LEDGER)}
        assert len(words) == 1 and "CANARY7741" in words.pop()


async def test_another_question_stands_beside_the_first(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        await gate.press("4", "plus")
        assert "Another question" in gate.words and "class not chosen" in gate.words
        await gate.press("6", "escape")
        asked = await gate.rows("SELECT info_class, decision FROM ask ORDER BY id")
        assert [(item["info_class"], item["decision"]) for item in asked] == [
            ("third-party", None),
            ("operational", None),
        ]
        await ask(gate)
        assert "6▸operational" in gate.text
        await gate.press("enter")
        asked = await gate.rows("SELECT decision FROM ask ORDER BY id")
        assert [item["decision"] for item in asked] == [None, "refuse"]


async def test_down_chooses_one_of_seven_decisions_the_allowed_ones_first(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        await gate.press("4", "down")
        assert "▸ refuse" in gate.words and gate.words.count("not open here") == 3
        await gate.press("down", "up", "down")
        assert "▸ neither confirm nor deny" in gate.words
        await gate.press("enter")
        line = (await gate.rows(LEDGER))[0]
        assert line["decision"] == "neither-confirm-nor-deny"


async def test_a_message_asks_for_whom_and_the_answer_to_held_needs_a_held_contact(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        await gate.press("2", "enter")
        assert gate.name == "PromptScreen"
        assert "Message  " in gate.text
        await gate.fill("the staff officer")
        await gate.fill(f"please ring {HOSTILE}")
        assert "Message for the staff officer taken, not passed yet: please ring" in gate.words
        message = (await gate.rows("SELECT * FROM message"))[0]
        assert message["for_whom"] == "the staff officer"
        await gate.press("plus", "3", "h")
        assert "Answer goes to the contact we hold" in gate.words
        await gate.press("escape")
        await gate.ring(person_uid="")
        await ask(gate)
        await gate.press("3", "h")
        assert len(await gate.rows(LEDGER)) == 2
        assert "✗" in gate.words and gate.name == "SayScreen"


async def test_need_to_know_is_asked_before_a_colleague_is_told_anything(scene):
    async with at_gate(scene) as gate:
        await gate.ring(Kind.OWN_FORCE)
        check = await gate.do(open_check, gate.contact)
        ring = ring_backs.RingBack(
            check.uid, number="01632 960250", source="internal directory", answered_by="PC Low"
        )
        need = Need(authorities=frozenset({Authority.ORG}))
        await gate.do(ring_backs.ring_back, ring, until=need)
        await ask(gate, InfoClass.THIRD_PARTY)
        assert "what it is needed for: you are asked for it when you choose" in gate.words
        await gate.press("tab")
        card(gate).load_text("He asked us once.")
        await gate.press("escape", "down")
        order = [item for item, _ in gate.screen._view.decisions]
        await gate.press(*["down"] * [str(item) for item in order].index("part"), "enter")
        assert gate.name == "PromptScreen"
        await gate.fill("to close his own report")
        line = (await gate.rows(LEDGER))[0]
        assert (line["decision"], line["words"]) == ("part", "He asked us once.")


async def test_an_override_takes_two_officers_and_forgets_the_passphrase(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        await gate.press("4", "O")
        assert gate.name == "SayScreen"
        await gate.press("2", "O")
        assert gate.name == "OverrideScreen"
        await gate.fill(f"she is at the hospital {HOSTILE}")
        await gate.fill(SECOND)
        await gate.fill(passphrase_of(SECOND))
        await gate.app.workers.wait_for_complete()
        await gate.settle()
        assert "role cannot countersign" in gate.words
        assert gate.screen.query_one(SecretInput).value == ""
        gate.screen.query_one("#handle").value = DEPUTY
        await gate.fill(passphrase_of(DEPUTY))
        await gate.app.workers.wait_for_complete()
        await gate.settle()
        assert gate.name == "SayScreen"
        line = (await gate.rows(LEDGER))[0]
        assert line["route"] == "override" and line["second_officer"]
        assert passphrase_of(DEPUTY) not in await gate.everything_kept()


async def test_what_was_said_in_error_is_recordable_whatever_the_gate_says(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        await gate.press("x")
        assert gate.name == "SaidInErrorScreen"
        await gate.fill("")
        await gate.fill("")
        await gate.fill("9")
        await gate.fill("")
        await gate.fill("")
        assert "Which class was it?" in gate.words
        gate.screen.query_one("#said").value = f"his due date {HOSTILE}"
        gate.screen.query_one("#about").value = "2"
        gate.screen.query_one("#happened").focus()
        await gate.fill("13:40")
        assert gate.name == "SayScreen"
        line = (await gate.rows(LEDGER))[0]
        assert line["route"] == "incident" and line["info_class"] == "own-progress"
        assert len(await gate.rows("SELECT * FROM incident")) == 1


async def test_a_letter_is_answered_only_to_an_address_confirmed_before_it(scene):
    async with at_gate(scene) as gate:
        await gate.ring(channel=Channel.LETTER)
        await ask(gate, InfoClass.OWN_PROGRESS)
        await gate.press("down")
        assert gate.words.count("not open here") >= 2
        await gate.press("escape", "escape")
    office = scene.office
    desk = office.sign_in(OFFICER)
    point = people.add_contact_point(
        desk, scene.person, "address", "1 High St, Harlow CM20 1AA", "on the letter"
    )
    confirmed(desk, point)
    office.clock.advance(seconds=86_400)
    async with at_gate(scene) as gate:
        await gate.ring(channel=Channel.LETTER)
        await ask(gate, InfoClass.OWN_PROGRESS)
        assert "reply in these words, to the address confirmed " in gate.words
        assert "High St" not in gate.text
        await gate.press("tab")
        card(gate).load_text("Dear Ms O'Brien,")
        await gate.press("end", "enter")
        await gate.type(f"it is with Estates. {HOSTILE}")
        await gate.press("escape", "enter")
        line = (await gate.rows(LEDGER))[0]
        assert line["route"] == "written" and "Estates" in line["words"]
        reply = (await gate.rows("SELECT * FROM letter WHERE direction = 'out'"))[0]
        assert "CM20" in reply["sender_address"]


async def test_an_authority_seen_earlier_counts_and_a_changed_kind_shuts_it(scene):
    async with at_gate(scene) as gate:
        await gate.ring(Kind.RELATIVE)
        check = await gate.do(open_check, gate.contact)
        new = NewAuthority(
            scene.matter,
            AuthorityKind.LETTER,
            scene.person,
            "Janet Holt",
            "the parking letter",
            (InfoClass.OWN_PROGRESS,),
            "in the file",
            date(2026, 11, 3),
            checked_how="signature compared",
        )
        held = await gate.do(add_authority, new)
        await gate.do(take_authority, check.uid, held.uid)
        await ask(gate, InfoClass.OWN_PROGRESS)
        assert "✉ MESSAGE" in gate.text and "signed authority" in gate.words
        await gate.press("m")
        assert "? CHECK FIRST" in gate.text
        assert (await gate.rows("SELECT shut_at FROM identity_check"))[0]["shut_at"] is not None


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_everything_stands_on_a_small_screen_and_a_wide_one(scene, size):
    async with at_gate(scene, size=size) as gate:
        await gate.ring()
        await ask(gate)
        for words in (
            "WHAT MAY I SAY?",
            "I don't say to anyone",
            "b commercial",
            "o official caller",
            "6 operational",
            "✗ NEVER",
            "ENTER  refused, in the words above",
            "Enter do it",
            "F12 end",
        ):
            assert words in gate.text, words


async def test_hostile_names_and_lines_are_only_text(office):
    scene = set_scene(office, f"Siân O'Brien 07700 900412 ~ parking {HOSTILE}", confirm=False)
    async with at_gate(scene) as gate:
        await gate.ring()
        await gate.do(contacts.save_note, gate.contact, HOSTILE)
        await ask(gate)
        await gate.press("g", "5", "enter", "f3")
        assert "\x1b" not in gate.text


async def test_a_lock_in_the_middle_takes_the_screen_away_and_keeps_the_words(scene):
    async with at_gate(scene) as gate:
        contact = await gate.ring()
        await ask(gate)
        await gate.press("4", "tab")
        await gate.type("I said it otherwise. ")
        wait = threading.Event()
        gate.app.store.submit(wait.wait, Priority.SAVE)
        gate.screen.run_worker(gate.screen.action_info_class(5))
        gate.app.lock_now("asked")
        wait.set()
        assert gate.app._vault_closing is not None
        await gate.app._vault_closing
        await gate.pilot.pause()
        assert gate.name == "LockScreen" and "otherwise" not in gate.text
        await gate.app.sign_in(OFFICER, passphrase_of(OFFICER))
        await gate.settle()
        gate.contact = contact
        await ask(gate)
        assert card(gate).text.endswith("I said it otherwise. ")
        assert "Said otherwise" in gate.words


async def test_a_check_begun_for_another_kind_is_ended_and_a_new_one_begins(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        await gate.press("2", "f3")
        await gate.fill("about a dog")
        await gate.press("escape", "e", "f3")
        await gate.fill(scene.code_word)
        assert "✓ code word" in gate.words
        outcomes = await gate.rows("SELECT outcome, kind FROM identity_check ORDER BY id")
        assert [(row["outcome"], row["kind"]) for row in outcomes] == [
            ("failed", "member-of-public"),
            (None, "elected-representative"),
        ]


async def test_the_card_is_the_same_for_somebody_held_and_somebody_unknown(scene):
    async with at_gate(scene) as gate:
        for channel in (Channel.TELEPHONE, Channel.LETTER):
            cards = []
            for person in (scene.person, ""):
                await gate.ring(
                    channel=channel, person_uid=person, enquiry_uid=scene.matter if person else ""
                )
                await ask(gate, InfoClass.THIRD_PARTY)
                lines = [row for row in gate.text.splitlines() if row.strip()]
                start = next(at for at, row in enumerate(lines) if "SAY  Neutral" in row)
                cards.append(lines[start:])
                assert card(gate).text == neutral_sentence()
                await gate.press("escape")
            assert cards[0] == cards[1]


async def test_an_agency_that_fishes_is_told_so_and_a_full_request_is_refused_on_the_ledger(scene):
    async with at_gate(scene) as gate:
        await gate.ring(Kind.OTHER_AGENCY)
        await ask(gate, InfoClass.SENSITIVE)
        await gate.press("t")
        first = (
            "Northmere Police",
            "DI Marsh",
            "2",
            "Dawn Pell",
            "everything",
            "a case",
            "it falls",
        )
        for words in first:
            await gate.fill(words)
        assert "That is too wide" in gate.words
        await gate.press("up", "up", "ctrl+u")
        await gate.type("where she lives")
        await gate.press("enter", "enter", "enter")
        for words in ("inspector", "Insp Vale", ""):
            await gate.fill(words)
        await gate.press("ctrl+u")
        await gate.fill("2")
        await gate.fill("their control room rings ours")
        assert "Refused, on the ledger with its basis." in gate.words
        line = (await gate.rows(LEDGER))[0]
        assert line["content"] == 0 and "para 2" in line["basis"]


async def test_yes_or_no_shuts_the_gate_further_and_agrees_a_safe_time(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate, InfoClass.OWN_PROGRESS)
        await gate.press("k", "n", "y", "n", "n", "y")
        assert "Shall I ring" in gate.words
        await gate.press("n", "y", "y")
        assert "Promised: ring" in gate.words and "✗ NEVER" in gate.text
        row = (await gate.rows("SELECT * FROM contact ORDER BY id DESC"))[0]
        assert row["under_duress"] and row["accompanied"]
        assert "yes or no first" in (await gate.rows("SELECT what FROM promise"))[0]["what"]


async def test_a_child_hears_plain_words_first_and_enter_takes_it_to_safeguarding(scene):
    async with at_gate(scene) as gate:
        await gate.ring()
        await ask(gate)
        await gate.press("y")
        said = card(gate).text
        assert said.startswith("I'm glad you told me.")
        assert "can't keep this a secret" in said
        assert "F9 if in danger now" in gate.text
        assert "message to Safeguarding hub" in gate.text
        await gate.press("n")
        assert card(gate).text == neutral_sentence()
        doors = await gate.do(gate_views.doors_of, gate.contact)
        assert doors[0] == "safeguarding"


async def test_an_email_without_an_address_says_what_is_first_and_rings_no_official_back(scene):
    async with at_gate(scene) as gate:
        await gate.ring(channel=Channel.EMAIL)
        await ask(gate, InfoClass.PUBLIC)
        assert "FIRST" in gate.words and "confirm an address" in gate.words
        assert "ENTER " not in gate.words
        assert "! CONFIRM AN ADDRESS FIRST  public" in gate.text
        assert "RELEASE" not in gate.text
        is_open = (Decision.ANSWER_TO_HELD, True) in gate.screen._view.decisions
        assert ("or h: the contact we hold" in gate.words) is is_open
        await gate.press("2")
        said = [card(gate).text]
        for _ in range(6):
            await gate.press("n")
            said.append(card(gate).text)
        assert any(words.startswith("Thank you for writing.") for words in said)
        assert not any("rung back" in words for words in said)
