"""What earlier contacts left in a matter, while somebody is on the line who was not checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from enquiry_tui.desk import (
    agencies,
    checks,
    complaint_life,
    complaint_outcome,
    complaints,
    contacts,
    directory,
    messages,
    opening,
    people,
    previews,
    referral_fields,
    referrals,
    steps,
    telling,
)
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import MaskedNow
from enquiry_tui.domain.agencies import Asked
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.gate import neutral_sentence
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.vocabulary import Decision, InfoClass, Kind
from enquiry_tui.errors import NotPermitted
from tests.desk.calls import LOW, Known, call_from, known_caller
from tests.desk.matters import new_call, new_matter
from tests.desk.offices import AUDITOR, TestOffice

CANARY, ADDRESS = "Zanzibarcanary", "Flat 4, Canarylane"
PLACES: dict[str, Callable[[Desk, str], Any]] = {
    "messages": messages.messages_of,
    "complaints": complaints.complaints_of,
    "path": lambda desk, uid: complaint_life.life(desk, _complaint(desk, uid)),
    "referrals": referrals.referrals_of,
    "summary": lambda desk, uid: previews.referral_text(
        desk, referrals.referrals_of(desk, uid)[0].uid
    ),
    "requests": agencies.requests_of,
    "matter": opening.refresh,
    "ticks": referral_fields.field_choices,
}


def _complaint(desk: Desk, uid: str) -> str:
    return complaints.complaints_of(desk, uid)[0].uid


@pytest.fixture
def known(desk: Desk, office: TestOffice) -> Known:
    known = known_caller(desk, office)
    people.add_contact_point(desk, known.person, "address", ADDRESS, "letter")
    call = call_from(desk, known)
    directory.confirm_entry(desk, "safeguarding", "rang the switchboard")
    messages.take_message(
        desk,
        messages.TakeMessage(
            known.enquiry, "Staff office", CANARY, call_back=CANARY, contact_uid=call
        ),
    )
    messages.answer_message(
        desk, messages.pass_message(desk, _message(desk, known), "by hand").uid, CANARY
    )
    complaints.log_complaint(
        desk,
        complaints.ComplaintIntake(
            enquiry_uid=known.enquiry,
            contact_uid=call,
            words=CANARY,
            when_where=CANARY,
            about_whom=CANARY,
            reach=CANARY,
            wants=CANARY,
        ),
    )
    referrals.refer(
        desk,
        referrals.ReferralRequest(
            known.enquiry,
            "safeguarding",
            "onward",
            request=CANARY,
            account=CANARY,
            wants=CANARY,
            done_so_far=CANARY,
            risk=CANARY,
            fields=("person.name", "contact_point.phone", "contact_point.address"),
            basis="Public task",
            necessity=CANARY,
            left_out=CANARY,
            contact_uid=call,
        ),
    )
    contacts.end_contact(desk, call)
    agency = new_call(desk, known.enquiry, who="DC Reid")
    contacts.set_kind(desk, agency, Kind.OTHER_AGENCY)
    asked = Asked(
        "Northmere Police",
        "DC Reid",
        "prevent-crime",
        CANARY,
        CANARY,
        CANARY,
        CANARY,
        "Supt",
        "B Lee",
    )
    agencies.take_request(desk, agencies.NewRequest(agency, asked, InfoClass.THIRD_PARTY))
    contacts.end_contact(desk, agency)
    return known


def passed(desk: Desk, call: str, known: Known) -> None:
    assert checks.try_step(desk, checks.open_check(desk, call).uid, known.word, until=LOW)
    assert opening.refresh(desk, known.enquiry, contact_uid=call).open_class is not None


def _message(desk: Desk, known: Known) -> str:
    return messages.messages_of(desk, known.enquiry)[0].uid


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("place", PLACES)
def test_nothing_said_earlier_stands_anywhere_until_a_check_opens_it(
    desk: Desk, known: Known, place: str, own: bool
) -> None:
    if own:
        call_from(desk, known)
    else:
        new_call(desk, new_matter(desk))
    seen = repr(PLACES[place](desk, known.enquiry))
    assert CANARY not in seen
    assert ADDRESS not in seen


def test_another_persons_name_and_firm_stay_masked_while_anybody_else_is_on_the_line(
    desk: Desk, known: Known
) -> None:
    tom = people.record_person(desk, people.NewPerson("Tom Canary", organisation="Canary refuge"))
    with desk.act(Action.PERSON_LINK) as act:
        matter, person = steps.enquiry(desk, known.enquiry), steps.person(desk, tom)
        steps.give_part(act, desk, matter["id"], person["id"], "about")
        act.event("enquiry", known.enquiry)
    new_call(desk, new_matter(desk))
    seen = opening.refresh(desk, known.enquiry)
    assert {person.name for person in seen.people} == {"Janet Holt", MASK}
    assert "Canary" not in repr(seen)


def test_what_a_held_call_opened_stays_masked_while_somebody_else_is_talking(
    desk: Desk, known: Known
) -> None:
    people.note_details(desk, known.person, needs="large print")
    held = call_from(desk, known)
    passed(desk, held, known)
    other = new_call(desk, new_matter(desk))
    contacts.resume_contact(desk, other)
    seen = opening.refresh(desk, known.enquiry, contact_uid=held)
    assert [line.words for line in seen.timeline if line.masked]
    assert all(MASK in line.words for line in seen.timeline if line.masked)


def test_nobody_elses_pass_shows_an_auditor_anything(
    desk: Desk, office: TestOffice, known: Known
) -> None:
    call = call_from(desk, known)
    contacts.save_note(desk, call, CANARY)
    passed(desk, call, known)
    uid = _complaint(desk, known.enquiry)
    auditor = office.sign_in(AUDITOR)
    seen = repr(opening.refresh(auditor, known.enquiry, contact_uid=call))
    assert CANARY not in seen
    assert "07700" not in seen
    assert CANARY not in repr(complaint_life.life(auditor, uid))
    with pytest.raises(NotPermitted):
        complaint_outcome.outcome_letter(auditor, uid)


def test_masked_words_are_neither_read_out_nor_written_over(desk: Desk, known: Known) -> None:
    call_from(desk, known)
    uid = _complaint(desk, known.enquiry)
    for way in (
        lambda: complaints.read_back(desk, uid),
        lambda: complaint_outcome.outcome_letter(desk, uid),
        lambda: complaints.amend_complaint(desk, uid, {"wants": MASK}),
    ):
        with pytest.raises(MaskedNow):
            way()


def test_what_this_call_says_is_not_masked_in_it(desk: Desk, known: Known) -> None:
    call = call_from(desk, known)
    made = complaints.log_complaint(
        desk, complaints.ComplaintIntake(known.enquiry, "He swore", contact_uid=call)
    )
    taken = messages.take_message(
        desk, messages.TakeMessage(known.enquiry, "Staff office", "Ring me", contact_uid=call)
    )
    assert (made.words, taken.words) == ("He swore", "Ring me")
    assert "He swore" in complaints.read_back(desk, made.uid)


def test_what_was_asked_earlier_in_words_is_masked_and_what_is_asked_now_is_not(
    desk: Desk, known: Known
) -> None:
    seen = opening.refresh(desk, known.enquiry)
    for asked in ("where Ryan Pell lives", "who has it"):
        call = call_from(desk, known)
        item = telling.Item(asked, neutral_sentence(), InfoClass.SENSITIVE)
        telling.decide(desk, telling.Telling(call, Decision.NEITHER, (item,), InfoClass.SENSITIVE))
        seen = opening.refresh(desk, known.enquiry, contact_uid=call)
        assert asked in [line.item for line in seen.ledger]
        if asked != "who has it":
            contacts.end_contact(desk, call)
    assert "Ryan Pell" not in repr(seen)
