"""The working-day calendars of the office: a change dates every open clock again, and says which.

Who keeps them: a supervisor or an administrator.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from enquiry_tui.desk import clock_dating, work
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.clock_data import read_due, rule_from, stored_due
from enquiry_tui.domain.clocks import Due
from enquiry_tui.domain.rights import Right, may
from enquiry_tui.domain.when import parse_utc, show_day
from enquiry_tui.domain.workdays import CalendarName, computed
from enquiry_tui.errors import NotPermitted, Refused
from enquiry_tui.records import calendars, clocks
from enquiry_tui.records.base import Row, Value

_YEARS = range(2000, 2101)
_Dates = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class HolidayView:
    """A day of a calendar, in force or taken out, with who, when and why."""

    day: date
    name: str
    calendar: CalendarName
    in_force: bool
    from_version: int
    to_version: int | None
    why: str
    removed_why: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A calendar: its version, and how far its holidays are known."""

    name: CalendarName
    title: str
    version: int
    known_to: date


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock whose date moved, from when to when."""

    clock_uid: str
    enquiry_uid: str
    reference: str
    title: str
    legal_before: Due | None
    legal_after: Due | None
    service_before: Due | None
    service_after: Due | None


@dataclass(frozen=True, slots=True)
class Redated:
    """What a change of the calendars did: which clocks moved, of how many.

    Those of restricted matters move too; who does not read them is told nothing of them.
    """

    moved: tuple[Moved, ...]
    looked_at: int


def calendar_views(desk: Desk) -> tuple[CalendarView, ...]:
    """Give the two calendars."""
    return tuple(
        CalendarView(
            name, calendars.TITLES[name], row["version"], date.fromisoformat(row["known_to"])
        )
        for name in CalendarName
        if (row := calendars.by_name(desk.store, name)) is not None
    )


def holidays(desk: Desk, years: Iterable[int]) -> tuple[HolidayView, ...]:
    """List the holidays of some years with their history, by day."""
    return tuple(_view(row) for row in calendars.days(desk.store, years))


def add_holiday(desk: Desk, day: date, name: str, why: str, *, uk_only: bool = False) -> Redated:
    """Add a bank holiday, and date every open clock again in the same transaction.

    A holiday of England and Wales counts in both calendars; `uk_only` is one of Scotland or
    Northern Ireland. Raises NotPermitted, ReasonMissing, Refused where it is there already.
    """
    _demand_keeper(desk)
    with desk.act(Action.HOLIDAY_CHANGE) as act:
        title, reason = work.line(name), work.reason_in_words(why)
        if not title:
            raise work.WordsMissing("the name of the day")
        if day.year not in _YEARS:
            raise Refused("That year is out of reach.", "From 2000 to 2100.")
        changed = []
        for calendar in _both(uk_only=uk_only):
            row = _calendar(act, calendar)
            if calendars.day_of(act.tx, row["id"], day) is None:
                _put(act, row, day, (title, reason), _next_version(act, row))
                changed.append(calendar)
        if not changed:
            raise Refused(f"{show_day(day)} is a holiday already.", "Nothing was changed.")
        done = _date_all_again(act, changed)
        row = _calendar(act, changed[0])
        act.event(
            "calendar", row["uid"], added=day.isoformat(), name=title, why=reason, done=_told(done)
        )
    desk.calendars_changed()
    return done


def remove_holiday(desk: Desk, day: date, why: str) -> Redated:
    """Take a day out of every calendar it stands in, and date every open clock again.

    Raises NotPermitted, ReasonMissing, NotFound.
    """
    _demand_keeper(desk)
    with desk.act(Action.HOLIDAY_CHANGE) as act:
        reason, changed = work.reason_in_words(why), []
        for calendar in CalendarName:
            row = _calendar(act, calendar)
            found = calendars.day_of(act.tx, row["id"], day)
            if found is None:
                continue
            calendars.remove_day(
                act.tx,
                found["id"],
                to_version=_next_version(act, row),
                removed_at=act.at,
                removed_by=desk.officer.uid,
                removed_why=reason,
            )
            changed.append(calendar)
        if not changed:
            raise NotFound("holiday on that day")
        done = _date_all_again(act, changed)
        row = _calendar(act, changed[0])
        act.event("calendar", row["uid"], removed=day.isoformat(), why=reason, done=_told(done))
    desk.calendars_changed()
    return done


def extend_calendars(desk: Desk, to_year: int, why: str) -> Redated:
    """Carry both calendars on to the end of a year, with the holidays that can be worked out.

    What was added or taken out by hand stays as it is. Raises NotPermitted, ReasonMissing, Refused.
    """
    _demand_keeper(desk)
    with desk.act(Action.HOLIDAY_CHANGE) as act:
        reason, changed = work.reason_in_words(why), []
        for calendar in CalendarName:
            row = _calendar(act, calendar)
            known = date.fromisoformat(row["known_to"])
            if known.year < to_year <= _YEARS[-1]:
                found = computed(calendar, range(known.year + 1, to_year + 1))
                version = _next_version(act, row, known_to=found.known_to.isoformat())
                for day in sorted(found.holidays):
                    if day > known and calendars.day_of(act.tx, row["id"], day) is None:
                        _put(act, row, day, (found.names[day], reason), version)
                changed.append(calendar)
        if not changed:
            raise Refused("The holidays are known that far already.", "Give a later year.")
        done = _date_all_again(act, changed)
        row = _calendar(act, changed[0])
        act.event("calendar", row["uid"], known_to=to_year, why=reason, done=_told(done))
    desk.calendars_changed()
    return done


def may_keep_calendars(desk: Desk) -> None:
    """Check that the officer may change the calendars. Raises NotPermitted."""
    _demand_keeper(desk)


def _date_all_again(act: Act, changed: list[CalendarName]) -> Redated:
    """Date every open clock of the changed calendars again, in matters of everybody."""
    moved, looked_at = [], 0
    for name in changed:
        calendar = calendars.load(act.tx, name)
        for row in clocks.every_open(act.tx, str(name)):
            looked_at += bool(row["visible"])
            before = (row["legal_due"], row["service_due"])
            clock_dating.date_again(act, row, calendar)
            after = clocks.dates(act.tx, row["id"])
            clock_dating.keep_reply_date(act, row["enquiry_id"])
            if before != after and row["visible"]:
                moved.append(_moved(row, before, after))
    return Redated(tuple(moved), looked_at)


def _moved(row: Row, before: _Dates, after: _Dates) -> Moved:
    return Moved(
        clock_uid=row["uid"],
        enquiry_uid=row["enquiry_uid"],
        reference=row["reference"],
        title=rule_from(row["terms"]).title,
        legal_before=read_due(before[0]),
        legal_after=read_due(after[0]),
        service_before=read_due(before[1]),
        service_after=read_due(after[1]),
    )


def _told(done: Redated) -> dict[str, object]:
    """Make the detail of the event: every clock that moved, from when to when."""
    moved = [
        [item.clock_uid]
        + [
            stored_due(due) or ""
            for due in (
                item.legal_before,
                item.legal_after,
                item.service_before,
                item.service_after,
            )
        ]
        for item in done.moved
    ]
    return {"moved": moved, "looked_at": done.looked_at}


def _both(*, uk_only: bool) -> tuple[CalendarName, ...]:
    return (CalendarName.UK,) if uk_only else tuple(CalendarName)


def _calendar(act: Act, name: CalendarName) -> Row:
    row = calendars.by_name(act.tx, name)
    if row is None:
        raise NotFound("calendar")
    return row


def _next_version(act: Act, row: Row, **values: Value) -> int:
    """Give a calendar its next version."""
    version = int(row["version"]) + 1
    by = {"changed_at": act.at, "changed_by": act.desk.officer.uid}
    calendars.change(act.tx, row["id"], version=version, **by, **values)
    return version


def _put(act: Act, row: Row, day: date, known: tuple[str, str], version: int) -> None:
    """Put a day with its name and the reason into a calendar, from a version on."""
    name, why = known
    calendars.add_day(
        act.tx,
        row["id"],
        day,
        uid=act.new_uid(),
        origin_vault=act.desk.store.vault_id,
        name=name,
        why=why,
        from_version=version,
        added_at=act.at,
        added_by=act.desk.officer.uid,
    )


def _demand_keeper(desk: Desk) -> None:
    role, administrator = desk.officer.role, desk.officer.administrator
    if not any(may(role, administrator, right) for right in (Right.COUNTERSIGN, Right.PACKS)):
        desk.refused(Action.HOLIDAY_CHANGE)
        raise NotPermitted(
            "The calendars are kept by a supervisor or an administrator.",
            "Tell one of them which day it is and where it was announced.",
        )


def _view(row: Row) -> HolidayView:
    return HolidayView(
        day=date.fromisoformat(row["day"]),
        name=row["name"],
        calendar=CalendarName(row["calendar"]),
        in_force=row["to_version"] is None,
        from_version=row["from_version"],
        to_version=row["to_version"],
        why=row["why"],
        removed_why=row["removed_why"],
        changed_at=parse_utc(row["removed_at"] or row["added_at"]),
    )
