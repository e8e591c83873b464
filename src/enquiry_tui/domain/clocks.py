"""When a clock ends, and how that was worked out: one small algebra for all rules.

A length in months becomes the number of days up to the corresponding day, weeks become days; then
one walk counts, day by day, whatever counts, and keeps what it left out and why.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from enquiry_tui.domain.clock_rules import ClockRule, Effect, Rolls, Sort, Starts, Unit
from enquiry_tui.domain.when import LONDON
from enquiry_tui.domain.workdays import WorkCalendar

_DAY = timedelta(days=1)
_LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True)
class Stop:
    """A time in which a clock stood still; without `until` it stands still now."""

    since: date
    until: date | None
    effect: Effect
    cause: str


@dataclass(frozen=True, slots=True)
class Skip:
    """A day that was not counted, and why."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Due:
    """The last day, and the minute where the rule has one (aware, London time)."""

    day: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A clock worked out: its dates, and every step on the way there.

    `begins` is day 1, or the day or the minute from which months or hours run. `legal` is the date
    of a legal rule or of a window, `service` the office's own. `skipped` and `rolled_from` belong
    to the first of the two that there is.
    """

    start: date | datetime
    begins: date | datetime
    counted: int
    unit: Unit
    legal: Due | None
    service: Due | None
    skipped: tuple[Skip, ...]
    rolled_from: date | None
    calendar: str
    calendar_version: str
    known_to: date
    is_known: bool

    @property
    def due(self) -> Due:
        """Return the date of the rule itself: the legal one, else the service date."""
        due = self.legal or self.service
        if due is None:
            raise LookupError("a reckoning without a date")
        return due


@dataclass(frozen=True, slots=True)
class _Count:
    """One count: its first day and its last, what was left out, the day from which it rolled."""

    first: date
    day: date
    skipped: tuple[Skip, ...]
    rolled_from: date | None = None


def reckon(
    rule: ClockRule,
    start: date | datetime,
    calendar: WorkCalendar,
    stops: Sequence[Stop] = (),
    *,
    extended: bool = False,
    repeated: bool = False,
) -> Reckoning:
    """Work a clock out; its unit and its source are the rule's.

    `start` is a day, or an aware moment (a moment of a rule in days is its day in London).
    `repeated` counts the rule's `repeat` instead of its length. A stop that is still open counts
    for nothing: the date is the one that would stand if it went on at once.
    Raises ValueError where a moment has no zone, OverflowError past the year 9999.
    """
    if isinstance(start, datetime) and start.tzinfo is None:
        raise ValueError("the start of a clock needs its time zone")
    length = rule.repeat if repeated and rule.repeat else rule.length
    more = rule.extension.add if extended and rule.extension else 0
    if rule.unit is Unit.HOURS:
        return _hours(rule, start, length + more, calendar)
    begins, left = _restarted(_london_day(start), stops)
    count = _count(rule, begins, length + more, calendar, left)
    service = _count(rule, begins, rule.service + more, calendar, left) if rule.service else None
    due, own = _due(rule, count.day, start), rule.sort is Sort.SERVICE
    return Reckoning(
        start=start,
        begins=begins if rule.starts is Starts.CORRESPONDING else count.first,
        counted=length + more,
        unit=rule.unit,
        legal=None if own else due,
        service=due if own else Due(service.day) if service else None,
        skipped=count.skipped,
        rolled_from=count.rolled_from,
        calendar=calendar.name,
        calendar_version=calendar.version,
        known_to=calendar.known_to,
        is_known=_needs_no_holidays(rule) or calendar.knows(count.day),
    )


def add_months(day: date, months: int) -> date:
    """Return the corresponding day `months` later, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def with_extra(calendar: WorkCalendar, extra: Sequence[date]) -> WorkCalendar:
    """Return the calendar with one-off holidays, named as such."""
    names = {**calendar.names, **dict.fromkeys(extra, "extra holiday")}
    return replace(calendar.with_holidays(extra), names=names)


def _hours(
    rule: ClockRule, start: date | datetime, hours: int, calendar: WorkCalendar
) -> Reckoning:
    """Count hours in real time; a day without a time is counted from its midnight in London."""
    moment = start
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), tzinfo=LONDON)
    end = (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(LONDON)
    due = Due(end.date(), end)
    return Reckoning(
        start=start,
        begins=moment,
        counted=hours,
        unit=rule.unit,
        legal=None if rule.sort is Sort.SERVICE else due,
        service=due if rule.sort is Sort.SERVICE else None,
        skipped=(),
        rolled_from=None,
        calendar=calendar.name,
        calendar_version=calendar.version,
        known_to=calendar.known_to,
        is_known=True,
    )


def _restarted(start: date, stops: Sequence[Stop]) -> tuple[date, tuple[Stop, ...]]:
    """Begin again from the last restart; stops that ended before it, or still stand, are out."""
    again = [s.until for s in stops if s.effect is Effect.RESTART and s.until is not None]
    begins = max((start, *again))
    left = (s for s in stops if s.effect is not Effect.RESTART)
    return begins, tuple(s for s in left if s.until is not None and s.until > begins)


def _count(
    rule: ClockRule, start: date, length: int, calendar: WorkCalendar, stops: Sequence[Stop]
) -> _Count:
    """Walk from the start, count what counts, and roll off a day that does not where it must."""
    by_working_days = rule.unit is Unit.WORKING_DAYS
    left = _in_days(rule.unit, start, length)
    day = start - _DAY if rule.starts is Starts.SAME_DAY else start
    skipped: list[Skip] = []
    first: date | None = None
    while left:
        day += _DAY
        why = _stopped(day, stops) or (calendar.reason(day) if by_working_days else None)
        if why:
            skipped.append(Skip(day, why))
        else:
            left -= 1
            first = first or day
    rolled = None
    while rule.rolls is Rolls.NEXT_WORKING_DAY and (why := calendar.reason(day)):
        rolled = rolled or day
        skipped.append(Skip(day, why))
        day += _DAY
    return _Count(first or day, day, tuple(skipped), rolled)


def _in_days(unit: Unit, start: date, length: int) -> int:
    match unit:
        case Unit.WEEKS:
            return length * 7
        case Unit.MONTHS:
            return (add_months(start, length) - start).days
    return length


def _stopped(day: date, stops: Sequence[Stop]) -> str | None:
    for stop in stops:
        first = stop.since if stop.effect is Effect.STOP_BOTH else stop.since + _DAY
        if stop.until is not None and first <= day <= stop.until:
            return f"clock stopped: {stop.cause}"
    return None


def _needs_no_holidays(rule: ClockRule) -> bool:
    return rule.unit is not Unit.WORKING_DAYS and rule.rolls is Rolls.NONE


def _due(rule: ClockRule, day: date, start: date | datetime) -> Due:
    """Make the due date; a rule that ends with the day says its last minute, begun at a minute."""
    if rule.ends_with_the_day and isinstance(start, datetime):
        return Due(day, datetime.combine(day, _LAST_MINUTE, tzinfo=LONDON))
    return Due(day)


def _london_day(start: date | datetime) -> date:
    return start.astimezone(LONDON).date() if isinstance(start, datetime) else start
