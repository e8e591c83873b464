"""The working-day calendars: what counts as a holiday, and which clocks a change has moved."""

from __future__ import annotations

from datetime import date
from functools import partial

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from enquiry_tui.desk import calendars
from enquiry_tui.desk.calendars import HolidayView, Moved, Redated
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.work import reason_in_words
from enquiry_tui.domain.clock_words import show_due
from enquiry_tui.domain.dates import read_day
from enquiry_tui.domain.when import show_day, show_day_short
from enquiry_tui.domain.workdays import CalendarName
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup, join, short, text
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.paging import FixedPages, Row
from enquiry_tui.tui.widgets.window_list import Column, WindowList

_COLUMNS = (Column("DAY", 16), Column("HOLIDAY", 0), Column("WHERE", 16), Column("STATE", 18))
_AHEAD = 3


class HolidaysScreen(WorkScreen):
    """This year and the next two; what was taken out stays in sight."""

    PLACE = Place.HOLIDAYS
    HEADING = "Holidays"
    CSS_PATH = "holidays.tcss"
    AUTO_FOCUS = "#days"
    NEEDS_MATTER = False

    def content(self) -> ComposeResult:
        """Show how far the days are known, the days, and what the last change moved."""
        yield NoMarkup(id="known")
        yield WindowList(_COLUMNS, id="days", empty="No holiday is kept for these years.")
        with VerticalScroll(id="moved"):
            yield NoMarkup(id="moved-lines")

    async def ready(self) -> None:
        """Show the calendars."""
        await self._show()

    async def _show(self) -> None:
        known, days, next_one = await self.read(_read)
        self.query_one("#known", NoMarkup).show(Content("\n").join(short(line) for line in known))
        listed = self.query_one("#days", WindowList)
        before = listed.current
        listed.show(FixedPages(days), keep_cursor=True)
        if before is None:
            listed.reload(select=next_one)

    def action_add_holiday(self) -> None:
        """Add a day."""
        self.work(self._add())

    async def _add(self) -> None:
        await self.read(calendars.may_keep_calendars)
        typed = await self.prompt.line("Which day? (4 dec 2026)")
        if typed is None:
            return
        day = await self.read(_read_day, typed)
        if day is None:
            raise Refused("That is not a day.", "Such as: 4 dec 2026.")
        name = await self.prompt.line(f"{show_day(day)}. What is it called?")
        if name is None:
            return
        where = await self.prompt.key("Where?  1 England & Wales · 2 only Scotland or NI", "12")
        why = await self.prompt.line("Announced where?") if where is not None else None
        if why is not None:
            verb = partial(calendars.add_holiday, uk_only=where == "2")
            await self._changed(await self.write(verb, day, name, why), f"{show_day(day)} added")

    def action_remove_holiday(self) -> None:
        """Take the day under the cursor out."""
        self.work(self._remove())

    async def _remove(self) -> None:
        await self.read(calendars.may_keep_calendars)
        row = self.query_one("#days", WindowList).current
        if row is None:
            raise Refused("No day is chosen.", "Go to a day first.")
        day = date.fromisoformat(row.uid.partition(" ")[0])
        why = await self.prompt.until(f"{show_day(day)} is taken out. Why?", reason_in_words)
        if why is not None:
            done = await self.write(calendars.remove_holiday, day, why)
            await self._changed(done, f"{show_day(day)} taken out")

    def action_carry_on(self) -> None:
        """Carry the calendars on."""
        self.work(self._carry_on())

    async def _carry_on(self) -> None:
        await self.read(calendars.may_keep_calendars)
        typed = await self.prompt.line("To the end of which year?")
        if typed is None:
            return
        if not (typed.isascii() and typed.isdigit() and len(typed) == 4):
            raise Refused("That is not a year.", "Such as: 2035.")
        done = await self.write(calendars.extend_calendars, int(typed), f"carried on to {typed}")
        await self._changed(done, f"known to the end of {typed}")

    async def _changed(self, done: Redated, said: str) -> None:
        await self._show()
        words = f"{said}: {len(done.moved)} of {done.looked_at} open clocks moved."
        self.notice.say(words, tone="good")
        lines = [_moved_line(item) for item in done.moved] or [text(" No clock moved.")]
        self.query_one("#moved-lines", NoMarkup).show(Content("\n").join(lines))


def _read(desk: Desk) -> tuple[list[str], list[Row], str]:
    """Read how far the days are known, the days, and which is the next."""
    today = desk.today()
    year = today.year
    known = [
        f" {item.title}: version {item.version}, holidays known to {show_day(item.known_to)}"
        for item in calendars.calendar_views(desk)
    ]
    rows = _rows(calendars.holidays(desk, range(year, year + _AHEAD)))
    next_one = next((row.uid for row in rows if row.uid >= today.isoformat()), "")
    return known, rows, next_one


def _rows(found: tuple[HolidayView, ...]) -> list[Row]:
    """Make a row for each day: once where it counts in both calendars."""
    rows: list[Row] = []
    at_home = {item.day for item in found if item.calendar is CalendarName.ENGLAND_WALES}
    for number, item in enumerate(found):
        if item.calendar is CalendarName.UK and item.day in at_home:
            continue
        where = "England & Wales" if item.calendar is CalendarName.ENGLAND_WALES else "elsewhere UK"
        state = "" if item.in_force else f"taken out (v{item.to_version})"
        if item.in_force and item.from_version > 1:
            state = f"added (v{item.from_version})"
        tone = "" if item.in_force else "quiet"
        cells = (show_day(item.day), item.name, where, state)
        rows.append(Row(f"{item.day.isoformat()} {number}", cells, (tone,) * len(cells)))
    return rows


def _moved_line(item: Moved) -> Content:
    legal = item.legal_before != item.legal_after
    before, after = (
        (item.legal_before, item.legal_after)
        if legal
        else (item.service_before, item.service_after)
    )
    kind = "legal" if legal else "service"
    first = show_day_short(before.day) if before is not None else "none"
    words = f"{first} → {show_due(after)}  {kind} date, {item.title}"
    return join(" ", (item.reference, "bold"), "  ", short(words))


def _read_day(desk: Desk, typed: str) -> date | None:
    found = read_day(typed, desk.today(), desk.calendar)
    return found.day if found is not None else None
