"""Clocks as a face shows them: dates, state, and the working that is kept with each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from enquiry_tui.desk.pack_steps import rules_of_hash
from enquiry_tui.domain.clock_data import read_due, read_stored, rule_from, working_from
from enquiry_tui.domain.clock_rules import ClockRule, Sort
from enquiry_tui.domain.clocks import Due, Reckoning
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.records import clocks, contacts
from enquiry_tui.records.base import Reader, Row


@dataclass(frozen=True, slots=True)
class StopView:
    """A time in which a clock stood still."""

    cause: str
    effect: str
    since: date
    until: date | None
    why: str
    taken_back_why: str = ""
    """Why it was taken back where it was a mistake: then it counts for nothing."""

    @property
    def stands(self) -> bool:
        """Say whether the clock stands still by it now."""
        return self.until is None and not self.taken_back_why


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock of a matter; `due_on` is the nearer of its legal and its service date."""

    uid: str
    enquiry_uid: str
    reference: str
    about: str
    rule: str
    title: str
    sort: Sort
    state: str
    provisional: bool
    round: int
    start: date | datetime
    legal: Due | None
    service: Due | None
    service_moved: bool
    due_on: date
    extended: bool
    is_reply: bool
    pack_hash: str
    rules: str
    calendar: str
    calendar_version: int
    terms: ClockRule
    working: Reckoning
    stops: tuple[StopView, ...]
    taken_back: tuple[str, ...]
    """Why extensions were taken back that were entered by mistake."""
    started_at: datetime
    finished_on: date | None
    finished_why: str

    @property
    def is_open(self) -> bool:
        """Say whether it still runs, or stands still for a while."""
        return self.state in {"running", "paused"}

    @property
    def standing_since(self) -> date | None:
        """Return the day it was stopped, while it stands still."""
        return next((stop.since for stop in self.stops if stop.stands), None)


def view_of(reader: Reader, row: Row) -> ClockView:
    """Put one clock together from its row."""
    rule = rule_from(row["terms"])
    return ClockView(
        uid=row["uid"],
        enquiry_uid=row["enquiry_uid"],
        reference=row["reference"],
        about=row["about"],
        rule=row["rule"],
        title=rule.title,
        sort=rule.sort,
        state=row["state"],
        provisional=bool(row["provisional"]),
        round=row["round"],
        start=read_stored(row["start"]),
        legal=read_due(row["legal_due"]),
        service=read_due(row["service_due"]),
        service_moved=bool(row["service_moved"]),
        due_on=date.fromisoformat(row["due_on"]),
        extended=bool(row["extended"]),
        is_reply=bool(row["is_reply"]),
        pack_hash=row["pack_hash"],
        rules=rules_of_hash(reader, row["pack_hash"]),
        calendar=row["calendar"],
        calendar_version=row["calendar_version"],
        terms=rule,
        working=working_from(row["working"]),
        stops=tuple(_stop(stop) for stop in clocks.every_stop(reader, row["id"])),
        taken_back=_taken_back(reader, row) if rule.extension is not None else (),
        started_at=parse_utc(row["started_at"]),
        finished_on=date.fromisoformat(row["finished_on"]) if row["finished_on"] else None,
        finished_why=row["finished_why"],
    )


def _taken_back(reader: Reader, row: Row) -> tuple[str, ...]:
    amended = contacts.amendments(reader, row["uid"])
    return tuple(str(item["why"]) for item in amended if item["field"] == "extended")


def _stop(row: Row) -> StopView:
    return StopView(
        cause=row["cause"],
        effect=row["effect"],
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        why=row["why"],
        taken_back_why=row["taken_back_why"],
    )
