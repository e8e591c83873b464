from __future__ import annotations

from datetime import date, timedelta

import pytest

from enquiry_tui.desk import calendars, clocks, enquiries, incidents, lists, quicklog
from enquiry_tui.desk.audit import verify_record
from enquiry_tui.desk.clock_export import export_calendar
from enquiry_tui.desk.clock_steps import ClockRuns, finish_clock, running, start_clock
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import ClosingRefused, ReasonMissing, ReasonTooShort
from enquiry_tui.desk.views import DeskRow
from enquiry_tui.desk.work import WrongState
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.clock_words import past_words
from enquiry_tui.domain.clocks import Due, reckon
from enquiry_tui.domain.closing import Block
from enquiry_tui.domain.workdays import CalendarName
from enquiry_tui.errors import NotPermitted, Refused
from enquiry_tui.tui.screens.clock_text import press_of, working_block
from enquiry_tui.tui.screens.desk_rows import due_of
from enquiry_tui.vault.errors import WrongPassphrase
from tests.desk.matters import new_matter
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice, last_event, passphrase_of

TODAY = date(2026, 11, 24)


def start(desk: Desk, matter: str, rule: str, day: date = TODAY, **named: object) -> str:
    with desk.act(Action.CLOCK_STARTED) as act:
        uid = start_clock(act, matter, rule, day, **named)  # type: ignore[arg-type]
        act.event("clock", uid)
    return uid


def finish(desk: Desk, matter: str, rule: str, day: date = TODAY, **named: str) -> None:
    with desk.act(Action.CLOCK_MET) as act:
        finish_clock(act, matter, rule, day, **named)
        act.event("", "")


def row_of(desk: Desk, matter: str) -> DeskRow:
    (row,) = lists.queue_rows(desk, [lists.key_of(desk, matter)])
    return row


# Starting and finishing


def test_a_clock_keeps_its_rule_its_dates_and_how_they_were_worked_out(desk):
    matter = new_matter(desk)
    uid = start(desk, matter, "foi", date(2026, 11, 21))
    (clock,) = running(desk.store, matter)
    assert (clock.uid, clock.rule, clock.state) == (uid, "foi", "running")
    assert clock.legal is not None and clock.legal.day == date(2026, 12, 21)
    assert clock.terms.source.startswith("Freedom of Information Act 2000")
    assert any("Saint Andrew" in skip.why for skip in clock.working.skipped)
    assert clock.pack_hash == desk.packs.clocks.hash
    assert clock.calendar_version == 1


def test_a_letter_that_goes_late_does_not_put_off_the_end_of_the_next_period(office, desk):
    matter = new_matter(desk)
    start(desk, matter, "long-investigation", date(2025, 11, 24))
    office.clock.advance(seconds=20 * 86_400)
    finish(desk, matter, "long-investigation", desk.today())
    (clock,) = running(desk.store, matter)
    assert (clock.round, clock.start) == (2, date(2026, 11, 24))
    assert clock.due_on == date(2027, 5, 24)


def test_a_repeating_clock_starts_again_when_it_is_met_and_not_when_it_is_ended(desk):
    matter = new_matter(desk)
    start(desk, matter, "complaint-update", TODAY - timedelta(days=10), about="c1")
    finish(desk, matter, "complaint-update", about="c1")
    (clock,) = running(desk.store, matter)
    assert clock.round == 2
    assert clock.legal is not None and clock.legal.day == TODAY + timedelta(days=28)
    finish(desk, matter, "complaint-update", about="c1", outcome="ended")
    assert running(desk.store, matter) == []


def test_a_clock_is_known_by_its_rule_and_by_what_it_belongs_to(desk):
    matter = new_matter(desk)
    start(desk, matter, "iopc-referral", about="c1", provisional=True)
    start(desk, matter, "iopc-referral", about="c2")
    with pytest.raises(ClockRuns):
        start(desk, matter, "iopc-referral", about="c2")
    start(desk, matter, "iopc-referral", about="c1")
    states = [(c.about, c.state, c.provisional) for c in clocks.clocks_of(desk, matter)]
    assert sorted(states) == [
        ("c1", "ended", True),
        ("c1", "running", False),
        ("c2", "running", False),
    ]
    finish(desk, matter, "iopc-referral", about="nothing of that name")


def test_a_clock_never_starts_in_the_future(desk):
    with pytest.raises(Refused):
        clocks.begin_clock(desk, new_matter(desk), "sar", TODAY + timedelta(days=1))


@pytest.mark.parametrize(("late", "state"), [(0, "met"), (1, "missed")])
def test_what_is_done_after_its_date_was_missed(office, desk, late, state):
    uid = clocks.begin_clock(desk, new_matter(desk), "complaint-outcome", TODAY).uid
    office.clock.advance(seconds=(7 + late) * 86_400)  # five working days, then more
    assert clocks.meet_clock(desk, uid, desk.today(), "letter sent").state == state
    with pytest.raises(WrongState):
        clocks.meet_clock(desk, uid, desk.today())


# The reply date of a matter


def test_the_reply_date_of_a_matter_follows_its_clock(desk):
    matter = new_matter(desk)
    start(desk, matter, "letter-reply")
    assert enquiry(desk, matter)["due_why"] == "20 working days from Tue 24 Nov 2026"
    clocks.begin_clock(desk, matter, "foi", TODAY)
    row = enquiry(desk, matter)
    assert row["due_on"] == "2026-12-23"
    assert "freedom of information" in row["due_why"]
    assert [c.rule for c in running(desk.store, matter)] == ["foi"]


def test_sending_the_reply_meets_the_clock_and_an_acknowledgement_only_its_own(desk):
    matter = new_matter(desk)
    start(desk, matter, "letter-reply")
    start(desk, matter, "letter-acknowledge")
    enquiries.mark_sent(desk, matter, "card", acknowledgement=True)
    assert [c.rule for c in running(desk.store, matter)] == ["letter-reply"]
    enquiries.mark_sent(desk, matter, "letter")
    assert running(desk.store, matter) == []


def test_a_reply_date_set_by_hand_moves_the_service_date_and_never_the_legal_one(desk):
    matter = new_matter(desk)
    uid = clocks.begin_clock(desk, matter, "foi", TODAY).uid
    with pytest.raises(Refused, match="legal date is Wed 23 Dec 2026"):
        enquiries.set_due(desk, matter, date(2026, 12, 24), "they agreed")
    enquiries.set_due(desk, matter, date(2026, 12, 10), "told them so")
    clock = clocks.clock(desk, uid)
    assert clock.legal is not None and clock.legal.day == date(2026, 12, 23)
    assert clock.service is not None and clock.service.day == date(2026, 12, 10)
    assert enquiry(desk, matter)["due_on"] == "2026-12-10"
    clocks.move_service_date(desk, uid, None, "no longer")
    assert enquiry(desk, matter)["due_on"] == "2026-12-23"


def test_a_due_day_in_a_line_of_a_call_moves_the_service_date_and_stops_at_the_legal_one(desk):
    matter = new_matter(desk)
    clocks.begin_clock(desk, matter, "foi", TODAY)
    for line, due in (("due:10/12 ~ told", "2026-12-10"), ("due:29/12 ~ told", "2026-12-10")):
        quicklog.log_line(desk, quicklog.LineRequest(line, enquiry_uid=matter))
        assert enquiry(desk, matter)["due_on"] == due


def test_a_slip_starts_the_hours_in_which_the_regulator_is_told(desk):
    matter = new_matter(desk)
    uid = incidents.record_incident(desk, incidents.Slip("his date", enquiry_uid=matter))
    (clock,) = running(desk.store, matter)
    assert (clock.rule, clock.about) == ("breach-ico", uid)
    assert clock.legal is not None and clock.legal.at == desk.now() + timedelta(hours=72)
    row = desk.store.one("SELECT due_at FROM incident WHERE uid = ?", (uid,))
    assert row is not None and row["due_at"].startswith("2026-11-27T14:00")
    with pytest.raises(Refused):
        clocks.meet_clock(desk, clock.uid, desk.today() + timedelta(days=1))
    assert clocks.meet_clock(desk, clock.uid, desk.now()).state == "met"


def test_nothing_sets_a_legal_date_but_its_working(desk):
    clocks.begin_clock(desk, new_matter(desk), "foi", TODAY)
    with (
        pytest.raises(Exception, match="worked out, never set"),
        desk.act(Action.CLOCK_MOVED) as act,
    ):
        act.tx.execute("UPDATE clock SET legal_due = '2027-01-01'")


# Stopping, extending


def test_a_clock_stops_and_goes_on_twice_each_time_with_a_reason(office, desk):
    uid = clocks.begin_clock(desk, new_matter(desk), "sar", TODAY).uid
    for _ in range(2):
        with pytest.raises(ReasonMissing):
            clocks.stop_clock(desk, uid, "clarification", desk.today(), " ")
        stopped = clocks.stop_clock(desk, uid, "clarification", desk.today(), "which years")
        assert stopped.state == "paused" and stopped.standing_since == desk.today()
        office.clock.advance(seconds=4 * 86_400)
        clocks.resume_clock(desk, uid, desk.today(), "the years came")
    clock = clocks.clock(desk, uid)
    assert clock.legal is not None and clock.legal.day == date(2027, 1, 4)  # 24 Dec and 8 days
    assert [stop.cause for stop in clock.stops] == ["clarification", "clarification"]


def test_the_month_begins_anew_when_the_proof_of_who_they_are_comes(office, desk):
    uid = clocks.begin_clock(desk, new_matter(desk), "sar", TODAY).uid
    clocks.stop_clock(desk, uid, "identification", TODAY, "the name differs from ours")
    office.clock.advance(seconds=7 * 86_400)
    found = clocks.resume_clock(desk, uid, desk.today(), "passport copy came")
    assert found.legal is not None and found.legal.day == date(2027, 1, 4)  # from 1 December
    assert found.working.begins == date(2026, 12, 1)


def test_only_what_its_rule_knows_stops_or_extends_a_clock(desk):
    matter = new_matter(desk)
    outcome = clocks.begin_clock(desk, matter, "complaint-outcome", TODAY).uid
    foi = clocks.begin_clock(desk, matter, "foi", TODAY).uid
    with pytest.raises(Refused):
        clocks.stop_clock(desk, outcome, "identification", TODAY, "x")
    with pytest.raises(Refused):
        clocks.extend_clock(desk, outcome, "busy")
    assert clocks.extend_clock(desk, foi, "public interest").extended
    with pytest.raises(Refused):
        clocks.extend_clock(desk, foi, "again")


def test_what_moves_a_date_in_law_wants_a_word_as_its_reason(desk):
    uid = clocks.begin_clock(desk, new_matter(desk), "sar", TODAY).uid
    for change in (clocks.extend_clock, clocks.date_with_extension, clocks.end_clock):
        with pytest.raises((ReasonTooShort, NotPermitted)):
            change(desk, uid, "g")
    with pytest.raises(ReasonTooShort):
        clocks.stop_clock(desk, uid, "clarification", TODAY, "?! 12")
    assert clocks.clock(desk, uid).legal == Due(date(2026, 12, 24))


def test_an_extension_by_mistake_is_taken_back_and_the_working_says_so(desk):
    matter = new_matter(desk)
    begun = clocks.begin_clock(desk, matter, "sar", TODAY)
    new = clocks.date_with_extension(desk, begun.uid, "complex")
    assert clocks.clock(desk, begun.uid).legal == begun.legal
    assert clocks.extend_clock(desk, begun.uid, "complex").legal == new
    back = clocks.take_back_extension(desk, begun.uid, "wrong clock")
    assert (back.legal, back.extended, back.taken_back) == (begun.legal, False, ("wrong clock",))
    assert enquiry(desk, matter)["due_on"] == "2026-12-24"
    assert "taken back: wrong clock" in working_block(back, 80).plain
    with pytest.raises(Refused, match="No extension"):
        clocks.take_back_extension(desk, begun.uid, "wrong clock")


def test_a_date_that_has_passed_is_not_extended(office, desk):
    uid = clocks.begin_clock(desk, new_matter(desk), "sar", TODAY).uid
    office.clock.advance(seconds=40 * 86_400)
    with pytest.raises(Refused, match="passed"):
        clocks.extend_clock(desk, uid, "complex")


def test_a_legal_clock_is_a_supervisors_to_end(office, desk):
    matter = new_matter(desk)
    uid = clocks.begin_clock(desk, matter, "foi", TODAY).uid
    ours = clocks.begin_clock(desk, matter, "letter-update", TODAY).uid
    assert clocks.end_clock(desk, ours, "not needed").state == "ended"
    with pytest.raises(NotPermitted):
        clocks.end_clock(desk, uid, "withdrawn")
    leader = office.sign_in(SUPERVISOR)
    assert clocks.end_clock(leader, uid, "withdrawn in writing").state == "ended"
    assert enquiry(leader, matter)["due_on"] is None


# Closing and the desk


def test_nobody_closes_over_a_legal_clock_not_even_a_supervisor(supervisor):
    matter = new_matter(supervisor)
    uid = clocks.begin_clock(supervisor, matter, "complaint-outcome", TODAY).uid
    start(supervisor, matter, "letter-acknowledge")
    for over in (False, True):
        with pytest.raises(ClosingRefused) as refused:
            enquiries.close_enquiry(supervisor, matter, "done", over=over)
        assert str(Block.CLOCK) in str(refused.value.hint)
    clocks.meet_clock(supervisor, uid, TODAY)
    enquiries.close_enquiry(supervisor, matter, "done")
    assert running(supervisor.store, matter) == []


def test_somebody_elses_time_stands_against_closing_until_it_is_over(office, supervisor):
    matter = new_matter(supervisor)
    start(supervisor, matter, "withdrawal-reply")
    assert Block.CLOCK in enquiries.closing_blocks(supervisor, matter)
    office.clock.advance(seconds=29 * 86_400)
    assert row_of(supervisor, matter).due_kind == "window"
    assert lists.queue_counts(supervisor)["overdue"] == 0
    enquiries.close_enquiry(supervisor, matter, "they did not answer")


def test_the_desk_sorts_by_the_nearest_date_and_a_legal_clock_presses_while_waiting(desk):
    late, soon = new_matter(desk, "late"), new_matter(desk, "soon")
    waits, ours = new_matter(desk, "waits"), new_matter(desk, "ours")
    clocks.begin_clock(desk, late, "foi", TODAY)
    clocks.begin_clock(desk, soon, "complaint-outcome", TODAY)
    clocks.begin_clock(desk, waits, "dp-complaint", TODAY)
    for matter in (waits, ours):
        enquiries.set_waiting(desk, matter, "PSD")
    order = [row.about for row in lists.queue_rows(desk, lists.queue_keys(desk, "open"))]
    assert order == ["soon", "late", "waits", "ours"]
    kinds = [row_of(desk, matter).due_kind for matter in (soon, late, waits, ours)]
    assert kinds == ["legal", "legal", "legal", "waiting"]


def test_the_minute_of_a_clock_of_hours_reaches_the_desk(office, desk):
    matter = new_matter(desk)
    clocks.begin_clock(desk, matter, "breach-ico", desk.now())
    office.clock.advance(seconds=72 * 3_600)
    at = row_of(desk, matter).due_at
    assert at == desk.now()
    assert past_words(at, desk.now()) == ""
    assert past_words(at, desk.now() + timedelta(hours=3)) == "OVERDUE 3h"


def test_a_stopped_clock_does_not_press(desk):
    matter = new_matter(desk)
    uid = clocks.begin_clock(desk, matter, "sar", TODAY).uid
    clocks.stop_clock(desk, uid, "identification", TODAY, "who are they")
    assert row_of(desk, matter).due_kind == ""
    assert enquiry(desk, matter)["due_on"] is None
    assert Block.CLOCK in enquiries.closing_blocks(desk, matter)


# Holidays


def dates_of(desk: Desk, matters: list[str]) -> dict[str, tuple[object, object]]:
    found = [clock for matter in matters for clock in running(desk.store, matter)]
    return {clock.uid: (clock.legal, clock.service) for clock in found}


def test_a_new_holiday_dates_every_open_clock_again_and_lists_exactly_what_moved(supervisor):
    desk = supervisor
    matters = [new_matter(desk, rule) for rule in ("foi", "sar", "letter-reply", "review-window")]
    for matter, rule in zip(matters, ("foi", "sar", "letter-reply", "review-window"), strict=True):
        start(desk, matter, rule)
    for day in (date(2026, 12, 24), date(2026, 12, 1), date(2027, 6, 1)):
        before = dates_of(desk, matters)
        done = calendars.add_holiday(desk, day, "Day of national mourning", "proclaimed today")
        after = dates_of(desk, matters)
        moved = {item.clock_uid: (item.legal_after, item.service_after) for item in done.moved}
        assert moved == {uid: dates for uid, dates in after.items() if dates != before[uid]}
        for clock in (c for matter in matters for c in running(desk.store, matter)):
            calendar = desk.work_calendar(CalendarName(clock.calendar))
            assert reckon(clock.terms, clock.start, calendar).due == clock.working.due
    assert enquiry(desk, matters[0])["due_on"] == "2026-12-29"
    before = dates_of(desk, matters)
    done = calendars.remove_holiday(desk, date(2026, 12, 1), "it was another day")
    moved_back = {item.clock_uid for item in done.moved}
    after = dates_of(desk, matters)
    assert moved_back == {uid for uid, dates in after.items() if dates != before[uid]} != set()


def test_a_holiday_of_scotland_counts_for_information_requests_alone(supervisor):
    desk = supervisor
    matter = new_matter(desk)
    start(desk, matter, "foi")
    start(desk, matter, "complaint-outcome")
    done = calendars.add_holiday(desk, date(2026, 11, 26), "A day", "gazette", uk_only=True)
    assert [item.title for item in done.moved] == ["freedom of information"]
    assert desk.calendar.is_working_day(date(2026, 11, 26))
    versions = {item.name: item.version for item in calendars.calendar_views(desk)}
    assert versions == {CalendarName.ENGLAND_WALES: 1, CalendarName.UK: 2}


def test_a_service_date_put_by_hand_stays_when_a_holiday_comes(supervisor):
    uid = clocks.begin_clock(supervisor, new_matter(supervisor), "letter-reply", TODAY).uid
    clocks.move_service_date(supervisor, uid, date(2026, 12, 2), "promised")
    assert calendars.add_holiday(supervisor, date(2026, 11, 27), "A day", "proclaimed").moved == ()
    assert clocks.clock(supervisor, uid).due_on == date(2026, 12, 2)


def test_clocks_of_restricted_matters_move_too_and_nobody_else_is_told(office):
    desk = office.sign_in(OFFICER)
    matter = new_matter(desk)
    clocks.begin_clock(desk, matter, "foi", TODAY)
    enquiries.restrict_enquiry(desk, matter, "about this office", ())
    leader = office.sign_in(SUPERVISOR)
    done = calendars.add_holiday(leader, date(2026, 12, 1), "A day", "proclaimed")
    assert (done.moved, done.looked_at) == ((), 0)
    desk = office.sign_in(OFFICER)
    assert enquiry(desk, matter)["due_on"] == "2026-12-24"


def test_the_calendars_are_kept_by_supervisors_and_administrators(office: TestOffice):
    desk = office.sign_in(OFFICER)
    with pytest.raises(NotPermitted):
        calendars.add_holiday(desk, date(2026, 12, 1), "A day", "proclaimed")
    leader = office.sign_in(SUPERVISOR)
    with pytest.raises(ReasonMissing):
        calendars.add_holiday(leader, date(2026, 12, 1), "A day", "")
    with pytest.raises(Refused):
        calendars.add_holiday(leader, date(2026, 12, 25), "Christmas", "proclaimed")


def test_every_version_of_a_calendar_can_be_read_again(supervisor):
    from enquiry_tui.records import calendars as records

    day = date(2026, 12, 1)
    calendars.add_holiday(supervisor, day, "A day", "proclaimed")
    calendars.remove_holiday(supervisor, day, "a mistake")
    has = [
        day in records.load(supervisor.store, CalendarName.UK, version).holidays
        for version in (1, 2, 3)
    ]
    assert has == [False, True, False]
    shown = [item for item in calendars.holidays(supervisor, [2026]) if item.day == day]
    assert {(item.in_force, item.removed_why) for item in shown} == {(False, "a mistake")}


def test_the_calendars_are_carried_on_and_clocks_past_the_known_days_come_right(supervisor):
    known = {item.known_to.year for item in calendars.calendar_views(supervisor)}
    assert known == {2031}
    calendars.extend_calendars(supervisor, 2033, "five years on")
    assert supervisor.calendar.known_to == date(2033, 12, 31)
    assert not supervisor.calendar.is_working_day(date(2033, 12, 27))
    with pytest.raises(Refused):
        calendars.extend_calendars(supervisor, 2033, "again")


def enquiry(desk: Desk, matter: str):
    row = desk.store.one("SELECT * FROM enquiry WHERE uid = ?", (matter,))
    assert row is not None
    return row


# The calendar file


def test_a_calendar_file_names_reference_and_rule_and_nobody(office, desk, tmp_path):
    matter, hidden = new_matter(desk, "Siân O'Brien, her van"), new_matter(desk, "about us")
    clocks.begin_clock(desk, matter, "complaint-update", TODAY)
    clocks.begin_clock(desk, hidden, "foi", TODAY)
    enquiries.restrict_enquiry(desk, hidden, "about this office", ())
    done = export_calendar(desk, tmp_path / "clocks.ics", passphrase_of(OFFICER))
    words = done.file.read_text("utf-8")
    assert (done.entries, done.left_out) == (2, 1)
    assert "SUMMARY:CCO-2026-000001: complaint update\\, legal date" in words
    assert "complaint update\\, service date" in words
    assert "Siân" not in words and "CCO-2026-000002" not in words
    with pytest.raises(WrongPassphrase):
        export_calendar(desk, tmp_path / "more.ics", "not the one")
    assert not (tmp_path / "more.ics").exists()


def test_the_row_at_the_desk_counts_in_what_the_clock_counts(desk):
    for rule in clocks.rules(desk):
        for ago in (0, 1, 20):
            matter = new_matter(desk)
            clock = clocks.begin_clock(desk, matter, rule.name, TODAY - timedelta(days=ago))
            assert due_of(desk, row_of(desk, matter), desk.now()) == press_of(desk, clock), (
                rule.name
            )
    matter = new_matter(desk)
    clocks.begin_clock(desk, matter, "complaint-update", TODAY)
    assert due_of(desk, row_of(desk, matter), desk.now()) == "21d LEFT"


def test_a_stop_by_mistake_is_taken_back_as_if_it_had_never_been_and_the_working_says_so(
    office, desk
):
    matter = new_matter(desk)
    back = begun = clocks.begin_clock(desk, matter, "sar", TODAY)
    for goes_on in (False, True):
        clocks.stop_clock(desk, begun.uid, "clarification", desk.today(), "which years")
        office.clock.advance(seconds=4 * 86_400)
        if goes_on:
            assert clocks.resume_clock(desk, begun.uid, desk.today(), "came").legal != begun.legal
        assert clocks.date_without_stop(desk, begun.uid) == begun.legal
        with pytest.raises(ReasonTooShort):
            clocks.take_back_stop(desk, begun.uid, "x")
        back = clocks.take_back_stop(desk, begun.uid, "wrong matter")
        assert (back.state, back.legal, back.standing_since) == ("running", begun.legal, None)
        assert not any("stopped" in skip.why for skip in back.working.skipped)
        assert enquiry(desk, matter)["due_on"] == "2026-12-24"
        event = last_event(desk)
        assert (event["action"], event["detail"]["why"]) == ("clock.stop-back", "wrong matter")
    assert "taken back: wrong matter" in " ".join(working_block(back, 80).plain.split())
    with pytest.raises(Refused, match="never stopped"):
        clocks.take_back_stop(desk, begun.uid, "wrong matter")
    clocks.stop_clock(desk, begun.uid, "clarification", desk.today(), "which years")
    assert verify_record(desk).verified
