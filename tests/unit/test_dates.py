from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.dates import read_day
from enquiry_tui.domain.moments import read_moment, read_time
from enquiry_tui.domain.when import LONDON, show_day, show_day_short, show_time
from enquiry_tui.domain.workdays import england_and_wales

EW = england_and_wales([2026, 2027])
TUESDAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 14, 2, tzinfo=LONDON)
days = st.dates(date(2020, 1, 1), date(2090, 12, 31))


def day_of(text, today=TUESDAY, **options):
    read = read_day(text, today, EW, **options)
    return read and read.day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        *(("fri", date(2026, 11, 27)), ("tue", date(2026, 12, 1)), ("Friday", date(2026, 11, 27))),
        *(("today", TUESDAY), ("tomorrow", date(2026, 11, 25)), ("tmrw", date(2026, 11, 25))),
        *(
            ("+3d", date(2026, 11, 27)),
            ("+2w", date(2026, 12, 8)),
            ("in 2 weeks", date(2026, 12, 8)),
        ),
        *(
            ("10wd", date(2026, 12, 8)),
            ("eom", date(2026, 11, 30)),
            ("3 weeks ago", date(2026, 11, 3)),
        ),
        *((form, date(2026, 12, 4)) for form in ("4/12", "4/12/2026", "4.12.26", "4-12", "4 dec")),
        *((form, date(2026, 12, 4)) for form in ("dec 4", "2026-12-04", "4th of December", "4dec")),
        *((form, date(2026, 12, 4)) for form in ("fri 4 dec", "Fri 4 Dec 2026", "4 DEC 26")),
    ],
)
def test_a_day_is_read_in_the_ways_people_type_it(typed, day):
    assert day_of(typed) == day


@pytest.mark.parametrize(
    "typed",
    [
        *("", "gibberish", "26-118", "31/11", "0/5", "16:00", "118", "friday the 13th of never"),
        *("next", "4 dec at noon", "2 weeks today", "+3 fri", "9999999d", "4/12/1926", "x" * 500),
    ],
)
def test_what_is_no_day_is_not_guessed_at(typed):
    assert day_of(typed) is None


def test_a_day_that_has_passed_is_next_years_and_says_so():
    read = read_day("4/12", date(2026, 12, 5), EW)
    assert read is not None
    assert read.day == date(2027, 12, 4)
    assert read.note == "4 Dec has passed this year: read as Sat 4 Dec 2027"
    assert read.alternatives == (date(2026, 12, 4),)


def test_a_letters_date_is_the_nearest_behind():
    assert day_of("3 nov", past=True) == date(2026, 11, 3)
    assert day_of("4/12", past=True) == date(2025, 12, 4)
    assert day_of("mon", past=True) == date(2026, 11, 23)
    assert day_of("tue", past=True) == date(2026, 11, 17)
    assert day_of("3d", past=True) == date(2026, 11, 21)


def test_next_friday_offers_both_days_that_people_mean():
    read = read_day("next friday", TUESDAY, EW)
    assert read is not None
    assert (read.day, read.alternatives) == (date(2026, 11, 27), (date(2026, 12, 4),))
    assert "Fri 4 Dec 2026" in read.note


def test_working_days_say_whose_they_are_and_when_the_holidays_run_out():
    read = read_day("10wd", TUESDAY, EW)
    assert read is not None
    assert read.words == "Tue 8 Dec 2026 = 10 working days, England & Wales"
    far = read_day("300wd", TUESDAY, EW)
    assert far is not None
    assert far.note == "holidays known to Fri 31 Dec 2027 only"


def test_a_wrong_weekday_and_a_bank_holiday_are_pointed_out():
    wrong, holiday = read_day("thu 4 dec", TUESDAY, EW), read_day("25/12", TUESDAY, EW)
    assert wrong is not None
    assert wrong.note == "Fri 4 Dec 2026, not a Thu"
    assert holiday is not None
    assert holiday.note == "a bank holiday"


def test_a_leap_day_is_the_next_one_there_is():
    assert day_of("29 feb") == date(2028, 2, 29)
    assert day_of("29 feb", past=True) == date(2024, 2, 29)


@given(days, days)
def test_every_day_that_is_shown_can_be_read_back(day, today):
    assert day_of(show_day(day), today) == day
    assert day_of(day.isoformat(), today) == day
    assert day_of(f"{day.day}/{day.month}/{day.year}", today) == day


@given(days, days)
def test_a_day_without_year_is_within_reach_ahead_or_behind(day, today):
    ahead = day_of(show_day_short(day), today)
    behind = day_of(show_day_short(day), today, past=True)
    assert today <= ahead <= today + timedelta(days=8 * 366)
    assert today - timedelta(days=8 * 366) <= behind <= today
    assert (ahead.day, ahead.month) == (behind.day, behind.month) == (day.day, day.month)


@given(days, st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_is_within_the_next_seven_days_and_never_today(today, name):
    assert 1 <= (day_of(name, today) - today).days <= 7
    assert 1 <= (today - day_of(name, today, past=True)).days <= 7


@given(st.text(), days, st.booleans())
def test_any_text_can_be_tried_as_a_day_a_time_and_a_moment(text, today, past):
    read_day(text, today, EW, past=past)
    read_time(text)
    read_moment(text, datetime.combine(today, time(12), LONDON), EW, past=past)


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        *(
            (form, time(16))
            for form in ("16:00", "4pm", "4 pm", "16.00", "1600", "1600hrs", "4.00pm")
        ),
        *(("noon", time(12)), ("12am", time(0)), ("12pm", time(12)), ("9.30am", time(9, 30))),
        *((form, None) for form in ("", "4", "25:00", "16:60", "13pm", "0am", "160", "later")),
    ],
)
def test_a_time_is_read_in_the_ways_people_type_it(typed, clock):
    assert read_time(typed) == clock


@given(st.times())
def test_every_time_that_is_shown_can_be_read_back(clock):
    assert read_time(show_time(clock)) == clock.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("16:00", "Tue 24 Nov 2026 16:00"),
        ("wed 11:00", "Wed 25 Nov 2026 11:00"),
        ("4 pm tomorrow", "Wed 25 Nov 2026 16:00"),
        ("fri at 1600", "Fri 27 Nov 2026 16:00"),
        ("4 dec 16:00", "Fri 4 Dec 2026 16:00"),
        ("1/7/2027 9am", "Thu 1 Jul 2027 09:00"),
    ],
)
def test_a_moment_is_a_day_with_a_time_in_london(typed, words):
    read = read_moment(typed, NOW, EW)
    assert read is not None
    assert read.words == words
    assert read.at is not None
    assert read.at.tzinfo is LONDON


def test_a_time_that_has_passed_is_tomorrows_and_says_so():
    read = read_moment("9am", NOW, EW)
    assert read is not None
    assert read.words == "Wed 25 Nov 2026 09:00"
    assert read.note == "09:00 has passed today: read as Wed 25 Nov 2026 09:00"


def test_a_call_written_up_later_is_behind():
    earlier, yesterday = (read_moment(text, NOW, EW, past=True) for text in ("13:05", "14:05"))
    assert earlier is not None
    assert yesterday is not None
    assert earlier.day == TUESDAY
    assert yesterday.day == date(2026, 11, 23)


def test_a_day_alone_is_a_moment_without_time():
    read = read_moment("fri", NOW, EW)
    assert read is not None
    assert (read.day, read.time, read.at) == (date(2026, 11, 27), None, None)


def test_an_hour_that_the_clocks_leave_out_is_moved_on():
    read = read_moment("28/3/2027 01:30", NOW, EW)
    assert read is not None
    assert read.words == "Sun 28 Mar 2027 02:30"
    assert "clocks go forward" in read.note
