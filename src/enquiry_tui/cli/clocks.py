"""`rule clock`: when something is due, with the days that were left out. No vault is opened."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from enquiry_tui.cli.data import moment, plain
from enquiry_tui.cli.options import as_json_option
from enquiry_tui.cli.output import narrate, print_record
from enquiry_tui.errors import UsageError

if TYPE_CHECKING:
    from enquiry_tui.domain.clocks import Due, Reckoning

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YEARS = range(1972, 2101)  # bank holidays as they are now: Banking and Financial Dealings Act 1971
_LONGEST = 4  # years that a clock can reach, with what may be added


@click.command("clock")
@click.argument("name")
@click.argument("start", metavar="DATE[THH:MM+HH:MM]")
@click.option(
    "--extra-holiday",
    "extra",
    multiple=True,
    metavar="DATE",
    help="A bank holiday to count besides, in both calendars; repeat.",
)
@as_json_option
def clock(name: str, start: str, extra: tuple[str, ...], as_json: bool) -> None:
    """Say when a clock ends that starts then, and which days were not counted and why."""
    from enquiry_tui.domain.clock_words import source_words
    from enquiry_tui.domain.clocks import reckon, with_extra
    from enquiry_tui.domain.workdays import computed
    from enquiry_tui.policy.packs import load_shipped
    from enquiry_tui.policy.problems import nearest

    began, more = read_start(start), [read_day(text) for text in extra]
    pack = load_shipped().clocks
    rule = pack.value.rule(name)
    if rule is None:
        close = nearest(name, list(pack.value.rules))
        guess = f"Did you mean {close}? " if close else ""
        known = ", ".join(pack.value.rules)
        raise UsageError("There is no clock of that name.", f"{guess}One of: {known}.")
    calendar = computed(rule.calendar, range(began.year, began.year + _LONGEST))
    found = reckon(rule, began, with_extra(calendar, more))
    record = {
        "rule": rule.name,
        "start": plain(began),
        "due": due_text(found.due),
        "skipped": [{"date": skip.day.isoformat(), "why": skip.why} for skip in found.skipped],
        "calendar": str(rule.calendar),
        "source": source_words(rule.source, verify=rule.verify),
        "pack": pack.hash,
    }
    print_record(record, as_json=as_json)
    _narrate_service(found)


def read_start(text: str) -> date | datetime:
    """Read a day, or a moment with its offset. Raises UsageError."""
    if _DAY.fullmatch(text):
        return read_day(text)
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        read = None
    if read is None or "T" not in text or read.tzinfo is None or read.year not in _YEARS:
        raise UsageError(
            "That is neither a day nor a moment with its offset.",
            "Such as 2026-11-27, or 2026-11-27T17:00+00:00.",
        )
    return read


def due_text(due: Due) -> str:
    """Write a due date: the moment where the rule has one."""
    return moment(due.at) if due.at is not None else due.day.isoformat()


def read_day(text: str) -> date:
    """Read a day. Raises UsageError."""
    try:
        read = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        read = None
    if read is None or read.year not in _YEARS:
        raise UsageError("That is not a day.", "Such as 2026-12-25, from 1972 to 2100.")
    return read


def _narrate_service(found: Reckoning) -> None:
    if found.legal is not None and found.service is not None:
        narrate(f"service date: {due_text(found.service)}; the legal date is the one printed")
