from __future__ import annotations

import pytest

from enquiry_tui.desk import complaint_authority as authority
from enquiry_tui.desk import complaint_duties as duties
from enquiry_tui.desk import complaint_handling as handling
from enquiry_tui.desk import complaint_iopc as iopc
from enquiry_tui.desk import complaint_moves, directory
from enquiry_tui.desk import complaint_outcome as outcome
from enquiry_tui.desk import complaint_recording as recording
from enquiry_tui.desk.complaint_life import life
from enquiry_tui.desk.complaint_moves import StepTooSoon
from enquiry_tui.desk.complaint_recording import Recording
from enquiry_tui.desk.complaints import complaint
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.complaint_states import Need, Verb
from enquiry_tui.errors import Refused
from enquiry_tui.records import contacts
from tests.desk.offices import SUPERVISOR, TestOffice
from tests.desk.test_complaint_life import (
    BY,
    TODAY,
    all_no,
    clocks_of,
    decided,
    handled,
    outside,
    recorded,
    referred,
    taken,
    told,
)


@pytest.fixture
def desk(office: TestOffice) -> Desk:
    return office.sign_in(SUPERVISOR)


def test_the_form_of_handling_that_the_iopc_decided_binds(desk: Desk) -> None:
    uid = recorded(desk)
    referred(desk, uid)
    iopc.iopc_returns(desk, uid, "local investigation")
    handling.allocate(desk, uid, "Sgt Vane", ())
    with pytest.raises(Refused) as bound:
        handling.start_handling(desk, uid, "otherwise", by=BY)
    assert "decided on Tue 24 Nov 2026: local investigation" in bound.value.title
    assert "Sch 3 para 5" in bound.value.title
    handling.start_handling(desk, uid, "special", by=BY)
    with pytest.raises(Refused):
        handling.start_handling(desk, uid, "otherwise", by=BY, why="on reflection")


def test_sent_back_without_a_form_how_it_is_handled_is_the_authoritys(desk: Desk) -> None:
    uid = recorded(desk)
    referred(desk, uid)
    iopc.iopc_returns(desk, uid, "reasonable and proportionate handling")
    handling.allocate(desk, uid, "Sgt Vane", ())
    assert handling.start_handling(desk, uid, "otherwise", by=BY).state == "handling"


def test_a_recommendation_goes_with_the_one_outcome_of_a_review_that_has_it(desk: Desk) -> None:
    uid = told(desk)
    outcome.apply_for_review(desk, uid)
    for word in ("not-upheld", "upheld", "invalid"):
        with pytest.raises(Refused) as refused:
            outcome.decide_review(desk, uid, word, by=BY, recommends="write to her again")
        assert refused.value.hint.startswith("3 is upheld with a recommendation")
    outcome.decide_review(desk, uid, "recommended", by=BY, recommends="write to her again")
    assert "write to her again" in life(desk, uid).path[-1].words


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_what_a_line_says_yes_or_unsure_to_is_not_set_aside(desk: Desk, answer: str) -> None:
    uid = taken(desk)
    iopc.finish_screen(desk, uid, {**all_no(desk), "serious-assault": answer}, by=BY)
    with pytest.raises(StepTooSoon) as barred:
        authority.set_aside(desk, uid, "request", by=BY, told_on=TODAY)
    assert barred.value.missing == (Need.NOT_CAUGHT,)


def test_what_was_mentioned_is_not_set_aside_until_the_ten_lines_say_no(desk: Desk) -> None:
    uid = taken(desk, mentioned=("assault",))
    with pytest.raises(StepTooSoon):
        authority.set_aside(desk, uid, "request", by=BY, told_on=TODAY)
    iopc.finish_screen(desk, uid, all_no(desk), by=BY)
    assert authority.set_aside(desk, uid, "request", by=BY, told_on=TODAY).state == "set-aside"


def test_a_yes_of_the_ten_lines_is_a_ground_of_recording_with_its_reason(desk: Desk) -> None:
    uid = taken(desk)
    a_yes_since(desk, uid)
    with pytest.raises(Refused) as against:
        recording.record_complaint(desk, uid, Recording((), satisfied=True), by=BY)
    assert against.value.title == "The ten lines say yes: A serious assault?"
    recording.record_complaint(desk, uid, Recording(("wants-recording",), satisfied=False), by=BY)
    words = life(desk, uid).path[-1].words
    assert words.count("(the ten lines: A serious assault: yes)") == 2
    grounds = complaint_moves.found(desk, uid)["grounds"].split()
    assert grounds == ["wants-recording", "crime-or-discipline", "mandatory-referral"]


def test_a_yes_after_recording_adds_its_grounds_and_ends_satisfied(desk: Desk) -> None:
    uid = recorded(desk)
    a_yes_since(desk, uid)
    row = complaint_moves.found(desk, uid)
    assert (row["satisfied"], "mandatory-referral" in row["grounds"].split()) == ("no", True)
    kept = {item["field"]: item["old_value"] for item in contacts.amendments(desk.store, uid)}
    assert kept == {"grounds": "wants-recording", "satisfied": "yes"}


def test_the_outcome_letter_says_what_was_found_until_when_and_whom_to_write_to(
    desk: Desk,
) -> None:
    uid = handled(desk)
    decided(desk, uid)
    letter = outcome.outcome_letter(desk, uid)
    first, right, whom = letter.splitlines()
    assert first == (
        "1. He was rude and swore at me: the service provided was acceptable."
        " We found: she said so. What we do: apology."
    )
    assert "on Tue 22 Dec 2026 at the latest, given on Tue 24 Nov 2026" in right
    assert whom.startswith("Write to: Local policing body, complaints and casework (add the")
    change = directory.EntryChange(address="1 Quay Road, Northmere")
    directory.change_entry(desk, "opcc-complaints", change)
    assert "Quay Road" not in outcome.outcome_letter(desk, uid)
    directory.confirm_entry(desk, "opcc-complaints", "rang them")
    outcome.tell_outcome(desk, uid, "letter")
    assert "casework, 1 Quay Road, Northmere." in life(desk, uid).path[-1].words


def a_yes_since(desk: Desk, uid: str) -> None:
    iopc.finish_screen(desk, uid, {**all_no(desk), "serious-assault": "yes"}, by=BY)


def test_a_yes_after_the_outcome_is_referred_before_it_is_told(desk: Desk) -> None:
    uid = handled(desk)
    decided(desk, uid)
    a_yes_since(desk, uid)
    assert life(desk, uid).pressing == {Verb.REFER}
    with pytest.raises(StepTooSoon) as barred:
        outcome.tell_outcome(desk, uid, "letter")
    assert barred.value.missing == (Need.REFERRED_SINCE,)
    assert iopc.refer_to_iopc(desk, uid, by=BY).state == "with-iopc"
    assert set(clocks_of(desk, uid)) == {"complaint-update"}


def test_a_yes_after_the_telling_is_referred_and_the_complaint_handled_anew(desk: Desk) -> None:
    uid = told(desk)
    item = complaint(desk, uid).allegations[0]
    duties.preserve_evidence(desk, uid, "her own film of it", "DS Varley")
    a_yes_since(desk, uid)
    for final in (outcome.finalise, outcome.apply_for_review):
        with pytest.raises(StepTooSoon):
            final(desk, uid)
    iopc.refer_to_iopc(desk, uid, by=BY)
    back = iopc.iopc_returns(desk, uid, "local investigation")
    assert (back.state, back.allegations[0].decision) == ("recorded", "")
    assert contacts.amendments(desk.store, item.uid)[0]["old_value"] == "acceptable"
    assert life(desk, uid).review_until is None


def test_a_yes_on_what_was_told_outside_schedule_3_is_recorded_first(desk: Desk) -> None:
    uid = outside(desk)
    decided(desk, uid, "resolved")
    outcome.tell_outcome(desk, uid, "letter")
    a_yes_since(desk, uid)
    view = life(desk, uid)
    assert view.pressing == {Verb.RECORD}
    assert Verb.REFER not in {step.verb for step in view.steps}
