"""Times of day as they are typed, and moments: a day with a time, in London."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from enquiry_tui.domain.dates import DayRead, read_day
from enquiry_tui.domain.when import LONDON, show_moment, show_time
from enquiry_tui.domain.workdays import WorkCalendar

_LONGEST = 60
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_CLOCK = re.compile(r"(\d{1,2})[:.](\d\d) ?(am|pm)?(?: ?h(?:rs)?)?", re.ASCII)
_HOUR = re.compile(r"(\d{1,2}) ?(am|pm)", re.ASCII)
_FOUR = re.compile(r"(\d\d)(\d\d)(?: ?h(?:rs)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class MomentRead:
    """A day, its time where one was typed, and both as one moment in London."""

    day: date
    time: time | None
    at: datetime | None
    words: str
    alternatives: tuple[date, ...] = ()
    note: str = ""


def read_time(text: str) -> time | None:
    """Read `16:00`, `4pm`, `4.30 pm`, `16.00`, `1600`, `noon`; None where the text is no time."""
    words = " ".join(text[: _LONGEST + 1].casefold().split())
    if words in _NAMED:
        return _NAMED[words]
    if found := _CLOCK.fullmatch(words):
        return _time(int(found[1]), int(found[2]), found[3])
    if found := _HOUR.fullmatch(words):
        return _time(int(found[1]), 0, found[2])
    if found := _FOUR.fullmatch(words):
        return _time(int(found[1]), int(found[2]), None)
    return None


def _time(hour: int, minute: int, half: str | None) -> time | None:
    """Make a time of the day; None where there is no such time."""
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_moment(
    text: str, now: datetime, calendar: WorkCalendar, *, past: bool = False
) -> MomentRead | None:
    """Read `16:00`, `wed 11:00`, `4pm tomorrow`, `fri`; `now` is aware.

    A time alone is today's, or tomorrow's once it has passed; with `past` it is yesterday's where
    it is still to come. None where the text is neither day nor time.
    """
    local = now.astimezone(LONDON)
    words = [word for word in text[: _LONGEST + 1].split() if word.casefold() not in {"at", "@"}]
    line = " ".join(words)
    if not words or len(text) > _LONGEST:
        return None
    if clock := read_time(line):
        return _alone(clock, local, past=past)
    if read := read_day(line, local.date(), calendar, past=past):
        return _moment(read, None)
    for cut in (len(words) - 1, len(words) - 2, 1, 2):
        if not 0 < cut < len(words):
            continue
        first, last = " ".join(words[:cut]), " ".join(words[cut:])
        for day_text, time_text in ((first, last), (last, first)):
            at, read = read_time(time_text), read_day(day_text, local.date(), calendar, past=past)
            if at and read:
                return _moment(read, at)
    return None


def _alone(clock: time, local: datetime, *, past: bool) -> MomentRead | None:
    """Read a time without a day: the nearest one ahead, or behind."""
    today = local.date()
    if past and clock > local.time():
        day, gone = today - timedelta(days=1), "is still to come today"
    elif not past and clock <= local.time():
        day, gone = today + timedelta(days=1), "has passed today"
    else:
        return _moment(DayRead(today, ""), clock)
    read = _moment(DayRead(day, ""), clock)
    note = f"{show_time(clock)} {gone}: read as {read.words}"
    return MomentRead(day, read.time, read.at, read.words, (today,), note)


def _moment(read: DayRead, clock: time | None) -> MomentRead:
    """Put day and time together; an hour that the clocks leave out is moved on, and said."""
    if clock is None:
        return MomentRead(read.day, None, None, read.words, read.alternatives, read.note)
    typed = datetime.combine(read.day, clock, tzinfo=LONDON)
    real = typed.astimezone(UTC).astimezone(LONDON)
    note = read.note
    if real.time() != clock:
        moved = f"the clocks go forward: {show_time(clock)} is {show_time(real)}"
        note = f"{note}; {moved}" if note else moved
    return MomentRead(read.day, real.time(), real, show_moment(real), read.alternatives, note)
