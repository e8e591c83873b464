"""Clocks in words: what presses, and the working step by step, the same on every face."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from enquiry_tui.domain.clock_rules import ClockRule, Rolls, Sort, Starts, Unit, count_words
from enquiry_tui.domain.clocks import Due, Reckoning, Skip
from enquiry_tui.domain.when import (
    LONDON,
    due_words,
    legal_words,
    show_day,
    show_day_short,
    show_moment,
    window_words,
)
from enquiry_tui.domain.workdays import WorkCalendar

VERIFY = "verify locally"
_DAY_IN_MINUTES = 24 * 60
_WEEKEND = frozenset({"Saturday", "Sunday"})
_BEGINS = {
    Starts.DAY_AFTER: "the day after is day 1",
    Starts.SAME_DAY: "the day itself is day 1",
    Starts.CORRESPONDING: "to the day with the same number, or the last of the month",
    Starts.MOMENT: "from that minute, day and night",
}


def press_words(
    sort: Sort,
    due: Due,
    service: Due | None,
    now: datetime,
    calendar: WorkCalendar,
    unit: Unit = Unit.WORKING_DAYS,
) -> str:
    """Say what presses in a running clock: `LEGAL 24 Dec`, `3wd LEFT`, `1d LEFT`, `OVERDUE 2d`.

    `now` is aware. A date with its minute is overdue from that minute on: `OVERDUE 3h`.
    """
    today, every_day = now.astimezone(LONDON).date(), unit is not Unit.WORKING_DAYS
    if due.at is not None and (past := past_words(due.at, now)):
        return past
    if sort is Sort.WINDOW:
        return window_words(due.day, today)
    if service is not None and service.day <= due.day:
        return due_words(service.day, today, calendar, every_day=every_day)
    words = legal_words if sort is Sort.LEGAL else due_words
    return words(due.day, today, calendar, every_day=every_day)


def past_words(at: datetime, now: datetime) -> str:
    """Say for a day how long a minute is past, `OVERDUE 20m` or `OVERDUE 3h`; else nothing."""
    minutes = int((now - at).total_seconds() // 60)
    if not 0 < minutes < _DAY_IN_MINUTES:
        return ""
    return f"OVERDUE {minutes // 60}h" if minutes >= 60 else f"OVERDUE {minutes}m"


def stopped_words(since: date, today: date) -> str:
    """Say `STOPPED 4d` of a clock that stands still."""
    return f"STOPPED {max(0, (today - since).days)}d"


def show_due(due: Due | None) -> str:
    """Show a due date with its minute where it has one; `none` where there is no date."""
    if due is None:
        return "none"
    return show_moment(due.at) if due.at is not None else show_day(due.day)


def show_start(start: date | datetime) -> str:
    """Show where a clock starts."""
    return show_moment(start) if isinstance(start, datetime) else show_day(start)


def source_words(source: str, *, verify: bool) -> str:
    """Say where a rule comes from; what nobody here has read is to be verified, and says so."""
    return f"{source} ({VERIFY})" if verify else source


def working_lines(rule: ClockRule, found: Reckoning) -> Iterator[tuple[str, str]]:
    """Give the working of a clock, one step a line: a label of at most nine letters, and words."""
    yield "started", f"{show_start(found.start)}: {rule.counts_from}"
    begins = _BEGINS[rule.starts]
    if found.unit is Unit.WORKING_DAYS and rule.starts is Starts.DAY_AFTER:
        begins = "the next working day is day 1"
    yield "rule", f"{count_words(found.counted, found.unit)}, {begins}"
    yield "source", source_words(rule.source, verify=rule.verify)
    if rule.starts is Starts.DAY_AFTER and not isinstance(found.begins, datetime):
        yield "day 1", show_day(found.begins)
    yield from _skipped_lines(found.skipped, found.begins)
    if found.rolled_from is not None:
        yield "rolled", f"from {show_day(found.rolled_from)} to the next working day"
    elif rule.rolls is Rolls.NEXT_WORKING_DAY:
        yield "rolled", "not needed: the last day is a working day"
    known = f"holidays known to {show_day(found.known_to)}"
    version = f"version {found.calendar_version}" if found.calendar_version else "as shipped"
    yield "calendar", f"{found.calendar}, {version}, {known}"
    if not found.is_known:
        yield "WARNING", "this runs past what is known: a holiday to come may move it"


def _skipped_lines(skipped: tuple[Skip, ...], begins: date | datetime) -> Iterator[tuple[str, str]]:
    """Name every holiday and every day the clock stood still; weekends are counted together."""
    weekends = [skip.day for skip in skipped if skip.why in _WEEKEND]
    named = [skip for skip in skipped if skip.why not in _WEEKEND]
    # What lies before day 1 is no part of the count that a reader checks from day 1 on.
    first = begins.date() if isinstance(begins, datetime) else begins
    before = sum(day < first for day in weekends)
    after = len(weekends) - before
    if before:
        yield "skipped", f"{before} day{'s' if before > 1 else ''} of a weekend before day 1"
    if after:
        yield "skipped", f"{after} day{'s' if after > 1 else ''} of weekends"
    runs: list[list[Skip]] = []
    for skip in named:
        if runs and runs[-1][-1].why == skip.why and skip.why.startswith("clock stopped"):
            runs[-1].append(skip)
        else:
            runs.append([skip])
    for run in runs:
        yield "skipped", f"{_span(run[0].day, run[-1].day)}: {run[0].why}"


def _span(first: date, last: date) -> str:
    if first == last:
        return show_day(first)
    return f"{show_day_short(first)} to {show_day(last)}"
