"""Days and times as they are typed: a small grammar, so that nothing is ever guessed."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from enquiry_tui.domain.when import DAYS, show_day, show_day_short
from enquiry_tui.domain.workdays import WorkCalendar

_LONGEST = 40
_DAY_NAMES = {
    name: number
    for number, names in enumerate(
        (
            ("mon", "monday"),
            ("tue", "tues", "tuesday"),
            ("wed", "weds", "wednesday"),
            ("thu", "thur", "thurs", "thursday"),
            ("fri", "friday"),
            ("sat", "saturday"),
            ("sun", "sunday"),
        )
    )
    for name in names
}
_MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_NEAR = {"today": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "yesterday": -1}

_COUNT = re.compile(r"(in )?([+-]?)(\d{1,3}) ?(wd|d|days?|w|weeks?)( ago)?", re.ASCII)
_ISO = re.compile(r"(20\d\d)-(\d{1,2})-(\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})(?:\2(20\d\d|\d\d))?", re.ASCII)
_YEAR = r"(?:[ \-]?(20\d\d|\d\d))?"
_DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[ \-]?(?:of )?([a-z]{{3,9}}){_YEAR}", re.ASCII
)
_MONTH_DAY = re.compile(r"([a-z]{3,9}) ?(\d{1,2})(?:st|nd|rd|th)?(?: (20\d\d|\d\d))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class DayRead:
    """A day that was understood, in words, with other readings and what to know about it."""

    day: date
    words: str
    alternatives: tuple[date, ...] = ()
    note: str = ""


def read_day(
    text: str, today: date, calendar: WorkCalendar, *, past: bool = False
) -> DayRead | None:
    """Read `fri`, `tomorrow`, `+2w`, `10wd`, `4/12`, `4 dec`, `2026-12-04`, `eom`, `next friday`.

    A weekday is the next one and never today; a day and month that have passed are next year's.
    With `past` (a letter's date, a call written up later) the nearest such day behind is meant.
    None where the text is no day.
    """
    words = " ".join(text[: _LONGEST + 1].casefold().replace(",", " ").split())
    if len(words) > _LONGEST:
        return None
    try:
        read = (
            _near(words, today)
            or _counted(words, today, calendar, past=past)
            or _weekday(words, today, past=past)
            or _dated(words, today, past=past)
        )
    except (ValueError, OverflowError):
        return None
    return _with_holiday(read, calendar, past=past) if read else None


def _near(words: str, today: date) -> DayRead | None:
    """Read `today`, `tomorrow`, `yesterday` and `eom`, the last day of the month."""
    if words == "eom":
        last = monthrange(today.year, today.month)[1]
        return _read(today.replace(day=last))
    days = _NEAR.get(words)
    return None if days is None else _read(today + timedelta(days=days))


def _counted(words: str, today: date, calendar: WorkCalendar, *, past: bool) -> DayRead | None:
    """Read `+3d`, `2w`, `in 2 weeks`, `3 weeks ago` and `10wd`, working days of the calendar."""
    found = _COUNT.fullmatch(words)
    if found is None or (found[5] and (found[1] or found[2])):
        return None
    back = found[2] == "-" or bool(found[5]) or (past and not found[2] and not found[1])
    count = -int(found[3]) if back else int(found[3])
    if found[4] != "wd":
        days = count * (7 if found[4].startswith("w") else 1)
        return _read(today + timedelta(days=days))
    day = calendar.add_working_days(today, count)
    said = f"{abs(count)} working day{'' if abs(count) == 1 else 's'}{' ago' if back else ''}"
    note = "" if calendar.knows(day) else f"holidays known to {show_day(calendar.known_to)} only"
    return DayRead(day, f"{show_day(day)} = {said}, {calendar.name}", note=note)


def _weekday(words: str, today: date, *, past: bool) -> DayRead | None:
    """Read `fri`, and `next fri` or `last fri`, which people use for two different days."""
    which, _, name = words.rpartition(" ")
    if name not in _DAY_NAMES or which not in {"", "on", "this", "next", "last"}:
        return None
    back = which == "last" or (past and not which)
    ahead = (_DAY_NAMES[name] - today.weekday()) % 7 or 7
    near = today + timedelta(days=(ahead - 7 or -7) if back else ahead)
    if which not in {"next", "last"}:
        return _read(near)
    other = near + timedelta(days=-7 if back else 7)
    return DayRead(near, show_day(near), (other,), f"or {show_day(other)}?")


def _dated(words: str, today: date, *, past: bool) -> DayRead | None:
    """Read a day and a month, in figures or words, with or without weekday and year."""
    named, _, rest = words.partition(" ")
    weekday = _DAY_NAMES.get(named)
    parts = _parts(rest if weekday is not None else words)
    if parts is None:
        return None
    day, month, year = parts
    if year is None:
        read = _nearest(day, month, today, past=past)
    else:
        read = _read(date(year, month, day))
        if not past and read.day < today:
            read = replace(read, note="that day has passed")
        elif past and read.day > today:
            read = replace(read, note="that day is still to come")
    if weekday is not None and weekday != read.day.weekday():
        wrong = f"{show_day(read.day)}, not a {DAYS[weekday]}"
        read = replace(read, note=_join(wrong, read.note))
    return read


def _parts(words: str) -> tuple[int, int, int | None] | None:
    """Take day, month and year out of one of the written forms; None where it is none of them."""
    if found := _ISO.fullmatch(words):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _NUMBERS.fullmatch(words):
        return int(found[1]), int(found[3]), _full_year(found[4])
    if (found := _DAY_MONTH.fullmatch(words)) and found[2] in _MONTH_NAMES:
        return int(found[1]), _MONTH_NAMES[found[2]], _full_year(found[3])
    if (found := _MONTH_DAY.fullmatch(words)) and found[1] in _MONTH_NAMES:
        return int(found[2]), _MONTH_NAMES[found[1]], _full_year(found[3])
    return None


def _full_year(text: str | None) -> int | None:
    """Make `26` and `2026` the same year; None where none was typed."""
    return None if text is None else 2000 + int(text) % 100


def _nearest(day: int, month: int, today: date, *, past: bool) -> DayRead:
    """Find the nearest such day ahead, or behind; says so where that is not this year's."""
    step = -1 if past else 1
    date(2000, month, day)  # a leap year: refuses 31 Nov before any search
    for year in range(today.year, today.year + 9 * step, step):
        if month == 2 and day == 29 and monthrange(year, 2)[1] == 28:
            continue
        found = date(year, month, day)
        if (found <= today) if past else (found >= today):
            return _read(found) if year == today.year else _other_year(found, today, past=past)
    raise ValueError("no such day within reach")


def _other_year(found: date, today: date, *, past: bool) -> DayRead:
    """Say why a day without a year was read as another year's."""
    if found.month == 2 and found.day == 29:
        why = "read as the nearest 29 Feb"
        return DayRead(found, show_day(found), note=f"{why}: {show_day(found)}")
    gone = "has not come yet this year" if past else "has passed this year"
    note = f"{show_day_short(found)} {gone}: read as {show_day(found)}"
    other = found.replace(year=today.year)
    return DayRead(found, show_day(found), (other,), note)


def _read(day: date) -> DayRead:
    """Make a plain reading of a day."""
    return DayRead(day, show_day(day))


def _with_holiday(read: DayRead, calendar: WorkCalendar, *, past: bool) -> DayRead:
    """Add that a day to come is a bank holiday: a weekend shows by itself."""
    if past or calendar.why_not(read.day) != "bank holiday":
        return read
    return replace(read, note=_join(read.note, "a bank holiday"))


def _join(*notes: str) -> str:
    """Put several notes into one."""
    return "; ".join(filter(None, notes))
