from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.when import (
    LONDON,
    due_words,
    legal_words,
    length_words,
    parse_utc,
    promise_words,
    show_day,
    show_day_near,
    show_day_short,
    show_moment,
    show_time,
    utc_text,
    waiting_words,
)
from enquiry_tui.domain.workdays import england_and_wales

EW = england_and_wales([2026, 2027])
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 14, 2, tzinfo=LONDON)


def test_days_and_times_are_shown_as_an_office_writes_them():
    assert show_day(date(2026, 12, 4)) == "Fri 4 Dec 2026"
    assert show_day_short(date(2026, 12, 4)) == "4 Dec"
    assert show_time(time(9, 5)) == "09:05"
    summer = datetime(2026, 7, 1, 14, 5, tzinfo=UTC)
    assert show_time(summer) == "15:05"
    assert show_moment(summer) == "Wed 1 Jul 2026 15:05"


@given(st.dates(date(2001, 1, 1), date(2100, 1, 1)), st.integers(-4000, 4000))
def test_a_day_is_shown_without_its_year_only_where_none_but_one_can_be_meant(today, ahead):
    day = today + timedelta(days=ahead)
    words = show_day_near(day, today)
    if words == show_day_short(day):
        other = [day.replace(year=day.year + by, day=min(day.day, 28)) for by in (-1, 1)]
        assert all(abs((day - today).days) < abs((each - today).days) + 4 for each in other)
    else:
        assert words.endswith(f" {day.year}")


def test_a_legal_date_of_next_year_says_which_year():
    assert legal_words(date(2027, 11, 22), TODAY, EW) == "LEGAL Nov 2027"
    assert legal_words(date(2027, 1, 14), TODAY, EW) == "LEGAL 14 Jan"


def test_a_moment_is_stored_as_utc_text():
    moment = datetime(2026, 7, 1, 15, 5, 7, 123456, tzinfo=LONDON)
    assert utc_text(moment) == "2026-07-01T14:05:07.123456Z"
    assert utc_text(datetime(2026, 11, 24, 14, 5, 7, tzinfo=UTC)) == "2026-11-24T14:05:07.000000Z"


@given(st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(LONDON)))  # noqa: DTZ001 - hypothesis adds the zone
def test_the_stored_form_reads_back_and_sorts_by_time(moment):
    text = utc_text(moment)
    assert parse_utc(text) == moment.astimezone(UTC)
    assert len(text) == 27


@pytest.mark.parametrize("text", ["2026-11-24T14:05:07", "2026-11-24T14:05:07+01:00", "soon", ""])
def test_what_does_not_say_utc_is_not_read(text):
    with pytest.raises(ValueError, match=r"."):
        parse_utc(text)


def test_a_moment_without_zone_is_not_stored():
    with pytest.raises(ValueError, match="zone"):
        utc_text(datetime(2026, 11, 24, 14, 5))  # noqa: DTZ001 - on purpose


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 11, 22), "OVERDUE 2d"),
        (TODAY, "DUE TODAY"),
        (date(2026, 11, 27), "3wd LEFT"),
        (date(2026, 12, 1), "5wd LEFT"),
        (date(2026, 11, 28), "3wd LEFT"),
    ],
)
def test_what_is_due_is_said_in_words(due, words):
    assert due_words(due, TODAY, EW) == words


def test_over_a_weekend_days_are_counted_when_no_working_day_is_left():
    assert due_words(date(2026, 11, 22), date(2026, 11, 21), EW) == "1d LEFT"


def test_waiting_says_on_whom_and_how_long():
    assert waiting_words("PSD", date(2026, 11, 18), TODAY) == "WAITING PSD 6d"
    assert waiting_words("PSD", TODAY, date(2026, 11, 23)) == "WAITING PSD 0d"


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (datetime(2026, 11, 24, 15, 0, tzinfo=LONDON), "PROMISE 15:00"),
        (datetime(2026, 11, 25, 10, 0, tzinfo=LONDON), "PROM Wed 10:00"),
        (datetime(2026, 12, 12, 10, 0, tzinfo=LONDON), "PROM 12 Dec"),
        (datetime(2026, 11, 24, 13, 0, tzinfo=LONDON), "LATE 13:00"),
        (datetime(2026, 11, 22, 13, 0, tzinfo=LONDON), "LATE 2d"),
    ],
)
def test_a_promise_says_its_time_and_whether_it_was_missed(due, words):
    assert promise_words(due, NOW) == words
    assert promise_words(due.astimezone(UTC), NOW.astimezone(UTC)) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(221, "03:41"), (0, "00:00"), (-5, "00:00"), (3821, "1:03:41")]
)
def test_the_length_of_a_call_is_minutes_and_seconds(seconds, words):
    assert length_words(seconds) == words
