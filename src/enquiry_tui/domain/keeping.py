"""Which backups are kept: the newest of each of 7 days, 4 weeks and 6 months that have one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from enquiry_tui.domain.when import LONDON, show_day

DAILY, WEEKLY, MONTHLY = 7, 4, 6
BACKUP_AFTER = timedelta(days=7)
DRILL_AFTER = timedelta(days=30)


def kept(moments: Iterable[datetime]) -> frozenset[datetime]:
    """Give the moments of the backups to keep (aware); the days are London's.

    A day, week (from Monday) or month without a backup does not count, so that a quiet fortnight
    never empties the shelf. At most 17 are kept, and the newest always is.
    """
    newest_first = sorted(set(moments), reverse=True)
    days = _newest(newest_first, DAILY, lambda day: day)
    weeks = _newest(newest_first, WEEKLY, lambda day: day - timedelta(days=day.weekday()))
    months = _newest(newest_first, MONTHLY, lambda day: day.replace(day=1))
    return frozenset(days | weeks | months)


def _newest(
    newest_first: list[datetime], most: int, period: Callable[[date], date]
) -> set[datetime]:
    found: dict[date, datetime] = {}
    for moment in newest_first:
        found.setdefault(period(moment.astimezone(LONDON).date()), moment)
        if len(found) == most:
            break
    return set(found.values())


def reminders(
    now: datetime, first: datetime | None, last: datetime | None, drilled: datetime | None
) -> tuple[str, ...]:
    """Say what is due: a backup after 7 days without one, a drill after 30; or nothing.

    `first` and `last` are the oldest and the newest backup known, `drilled` the last drill.
    """
    if last is None or first is None:
        return ("No backup yet.",)
    found = []
    if now - last >= BACKUP_AFTER:
        found.append(f"No backup for {_days(now - last)}: the last is of {_day(last)}.")
    if words := _undrilled(now, first, drilled):
        found.append(words)
    return tuple(found)


def _undrilled(now: datetime, first: datetime, drilled: datetime | None) -> str:
    since = max(first, drilled) if drilled is not None else first
    if now - since < DRILL_AFTER:
        return ""
    if drilled is None:
        return f"No backup was ever tried out; the first is of {_day(first)}."
    return f"No backup tried out for {_days(now - drilled)}: the last drill was {_day(drilled)}."


def _days(time: timedelta) -> str:
    return f"{time.days} days"


def _day(moment: datetime) -> str:
    return show_day(moment.astimezone(LONDON).date())
