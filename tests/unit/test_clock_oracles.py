# Dates that others have published, and hard cases worked out from the text of the law. The
# publications: test cases of Alaveteli (mySociety, the software of WhatDoTheyKnow) and of the
# correspondence tool of the Ministry of Justice; the list of bank holidays on GOV.UK; the
# Information Commissioner's examples; Acts and regulations on legislation.gov.uk.
from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from enquiry_tui.domain.clock_rules import Again
from enquiry_tui.domain.clocks import Stop, reckon, with_extra
from enquiry_tui.domain.when import LONDON
from enquiry_tui.domain.workdays import CalendarName, computed
from enquiry_tui.policy.packs import load_shipped

RULES = load_shipped().clocks.value.rules
CALENDARS = {name: computed(name, range(2007, 2032)) for name in CalendarName}


def day(text: str) -> date:
    return date.fromisoformat(text)


def due(name: str, start: str | datetime, *stops: Stop, extended: bool = False) -> str:
    rule, began = RULES[name], day(start) if isinstance(start, str) else start
    found = reckon(rule, began, CALENDARS[rule.calendar], stops, extended=extended)
    return found.due.day.isoformat()


def stop(name: str, cause: str, since: str, until: str) -> Stop:
    pause = RULES[name].pause(cause)
    assert pause is not None
    return Stop(day(since), day(until), pause.effect, cause)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        # Alaveteli
        ("2007-02-01", "2007-03-01"),
        ("2007-10-14", "2007-11-09"),
        ("2008-02-01", "2008-02-29"),
        ("2008-10-01", "2008-10-29"),
        ("2009-03-12", "2009-04-14"),
        ("2009-03-13", "2009-04-15"),
        ("2009-03-14", "2009-04-15"),
        ("2009-03-15", "2009-04-15"),
        ("2009-03-16", "2009-04-16"),
        # Ministry of Justice
        ("2017-05-18", "2017-06-16"),
        ("2021-05-01", "2021-06-01"),
        ("2023-11-27", "2023-12-28"),
        # theirs says 30 July: it was given St Andrew's Day alone, and the law counts neither
        # 12 July (Northern Ireland) nor 2 August (Scotland)
        ("2021-07-03", "2021-08-03"),
    ],
)
def test_information_requests_are_due_when_others_say(start, expected):
    assert due("foi", start) == due("eir", start) == expected


@pytest.mark.parametrize(
    ("start", "extended", "expected"),
    [
        # Ministry of Justice
        ("2019-04-06", False, "2019-05-07"),
        ("2019-09-27", False, "2019-10-28"),
        ("2019-09-26", True, "2019-12-27"),
        ("2022-09-29", False, "2022-10-31"),
        ("2022-09-29", True, "2022-12-29"),
        # Information Commissioner
        ("2018-09-03", False, "2018-10-03"),
        ("2026-03-31", False, "2026-04-30"),
        # leap years
        ("2024-01-31", False, "2024-02-29"),
        ("2024-02-29", False, "2024-04-02"),
        ("2023-11-29", True, "2024-02-29"),
        ("2023-11-30", True, "2024-02-29"),
    ],
)
def test_subject_access_is_due_when_others_say(start, extended, expected):
    assert due("sar", start, extended=extended) == expected


def test_forty_working_days_pass_a_holiday_that_only_scotland_had():
    assert due("foi", "2007-10-14", extended=True) == "2007-12-10"


@pytest.mark.parametrize(
    ("year", "both", "uk_only"),
    [
        # GOV.UK; in 2022 both days of the new year had another for them
        (2020, "1/1 10/4 13/4 8/5 25/5 31/8 25/12 28/12", "2/1 17/3 13/7 3/8 30/11"),
        (2022, "3/1 15/4 18/4 2/5 2/6 3/6 29/8 19/9 26/12 27/12", "4/1 17/3 12/7 1/8 30/11"),
        (2023, "2/1 7/4 10/4 1/5 8/5 29/5 28/8 25/12 26/12", "3/1 17/3 12/7 7/8 30/11"),
        (2024, "1/1 29/3 1/4 6/5 27/5 26/8 25/12 26/12", "2/1 18/3 12/7 5/8 2/12"),
    ],
)
def test_the_holidays_of_odd_years_are_the_published_ones(year, both, uk_only):
    def weekdays_of(name: CalendarName) -> set[str]:
        found = (d for d in CALENDARS[name].holidays if d.year == year and d.weekday() < 5)
        return {f"{d.day}/{d.month}" for d in found}

    assert weekdays_of(CalendarName.ENGLAND_WALES) == set(both.split())
    assert weekdays_of(CalendarName.UK) == set(both.split()) | set(uk_only.split())


# What the law says of a clock that stands still


@pytest.mark.parametrize("name", ["sar", "sar-law-enforcement"])
def test_both_the_day_of_asking_what_is_wanted_and_the_day_of_the_answer_are_out(name):
    # Data Protection Act 2018 s54(3C), UK GDPR Art 12A. One day more than the Ministry's tool,
    # which adds the days between: 2 December.
    assert due(name, "2025-11-01") == "2025-12-01"
    asked = stop(name, "clarification", "2025-11-05", "2025-11-06")
    assert due(name, "2025-11-01", asked) == "2025-12-03"
    same_day = stop(name, "clarification", "2025-11-05", "2025-11-05")
    assert due(name, "2025-11-01", same_day) == "2025-12-02"


@pytest.mark.parametrize("name", ["sar", "sar-law-enforcement"])
@pytest.mark.parametrize("cause", ["identification", "fee"])
def test_the_month_runs_from_the_proof_or_the_payment(name, cause):
    # Data Protection Act 2018 s54(3), UK GDPR Art 12A
    late = stop(name, cause, "2026-01-12", "2026-01-31")
    assert due(name, "2026-01-10", late) == due(name, "2026-01-31") == "2026-03-02"


def test_a_request_stops_twice_starts_anew_between_and_is_extended():
    who = stop("sar", "identification", "2026-11-02", "2026-11-09")
    what = stop("sar", "clarification", "2026-12-21", "2027-01-04")
    start = "2026-11-02"
    # a month from 9 November, then fifteen days out from 21 December on: it ran out before that
    assert due("sar", start, who) == "2026-12-09"
    # three months from 9 November are 9 February, and fifteen days are 24 February
    assert due("sar", start, who, what, extended=True) == "2027-02-24"


def test_a_clock_that_stood_still_over_christmas_leaves_each_day_out_once():
    # five days from 15 to 21 December and fifteen from 6 January on; Christmas is out either way
    fee = stop("foi", "fee", "2026-12-22", "2027-01-05")
    assert due("foi", "2026-12-14", fee) == "2027-01-26"
    charge = stop("eir", "charge", "2026-12-22", "2027-01-05")
    assert due("eir", "2026-12-14", charge) == "2027-01-26"


def test_an_environmental_request_that_was_too_general_begins_anew():
    more = stop("eir", "clarification", "2026-11-04", "2026-11-21")
    assert due("eir", "2026-11-02", more) == due("eir", "2026-11-21") == "2026-12-21"


def test_the_way_from_the_wrong_review_body_is_left_out_of_the_window():
    # Police (Complaints and Misconduct) Regulations 2020 reg 29(3)
    lost = stop("review-window", "misdirected", "2026-06-10", "2026-06-15")
    assert due("review-window", "2026-06-01", lost) == "2026-07-04"


def test_the_periods_of_a_long_investigation_follow_each_other_and_not_the_letters():
    # the same regulations, reg 13(3): each period starts with the day after the one before
    assert RULES["long-investigation"].again is Again.DUE
    assert RULES["complaint-update"].again is Again.DONE


# Days that were made holidays while clocks ran


@pytest.mark.parametrize(
    ("name", "start", "added", "before", "after"),
    [
        # proclaimed on 13 September 2022 for the 19th
        ("complaint-outcome", "2022-09-14", "2022-09-19", "2022-09-21", "2022-09-22"),
        ("foi", "2022-08-22", "2022-09-19", "2022-09-20", "2022-09-21"),
        # the coronation
        ("complaint-outcome", "2023-05-05", "2023-05-08", "2023-05-12", "2023-05-15"),
        ("sar", "2023-04-08", "2023-05-08", "2023-05-08", "2023-05-09"),
    ],
)
def test_a_holiday_that_was_added_moves_what_it_should(name, start, added, before, after):
    rule = RULES[name]
    whole = CALENDARS[rule.calendar]
    names = {d: words for d, words in whole.names.items() if d != day(added)}
    known = type(whole)(whole.name, whole.holidays - {day(added)}, whole.known_to, names)
    assert reckon(rule, day(start), known).due.day == day(before)
    assert reckon(rule, day(start), with_extra(known, [day(added)])).due.day == day(after)


# Midnight in London


@pytest.mark.parametrize(
    ("moment", "received"),
    [
        ("2026-07-01T22:59", "2026-07-01"),
        ("2026-07-01T23:30", "2026-07-02"),
        ("2026-12-01T23:30", "2026-12-01"),
        ("2026-03-29T00:30", "2026-03-29"),  # the night the clocks go forward
        ("2026-10-24T23:30", "2026-10-25"),  # and the night they go back
    ],
)
def test_a_letter_is_received_on_its_day_in_london_whatever_the_season(moment, received):
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    for name in ("foi", "sar", "dp-complaint", "iopc-referral", "complaint-update"):
        assert due(name, at) == due(name, received)


def test_seventy_two_hours_are_real_hours_in_both_nights_of_the_year():
    rule = RULES["breach-ico"]
    calendar = CALENDARS[rule.calendar]
    for began, ends in (
        (datetime(2026, 3, 28, 12, tzinfo=LONDON), datetime(2026, 3, 31, 13, tzinfo=LONDON)),
        (datetime(2026, 10, 24, 12, tzinfo=LONDON), datetime(2026, 10, 27, 11, tzinfo=LONDON)),
    ):
        assert reckon(rule, began, calendar).due.at == ends
