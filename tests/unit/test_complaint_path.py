from __future__ import annotations

from pathlib import Path

import pytest

from enquiry_tui.domain.complaint_models import Decider, Model, decider, offered
from enquiry_tui.domain.complaint_path import (
    STEPS,
    Facts,
    next_state,
    step_of,
    steps_from,
    unmet,
)
from enquiry_tui.domain.complaint_path_doc import page
from enquiry_tui.domain.complaint_states import Before, Need, State, Verb
from enquiry_tui.domain.referral_screen import Answer, screen
from enquiry_tui.domain.review_body import (
    ELSEWHERE,
    REASONS,
    Circumstances,
    ReviewBody,
    review_body,
)
from enquiry_tui.domain.small_numbers import suppressed
from enquiry_tui.domain.vocabulary import Office
from enquiry_tui.policy.packs import load_shipped

BOOK = load_shipped().complaints.value.book
NO = dict.fromkeys((line.id for line in BOOK.lines), Answer.NO)
DOC = Path(__file__).parents[2] / "docs" / "COMPLAINTS.md"


def test_the_manual_prints_the_table_that_the_code_follows() -> None:
    text = DOC.read_text("utf-8")
    assert page(text) == text


def test_each_step_stands_in_the_table_once_and_each_state_can_be_reached() -> None:
    assert [step.verb for step in STEPS] == list(dict.fromkeys(step.verb for step in STEPS))
    assert {step.verb for step in STEPS} == set(Verb)
    assert {step.end for step in STEPS} >= set(State) - {State.LOGGED}


def test_every_state_but_the_last_leads_somewhere() -> None:
    moving = {s for step in STEPS if step.end is not Before.SAME for s in step.start}
    assert set(State) == moving


def test_a_step_that_the_table_does_not_know_is_a_fault() -> None:
    with pytest.raises(LookupError):
        next_state(step_of(Verb.CLOSE), State.LOGGED, None)
    with pytest.raises(LookupError):
        next_state(step_of(Verb.RESUME), State.SUSPENDED, None)
    assert next_state(step_of(Verb.RESUME), State.SUSPENDED, State.HANDLING) is State.HANDLING
    assert next_state(step_of(Verb.UPDATE), State.OUTSIDE, None) is State.OUTSIDE


def test_what_a_step_needs_is_named_until_it_stands() -> None:
    step = step_of(Verb.HANDLE_OUTSIDE)
    assert set(unmet(step, Facts(recorded=True))) == set(step.needs)
    assert unmet(step, Facts(about=True, screen=True, screen_no=True, agreed=True)) == ()


def test_only_what_is_offered_is_listed() -> None:
    found = steps_from(State.LOGGED, offered(Office.CHIEF_CONSTABLE, Model(1), Decider.OTHERS))
    assert Verb.RECORD not in {step.verb for step in found}
    assert Verb.RECORD in {step.verb for step in steps_from(State.LOGGED)}


@pytest.mark.parametrize(
    ("office", "model", "subject", "can", "cannot"),
    [
        (Office.CHIEF_CONSTABLE, 1, "officer", Verb.HANDLE, None),
        (Office.CHIEF_CONSTABLE, 3, "chief-constable", Verb.PASS, Verb.RECORD),
        (Office.LOCAL_POLICING_BODY, 1, "chief-constable", Verb.RECORD, None),
        (Office.LOCAL_POLICING_BODY, 1, "officer", Verb.APPLY_REVIEW, Verb.HANDLE_OUTSIDE),
        (Office.LOCAL_POLICING_BODY, 1, "officer", Verb.HAND_OVER, Verb.SET_ASIDE),
        (Office.LOCAL_POLICING_BODY, 2, "officer", Verb.SET_ASIDE, Verb.REFER),
        (Office.CHIEF_CONSTABLE, 1, "chief-constable", Verb.HAND_OVER, Verb.SET_ASIDE),
        (Office.CHIEF_CONSTABLE, 1, "", Verb.SET_ASIDE, Verb.RECORD),
        (Office.LOCAL_POLICING_BODY, 2, "officer", Verb.HANDLE_OUTSIDE, Verb.HANDLE),
        (Office.LOCAL_POLICING_BODY, 3, "officer", Verb.HANDLE, None),
        (Office.LOCAL_POLICING_BODY, 3, "pcc", Verb.HAND_OVER, Verb.TELL),
        (Office.LOCAL_POLICING_BODY, 3, "", Verb.DECIDE_AUTHORITY, Verb.RECORD),
    ],
)
def test_the_model_and_who_decides_say_what_an_office_enters(
    office: Office, model: int, subject: str, can: Verb, cannot: Verb | None
) -> None:
    found = offered(office, Model(model), decider(subject))
    assert can in found
    assert cannot not in found


@pytest.mark.parametrize(
    ("given", "body", "reason"),
    [
        ({}, ReviewBody.BODY, "otherwise"),
        ({"recorded": False}, ReviewBody.NONE, "outside"),
        ({"eligible": False}, ReviewBody.NONE, "ineligible"),
        ({"iopc_investigation": True}, ReviewBody.NONE, "iopc-investigation"),
        ({"other_procedure": True}, ReviewBody.NONE, "other-procedure"),
        ({"body_decides": True}, ReviewBody.IOPC, "body-decides"),
        ({"senior": True}, ReviewBody.IOPC, "senior"),
        ({"serious": True}, ReviewBody.IOPC, "serious"),
        ({"referred": True}, ReviewBody.IOPC, "referred"),
        ({"same_incident": True}, ReviewBody.IOPC, "same-incident"),
        ({"recorded": False, "senior": True}, ReviewBody.NONE, "outside"),
    ],
)
def test_who_reviews_is_worked_out_with_its_reason(
    given: dict[str, bool], body: ReviewBody, reason: str
) -> None:
    found = review_body(Circumstances(**given), BOOK.review)
    assert (found.body, [rule.id for rule in found.reasons]) == (body, [reason])
    assert all(rule.source for rule in found.reasons)
    assert {*REASONS, ELSEWHERE} == set(BOOK.review)


def test_every_reason_that_holds_is_said() -> None:
    found = review_body(Circumstances(senior=True, referred=True, body_decides=True), BOOK.review)
    assert [rule.id for rule in found.reasons] == ["body-decides", "senior", "referred"]


def test_ten_times_no_leaves_outside_schedule_3_open_and_nothing_else_does() -> None:
    assert screen(BOOK.lines, NO).may_stay_outside
    for line in BOOK.lines:
        yes = screen(BOOK.lines, {**NO, line.id: Answer.YES})
        unsure = screen(BOOK.lines, {**NO, line.id: Answer.UNSURE})
        missing = screen(BOOK.lines, {k: v for k, v in NO.items() if k != line.id})
        assert (yes.must_refer, unsure.must_refer, missing.is_finished) == (True, False, False)
        assert not any(found.may_stay_outside for found in (yes, unsure, missing))
        assert line.label in yes.reasons[0]
    with pytest.raises(KeyError):
        screen(BOOK.lines, {"weather": Answer.NO})


def test_every_rule_of_the_pack_names_its_source() -> None:
    for need in Need:
        assert str(need)
    for verb in Verb:
        assert BOOK.source(str(verb)) and BOOK.why(str(verb))
    groups = (BOOK.grounds, BOOK.standings, BOOK.decisions, BOOK.set_aside, BOOK.review_outcomes)
    assert all(rule.source for group in groups for rule in group.values())
    assert len(BOOK.grounds) == 7
    assert BOOK.lines[7].cited.endswith("verify locally")


def test_the_line_of_death_or_serious_injury_says_what_a_serious_injury_is() -> None:
    note = BOOK.lines[0].note
    assert all(word in note for word in ("fracture", "deep cut", "organ", "bodily function"))


def test_small_numbers_are_left_out_and_never_one_alone() -> None:
    def shown(*counts: int) -> list[int | None]:
        named = {str(n): count for n, count in enumerate(counts)}
        return [cell.count for cell in suppressed(named, 5)]

    assert shown(5, 6, 0) == [5, 6, 0]
    assert shown(4, 9, 7, 0) == [None, 9, None, 0]
    assert shown(1, 4, 30) == [None, None, 30]
    assert shown(3) == [None]
