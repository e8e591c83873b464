"""Working days over a set of holidays: England and Wales for complaints, the whole UK for FOI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

_DAY = timedelta(days=1)
# The library has St Andrew's Day from here on; the Act that made it one is of 2007, the St Andrew's
# Day Bank Holiday (Scotland) Act 2007.
_TOO_EARLY = date(2006, 11, 30)
_WEEKEND = {5: "Saturday", 6: "Sunday"}


class CalendarName(StrEnum):
    """The calendars there are, by the names that packs and scripts use."""

    ENGLAND_WALES = "england-wales"
    UK = "uk"


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days count: no Saturday, no Sunday, none of these holidays, known up to a date."""

    name: str
    holidays: frozenset[date]
    known_to: date
    names: Mapping[date, str] = field(default_factory=dict, compare=False, repr=False)
    version: str = field(default="", compare=False)

    def why_not(self, day: date) -> str | None:
        """Say why a day does not count (`Saturday`, `bank holiday`); None where it does."""
        if day.weekday() in _WEEKEND:
            return _WEEKEND[day.weekday()]
        return "bank holiday" if day in self.holidays else None

    def reason(self, day: date) -> str | None:
        """Say the same with the holiday's name (`bank holiday: Good Friday`), where it has one."""
        why = self.why_not(day)
        if why is None or day not in self.names or day.weekday() in _WEEKEND:
            return why
        return f"{why}: {self.names[day]}"

    def is_working_day(self, day: date) -> bool:
        """Tell whether a day counts."""
        return day.weekday() not in _WEEKEND and day not in self.holidays

    def on_or_after(self, day: date) -> date:
        """Return the day itself where it counts, else the next one that does."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def add_working_days(self, start: date, count: int) -> date:
        """Return the day `count` working days after `start`, whose next working day is day 1.

        A negative count goes back; nought gives `start`, whatever day it is.
        """
        step = _DAY if count > 0 else -_DAY
        day, left = start, abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Count working days after `start` up to and with `end`; negative for an earlier `end`."""
        if end < start:
            return -self.working_days_between(end, start)
        weeks, rest = divmod((end - start).days, 7)
        tail = [start + timedelta(days=weeks * 7 + n) for n in range(1, rest + 1)]
        days = weeks * 5 + sum(day.weekday() not in _WEEKEND for day in tail)
        out = (day for day in self.holidays if start < day <= end)
        return days - sum(day.weekday() not in _WEEKEND for day in out)

    def skipped(self, start: date, end: date) -> tuple[tuple[date, str], ...]:
        """List the days after `start` up to and with `end` that do not count, each with why."""
        span = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return tuple((day, why) for day in span if (why := self.why_not(day)))

    def knows(self, day: date) -> bool:
        """Tell whether the holidays up to this day are known."""
        return day <= self.known_to

    def with_holidays(self, extra: Iterable[date]) -> WorkCalendar:
        """Return the same calendar with one-off holidays added."""
        return replace(self, holidays=self.holidays | frozenset(extra))


def computed(name: CalendarName, years: Iterable[int]) -> WorkCalendar:
    """Collect the holidays of a calendar as the library works them out."""
    match name:
        case CalendarName.UK:
            return united_kingdom(years)
        case CalendarName.ENGLAND_WALES:
            return england_and_wales(years)


def england_and_wales(years: Iterable[int]) -> WorkCalendar:
    """Collect bank holidays of England and Wales (Banking and Financial Dealings Act 1971)."""
    return _built("England & Wales", ("ENG", "WLS"), _span(years))


def united_kingdom(years: Iterable[int]) -> WorkCalendar:
    """Collect the bank holidays of any part of the UK (Freedom of Information Act 2000, s10(6))."""
    return _built("United Kingdom", ("ENG", "WLS", "SCT", "NIR"), _span(years))


def _span(years: Iterable[int]) -> tuple[int, ...]:
    """List every year from the first to the last: a gap would be a year without holidays."""
    wanted = sorted(years)
    if not wanted:
        raise ValueError("a calendar needs at least one year")
    return tuple(range(wanted[0], wanted[-1] + 1))


@lru_cache(maxsize=16)
def _built(name: str, parts: tuple[str, ...], years: tuple[int, ...]) -> WorkCalendar:
    """Build the union of the parts' holidays."""
    from holidays import country_holidays  # noqa: PLC0415 - 0.1 s that sign-in must not pay
    from holidays.version import __version__  # noqa: PLC0415

    names: dict[date, str] = {}
    for part in parts:
        for day, title in country_holidays("GB", subdiv=part, years=years).items():
            if day != _TOO_EARLY:
                names.setdefault(day, title)
    known_to = date(years[-1], 12, 31)
    return WorkCalendar(name, frozenset(names), known_to, names, f"computed, {__version__}")
