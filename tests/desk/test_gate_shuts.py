from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from enquiry_tui.desk import (
    checks,
    contacts,
    enquiries,
    gate,
    gate_views,
    opening,
    overrides,
    people,
    revealing,
    ring_backs,
    telling,
)
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import ContactOver, GateShut, SecondOfficerNeeded
from enquiry_tui.domain.checks import StepName
from enquiry_tui.domain.closing import Block
from enquiry_tui.domain.flags import Flag
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.vocabulary import (
    CheckOutcome,
    Decision,
    InfoClass,
    Kind,
    MarkerKind,
    Recognition,
)
from enquiry_tui.errors import NotPermitted, Refused
from tests.desk.calls import (
    LOW,
    MEDIUM,
    PHONE,
    Known,
    allowed,
    call_from,
    confirmed,
    known_caller,
    recognise,
    tell_received,
)
from tests.desk.offices import DEPUTY, OFFICER, SECOND, TestOffice, last_event, passphrase_of

OTHER = "Ryan Pell 07700 900222 ~ custody"


@pytest.fixture
def known(desk: Desk, office: TestOffice) -> Known:
    return known_caller(desk, office)


@pytest.fixture
def call(desk: Desk, known: Known) -> str:
    return call_from(desk, known)


def test_nothing_but_public_is_told_before_a_check(desk: Desk, call: str) -> None:
    with pytest.raises(GateShut, match="R:low"):
        tell_received(desk, call)
    hours = (telling.Item("office.hours", "Nine to five."),)
    telling.decide(desk, telling.Telling(call, Decision.RELEASE, hours))


def test_a_recognised_caller_is_told_about_their_own_letter_and_no_more(
    desk: Desk, call: str, known: Known
) -> None:
    recognise(desk, call, known)
    assert len(tell_received(desk, call)) == 1
    address = (telling.Item("contact_point.address", "Flat 4"),)
    with pytest.raises(GateShut):
        telling.decide(desk, telling.Telling(call, Decision.RELEASE, address))


def _other(desk: Desk, office: TestOffice) -> Known:
    return known_caller(desk, office, OTHER)


CHANGES: dict[str, Callable[[Desk, str, Known], object]] = {
    "another person": lambda d, c, o: contacts.pick_person(d, c, o.person),
    "another matter": lambda d, c, o: contacts.attach_contact(d, c, o.enquiry),
    "another kind": lambda d, c, _: contacts.set_kind(d, c, Kind.RELATIVE),
    "back to the kind after another": lambda d, c, _: (
        contacts.set_kind(d, c, Kind.MEDIA),
        contacts.set_kind(d, c, Kind.MEMBER_OF_PUBLIC),
    ),
    "somebody with them": lambda d, c, _: contacts.set_circumstance(d, c, "accompanied", True),
    "under duress": lambda d, c, _: contacts.set_circumstance(d, c, "under_duress", True),
    "anonymous after all": lambda d, c, _: contacts.set_circumstance(d, c, "anonymous", True),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_check_opened_is_shut_by(
    name: str, desk: Desk, office: TestOffice, known: Known
) -> None:
    other = _other(desk, office)
    call = call_from(desk, known)
    recognise(desk, call, known)
    tell_received(desk, call)
    CHANGES[name](desk, call, other)
    with pytest.raises(GateShut):
        tell_received(desk, call)


def test_somebody_with_them_is_cleared_again(desk: Desk, call: str, known: Known) -> None:
    recognise(desk, call, known)
    contacts.set_circumstance(desk, call, "accompanied", True)
    contacts.set_circumstance(desk, call, "accompanied", False)
    assert tell_received(desk, call)


def test_hold_keeps_the_gate_and_the_second_call_has_its_own(
    desk: Desk, call: str, known: Known
) -> None:
    recognise(desk, call, known)
    second = contacts.begin_contact(desk, person_uid=known.person, enquiry_uid=known.enquiry)
    assert contacts.view(desk, call).state == "held"
    with pytest.raises(GateShut):
        tell_received(desk, second.uid)
    contacts.resume_contact(desk, call)
    assert contacts.view(desk, second.uid).state == "held"
    assert tell_received(desk, call)


def test_the_end_of_the_contact_ends_the_gate(desk: Desk, call: str, known: Known) -> None:
    recognise(desk, call, known)
    contacts.end_contact(desk, call)
    with pytest.raises(ContactOver):
        tell_received(desk, call)


def test_the_time_limit_ends_the_gate(
    desk: Desk, office: TestOffice, call: str, known: Known
) -> None:
    recognise(desk, call, known)
    office.clock.advance(seconds=3601)
    with pytest.raises(ContactOver):
        tell_received(desk, call)
    assert contacts.overdue(desk) == (call,)


@pytest.mark.parametrize("flag", [flag for flag in Flag if flag.hard])
def test_a_hard_flag_stops_and_taking_it_off_revives_nothing(
    flag: Flag, desk: Desk, call: str, known: Known
) -> None:
    check = recognise(desk, call, known)
    checks.set_flag(desk, check, flag, True)
    checks.set_flag(desk, check, flag, False)
    with pytest.raises(GateShut):
        tell_received(desk, call)
    with pytest.raises(Refused):
        checks.open_check(desk, call)


def test_three_soft_flags_mean_ring_back_first(desk: Desk, call: str, known: Known) -> None:
    check = checks.open_check(desk, call).uid
    for flag in (Flag.RUSH, Flag.BIG_NAMES, Flag.CROSS):
        checks.set_flag(desk, check, flag, True)
    checks.try_step(desk, check, known.word)
    checks.try_step(desk, check, PHONE)
    with pytest.raises(Refused, match="ring back"):
        checks.end_check(desk, check, CheckOutcome.PASSED)
    ring_backs.ring_back(desk, ring_backs.RingBack(check, known.point, answered_by="Janet Holt"))
    passed = checks.end_check(desk, check, CheckOutcome.PASSED)
    assert passed.recognition is Recognition.MEDIUM


def test_suspected_pretext_stops_the_contact(desk: Desk, call: str, known: Known) -> None:
    check = recognise(desk, call, known)
    assert checks.suspect_pretext(desk, check).pretext
    with pytest.raises(GateShut):
        tell_received(desk, call)
    assert contacts.view(desk, call).gate == "CHECK STOPPED"


def test_person_items_alone_recognise_nobody(desk: Desk, known: Known, call: str) -> None:
    people.note_details(desk, known.person, born="1961-05-04", postcode="CM17 9AA")
    check = checks.open_check(desk, call).uid
    for said in ("4 May 1961", "cm17 9aa", PHONE):
        checks.try_step(desk, check, said, until=LOW)
    with pytest.raises(Refused, match="does not reach"):
        checks.end_check(desk, check, CheckOutcome.PASSED)


def test_three_misses_close_the_box_for_the_next_officer_too(
    desk: Desk, office: TestOffice, call: str, known: Known
) -> None:
    check = checks.open_check(desk, call).uid
    views = [checks.try_step(desk, check, said) for said in ("ABCD", "1 jan", "football")]
    assert [view.box_closed for view in views] == [False, False, True]
    with pytest.raises(Refused, match="closed"):
        checks.try_step(desk, check, known.word)
    other = office.sign_in(SECOND)
    again = checks.open_check(other, call_from(other, known))
    assert again.misses_today == 3
    assert again.box_closed


def test_what_the_caller_said_is_nowhere(desk: Desk, call: str, known: Known) -> None:
    check = checks.open_check(desk, call).uid
    checks.try_step(desk, check, "canary-said-by-the-caller")
    for (table,) in desk.store.query("SELECT name FROM sqlite_master WHERE type = 'table'"):
        for row in desk.store.query(f"SELECT * FROM {table}"):
            assert "canary-said" not in "|".join(str(value) for value in row)


def test_a_ring_back_goes_only_to_a_point_confirmed_before_today(
    desk: Desk, known: Known, call: str
) -> None:
    check = checks.open_check(desk, call).uid
    fresh = people.add_contact_point(desk, known.person, "phone", "07700 900333", "caller")
    confirmed(desk, fresh)
    with pytest.raises(Refused, match="before today"):
        ring_backs.ring_back(desk, ring_backs.RingBack(check, fresh, answered_by="Janet"))


def test_an_organisation_is_never_rung_on_the_number_the_caller_gave(desk: Desk, call: str) -> None:
    contacts.set_phone(desk, call, "01632 960777")
    check = checks.open_check(desk, call).uid
    ring = ring_backs.RingBack(check, number="01632960777", source="he said", answered_by="Marsh")
    for verb in (ring_backs.ring_back, ring_backs.demand_ours):
        with pytest.raises(Refused, match="caller"):
            verb(desk, ring)


def test_what_was_asked_and_missed_is_decided_next_with_the_words_for_a_miss(
    desk: Desk, call: str
) -> None:
    check = checks.open_check(desk, call).uid
    assert gate_views.asked_class(desk, call) is None
    for wrong in ("ZZZZ", "ZZZY", "ZZZX"):
        checks.try_step(desk, check, wrong, StepName.CODE_WORD)
    assert gate_views.asked_class(desk, call) is InfoClass.OWN_PROGRESS
    seen = gate_views.say(desk, call, InfoClass.OWN_PROGRESS)
    assert seen.look.contact.gate == "NOT MATCHED"
    assert seen.sayings[0][0] == "Check not passed"
    telling.decide(desk, telling.Telling(call, Decision.MESSAGE, info_class=InfoClass.OWN_PROGRESS))
    assert gate_views.asked_class(desk, call) is None


def test_a_check_in_which_nothing_was_compared_failed_and_did_not_mismatch(
    desk: Desk, call: str
) -> None:
    check = checks.open_check(desk, call).uid
    checks.end_check(desk, check, CheckOutcome.FAILED)
    seen = gate_views.say(desk, call, InfoClass.OWN_PROGRESS)
    assert seen.look.contact.gate == "CHECK FAILED"
    assert seen.sayings[0][0] != "Check not passed"


def test_what_did_not_match_for_one_kind_is_not_said_to_another(desk: Desk, call: str) -> None:
    check = checks.open_check(desk, call).uid
    checks.try_step(desk, check, "ZZZZ", StepName.CODE_WORD)
    checks.end_check(desk, check, CheckOutcome.FAILED)
    assert gate_views.say(desk, call, InfoClass.OWN_PROGRESS).sayings[0][0] == "Check not passed"
    contacts.set_kind(desk, call, Kind.SOLICITOR)
    assert gate_views.say(desk, call, InfoClass.OWN_PROGRESS).sayings[0][0] != "Check not passed"


def test_who_is_only_known_by_a_ring_back_is_told_so_first(desk: Desk, call: str) -> None:
    assert gate_views.say(desk, call, InfoClass.OWN_PROGRESS).sayings[0][0] == "Before a check"
    contacts.set_kind(desk, call, Kind.OTHER_AGENCY)
    said = [title for title, _ in gate_views.say(desk, call, InfoClass.OWN_PROGRESS).sayings]
    assert said[0] == "Ringing an official back" and len(said) == len(set(said))


def test_the_doors_of_the_last_question_stay_open_once_it_is_decided(desk: Desk, call: str) -> None:
    asked = InfoClass.SENSITIVE
    telling.decide(desk, telling.Telling(call, Decision.REFUSE, info_class=asked))
    assert gate_views.doors_of(desk, call) == ("control-room", "safeguarding", "info-management")


def test_a_marker_raises_the_gate_and_medium_opens_it(desk: Desk, known: Known) -> None:
    new = people.NewMarker(
        MarkerKind.DOMESTIC_ABUSE, "safe number only", "told us", date(2027, 2, 1), known.person
    )
    people.set_marker(desk, new)
    call = call_from(desk, known)
    check = recognise(desk, call, known)
    assert allowed(desk, call, InfoClass.OWN_PROGRESS) == "check"
    with pytest.raises(GateShut):
        tell_received(desk, call)
    again = checks.open_check(desk, call).uid
    assert again != check
    ring_backs.ring_back(desk, ring_backs.RingBack(again, known.point, answered_by="Janet"))
    checks.try_step(desk, again, known.word, until=MEDIUM)
    assert tell_received(desk, call)


def test_a_refusal_needs_neither_kind_nor_class_nor_check(desk: Desk, call: str) -> None:
    for decision in (Decision.REFUSE, Decision.NEITHER, Decision.ROUTE, Decision.MESSAGE):
        assert telling.decide(desk, telling.Telling(call, decision))


def test_answer_to_held_leaves_a_task_and_is_refused_where_nothing_is_held(
    desk: Desk, call: str
) -> None:
    telling.decide(
        desk,
        telling.Telling(call, Decision.ANSWER_TO_HELD, info_class=InfoClass.OWN_PERSONAL),
    )
    assert desk.store.one("SELECT 1 FROM bring_forward WHERE why LIKE 'Answer%'")
    stranger = contacts.begin_contact(desk).uid
    with pytest.raises(Refused):
        telling.decide(desk, telling.Telling(stranger, Decision.ANSWER_TO_HELD))


def test_lowering_a_class_needs_a_reason_and_is_marked(desk: Desk, call: str, known: Known) -> None:
    recognise(desk, call, known)
    lower = telling.Item("contact.note", "a word of it", InfoClass.OWN_PROGRESS)
    with pytest.raises(Refused, match="reason"):
        telling.decide(desk, telling.Telling(call, Decision.RELEASE, (lower,)))
    said = telling.Item("contact.note", "a word", InfoClass.OWN_PROGRESS, "she wrote it herself")
    telling.decide(desk, telling.Telling(call, Decision.RELEASE, (said,)))
    line = desk.store.query("SELECT * FROM ledger WHERE content = 1")[0]
    assert (line["lowered_from"], line["lowered_why"]) == ("own-personal", "she wrote it herself")


def test_a_line_about_somebody_else_is_third_party(
    desk: Desk, office: TestOffice, known: Known
) -> None:
    other = _other(desk, office)
    call = call_from(desk, known)
    recognise(desk, call, known)
    item = telling.Item("enquiry.received_on", "His came too.", about_person_uid=other.person)
    with pytest.raises(GateShut):
        telling.decide(desk, telling.Telling(call, Decision.RELEASE, (item,)))


def _override(call: str, info_class: InfoClass, second: str) -> overrides.Override:
    return overrides.Override(
        call,
        "enquiry.due_on",
        "By 1 December.",
        info_class,
        Decision.RELEASE,
        "she is at the airport",
        second,
        passphrase_of(second),
    )


def test_an_override_bears_two_signatures_and_opens_a_lacking_level(desk: Desk, call: str) -> None:
    overrides.override(desk, _override(call, InfoClass.OWN_PROGRESS, DEPUTY))
    event = last_event(desk)
    assert event["action"] == "ledger.override"
    assert len(event["second_signature"]) == 64
    assert desk.unlocked.verify().verified


@pytest.mark.parametrize("info_class", [InfoClass.THIRD_PARTY, InfoClass.SENSITIVE])
def test_an_override_never_opens_never(desk: Desk, call: str, info_class: InfoClass) -> None:
    with pytest.raises(GateShut):
        overrides.override(desk, _override(call, info_class, DEPUTY))


@pytest.mark.parametrize("second", [SECOND, OFFICER])
def test_an_override_wants_a_supervisor_who_is_somebody_else(
    desk: Desk, call: str, second: str
) -> None:
    with pytest.raises((NotPermitted, Refused)):
        overrides.override(desk, _override(call, InfoClass.OWN_PROGRESS, second))


def test_during_a_call_what_is_above_the_gate_is_masked_and_opens_with_it(
    desk: Desk, known: Known
) -> None:
    people.add_contact_point(desk, known.person, "address", "Flat 4, Mill Lane", "letter")
    call = call_from(desk, known)
    shut = opening.open_enquiry(desk, known.enquiry, contact_uid=call)
    assert all(point.value == MASK for point in shut.people[0].points)
    assert [line.words for line in shut.may_be_told]
    assert shut.open_class is InfoClass.PUBLIC
    contacts.end_contact(desk, call)
    outside = opening.open_enquiry(desk, known.enquiry)
    seen = {point.kind: point.value for point in outside.people[0].points}
    assert seen == {"phone": PHONE, "address": MASK}


def test_a_reveal_leaves_its_purpose(desk: Desk, known: Known) -> None:
    point = people.add_contact_point(desk, known.person, "address", "Flat 4, Mill Lane", "letter")
    value = revealing.reveal(desk, revealing.Reveal(known.enquiry, point, 1))
    assert value == "Flat 4, Mill Lane"
    event = last_event(desk)
    assert (event["action"], event["purpose"]) == ("enquiry.reveal", revealing.PURPOSES[0])


def test_a_protected_address_is_shown_to_two_officers_or_to_none(desk: Desk, known: Known) -> None:
    point = people.add_contact_point(desk, known.person, "address", "Flat 4, Mill Lane", "letter")
    people.set_marker(
        desk,
        people.NewMarker(
            MarkerKind.PROTECTED_ADDRESS, "never said", "told us", date(2027, 2, 1), known.person
        ),
    )
    alone = revealing.Reveal(known.enquiry, point, 1)
    with pytest.raises(SecondOfficerNeeded):
        revealing.reveal(desk, alone)
    with pytest.raises((NotPermitted, Refused)):
        revealing.reveal(
            desk, replace(alone, second_handle=OFFICER, second_passphrase=passphrase_of(OFFICER))
        )
    both = replace(alone, second_handle=SECOND, second_passphrase=passphrase_of(SECOND))
    assert revealing.reveal(desk, both) == "Flat 4, Mill Lane"
    assert last_event(desk)["second"]


def test_steps_that_are_compared_are_never_ticked_by_hand(desk: Desk, call: str) -> None:
    check = checks.open_check(desk, call).uid
    for step in (StepName.CODE_WORD, StepName.POSTCODE, StepName.RING_HELD, StepName.RING_ORG):
        with pytest.raises(Refused):
            checks.take_step(desk, check, step, "heard it")


def test_the_verdict_comes_before_any_check(desk: Desk) -> None:
    stranger = contacts.begin_contact(desk).uid
    assert str(gate.verdict(desk, stranger, InfoClass.SENSITIVE).allowed) == "never"
    assert str(gate.verdict(desk, stranger, None).allowed) == "never"


def test_a_check_left_without_outcome_blocks_closing_until_it_is_given_one(
    desk: Desk, call: str, known: Known
) -> None:
    check = checks.open_check(desk, call).uid
    contacts.end_contact(desk, call)
    assert [view.uid for view in checks.unfinished_checks(desk, known.enquiry)] == [check]
    assert Block.CHECK_WITHOUT_OUTCOME in enquiries.closing_blocks(desk, known.enquiry)
    with pytest.raises((Refused, ContactOver)):
        checks.end_check(desk, check, CheckOutcome.PASSED)
    checks.end_check(desk, check, CheckOutcome.FAILED)
    assert checks.unfinished_checks(desk, known.enquiry) == ()
    assert Block.CHECK_WITHOUT_OUTCOME not in enquiries.closing_blocks(desk, known.enquiry)
