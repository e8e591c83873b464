"""How the rows of clocks get their dates: worked out, dated again, closed, kept with the matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from enquiry_tui.desk import steps
from enquiry_tui.desk.desk import Act
from enquiry_tui.domain.clock_data import (
    read_due,
    read_stored,
    rule_from,
    rule_text,
    stored,
    stored_due,
    working_text,
)
from enquiry_tui.domain.clock_rules import ClockRule, Effect, Sort, count_words
from enquiry_tui.domain.clocks import Due, Reckoning, Stop, reckon
from enquiry_tui.domain.when import LONDON, show_day
from enquiry_tui.domain.workdays import CalendarName, WorkCalendar
from enquiry_tui.errors import Refused
from enquiry_tui.records import calendars, clocks, enquiries
from enquiry_tui.records.base import Reader, Row, Value


def add(act: Act, enquiry_id: int, rule: ClockRule, start: date | datetime, **known: Value) -> str:
    """Add a clock that runs from `start` on, and give its uid."""
    calendar = calendars.load(act.tx, rule.calendar)
    values: dict[str, Value] = {"pack_hash": act.desk.packs.clocks.hash, **known}
    found = reckon(rule, start, calendar, repeated=int(str(known.get("round", 1))) > 1)
    uid = act.new_uid()
    clocks.add(
        act.tx,
        uid=uid,
        origin_vault=act.desk.store.vault_id,
        enquiry_id=enquiry_id,
        rule=rule.name,
        terms=rule_text(rule),
        sort=str(rule.sort),
        is_reply=int(rule.is_reply),
        start=stored(start),
        calendar=str(rule.calendar),
        state="running",
        started_at=act.at,
        started_by=act.desk.officer.uid,
        **values,
        **_dates(found),
    )
    return uid


def date_again(act: Act, row: Row, calendar: WorkCalendar, **changes: Value) -> Reckoning:
    """Work a clock out again, after a stop, an extension or a change of its calendar.

    A service date that was moved by hand stays where it was put.
    """
    extended = bool(changes.get("extended", row["extended"]))
    found = dated(act.tx, row, calendar, extended=extended)
    values = _dates(found)
    if row["service_moved"]:
        values["service_due"] = row["service_due"]
        values["due_on"] = _nearest(found.legal, read_due(row["service_due"]))
    clocks.change(act.tx, row["id"], **values, **changes)
    return found


def dated(
    reader: Reader, row: Row, calendar: WorkCalendar, *, extended: bool, without_stop: str = ""
) -> Reckoning:
    """Work a clock out as it stands, with its extension or without, and without one of its stops.

    Nothing is written.
    """
    return reckon(
        rule_from(row["terms"]),
        read_stored(row["start"]),
        calendar,
        _stops(reader, row["id"], without_stop),
        extended=extended,
        repeated=row["round"] > 1,
    )


def move_service(act: Act, row: Row, day: date | None, why: str) -> None:
    """Put the service date of a clock on another day, or off; its old value is kept.

    Raises Refused where that would leave the clock without any date, or lies after the legal one.
    """
    legal = read_due(row["legal_due"])
    if day is None and legal is None:
        raise Refused("This clock has no other date.", "End it, with the reason.")
    if day is not None and legal is not None and day > legal.day:
        raise Refused(
            f"The legal date is {show_day(legal.day)}: nothing is due after it.",
            "Give a day up to then; only an extension in law moves the legal date.",
        )
    steps.keep_old(act, act.desk, "clock", row, "service_due", row["service_due"] or "", why)
    due = Due(day) if day is not None else None
    clocks.change(
        act.tx,
        row["id"],
        service_due=stored_due(due),
        service_moved=1,
        due_on=_nearest(legal, due),
    )
    keep_reply_date(act, row["enquiry_id"], why)


def calendar_of(reader: Reader, row: Row) -> WorkCalendar:
    """Read the calendar of a clock as it is now."""
    return calendars.load(reader, CalendarName(row["calendar"]))


def keep_reply_date(act: Act, enquiry_id: int, why: str = "") -> None:
    """Keep the matter's reply date, the one that may be told, in step with its reply clocks."""
    replies = clocks.replies(act.tx, enquiry_id)
    changes: dict[str, Value] = {}
    if not replies:
        enquiries.refresh_desk_key(act.tx, enquiry_id)
        return
    going = [row for row in replies if row["state"] == "running"]
    if going:
        first = min(going, key=lambda row: str(row["due_on"]))
        changes = {"due_on": first["due_on"]}
        if why or not first["service_moved"]:
            changes["due_why"] = why or _why(first)
    elif any(row["state"] == "paused" for row in replies):
        changes = {"due_on": None, "due_why": "the clock stands still"}
    elif all(row["state"] == "ended" for row in replies):
        changes = {"due_on": None, "due_why": ""}
    enquiries.change(act.tx, enquiry_id, **changes)


def close(act: Act, row: Row, state: str, on: date, why: str) -> None:
    """Finish a clock on a day, in one of the states that are final."""
    if row["state"] == "paused":
        end = {"at": act.at, "by": act.desk.officer.uid}
        clocks.end_stop(act.tx, row["id"], until=max(on.isoformat(), _last_stop(act, row)), **end)
    clocks.change(
        act.tx,
        row["id"],
        state=state,
        finished_on=on.isoformat(),
        finished_at=act.at,
        finished_by=act.desk.officer.uid,
        finished_why=why,
    )


def is_late(row: Row, on: date | datetime) -> bool:
    """Say whether a day or moment lies after the date of a clock that runs."""
    due = read_due(row["legal_due"] or row["service_due"])
    if due is None or row["state"] == "paused":
        return False
    if isinstance(on, datetime) and due.at is not None:
        return on > due.at
    return day_of(on) > due.day


def day_of(on: date | datetime) -> date:
    """Give the day in London of a day or a moment."""
    return on.astimezone(LONDON).date() if isinstance(on, datetime) else on


def _why(row: Row) -> str:
    rule, start = rule_from(row["terms"]), day_of(read_stored(row["start"]))
    more = rule.extension.add if row["extended"] and rule.extension else 0
    words = f"{count_words(rule.length + more, rule.unit)} from {show_day(start)}"
    return words if rule.sort is Sort.SERVICE else f"{rule.title}: {words}"


def _dates(found: Reckoning) -> dict[str, Value]:
    return {
        "legal_due": stored_due(found.legal),
        "service_due": stored_due(found.service),
        "due_on": _nearest(found.legal, found.service),
        "calendar_version": int(found.calendar_version),
        "working": working_text(found),
    }


def _nearest(*dues: Due | None) -> str:
    return min(due.day for due in dues if due is not None).isoformat()


def _last_stop(act: Act, row: Row) -> str:
    return max(str(stop["since"]) for stop in clocks.stops(act.tx, row["id"]))


def _stops(reader: Reader, clock_id: int, without: str = "") -> Sequence[Stop]:
    return [
        Stop(
            date.fromisoformat(row["since"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
            Effect(row["effect"]),
            row["cause"],
        )
        for row in clocks.stops(reader, clock_id)
        if row["uid"] != without
    ]
