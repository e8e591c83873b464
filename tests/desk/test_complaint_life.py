from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from enquiry_tui.desk import audit, complaint_moves, enquiries, holds, letters, opening
from enquiry_tui.desk import (
    complaint_allegations as allegations,
)
from enquiry_tui.desk import (
    complaint_authority as authority,
)
from enquiry_tui.desk import complaint_duties as duties
from enquiry_tui.desk import complaint_equality as equality
from enquiry_tui.desk import (
    complaint_handling as handling,
)
from enquiry_tui.desk import (
    complaint_iopc as iopc,
)
from enquiry_tui.desk import (
    complaint_outcome as outcome,
)
from enquiry_tui.desk import (
    complaint_recording as recording,
)
from enquiry_tui.desk import (
    complaint_withdrawal as withdrawal,
)
from enquiry_tui.desk import contacts as contacts_verbs
from enquiry_tui.desk.clock_steps import running
from enquiry_tui.desk.complaint_handling import Conflict
from enquiry_tui.desk.complaint_life import Life, life
from enquiry_tui.desk.complaint_moves import StepNotOpen, StepNotOurs, StepTooSoon
from enquiry_tui.desk.complaint_recording import Recording
from enquiry_tui.desk.complaints import ComplaintIntake, complaint, log_complaint, pass_complaint
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.directory import confirm_entry
from enquiry_tui.desk.problems import ClosingRefused
from enquiry_tui.domain.complaint_states import Need, State, Verb
from enquiry_tui.domain.holds import HoldKind
from enquiry_tui.domain.review_body import ReviewBody
from enquiry_tui.errors import NotPermitted, Refused
from enquiry_tui.records import contacts
from enquiry_tui.records import enquiries as enquiries_records
from tests.desk.matters import new_call, new_matter, new_person
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice, last_event

TODAY = date(2026, 11, 24)
BY = "Insp Reed, PSD"


@pytest.fixture
def desk(office: TestOffice) -> Desk:
    return office.sign_in(SUPERVISOR)


def taken(desk: Desk, **changes: Any) -> str:
    intake = ComplaintIntake(
        new_matter(desk),
        "He was rude and swore at me.",
        about="officer",
        about_whom="PC Holm",
        when_where="Mon 23 Nov, Harlow counter",
        reach="07700 900111",
        wants="an apology",
        category="H1",
    )
    return log_complaint(desk, replace(intake, **changes)).uid


def all_no(desk: Desk) -> dict[str, str]:
    return {line.id: "no" for line in desk.packs.complaints.value.book.lines}


def outside(desk: Desk) -> str:
    uid = taken(desk)
    recording.set_wishes(desk, uid, "an apology", "no", "agreed")
    iopc.finish_screen(desk, uid, all_no(desk), by=BY)
    recording.handle_outside(desk, uid, "an apology by telephone", by=BY)
    return uid


def recorded(desk: Desk, **changes: Any) -> str:
    uid = taken(desk, **changes)
    recording.record_complaint(desk, uid, Recording(("wants-recording",), satisfied=True), by=BY)
    return uid


def handled(desk: Desk, route: str = "otherwise") -> str:
    uid = recorded(desk)
    iopc.finish_screen(desk, uid, all_no(desk), by=BY)
    handling.allocate(desk, uid, "Sgt Vane", ())
    handling.start_handling(desk, uid, route, by=BY)
    return uid


def decided(desk: Desk, uid: str, word: str = "acceptable") -> None:
    for item in complaint(desk, uid).allegations:
        allegations.decide_allegation(desk, item.uid, word, ("apology",), why="she said so", by=BY)
    handling.conclude(desk, uid, (), by=BY)


def told(desk: Desk) -> str:
    uid = handled(desk)
    decided(desk, uid)
    outcome.tell_outcome(desk, uid, "letter")
    return uid


def clocks_of(desk: Desk, uid: str) -> dict[str, tuple[date, bool]]:
    matter = complaint(desk, uid).enquiry_uid
    return {c.rule: (c.due_on, c.provisional) for c in running(desk.store, matter)}


def later(office: TestOffice, days: int) -> None:
    office.clock.advance(seconds=days * 86_400)


def test_a_clock_in_days_says_which_of_its_dates_is_which_and_counts_in_days(desk):
    (update, *_) = life(desk, handled(desk)).clocks
    assert update == "complaint update service 15 Dec, legal 22 Dec, 21d LEFT"


def test_outside_schedule_3_to_the_end(desk: Desk) -> None:
    uid = outside(desk)
    assert clocks_of(desk, uid)["complaint-update"][0] <= date(2026, 12, 22)
    decided(desk, uid, "resolved")
    assert clocks_of(desk, uid) == {"complaint-outcome": (date(2026, 12, 1), False)}
    outcome.tell_outcome(desk, uid, "by word of mouth")
    assert "no right of review" in outcome.outcome_letter(desk, uid)
    outcome.finalise(desk, uid)
    closed = outcome.close_complaint(desk, uid)
    assert (closed.state, closed.recorded_on) == ("closed", None)
    assert clocks_of(desk, uid) == {}
    assert last_event(desk)["action"] == "complaint.close"


def test_recorded_handled_told_reviewed_final_and_closed(office: TestOffice, desk: Desk) -> None:
    uid = handled(desk, "investigation")
    assert set(clocks_of(desk, uid)) == {"complaint-update", "long-investigation"}
    later(office, 20)
    handling.note_update(desk, uid, "letter: still looking")
    assert clocks_of(desk, uid)["complaint-update"][0] > date(2026, 12, 31)
    decided(desk, uid, "not-acceptable")
    outcome.tell_outcome(desk, uid, "letter")
    view = life(desk, uid)
    assert view.review_until == desk.today() + timedelta(days=28)
    assert "local policing body" in view.path[-1].words
    outcome.finalise(desk, uid)
    with pytest.raises(StepTooSoon) as early:
        outcome.close_complaint(desk, uid)
    assert early.value.missing == (Need.WINDOW_OVER,)
    later(office, 10)
    outcome.apply_for_review(desk, uid)
    outcome.decide_review(desk, uid, "not-upheld", by="PCC's review officer")
    outcome.finalise(desk, uid)
    with pytest.raises(StepTooSoon):
        outcome.apply_for_review(desk, uid)
    assert outcome.close_complaint(desk, uid).state == "closed"
    assert [line.to for line in life(desk, uid).path if line.changed] == [
        *(State.LOGGED, State.RECORDED, State.HANDLING, State.DECIDED, State.TOLD),
        *(State.FINALISED, State.REVIEW, State.REVIEWED, State.FINALISED, State.CLOSED),
    ]


def test_twelve_months_run_from_the_complaint_and_not_from_the_investigation(
    office: TestOffice, desk: Desk
) -> None:
    uid = recorded(desk)
    received = desk.today()
    later(office, 30)
    iopc.finish_screen(desk, uid, all_no(desk), by=BY)
    handling.allocate(desk, uid, "Sgt Vane", ())
    handling.start_handling(desk, uid, "investigation", by=BY)
    assert clocks_of(desk, uid)["long-investigation"][0] == received.replace(year=2027)


def test_logged_and_recorded_are_two_states_with_two_days(office: TestOffice, desk: Desk) -> None:
    uid = taken(desk)
    later(office, 3)
    done = recording.record_complaint(
        desk, uid, Recording(("authority-decides",), satisfied=True), by=BY
    )
    assert (done.received_on, done.recorded_on) == (TODAY, TODAY + timedelta(days=3))


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_a_yes_or_unsure_of_the_ten_lines_bars_outside_schedule_3(desk: Desk, answer: str) -> None:
    uid = taken(desk)
    recording.set_wishes(desk, uid, "an apology", "no", "agreed")
    iopc.finish_screen(desk, uid, all_no(desk) | {"serious-assault": answer}, by=BY)
    with pytest.raises(StepTooSoon) as refused:
        recording.handle_outside(desk, uid, "an apology", by=BY)
    assert refused.value.missing == (Need.SCREEN_NO,)


def test_outside_needs_the_ten_lines_and_their_agreement(desk: Desk) -> None:
    uid = taken(desk)
    with pytest.raises(StepTooSoon) as refused:
        recording.handle_outside(desk, uid, "an apology", by=BY)
    assert set(refused.value.missing) == {Need.SCREEN, Need.SCREEN_NO, Need.AGREED}
    recording.set_wishes(desk, uid, "an apology", "yes", "agreed")
    iopc.finish_screen(desk, uid, all_no(desk), by=BY)
    with pytest.raises(StepTooSoon) as refused:
        recording.handle_outside(desk, uid, "an apology", by=BY)
    assert refused.value.missing == (Need.AGREED,)


def test_who_asks_for_recording_while_it_is_outside_stops_the_outcome(desk: Desk) -> None:
    uid = outside(desk)
    recording.set_wishes(desk, uid, "a proper answer", "yes", "agreed")
    item = complaint(desk, uid).allegations[0]
    allegations.decide_allegation(desk, item.uid, "resolved", ("apology",), why="done", by=BY)
    with pytest.raises(StepTooSoon) as refused:
        handling.conclude(desk, uid, (), by=BY)
    assert refused.value.missing == (Need.STILL_OUTSIDE,)
    again = recording.record_complaint(
        desk, uid, Recording(("wants-recording", "dissatisfied"), satisfied=True), by=BY
    )
    assert again.allegations[0].decision == ""
    assert contacts.amendments(desk.store, item.uid)[0]["old_value"] == "resolved"


def test_mentioned_starts_the_provisional_clock_and_ten_no_end_it(desk: Desk) -> None:
    uid = taken(desk, mentioned=("assault",))
    assert clocks_of(desk, uid) == {"iopc-referral": (TODAY + timedelta(days=1), True)}
    iopc.finish_screen(desk, uid, all_no(desk), by=BY)
    assert clocks_of(desk, uid) == {}


def test_a_yes_starts_the_real_clock_and_wants_referral_before_handling(desk: Desk) -> None:
    uid = recorded(desk, mentioned=("assault",))
    iopc.finish_screen(desk, uid, all_no(desk) | {"serious-assault": "yes"}, by=BY)
    assert clocks_of(desk, uid) == {"iopc-referral": (TODAY + timedelta(days=1), False)}
    handling.allocate(desk, uid, "Sgt Vane", ())
    with pytest.raises(StepTooSoon) as refused:
        handling.start_handling(desk, uid, "investigation", by=BY)
    assert refused.value.missing == (Need.REFERRED,)
    iopc.refer_to_iopc(desk, uid, reference="2026/1", by=BY)
    assert clocks_of(desk, uid) == {}
    iopc.iopc_returns(desk, uid, "local investigation")
    handling.start_handling(desk, uid, "investigation", by=BY)
    assert life(desk, uid).review == "Independent Office for Police Conduct"


def test_after_the_iopcs_own_investigation_there_is_no_review(desk: Desk) -> None:
    uid = recorded(desk)
    iopc.finish_screen(desk, uid, all_no(desk), by=BY)
    with pytest.raises(Refused):
        iopc.refer_to_iopc(desk, uid, by=BY)
    iopc.refer_to_iopc(desk, uid, by=BY, why="exceptional circumstances")
    iopc.iopc_keeps(desk, uid, "independent investigation")
    decided(desk, uid, "no-case")
    outcome.tell_outcome(desk, uid, "letter")
    with pytest.raises(StepTooSoon):
        outcome.apply_for_review(desk, uid)


def test_an_officer_of_the_desk_does_not_finish_the_ten_lines(office: TestOffice) -> None:
    desk = office.sign_in(OFFICER)
    uid = taken(desk)
    with pytest.raises(NotPermitted):
        iopc.finish_screen(desk, uid, all_no(desk), by=BY)
    with pytest.raises(NotPermitted):
        authority.set_aside(desk, uid, "policy", by=BY, told_on=TODAY)


def test_every_one_of_the_ten_lines_wants_its_answer(desk: Desk) -> None:
    uid = taken(desk)
    for answers in ({"gravity": "no"}, {**all_no(desk), "weather": "no"}, {"gravity": "perhaps"}):
        with pytest.raises(Refused):
            iopc.finish_screen(desk, uid, answers, by=BY)


def test_a_transfer_keeps_the_day_it_was_received(office: TestOffice, desk: Desk) -> None:
    uid = taken(desk)
    confirm_entry(desk, "psd", "rang")
    pass_complaint(desk, uid)
    later(office, 5)
    moved = authority.decide_authority(desk, uid, "chief-constable", "it is about him after all")
    assert (moved.state, moved.received_on, moved.passed_at) == ("logged", TODAY, None)
    assert moved.restricted
    assert "from Chief Constable" in life(desk, uid).path[-1].words
    kept = contacts.amendments(desk.store, uid)
    assert {row["field"] for row in kept} == {"about", "authority"}


def test_who_is_complained_of_never_handles_it_and_a_conflict_wants_a_supervisor(
    office: TestOffice, desk: Desk
) -> None:
    uid = recorded(desk)
    for who, conflicts in (("PC Holm", ()), ("Sgt Vane", None), ("Sgt Vane", ("knows",))):
        with pytest.raises(Conflict):
            handling.allocate(desk, uid, who, conflicts)
    handling.allocate(desk, uid, "Sgt Vane", ("knows",), why="only in passing, years ago")
    assert "in passing" in life(desk, uid).path[-1].words
    officer = office.sign_in(OFFICER)
    with pytest.raises(NotPermitted):
        handling.allocate(officer, uid, "Sgt Vane", ("knows",), why="it is fine")


def test_the_complainant_does_not_handle_their_own_complaint(desk: Desk) -> None:
    matter = new_matter(desk)
    call = new_call(desk, matter, person=new_person(desk, "Sam Vane"))
    uid = log_complaint(
        desk, ComplaintIntake(matter, "rude", contact_uid=call, about="service")
    ).uid
    recording.record_complaint(desk, uid, Recording(("wants-recording",), satisfied=True), by=BY)
    with pytest.raises(Conflict):
        handling.allocate(desk, uid, "Sam Vane", ())


def test_whoever_decides_is_asked_about_conflicts_again(desk: Desk) -> None:
    uid = handled(desk)
    item = complaint(desk, uid).allegations[0]
    allegations.decide_allegation(desk, item.uid, "acceptable", ("nfa",), why="so", by=BY)
    for who, conflicts in (("PC Holm", ()), (BY, None)):
        with pytest.raises(Conflict):
            handling.conclude(desk, uid, conflicts, by=who)


def test_decisions_are_in_the_routes_own_words_with_an_action(desk: Desk) -> None:
    uid = handled(desk)
    item = complaint(desk, uid).allegations[0]
    for word, actions in (
        ("resolved", ("nfa",)),
        ("acceptable", ()),
        ("acceptable", ("nfa", "upp")),
    ):
        with pytest.raises(Refused):
            allegations.decide_allegation(desk, item.uid, word, actions, why="so", by=BY)
    with pytest.raises(StepTooSoon):
        handling.conclude(desk, uid, (), by=BY)


def test_each_allegation_has_exactly_one_category_before_it_is_decided(desk: Desk) -> None:
    uid = handled(desk)
    more = allegations.add_allegation(desk, uid, "And nobody rang back").allegations[1]
    with pytest.raises(StepTooSoon) as refused:
        allegations.decide_allegation(desk, more.uid, "acceptable", ("nfa",), why="so", by=BY)
    assert refused.value.missing == (Need.CATEGORIES,)
    with pytest.raises(Refused):
        allegations.categorise(desk, more.uid, "Z9")
    allegations.categorise(desk, more.uid, "A4")
    assert allegations.categorise(desk, more.uid, "A3", "on reflection").allegations[
        1
    ].category == ("A3")
    allegations.set_factors(desk, uid, ("custody", "dog"))
    with pytest.raises(Refused):
        allegations.set_factors(desk, uid, ("weather",))


def test_only_outside_and_unwritten_is_told_by_word_of_mouth(desk: Desk) -> None:
    uid = handled(desk)
    decided(desk, uid)
    with pytest.raises(Refused):
        outcome.tell_outcome(desk, uid, "by word of mouth")


def test_a_complaint_that_came_by_letter_is_answered_in_writing(desk: Desk) -> None:
    day = TODAY - timedelta(days=4)
    typed = letters.TypedLetter("Tom Bright", subject="Rude", words="rude", received_on=day)
    posted = letters.type_letter(desk, typed)
    assert isinstance(posted, letters.Imported)
    matter = enquiries.find_reference(desk, posted.reference)
    uid = log_complaint(
        desk, ComplaintIntake(matter, "He was rude", about="service", category="H1")
    ).uid
    assert complaint(desk, uid).received_on == day
    recording.set_wishes(desk, uid, "an apology", "no", "agreed")
    iopc.finish_screen(desk, uid, all_no(desk), by=BY)
    recording.handle_outside(desk, uid, "an apology", by=BY)
    decided(desk, uid, "resolved")
    with pytest.raises(Refused):
        outcome.tell_outcome(desk, uid, "by word of mouth")


def test_a_late_review_wants_special_circumstances(office: TestOffice, desk: Desk) -> None:
    uid = told(desk)
    later(office, 29)
    with pytest.raises(Refused):
        outcome.apply_for_review(desk, uid)
    assert outcome.apply_for_review(desk, uid, why="was in hospital").state == "review"


def test_words_on_the_telephone_withdraw_nothing_and_28_days_of_silence_do(
    office: TestOffice, desk: Desk
) -> None:
    uid = handled(desk)
    with pytest.raises(StepTooSoon):
        withdrawal.withdrawal_letter(desk, uid)
    assert withdrawal.ask_withdrawal(desk, uid, "oh, drop it").state == "handling"
    withdrawal.withdrawal_letter(desk, uid)
    assert clocks_of(desk, uid)["withdrawal-reply"][0] == TODAY + timedelta(days=28)
    later(office, 28)
    with pytest.raises(StepTooSoon):
        withdrawal.withdrawal_silence(desk, uid)
    later(office, 1)
    assert withdrawal.withdrawal_silence(desk, uid).state == "withdrawn"
    assert clocks_of(desk, uid) == {}
    assert outcome.finalise(desk, uid).state == "finalised"


def test_an_answer_to_the_letter_puts_it_back_where_it_stood(desk: Desk) -> None:
    uid = handled(desk)
    handling.suspend(desk, uid, "trial in March", by=BY)
    withdrawal.ask_withdrawal(desk, uid, "drop it")
    withdrawal.withdrawal_letter(desk, uid)
    assert withdrawal.keep_on(desk, uid, "no, go on").state == "suspended"
    assert handling.resume(desk, uid, "trial is over", by=BY).state == "handling"


def test_a_signed_withdrawal_under_review_says_who_was_told(desk: Desk) -> None:
    uid = told(desk)
    outcome.apply_for_review(desk, uid)
    with pytest.raises(Refused):
        withdrawal.withdraw_signed(desk, uid, "the complainant")
    done = withdrawal.withdraw_signed(desk, uid, "the complainant", told="the review officer")
    assert done.state == "withdrawn"
    assert withdrawal.carry_on(desk, uid, "public interest", by=BY).state == "review"


def test_opening_again_keeps_what_was_decided(desk: Desk) -> None:
    uid = told(desk)
    outcome.finalise(desk, uid)
    item = complaint(desk, uid).allegations[0]
    again = outcome.reopen_complaint(desk, uid, "new footage", by=BY)
    assert (again.state, again.allegations[0].decision) == ("recorded", "")
    assert contacts.amendments(desk.store, item.uid)[0]["old_value"] == "acceptable"
    with pytest.raises(StepNotOpen):
        outcome.take_up(desk, uid, "again", by=BY)


def test_a_day_before_the_last_step_or_to_come_is_refused(office: TestOffice, desk: Desk) -> None:
    uid = taken(desk)
    later(office, 5)
    rules = Recording(("wants-recording",), satisfied=True)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=9)):
        with pytest.raises(Refused):
            recording.record_complaint(desk, uid, rules, by=BY, on=day)
    recording.record_complaint(desk, uid, rules, by=BY, on=TODAY + timedelta(days=2))
    with pytest.raises(Refused):
        iopc.finish_screen(desk, uid, all_no(desk), by=BY, on=TODAY + timedelta(days=1))


def test_what_another_body_decides_is_passed_and_handed_over(desk: Desk) -> None:
    uid = taken(desk, about="commissioner", about_whom="")
    with pytest.raises(StepNotOurs):
        recording.record_complaint(
            desk, uid, Recording(("wants-recording",), satisfied=True), by=BY
        )
    confirm_entry(desk, "police-crime-panel", "rang")
    pass_complaint(desk, uid)
    done = authority.hand_over(desk, uid, "PCP/26/7")
    assert done.state == "elsewhere"


def test_nothing_of_it_moves_while_its_matter_is_closed(desk: Desk) -> None:
    uid = taken(desk, about="commissioner", about_whom="")
    confirm_entry(desk, "police-crime-panel", "rang")
    pass_complaint(desk, uid)
    matter = complaint(desk, uid).enquiry_uid
    with pytest.raises(ClosingRefused):
        enquiries.close_enquiry(desk, matter, "done", over=True)


def test_a_matter_stays_open_until_its_complaint_is_final_and_the_window_over(
    office: TestOffice, desk: Desk
) -> None:
    uid = told(desk)
    matter = complaint(desk, uid).enquiry_uid
    blocks = {str(block) for block in enquiries.closing_blocks(desk, matter)}
    assert "a complaint is not final" in blocks
    outcome.finalise(desk, uid)
    blocks = {str(block) for block in enquiries.closing_blocks(desk, matter)}
    assert "a complaint is not final" not in blocks
    assert "the review window of a complaint is open" in blocks
    later(office, 29)
    blocks = {str(block) for block in enquiries.closing_blocks(desk, matter)}
    assert not any("complaint" in block for block in blocks)


def test_what_is_no_complaint_is_set_aside_with_its_ground(desk: Desk) -> None:
    uid = taken(desk)
    assert authority.set_aside(desk, uid, "not-police", by=BY, told_on=TODAY).state == "set-aside"
    outcome.finalise(desk, uid)
    assert outcome.take_up(desk, uid, "it was the police after all", by=BY).state == "logged"


def test_equality_answers_are_only_counted_and_small_numbers_left_out(desk: Desk) -> None:
    for _ in range(6):
        assert equality.enter_equality(desk, {"sex": "female", "age": ""}) == 1
    equality.enter_equality(desk, {"sex": "male"})
    for answers in ({}, {"sex": "perhaps"}, {"weather": "fine"}):
        with pytest.raises(Refused):
            equality.enter_equality(desk, answers)
    figures = {item.question: item.cells for item in equality.equality_figures(desk, 2026)}
    assert [cell.words for cell in figures["Sex"]] == ["left out", "left out", "0", "0"]
    assert last_event(desk)["action"] == "equality.read"
    rows = desk.store.query("SELECT name FROM pragma_table_info('equality_count')")
    columns = {row["name"] for row in rows}
    assert columns == {"year", "question", "answer", "count"}


def test_an_officer_enters_equality_answers_and_reads_none(office: TestOffice) -> None:
    desk = office.sign_in(OFFICER)
    equality.enter_equality(desk, {"sex": "prefer not to say"})
    with pytest.raises(NotPermitted):
        equality.equality_figures(desk, 2026)


def test_the_screen_lists_the_steps_with_what_each_needs(desk: Desk) -> None:
    uid = taken(desk)
    view: Life = life(desk, uid)
    steps = {str(step.verb): step for step in view.steps}
    assert steps["record"].is_open and not steps["handle-outside"].is_open
    assert all(step.why and step.source for step in view.steps)
    assert ": complaints " in view.rules


def held(desk: Desk, uid: str) -> list[tuple[str, bool]]:
    return [
        (hold.reason, hold.stands)
        for hold in holds.holds_of(desk, complaint(desk, uid).enquiry_uid)
        if hold.kind is HoldKind.IOPC
    ]


def referred(desk: Desk, uid: str) -> None:
    iopc.finish_screen(desk, uid, {**all_no(desk), "serious-assault": "yes"}, by=BY)
    iopc.refer_to_iopc(desk, uid, by=BY)


def test_a_referral_holds_the_matter_until_the_iopc_sends_it_back(desk: Desk) -> None:
    uid = recorded(desk)
    referred(desk, uid)
    assert held(desk, uid) == [(iopc.HELD_WHY, True)]
    iopc.iopc_returns(desk, uid, "local investigation")
    assert held(desk, uid) == [(iopc.HELD_WHY, False)]
    assert audit.verify_record(desk).verified


def test_what_the_iopc_keeps_stays_held_until_a_supervisor_lifts_it(
    office: TestOffice, desk: Desk
) -> None:
    uid = recorded(desk)
    referred(desk, uid)
    later(office, 3)
    iopc.iopc_keeps(desk, uid, "independent investigation")
    assert clocks_of(desk, uid)["long-investigation"] == (date(2027, 11, 24), False)
    decided(desk, uid, "no-case")
    outcome.tell_outcome(desk, uid, "letter")
    outcome.finalise(desk, uid)
    outcome.close_complaint(desk, uid)
    assert held(desk, uid) == [(iopc.HELD_WHY, True)]
    with pytest.raises(ClosingRefused) as shut:
        enquiries.close_enquiry(desk, complaint(desk, uid).enquiry_uid, "done")
    assert "IOPC" in str(shut.value.hint)


def test_a_hold_placed_by_hand_outlives_the_return_of_a_referral_whatever_its_words(
    desk: Desk,
) -> None:
    uid = recorded(desk)
    matter = complaint(desk, uid).enquiry_uid
    holds.place_hold(desk, matter, HoldKind.IOPC, iopc.HELD_WHY)
    referred(desk, uid)
    iopc.iopc_returns(desk, uid, "local investigation")
    assert held(desk, uid) == [(iopc.HELD_WHY, True)]
    assert audit.verify_record(desk).verified


def test_what_was_asked_to_be_kept_stands_on_the_path_and_in_the_matter(desk: Desk) -> None:
    uid = taken(desk)
    assert "nobody was asked to keep evidence yet" in life(desk, uid).duties
    duties.preserve_evidence(desk, uid, "counter camera, 23 Nov 9 to 10", "DS Varley, CCTV unit")
    view = life(desk, uid)
    assert view.duties == ()
    assert (view.path[-1].by, view.path[-1].on) == ("DS Varley, CCTV unit", TODAY)
    assert view.state is State.LOGGED
    matter = opening.refresh(desk, view.complaint.enquiry_uid)
    assert [line.words for line in matter.timeline].count("asked to keep evidence") == 1


def test_a_copy_of_the_record_is_owed_from_recording_and_less_than_the_whole_wants_a_reason(
    desk: Desk,
) -> None:
    uid = taken(desk)
    with pytest.raises(StepNotOpen):
        duties.give_copy(desk, uid, ["complainant"], "whole")
    uid = recorded(desk)
    owed = "the complainant has no copy of the record yet"
    assert owed in life(desk, uid).duties
    duties.give_copy(desk, uid, ["person complained about"], "whole")
    assert owed in life(desk, uid).duties
    with pytest.raises(Refused):
        duties.give_copy(desk, uid, ["complainant"], "not given")
    duties.give_copy(desk, uid, ["complainant"], "names or parts taken out", why="a witness")
    assert owed not in life(desk, uid).duties
    assert "a witness" in life(desk, uid).path[-1].words


def test_what_a_clock_waits_for_is_pressing_and_what_is_done_stands_back(desk: Desk) -> None:
    uid = taken(desk, mentioned=("assault",))
    assert life(desk, uid).pressing == {Verb.FINISH_SCREEN}
    assert Verb.CATEGORISE in life(desk, uid).done
    uid = recorded(desk)
    iopc.finish_screen(desk, uid, {**all_no(desk), "gravity": "yes"}, by=BY)
    assert life(desk, uid).pressing == {Verb.REFER}
    iopc.refer_to_iopc(desk, uid, by=BY)
    withdrawal.ask_withdrawal(desk, uid, "drop it")
    assert life(desk, uid).pressing == {Verb.WITHDRAWAL_LETTER}


def test_what_the_office_calls_the_chief_never_has_a_complaint_about_the_chief(
    office: TestOffice,
) -> None:
    desk = office.sign_in(SUPERVISOR)
    uid = taken(desk, about="officer")
    authority.decide_authority(desk, uid, "chief-constable", "it is the chief")
    row = complaint_moves.found(desk, uid)
    with pytest.raises(Conflict):
        handling._checked(desk, row, "Chief Constable", (), "")
    assert handling._checked(desk, row, "L Doyle", (), "") == "asked, no conflict"


def test_what_forces_recording_shuts_the_road_outside_schedule_3(desk: Desk) -> None:
    uid = taken(desk)
    recording.set_wishes(desk, uid, "an apology", "no", "agreed")
    iopc.finish_screen(desk, uid, all_no(desk), by=BY)
    with pytest.raises(Refused) as shut:
        recording.handle_outside(desk, uid, "a call", by=BY, forced=["crime-or-discipline"])
    assert "crime" in shut.value.title
    assert complaint(desk, uid).state == "logged"


@pytest.mark.parametrize(
    "ground",
    [
        *("wants-recording", "authority-decides", "death-or-serious-injury"),
        *("crime-or-discipline", "article-2-or-3", "mandatory-referral"),
    ],
)
def test_each_ground_that_forces_recording_records_it_and_decides_who_reviews(
    desk: Desk, ground: str
) -> None:
    uid = taken(desk)
    given = Recording((ground,), satisfied=True)
    recording.record_complaint(desk, uid, given, by=BY)
    iopc.finish_screen(desk, uid, all_no(desk), by=BY)
    handling.allocate(desk, uid, "Sgt Vane", ())
    handling.start_handling(desk, uid, "otherwise", by=BY)
    chosen = desk.packs.complaints.value.book.serious_grounds
    body = "Independent Office" if ground in chosen else "local policing body"
    assert body in life(desk, uid).review


def test_a_recommendation_is_answered_in_words_before_it_is_final(desk: Desk) -> None:
    uid = told(desk)
    outcome.apply_for_review(desk, uid)
    ours = "the commissioner's office"
    for nothing in ("", " ", "ok"):
        with pytest.raises(Refused, match="words are missing"):
            outcome.decide_review(desk, uid, "recommended", by=ours, recommends=nothing)
    outcome.decide_review(desk, uid, "recommended", by=ours, recommends="write to her again")
    with pytest.raises(Refused):
        outcome.finalise(desk, uid)
    outcome.finalise(desk, uid, "accepted: they will write again")
    assert "accepted" in life(desk, uid).path[-1].words


def test_a_complaint_written_down_later_was_received_when_the_caller_rang(
    office: TestOffice, desk: Desk
) -> None:
    matter = new_matter(desk)
    contact = new_call(desk, matter, person=new_person(desk))
    contacts_verbs.end_contact(desk, contact)
    later(office, 9)
    uid = log_complaint(desk, ComplaintIntake(matter, "He was rude.", about="service")).uid
    assert complaint(desk, uid).received_on == TODAY
    parts = enquiries_records.parts(desk.store, complaint_moves.found(desk, uid)["enquiry_id"])
    assert "complainant" in {part["part"] for part in parts}


def test_a_review_of_what_others_decided_counts_from_the_day_they_told(
    office: TestOffice, desk: Desk
) -> None:
    uid = taken(desk)
    confirm_entry(desk, "psd", "rang")
    pass_complaint(desk, uid)
    authority.hand_over(desk, uid, "PSD/1", by="DS Varley")
    assert "letter" in life(desk, uid).review_reasons[0]
    later(office, 60)
    with pytest.raises(Refused):
        outcome.apply_for_review(desk, uid)
    told_on = outcome.ToldElsewhere(TODAY + timedelta(days=5))
    with pytest.raises(Refused) as late:
        outcome.apply_for_review(desk, uid, elsewhere=told_on)
    assert "Sun 27 Dec 2026" in late.value.title
    told_on = outcome.ToldElsewhere(TODAY + timedelta(days=40), ReviewBody.IOPC)
    outcome.apply_for_review(desk, uid, elsewhere=told_on)
    view = life(desk, uid)
    assert (view.state, view.review) == (State.REVIEW, ReviewBody.IOPC.words)
    assert view.path[-1].words == "told Sun 3 Jan 2027, in time"


def test_carried_on_with_after_a_withdrawal_its_long_letter_is_due_as_before(
    office: TestOffice, desk: Desk
) -> None:
    uid = handled(desk, "investigation")
    before = clocks_of(desk, uid)["long-investigation"]
    later(office, 40)
    withdrawal.withdraw_signed(desk, uid, "the complainant")
    assert clocks_of(desk, uid) == {}
    withdrawal.carry_on(desk, uid, "others were treated alike", by=BY)
    assert clocks_of(desk, uid)["long-investigation"] == before


def test_an_allegation_to_be_moved_makes_recording_what_is_waited_for(desk: Desk) -> None:
    uid = outside(desk)
    (item,) = complaint(desk, uid).allegations
    allegations.decide_allegation(desk, item.uid, "moved", ("nfa",), why="not happy", by=BY)
    assert life(desk, uid).pressing == {Verb.RECORD}
