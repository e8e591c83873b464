from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.clock_data import rule_from, rule_text, working_from, working_text
from enquiry_tui.domain.clock_rules import ClockRule, Effect, Rolls, Sort, Starts, Unit
from enquiry_tui.domain.clock_words import press_words, show_due, stopped_words, working_lines
from enquiry_tui.domain.clocks import Due, Stop, add_months, reckon, with_extra
from enquiry_tui.domain.when import LONDON
from enquiry_tui.domain.workdays import CalendarName, computed
from enquiry_tui.policy.packs import load_pack, load_shipped, shipped_bytes
from enquiry_tui.policy.problems import PackError

RULES = load_shipped().clocks.value.rules
CALENDARS = {name: computed(name, range(2019, 2034)) for name in CalendarName}
WORKING = [rule for rule in RULES.values() if rule.unit is Unit.WORKING_DAYS]
ROLLING = [rule for rule in RULES.values() if rule.rolls is Rolls.NEXT_WORKING_DAY]
IN_DAYS = [rule for rule in RULES.values() if rule.unit is not Unit.HOURS]
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def due(name: str, start: date | datetime, stops: tuple[Stop, ...] = (), **named: bool) -> date:
    rule = RULES[name]
    return reckon(rule, start, CALENDARS[rule.calendar], stops, **named).due.day


def shut(since: date, until: date | None, effect: Effect = Effect.STOP) -> Stop:
    return Stop(since, until, effect, "identification")


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [
        ("foi", date(2026, 6, 12), date(2026, 7, 14)),
        ("foi", date(2026, 12, 21), date(2027, 1, 22)),
        ("foi", date(2026, 11, 21), date(2026, 12, 21)),
        ("sar", date(2026, 9, 3), date(2026, 10, 5)),
        ("sar", date(2027, 1, 31), date(2027, 3, 1)),
        ("sar", date(2026, 11, 25), date(2026, 12, 29)),
        ("review-window", date(2026, 6, 1), date(2026, 6, 29)),
        ("complaint-update", date(2026, 11, 23), date(2026, 12, 21)),
        ("complaint-outcome", date(2026, 12, 22), date(2026, 12, 31)),
        ("dp-complaint", date(2026, 11, 25), date(2026, 12, 29)),
        ("iopc-referral", date(2026, 11, 27), date(2026, 11, 28)),
    ],
)
def test_the_reference_cases_come_out(name, start, expected):
    assert due(name, start) == expected


def test_a_referral_is_due_by_the_last_minute_of_the_next_day_weekend_or_not():
    clear = datetime(2026, 11, 27, 17, 0, tzinfo=LONDON)
    found = reckon(RULES["iopc-referral"], clear, CALENDARS[CalendarName.ENGLAND_WALES])
    assert show_due(found.legal) == "Sat 28 Nov 2026 23:59"


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [
        # a leap day is a day like any other, and an end of month
        ("sar", date(2028, 1, 31), date(2028, 2, 29)),
        ("sar", date(2028, 2, 29), date(2028, 3, 29)),
        ("sar", date(2027, 12, 29), date(2028, 1, 31)),
        ("long-investigation", date(2028, 2, 29), date(2029, 2, 28)),
        ("dp-complaint", date(2028, 2, 1), date(2028, 3, 2)),
        # month ends
        ("sar", date(2026, 3, 31), date(2026, 4, 30)),
        ("sar", date(2026, 8, 31), date(2026, 9, 30)),
        ("sar", date(2026, 10, 31), date(2026, 11, 30)),
        ("monitoring-report", date(2026, 11, 30), date(2027, 2, 28)),
        # the spring holiday that moved and the jubilee, then the state funeral
        ("foi", date(2022, 5, 5), date(2022, 6, 6)),
        ("complaint-outcome", date(2022, 5, 31), date(2022, 6, 9)),
        ("complaint-outcome", date(2022, 9, 14), date(2022, 9, 22)),
        # the coronation, with two more in the month
        ("complaint-outcome", date(2023, 5, 5), date(2023, 5, 15)),
        ("foi", date(2023, 4, 28), date(2023, 5, 31)),
        # Christmas and new year on a weekend: the substitutes count
        ("complaint-outcome", date(2021, 12, 24), date(2022, 1, 5)),
    ],
)
def test_hard_cases_worked_out_by_hand(name, start, expected):
    assert due(name, start) == expected


def test_hours_are_real_hours_when_the_clocks_change():
    aware = datetime(2026, 10, 24, 12, 0, tzinfo=LONDON)
    found = reckon(RULES["breach-ico"], aware, CALENDARS[CalendarName.ENGLAND_WALES])
    assert found.due.at == aware.astimezone(UTC) + timedelta(hours=72)
    assert show_due(found.due) == "Tue 27 Oct 2026 11:00"


def test_a_day_without_a_time_counts_hours_from_its_first_minute():
    found = reckon(RULES["breach-ico"], date(2026, 11, 2), CALENDARS[CalendarName.ENGLAND_WALES])
    assert show_due(found.due) == "Thu 5 Nov 2026 00:00"


def test_a_moment_needs_its_zone():
    with pytest.raises(ValueError, match="zone"):
        reckon(RULES["foi"], datetime(2026, 11, 2, 9), CALENDARS[CalendarName.UK])  # noqa: DTZ001


def test_a_call_late_at_night_is_received_on_its_day_in_london():
    assert due("foi", datetime(2026, 6, 11, 23, 30, tzinfo=UTC)) == due("foi", date(2026, 6, 12))


# Stops, restarts, extensions


def test_the_days_from_asking_to_the_answer_are_added():
    stop = shut(date(2026, 4, 10), date(2026, 4, 12))
    assert due("sar", date(2026, 4, 8)) == date(2026, 5, 8)
    assert due("sar", date(2026, 4, 8), (stop,)) == date(2026, 5, 11)  # 10 May is a Sunday


def test_a_stop_on_the_day_of_receipt_counts_from_there():
    stop = shut(date(2026, 4, 8), date(2026, 4, 14))
    assert due("sar", date(2026, 4, 8), (stop,)) == date(2026, 5, 14)


def test_a_clock_may_stop_and_start_twice_and_an_answer_the_same_day_costs_nothing():
    first, second = (
        shut(date(2026, 4, 10), date(2026, 4, 12)),
        shut(date(2026, 4, 20), date(2026, 4, 23)),
    )
    same_day = shut(date(2026, 4, 27), date(2026, 4, 27))
    assert due("sar", date(2026, 4, 8), (first, second)) == date(2026, 5, 13)
    assert due("sar", date(2026, 4, 8), (first, second, same_day)) == date(2026, 5, 13)


def test_a_stop_that_is_still_open_moves_nothing_yet():
    assert due("sar", date(2026, 4, 8), (shut(date(2026, 4, 10), None),)) == date(2026, 5, 8)


def test_a_fees_notice_takes_out_both_its_days():
    stop = Stop(date(2026, 2, 4), date(2026, 2, 6), Effect.STOP_BOTH, "fee")
    assert due("foi", date(2026, 2, 2)) == date(2026, 3, 2)
    assert due("foi", date(2026, 2, 2), (stop,)) == date(2026, 3, 5)


def test_a_clarification_lets_the_whole_time_run_again():
    stop = Stop(date(2026, 2, 4), date(2026, 2, 20), Effect.RESTART, "clarification")
    assert due("foi", date(2026, 2, 2), (stop,)) == due("foi", date(2026, 2, 20))
    later = Stop(date(2026, 2, 24), date(2026, 2, 24), Effect.STOP_BOTH, "fee")
    one_more = CALENDARS[CalendarName.UK].add_working_days(due("foi", date(2026, 2, 20)), 1)
    assert due("foi", date(2026, 2, 2), (stop, later)) == one_more


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [
        ("sar", date(2026, 11, 30), date(2027, 3, 1)),  # three months: 28 Feb is a Sunday
        ("foi", date(2026, 2, 2), date(2026, 3, 31)),
        ("eir", date(2026, 2, 2), date(2026, 3, 31)),
    ],
)
def test_an_extension_is_counted_from_the_start(name, start, expected):
    assert due(name, start, extended=True) == expected


def test_a_repeated_round_has_its_own_length():
    assert due("long-investigation", date(2026, 11, 30), repeated=True) == date(2027, 5, 30)


def test_a_service_date_stands_beside_the_legal_one():
    rule = RULES["complaint-update"]
    found = reckon(rule, date(2026, 11, 23), CALENDARS[rule.calendar])
    assert found.legal == Due(date(2026, 12, 21))
    assert found.service == Due(date(2026, 12, 14))
    local = reckon(RULES["letter-reply"], date(2026, 11, 23), CALENDARS[rule.calendar])
    assert local.legal is None
    assert local.service == Due(date(2026, 12, 21))


def test_the_first_day_may_be_day_one():
    rule = replace(RULES["letter-acknowledge"], starts=Starts.SAME_DAY)
    found = reckon(rule, date(2026, 11, 23), CALENDARS[rule.calendar])
    assert found.due.day == date(2026, 11, 27)


# Properties


@given(st.sampled_from(list(RULES.values())), days, st.integers(0, 60))
def test_a_later_start_is_never_due_earlier(rule, start, more):
    calendar = CALENDARS[rule.calendar]
    later = start + timedelta(days=more)
    assert reckon(rule, start, calendar).due.day <= reckon(rule, later, calendar).due.day


@given(st.sampled_from([*ROLLING, *WORKING]), days)
def test_a_clock_that_rolls_or_counts_working_days_ends_on_one(rule, start):
    calendar = CALENDARS[rule.calendar]
    assert calendar.is_working_day(reckon(rule, start, calendar).due.day)


@given(st.sampled_from([*ROLLING, *WORKING]), days, st.lists(days, max_size=4))
def test_another_holiday_never_makes_a_clock_earlier(rule, start, extra):
    calendar = CALENDARS[rule.calendar]
    more = with_extra(calendar, extra)
    assert reckon(rule, start, more).due.day >= reckon(rule, start, calendar).due.day


@given(st.sampled_from(IN_DAYS), days, st.integers(0, 90), st.integers(0, 30))
def test_a_stop_never_makes_a_clock_earlier(rule, start, after, length):
    since = start + timedelta(days=after)
    stop = shut(since, since + timedelta(days=length))
    calendar = CALENDARS[rule.calendar]
    stopped = reckon(rule, start, calendar, (stop,)).due.day
    assert stopped >= reckon(rule, start, calendar).due.day


@given(st.sampled_from(WORKING), days)
def test_what_was_counted_and_what_was_skipped_are_all_the_days(rule, start):
    found = reckon(rule, start, CALENDARS[rule.calendar])
    assert found.counted + len(found.skipped) == (found.due.day - start).days


@given(st.sampled_from(list(RULES.values())), days)
def test_a_rule_and_its_working_can_be_kept_as_text(rule, start):
    found = reckon(rule, start, CALENDARS[rule.calendar])
    assert rule_from(rule_text(rule)) == rule
    assert working_from(working_text(found)).due == found.due
    assert working_from(working_text(found)).skipped == found.skipped


@given(days, st.integers(1, 36))
def test_a_corresponding_day_has_the_same_number_or_is_the_last(start, months):
    found = add_months(start, months)
    assert found.day == start.day or (found + timedelta(days=1)).day == 1
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months


# Words


def test_the_working_names_the_holidays_and_the_calendar_it_used():
    rule = RULES["complaint-outcome"]
    lines = list(working_lines(rule, reckon(rule, date(2026, 12, 22), CALENDARS[rule.calendar])))
    words = [f"{label}: {said}" for label, said in lines]
    assert "rule: 5 working days, the next working day is day 1" in words
    assert "skipped: Fri 25 Dec 2026: bank holiday: Christmas Day" in words
    assert "skipped: 2 days of weekends" in words
    assert any("holidays known to Sat 31 Dec 2033" in line for line in words)


def test_a_weekend_before_day_one_is_not_counted_among_those_after_it():
    rule = RULES["foi"]
    lines = list(working_lines(rule, reckon(rule, date(2026, 11, 21), CALENDARS[rule.calendar])))
    assert ("day 1", "Mon 23 Nov 2026") in lines
    assert ("skipped", "1 day of a weekend before day 1") in lines
    assert ("skipped", "8 days of weekends") in lines


def test_the_response_to_an_inspection_counts_the_day_of_publication():
    rule = RULES["hmicfrs-response"]
    found = reckon(rule, date(2026, 11, 23), CALENDARS[rule.calendar])
    assert found.due.day == date(2027, 1, 17)
    assert rule.verify


def test_what_nobody_here_has_read_is_never_shown_as_law():
    for rule in RULES.values():
        said = dict(working_lines(rule, reckon(rule, date(2026, 6, 1), CALENDARS[rule.calendar])))
        assert ("verify locally" in said["source"]) is rule.verify
    assert {"eir", "iopc-referral", "breach-ico"} <= {
        rule.name for rule in RULES.values() if rule.verify
    }


def test_day_one_of_working_days_is_the_first_that_counts():
    def said(name: str, start: date) -> dict[str, str]:
        rule = RULES[name]
        return dict(working_lines(rule, reckon(rule, start, CALENDARS[rule.calendar])))

    friday = date(2026, 11, 20)
    assert said("foi", friday)["day 1"] == "Mon 23 Nov 2026"
    assert "the next working day is day 1" in said("foi", friday)["rule"]
    assert said("review-window", friday)["day 1"] == "Sat 21 Nov 2026"
    assert "the day after is day 1" in said("review-window", friday)["rule"]
    assert "day 1" not in said("sar", friday)


def test_a_clock_that_runs_past_the_known_holidays_says_so():
    rule, calendar = RULES["foi"], CALENDARS[CalendarName.UK]
    found = reckon(rule, date(2033, 12, 20), calendar)
    assert "WARNING" in dict(working_lines(rule, found))
    window = RULES["review-window"]
    assert reckon(window, date(2033, 12, 20), calendar).is_known


@pytest.mark.parametrize(
    ("sort", "legal", "service", "words"),
    [
        (Sort.LEGAL, date(2026, 12, 24), None, "LEGAL 24 Dec"),
        (Sort.LEGAL, date(2026, 11, 27), None, "3wd LEFT"),
        (Sort.LEGAL, date(2026, 11, 24), None, "DUE TODAY"),
        (Sort.LEGAL, date(2026, 11, 22), None, "OVERDUE 2d"),
        (Sort.LEGAL, date(2026, 12, 21), date(2026, 12, 14), "14wd LEFT"),
        (Sort.WINDOW, date(2026, 12, 21), None, "WINDOW 21 Dec"),
        (Sort.WINDOW, date(2026, 11, 21), None, "WINDOW OVER"),
    ],
)
def test_what_presses_is_said_in_the_words_of_the_desk(sort, legal, service, words):
    calendar, now = CALENDARS[CalendarName.ENGLAND_WALES], datetime(2026, 11, 24, 14, tzinfo=UTC)
    beside = Due(service) if service else None
    assert press_words(sort, Due(legal), beside, now, calendar) == words


@pytest.mark.parametrize(
    ("unit", "legal", "service", "words"),
    [
        (Unit.DAYS, date(2026, 11, 25), None, "1d LEFT"),
        (Unit.WEEKS, date(2026, 12, 22), date(2026, 12, 15), "21d LEFT"),
        (Unit.MONTHS, date(2026, 12, 24), None, "LEGAL 24 Dec"),
        (Unit.WORKING_DAYS, date(2026, 11, 25), None, "1wd LEFT"),
    ],
)
def test_what_is_counted_in_calendar_days_is_counted_down_in_days(unit, legal, service, words):
    calendar, now = CALENDARS[CalendarName.ENGLAND_WALES], datetime(2026, 11, 24, 14, tzinfo=UTC)
    beside = Due(service) if service else None
    assert press_words(Sort.LEGAL, Due(legal), beside, now, calendar, unit) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-24T15:00", "DUE TODAY"),
        ("2026-11-24T13:40", "OVERDUE 20m"),
        ("2026-11-24T11:00", "OVERDUE 3h"),
        ("2026-11-23T23:59", "OVERDUE 14h"),
        ("2026-11-23T13:00", "OVERDUE 1d"),
    ],
)
def test_a_date_with_its_minute_is_overdue_from_that_minute_on(at, words):
    calendar, now = CALENDARS[CalendarName.ENGLAND_WALES], datetime(2026, 11, 24, 14, tzinfo=UTC)
    at = datetime.fromisoformat(at).replace(tzinfo=LONDON)
    assert press_words(Sort.LEGAL, Due(at.date(), at), None, now, calendar) == words


def test_a_clock_that_stands_still_says_for_how_long():
    assert stopped_words(date(2026, 11, 20), date(2026, 11, 24)) == "STOPPED 4d"


# The pack


def broken(old: bytes, new: bytes) -> bytes:
    body = shipped_bytes("clocks")
    assert old in body
    return body.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'unit = "working-days"', b'unit = "working-day"', "rules.foi.unit"),
        (b'starts = "day-after"', b'starts = "moment"', "cannot start by moment"),
        (b"length = 20", b"lenght = 20", "lenght"),
        (b"[rules.eir]", b"[rules.eirs]", "rules.eir.title: missing"),
        (b'"letter-reply", "mp-letter"', b'"letter-replies"', "no such clock"),
        (b"service = 21", b"service = 40", "after the legal one"),
    ],
)
def test_a_broken_pack_is_refused_with_its_key(old, new, words):
    with pytest.raises(PackError) as refused:
        load_pack("clocks", broken(old, new))
    assert words in refused.value.title
    assert "clocks.toml" in refused.value.title


def test_one_rule_is_changed_in_one_file():
    pack = load_pack("clocks", broken(b"length = 20", b"length = 15"))
    rule: ClockRule = pack.value.rules["foi"]
    assert reckon(rule, date(2026, 11, 21), CALENDARS[rule.calendar]).due.day == date(2026, 12, 14)
