from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.workdays import WorkCalendar, england_and_wales, united_kingdom

EW = england_and_wales(range(2026, 2029))
UK = united_kingdom(range(2026, 2029))
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("calendar", "start", "count", "due"),
    [
        (UK, date(2026, 6, 12), 20, date(2026, 7, 14)),
        (EW, date(2026, 6, 12), 20, date(2026, 7, 10)),
        (UK, date(2026, 12, 21), 20, date(2027, 1, 22)),
        (UK, date(2026, 11, 21), 20, date(2026, 12, 21)),
        (EW, date(2026, 12, 22), 5, date(2026, 12, 31)),
        (EW, date(2026, 11, 24), 10, date(2026, 12, 8)),
        (EW, date(2026, 11, 20), 1, date(2026, 11, 23)),
        (EW, date(2026, 11, 23), -1, date(2026, 11, 20)),
        (EW, date(2026, 11, 21), 0, date(2026, 11, 21)),
    ],
)
def test_working_days_are_counted_by_the_right_calendar(calendar, start, count, due):
    assert calendar.add_working_days(start, count) == due


@pytest.mark.parametrize(
    ("year", "ew", "more"),
    [
        (2026, "1/1 3/4 6/4 4/5 25/5 31/8 25/12 28/12", "2/1 17/3 15/6 13/7 3/8 30/11"),
        (2027, "1/1 26/3 29/3 3/5 31/5 30/8 27/12 28/12", "4/1 17/3 12/7 2/8 30/11"),
        (2028, "3/1 14/4 17/4 1/5 29/5 28/8 25/12 26/12", "4/1 17/3 12/7 7/8 30/11"),
    ],
)
def test_the_holidays_of_each_calendar_are_the_published_ones(year, ew, more):
    def weekdays_of(calendar):
        found = (day for day in calendar.holidays if day.year == year and day.weekday() < 5)
        return {f"{day.day}/{day.month}" for day in found}

    assert weekdays_of(EW) == set(ew.split())
    assert weekdays_of(UK) == set(ew.split()) | set(more.split())


def test_a_data_complaint_that_falls_on_christmas_day_rolls_to_the_next_working_day():
    assert EW.on_or_after(date(2026, 12, 25)) == date(2026, 12, 29)
    assert EW.on_or_after(date(2026, 10, 3)) == date(2026, 10, 5)


def test_skipped_days_are_named_with_their_reason():
    assert EW.skipped(date(2026, 12, 24), date(2026, 12, 29)) == (
        (date(2026, 12, 25), "bank holiday"),
        (date(2026, 12, 26), "Saturday"),
        (date(2026, 12, 27), "Sunday"),
        (date(2026, 12, 28), "bank holiday"),
    )


def test_a_calendar_knows_how_far_its_holidays_are_known():
    assert EW.known_to == date(2028, 12, 31)
    assert EW.knows(date(2028, 12, 31))
    assert not EW.knows(date(2029, 1, 1))


def test_a_one_off_holiday_moves_what_is_due():
    extra = EW.with_holidays([date(2026, 11, 30)])
    assert extra.add_working_days(date(2026, 11, 27), 1) == date(2026, 12, 1)
    assert EW.is_working_day(date(2026, 11, 30))


def test_a_calendar_without_a_year_is_refused():
    with pytest.raises(ValueError, match="year"):
        england_and_wales([])


@given(days, st.integers(-300, 300))
def test_counting_back_gives_the_number_that_was_added(start, count):
    due = EW.add_working_days(start, count)
    if count > 0:
        assert EW.working_days_between(start, due) == count
    assert EW.is_working_day(due) or count == 0


@given(days, days)
def test_working_and_skipped_days_together_are_all_days(one, other):
    start, end = sorted((one, other))
    working = UK.working_days_between(start, end)
    assert working + len(UK.skipped(start, end)) == (end - start).days
    assert UK.working_days_between(end, start) == -working
    step = (start + timedelta(days=n + 1) for n in range((end - start).days))
    assert working == sum(map(UK.is_working_day, step))


def test_an_empty_calendar_still_skips_weekends():
    bare = WorkCalendar("bare", frozenset(), date(2026, 12, 31))
    assert bare.add_working_days(date(2026, 11, 20), 5) == date(2026, 11, 27)


def test_st_andrews_day_is_a_bank_holiday_from_the_year_of_its_act_on():
    uk = united_kingdom((2006, 2008))
    assert uk.is_working_day(date(2006, 11, 30))
    assert not uk.is_working_day(date(2007, 11, 30))
    assert not uk.is_working_day(date(2008, 12, 1))
