"""`holiday`: the working-day calendars of a vault; a change says which clocks it moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from enquiry_tui.cli.clocks import due_text, read_day
from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option
from enquiry_tui.cli.output import narrate, print_rows
from enquiry_tui.cli.session import signed_in

if TYPE_CHECKING:
    from enquiry_tui.desk.calendars import HolidayView, Moved, Redated
    from enquiry_tui.domain.clocks import Due

_COLUMNS = ("date", "name", "calendar", "state", "why")
_MOVED = ("reference", "clock", "legal_from", "legal_to", "service_from", "service_to")
_why = click.option("--why", required=True, metavar="TEXT", help="The reason, for the record.")


@click.group()
def holiday() -> None:
    """Keep the working-day calendars: England & Wales, and the whole United Kingdom."""


@holiday.command("list")
@click.option("--year", type=click.IntRange(2000, 2100), help="Only this year.")
@as_json_option
@click.pass_obj
def list_holidays(options: Globals, year: int | None, as_json: bool) -> None:
    """List bank holidays with their history, this year's and the next's unless one is named."""
    from enquiry_tui.desk.calendars import calendar_views, holidays

    with signed_in(options) as desk:
        now = desk.today().year
        found = holidays(desk, [year] if year else [now, now + 1])
        known = calendar_views(desk)
    print_rows(map(_day_row, found), _COLUMNS, as_json=as_json)
    for item in known:
        narrate(f"{item.title}: version {item.version}, known to {item.known_to.isoformat()}")


@holiday.command("add")
@click.argument("day", metavar="DATE")
@click.option("--name", required=True, metavar="TEXT", help="What day it is.")
@_why
@click.option("--uk-only", is_flag=True, help="Only in Scotland or Northern Ireland.")
@as_json_option
@click.pass_obj
def add(options: Globals, day: str, name: str, why: str, uk_only: bool, as_json: bool) -> None:
    """Add a bank holiday; every open clock is dated again, and those that moved are listed."""
    from enquiry_tui.desk.calendars import add_holiday

    on = read_day(day)
    with signed_in(options) as desk:
        done = add_holiday(desk, on, name, why, uk_only=uk_only)
    _print_moved(done, as_json=as_json)


@holiday.command("remove")
@click.argument("day", metavar="DATE")
@_why
@as_json_option
@click.pass_obj
def remove(options: Globals, day: str, why: str, as_json: bool) -> None:
    """Take a bank holiday out again; every open clock is dated again."""
    from enquiry_tui.desk.calendars import remove_holiday

    on = read_day(day)
    with signed_in(options) as desk:
        done = remove_holiday(desk, on, why)
    _print_moved(done, as_json=as_json)


@holiday.command("extend")
@click.argument("year", type=click.IntRange(2000, 2100))
@_why
@as_json_option
@click.pass_obj
def extend(options: Globals, year: int, why: str, as_json: bool) -> None:
    """Carry the calendars on to the end of YEAR with the days that can be worked out."""
    from enquiry_tui.desk.calendars import extend_calendars

    with signed_in(options) as desk:
        done = extend_calendars(desk, year, why)
    _print_moved(done, as_json=as_json)


def _print_moved(done: Redated, *, as_json: bool) -> None:
    print_rows(map(_moved_row, done.moved), _MOVED, as_json=as_json)
    narrate(f"{len(done.moved)} of {done.looked_at} open clocks moved")


def _day_row(item: HolidayView) -> Mapping[str, object]:
    return {
        "date": item.day.isoformat(),
        "name": item.name,
        "calendar": str(item.calendar),
        "state": "in force" if item.in_force else "taken out",
        "why": item.why if item.in_force else item.removed_why,
    }


def _moved_row(item: Moved) -> Mapping[str, object]:
    return {
        "reference": item.reference,
        "clock": item.title,
        "legal_from": _due(item.legal_before),
        "legal_to": _due(item.legal_after),
        "service_from": _due(item.service_before),
        "service_to": _due(item.service_after),
    }


def _due(due: Due | None) -> str | None:
    return due_text(due) if due is not None else None
