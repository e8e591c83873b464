"""Times as people read them: London time on screen, UTC in the store, states in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from enquiry_tui.domain.workdays import WorkCalendar

LONDON = ZoneInfo("Europe/London")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HALF_A_YEAR = 183  # days: within them a day needs no year
LEGAL_NEAR = 5  # working days: from then on a legal date is counted down like any other
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def show_day(day: date) -> str:
    """Show `Fri 4 Dec 2026`."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def show_day_short(day: date) -> str:
    """Show `4 Dec`, for lists."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def show_day_near(day: date, today: date) -> str:
    """Show `4 Dec`, and `Nov 2027` of a day more than half a year off: for narrow columns."""
    if abs((day - today).days) <= HALF_A_YEAR:
        return show_day_short(day)
    return f"{MONTHS[day.month - 1]} {day.year}"


def show_time(moment: datetime | time) -> str:
    """Show `15:00`: London time of an aware moment, a plain time as it is."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(LONDON).time()
    return f"{moment.hour:02}:{moment.minute:02}"


def show_moment(moment: datetime) -> str:
    """Show `Fri 4 Dec 2026 15:00`, London time of an aware moment."""
    local = moment.astimezone(LONDON)
    return f"{show_day(local.date())} {show_time(local)}"


def utc_text(moment: datetime) -> str:
    """Write the stored form, `2026-11-24T14:05:07.123456Z`. Raises ValueError without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a stored moment needs a time zone")
    plain = moment.astimezone(UTC).replace(tzinfo=None)
    return plain.isoformat(timespec="microseconds") + "Z"


def parse_utc(text: str) -> datetime:
    """Read the stored form back. Raises ValueError for anything that is not UTC."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or moment.utcoffset() != UTC.utcoffset(None):
        raise ValueError("a stored moment is UTC and says so")
    return moment.astimezone(UTC)


def due_words(due: date, today: date, calendar: WorkCalendar, *, every_day: bool = False) -> str:
    """Say `OVERDUE 2d` (days), `DUE TODAY`, `3wd LEFT` (working days), `1d LEFT` over a weekend.

    `every_day` is for what is counted in calendar days or months: `28d LEFT`.
    """
    days = (due - today).days
    if days < 0:
        return f"OVERDUE {-days}d"
    if days == 0:
        return "DUE TODAY"
    working = 0 if every_day else calendar.working_days_between(today, due)
    return f"{working}wd LEFT" if working else f"{days}d LEFT"


def legal_words(due: date, today: date, calendar: WorkCalendar, *, every_day: bool = False) -> str:
    """Say `LEGAL 24 Dec` of a date in law; from five working days on the same as of any date."""
    if calendar.working_days_between(today, due) > LEGAL_NEAR:
        return f"LEGAL {show_day_near(due, today)}"
    return due_words(due, today, calendar, every_day=every_day)


def window_words(last: date, today: date) -> str:
    """Say `WINDOW 29 Jun` of somebody else's time, `WINDOW OVER` once it has run out."""
    return "WINDOW OVER" if last < today else f"WINDOW {show_day_near(last, today)}"


def waiting_words(on_whom: str, since: date, today: date) -> str:
    """Say `WAITING PSD 6d`: on whom, and for how many days."""
    return f"WAITING {on_whom} {max(0, (today - since).days)}d"


def promise_words(due_at: datetime, now: datetime) -> str:
    """Say `PROMISE 15:00`, `PROM Wed 10:00` within a week, `PROM 12 Dec`, `LATE 2d` once missed."""
    local, today = due_at.astimezone(LONDON), now.astimezone(LONDON).date()
    days = (local.date() - today).days
    if days < 0:
        return f"LATE {-days}d"
    if due_at < now:
        return f"LATE {show_time(local)}"
    if days == 0:
        return f"PROMISE {show_time(local)}"
    if days < 7:
        return f"PROM {DAYS[local.weekday()]} {show_time(local)}"
    return f"PROM {show_day_short(local.date())}"


def length_words(seconds: float) -> str:
    """Show `03:41`, and `1:03:41` from an hour on; whole seconds, never below zero."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
