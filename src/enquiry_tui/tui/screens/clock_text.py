"""A clock in words for the screen: its line in a panel, its row, and its whole working."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import wrap

from textual.content import Content

from enquiry_tui.desk.clock_views import ClockView, StopView
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.clock_rules import ClockRule, Effect, Sort
from enquiry_tui.domain.clock_words import (
    press_words,
    show_due,
    source_words,
    stopped_words,
    working_lines,
)
from enquiry_tui.domain.clocks import Due
from enquiry_tui.domain.when import DAYS, HALF_A_YEAR, show_day, show_day_short, show_time
from enquiry_tui.tui.safe import fit, join, short, text
from enquiry_tui.tui.widgets.paging import Row

_LABEL = 11
_ROOM = 24  # cells beside the label in the panel of a matter, at 80 columns
_STATES = {"met": "MET", "missed": "MISSED", "ended": "ENDED"}


def press_of(desk: Desk, clock: ClockView) -> str:
    """Say what presses in a clock; these words need the calendar of the vault."""
    today = desk.today()
    if clock.state == "paused":
        return stopped_words(clock.standing_since or today, today)
    if clock.state != "running":
        return _STATES[clock.state]
    due = clock.legal or clock.service
    if due is None:
        return ""
    service = clock.service if clock.legal is not None else None
    unit = clock.terms.unit
    return press_words(clock.sort, due, service, desk.now(), desk.calendar, unit)


def panel_words(clock: ClockView, press: str, today: date) -> str:
    """Write `reply Tue 1 Dec 5wd LEFT` for a panel, and `12 months 22 Nov 2027` far off."""
    far = abs((clock.due_on - today).days) > HALF_A_YEAR
    for word in ("LEGAL", "WINDOW"):
        if press.startswith(word) and press != "WINDOW OVER":
            press = word
    name = f"{clock.terms.short}{'?' if clock.provisional else ''}"
    day = f"{show_day_short(clock.due_on)}{f' {clock.due_on.year}' if far else ''}"
    if far and clock.due_on > today:
        return f"{name} {day}"
    long = f"{name} {DAYS[clock.due_on.weekday()]} {day} {press}"
    brief = f"{name} {day} {press}"
    return next((words for words in (long, brief) if len(words) <= _ROOM), f"{name} {press}")


def row_of(clock: ClockView, press: str) -> Row:
    """Make the cells of the list of clocks."""
    late = press.startswith(("OVERDUE", "MISSED"))
    tone = "urgent" if late else "warning" if press.startswith("DUE TODAY") else ""
    quiet = "" if clock.is_open else "quiet"
    again = f" {clock.round}" if clock.round > 1 else ""
    legal, service = _cell(clock.legal), _cell(clock.service)
    name = f"{clock.title}{again}{' PROVISIONAL' if clock.provisional else ''}"
    return Row(clock.uid, (press, name, legal, service), (tone or quiet, quiet, quiet, quiet))


def _cell(due: Due | None) -> str:
    """Write a date as `Fri 4 Dec 2026`, one with its minute as `Fri 4 Dec 17:00`."""
    if due is None or due.at is None:
        return show_due(due)
    return f"{DAYS[due.day.weekday()]} {show_day_short(due.day)} {show_time(due.at)}"


def working_block(clock: ClockView, width: int) -> Content:
    """Write everything about a clock: dates, working, stops and extension, wrapped."""
    lines: list[Content] = []
    for label, words in _all_lines(clock):
        parts = wrap(words, max(20, width - _LABEL - 2)) or [""]
        lines.append(join(" ", (fit(label, _LABEL - 1), "dim"), short(parts[0])))
        lines += [text(f"{' ' * _LABEL}{part}") for part in parts[1:]]
    return Content("\n").join(lines)


def replaced(rule: ClockRule, clocks: Sequence[tuple[ClockView, str]]) -> str:
    """Say which of the clocks that ran the new one takes the place of, and ends."""
    ended = [c.title for c, _ in clocks if c.is_open and c.rule in rule.replaces]
    return f" It takes the place of: {', '.join(ended)} (ENDED)." if ended else ""


def names_block(rules: tuple[ClockRule, ...], width: int) -> Content:
    """Write the names of all clocks, in columns."""
    cells = [fit(rule.name, 24) for rule in rules]
    count = max(1, (width - 1) // 25)
    rows = [cells[at : at + count] for at in range(0, len(cells), count)]
    head = text(" Clocks that can be started; the first letters will do:", "bold")
    return Content("\n").join([head, *(text(f" {' '.join(row)}") for row in rows)])


def _all_lines(clock: ClockView) -> Iterator[tuple[str, str]]:
    rule = clock.terms
    beside = {
        Sort.LEGAL: "",
        Sort.SERVICE: "none: a standard of this office",
        Sort.WINDOW: ", their time and not ours",
    }[clock.sort]
    yield "legal", f"{show_due(clock.legal)}{beside}" if clock.legal else beside
    moved = ", moved by hand" if clock.service_moved else ""
    yield "service", f"{show_due(clock.service)}{moved}"
    if clock.provisional:
        yield "PROVISIONAL", "from the earliest safe moment; the authority starts the real one"
    yield from working_lines(rule, clock.working)
    for stop in clock.stops:
        yield "stopped", _stop_words(rule, stop)
    if clock.extended and rule.extension is not None:
        yield "extended", rule.extension.words
        yield "", source_words(rule.extension.source, verify=rule.extension.verify)
    for why in clock.taken_back:
        yield "extended", f"by mistake, and taken back: {why}"
    if clock.finished_on is not None:
        why = f": {clock.finished_why}" if clock.finished_why else ""
        yield "finished", f"{_STATES[clock.state]} {show_day(clock.finished_on)}{why}"
    yield "rules", clock.rules.removeprefix("rules ")


def _stop_words(rule: ClockRule, stop: StopView) -> str:
    if stop.taken_back_why:
        since = f"from {show_day(stop.since)}, {stop.cause}: {stop.why}"
        return f"{since}; by mistake, and taken back: {stop.taken_back_why}"
    until = f"to {show_day(stop.until)}" if stop.until else "and stands still"
    pause = rule.pause(stop.cause)
    source = f" ({source_words(pause.source, verify=pause.verify)})" if pause else ""
    after = ""
    if stop.until and stop.effect == Effect.RESTART:
        after = f"; the whole time runs anew from {show_day_short(stop.until)}"
    return f"from {show_day(stop.since)} {until}, {stop.cause}: {stop.why}{after}{source}"
