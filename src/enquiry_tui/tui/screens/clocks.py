"""The clocks of a matter, with the working of the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from enquiry_tui.desk import clock_letters, clocks
from enquiry_tui.desk.clock_views import ClockView
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.work import reason_in_words
from enquiry_tui.domain.clock_rules import ClockRule, PauseRule, Unit
from enquiry_tui.domain.clock_words import show_due
from enquiry_tui.domain.when import show_day, show_day_short
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.screens import clock_text as words
from enquiry_tui.tui.screens.clock_typing import day_typed, moment_typed, rule_named
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.paging import FixedPages
from enquiry_tui.tui.widgets.window_list import Column, WindowList

_COLUMNS = (
    Column("DUE", 14),
    Column("CLOCK", 0),
    Column("LEGAL DATE", 16),
    Column("SERVICE DATE", 16),
)
_DAYS = "Such as: today, yesterday, 24 nov, tue."


class ClocksScreen(WorkScreen):
    """Every date with its working; what changes one asks for the reason."""

    PLACE = Place.CLOCKS
    HEADING = "Clocks"
    CSS_PATH = "clocks.tcss"
    AUTO_FOCUS = "#clocks"

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._clocks: tuple[tuple[ClockView, str], ...] = ()

    def content(self) -> ComposeResult:
        """Show the clocks over the working of one of them."""
        yield WindowList(_COLUMNS, id="clocks", empty="No clock in this matter yet.  s starts one")
        with VerticalScroll(id="working", can_focus=True):
            yield NoMarkup(id="lines")

    async def ready(self) -> None:
        """Show the clocks, and what a letter asks for."""
        await self._show()
        if asked := await self.read(clock_letters.asked_for, self.enquiry_uid):
            names = ", ".join(f"{rule.title} ({rule.name})" for rule in asked)
            self.notice.say(f"By its words a letter asks for: {names}.  s starts a clock.")

    async def _show(self, select: str = "") -> None:
        self._clocks = await self.read(_read, self.enquiry_uid)
        rows = [words.row_of(clock, press) for clock, press in self._clocks]
        listed = self.query_one("#clocks", WindowList)
        listed.show(FixedPages(rows), keep_cursor=True)
        if select:
            listed.reload(select=select)
        found = next((c for c, _ in self._clocks if c.uid == select), None)
        self._show_working(found or (self._clocks[0][0] if self._clocks else None))

    @on(WindowList.RowHighlighted, "#clocks")
    def follow(self, event: WindowList.RowHighlighted) -> None:
        """Show the working of the clock under the cursor."""
        self._show_working(next((c for c, _ in self._clocks if c.uid == event.row.uid), None))

    def on_resize(self) -> None:
        """Wrap the working again."""
        row = self.query_one("#clocks", WindowList).current
        self._show_working(next((c for c, _ in self._clocks if row and c.uid == row.uid), None))

    def _show_working(self, clock: ClockView | None) -> None:
        lines = self.query_one("#lines", NoMarkup)
        lines.show(words.working_block(clock, self.size.width) if clock is not None else "")

    def _current(self) -> ClockView:
        row = self.query_one("#clocks", WindowList).current
        found = next((clock for clock, _ in self._clocks if row and clock.uid == row.uid), None)
        if found is None:
            raise Refused("There is no clock here yet.", "s starts one.")
        return found

    def _open_one(self) -> ClockView:
        """Return the clock under the cursor while it runs. Raises Refused."""
        clock = self._current()
        if not clock.is_open:
            raise Refused(f"{clock.title}: {clock.state} already.", "s starts another.")
        return clock

    async def _done(self, clock: ClockView, said: str) -> None:
        await self._show(clock.uid)
        self.notice.say(f"{clock.title}: {said}", tone="good")

    async def _day(self, question: str, offered: date | None = None) -> date | None:
        """Ask for a day; nothing typed is today. None where Escape was pressed."""
        value = f"{show_day_short(offered)} {offered.year}" if offered is not None else ""
        typed = await self.prompt.line(question, value, offered=True)
        if typed is None:
            return None
        found = await self.read(day_typed, typed.strip() or "today", past=True)
        if found is None:
            raise Refused("That is not a day.", _DAYS)
        return found

    # Starting and finishing

    def action_start_clock(self) -> None:
        """Start a clock."""
        self.work(self._start())

    async def _start(self) -> None:
        rules = await self.read(clocks.rules)
        self.query_one("#lines", NoMarkup).show(words.names_block(rules, self.size.width))
        typed = await self.prompt.line("Start which clock?")
        if typed is None:
            await self._show()
            return
        rule = rule_named(rules, typed)
        begun = await self._begin_at(rule)
        if begun is not None:
            made = await self.write(clocks.begin_clock, self.enquiry_uid, rule.name, begun)
            ended = words.replaced(rule, self._clocks)
            await self._done(made, f"due {show_due(made.working.due)}.{ended}")
        else:
            await self._show()

    async def _begin_at(self, rule: ClockRule) -> date | datetime | None:
        """Ask from when it counts: a day, or day and time where the rule counts hours."""
        self.notice.say(f"{rule.title} counts from {rule.counts_from}.")
        if rule.unit is Unit.HOURS or rule.ends_with_the_day:
            return await self._moment("From when? (day and time)")
        came = await self.read(clock_letters.letter_came_on, self.enquiry_uid, rule.name)
        if came is None:
            return await self._day("From which day? (blank: today)")
        return await self._day("From which day? (the letter came; type over it)", came)

    async def _moment(self, question: str) -> datetime | None:
        """Ask for a day and a time; nothing typed is now. None where Escape was pressed."""
        typed = await self.prompt.line(question)
        if typed is None or not typed.strip():
            return None if typed is None else host(self).now()
        found = await self.read(moment_typed, typed)
        if found is None or found.at is None:
            raise Refused("By day and time.", "Such as: 14:05, yesterday 9am, 24 nov 17:00.")
        return found.at

    def action_clock_met(self) -> None:
        """Say that it was done."""
        self.work(self._met())

    async def _met(self) -> None:
        clock = self._open_one()
        if clock.terms.unit is Unit.HOURS:
            done: date | datetime | None = await self._moment("Done when? (blank: now)")
        else:
            done = await self._day("Done on which day? (blank: today)")
        if done is None:
            return
        how = await self.prompt.line("How? (may stay empty)")
        if how is not None:
            met = await self.write(clocks.meet_clock, clock.uid, done, how)
            await self._done(met, f"{met.state}.")

    def action_end_clock(self) -> None:
        """End it without its being met."""
        self.work(self._reasoned("It ends unmet. Why?", clocks.end_clock, "ended."))

    async def _reasoned(
        self, question: str, verb: Callable[[Desk, str, str], ClockView], said: str
    ) -> None:
        """Do something to the clock under the cursor that asks for a reason and nothing else."""
        clock = self._open_one()
        why = await self.prompt.until(question, reason_in_words)
        if why is not None:
            changed = await self.write(verb, clock.uid, why)
            await self._done(changed, f"{said} Due {show_due(changed.working.due)}.")

    def action_stop_clock(self) -> None:
        """Let it stand still."""
        self.work(self._stop())

    async def _stop(self) -> None:
        clock = self._open_one()
        pauses = clock.terms.pauses
        if not pauses:
            raise Refused(f"Nothing stops the clock for {clock.title}.", "Its rule knows no pause.")
        keys = "".join(str(at) for at in range(1, len(pauses) + 1))
        asked = " · ".join(f"{at} {item.cause}" for at, item in enumerate(pauses, start=1))
        key = await self.prompt.key(f"Stopped for what?  {asked}", keys)
        if key is None:
            return
        pause: PauseRule = pauses[int(key) - 1]
        self.notice.say(pause.words)
        since = await self._day("Since which day? (blank: today)")
        if since is None:
            return
        why = await self.prompt.until("Why?", reason_in_words)
        if why is None:
            return
        due = show_due(clock.legal or clock.service)
        if not await self.prompt.yes(f"No date from {show_day(since)} until it goes on ({due})?"):
            self.notice.say(f"{clock.title}: it runs on.")
            return
        verb = partial(clocks.stop_clock, why=why)
        stopped = await self.write(verb, clock.uid, pause.cause, since)
        await self._done(stopped, "stands still.")

    def action_resume_clock(self) -> None:
        """Let it go on."""
        self.work(self._resume())

    async def _resume(self) -> None:
        clock = self._open_one()
        if clock.standing_since is None:
            raise Refused("This clock does not stand still.", "p lets it stand still.")
        day = await self._day("What was waited for came on which day? (blank: today)")
        if day is None:
            return
        why = await self.prompt.until("What came?", reason_in_words)
        if why is not None:
            going = await self.write(clocks.resume_clock, clock.uid, day, why)
            await self._done(going, f"goes on, due {show_due(going.working.due)}.")

    def action_stop_back(self) -> None:
        """Take back the last stop."""
        self.work(self._stop_back())

    async def _stop_back(self) -> None:
        clock = self._open_one()
        due = await self.read(clocks.date_without_stop, clock.uid)
        why = await self.prompt.until("The stop was a mistake. Why?", reason_in_words)
        if why is None:
            return
        if not await self.prompt.yes(f"As if it had never stopped: due {show_due(due)}?"):
            self.notice.say(f"{clock.title}: the stop stands.")
            return
        going = await self.write(clocks.take_back_stop, clock.uid, why)
        await self._done(going, f"the stop is taken back, due {show_due(going.working.due)}.")

    def action_extend_clock(self) -> None:
        """Take the extension of its rule, or take back one that was a mistake."""
        self.work(self._extend())

    async def _extend(self) -> None:
        clock = self._open_one()
        if clock.terms.extension is None:
            raise Refused(f"No extension is in its rule: {clock.title}.", "The date stands.")
        taken = clock.extended
        question = "The extension was a mistake. Why?" if taken else "Extended. Why?"
        why = await self.prompt.until(question, reason_in_words)
        if why is None:
            return
        dated = partial(clocks.date_with_extension, extended=not taken)
        due = await self.read(dated, clock.uid, why)
        moves = f"from {show_due(clock.legal or clock.service)} {'back ' if taken else ''}to"
        if not await self.prompt.yes(f"The date moves {moves} {show_due(due)}?"):
            self.notice.say(f"{clock.title}: the date stands.")
            return
        verb = clocks.take_back_extension if taken else clocks.extend_clock
        changed = await self.write(verb, clock.uid, why)
        said = "extension taken back" if taken else "extended"
        await self._done(changed, f"{said}, due {show_due(changed.working.due)}.")

    def action_service_date(self) -> None:
        """Move the service date."""
        self.work(self._move())

    async def _move(self) -> None:
        clock = self._open_one()
        typed = await self.prompt.line("Service date? (fri, 4 dec, 10wd; blank takes it off)")
        if typed is None:
            return
        day = await self.read(day_typed, typed, past=False) if typed.strip() else None
        if typed.strip() and day is None:
            raise Refused("That is not a day.", "Such as: fri, 4 dec, 10wd.")
        why = await self.prompt.until("Why?", reason_in_words)
        if why is not None:
            moved = await self.write(clocks.move_service_date, clock.uid, day, why)
            await self._done(moved, f"service date {show_due(moved.service)}.")


def _read(desk: Desk, enquiry_uid: str) -> tuple[tuple[ClockView, str], ...]:
    found = clocks.clocks_of(desk, enquiry_uid)
    return tuple((clock, words.press_of(desk, clock)) for clock in found)
