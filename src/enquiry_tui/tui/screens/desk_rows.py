"""The rows of the desk: read on the store thread, page by page, and put into words there."""

from __future__ import annotations

from array import array
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from enquiry_tui.desk import lists
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.views import DeskRow
from enquiry_tui.domain.clock_words import past_words
from enquiry_tui.domain.when import (
    LONDON,
    due_words,
    legal_words,
    promise_words,
    show_time,
    waiting_words,
    window_words,
)
from enquiry_tui.tui.widgets.paging import KeyedPages, Row
from enquiry_tui.tui.widgets.window_list import Column

_WIDE = 94
_PREVIEW_FROM = 110


def columns(width: int) -> tuple[Column, ...]:
    """Share the cells of a screen: what it is about grows first, then who has it, and who rang."""
    who, team = (20, 12) if width - preview_width(width) >= _WIDE else (16, 7)
    return (
        Column("DUE", 14, gives=True),
        Column("REF", 7, gives=True),
        Column("WHO", who, gives=True),
        Column("ABOUT", 0),
        Column("WITH", team, gives=True),
    )


def preview_width(width: int) -> int:
    """Give the preview what a list of eighty columns leaves; 0 where that is too little."""
    return max(22, min(40, (width - 80) * 6 // 10)) if width >= _PREVIEW_FROM else 0


Runner = Callable[..., Awaitable[Any]]
_HERE = "this office"


class QueuePages:
    """One queue as a page source, with unfinished lines of the officer's own before it."""

    def __init__(
        self, run: Runner, queue: str, *, mine: bool, visitor: bool, first: tuple[Row, ...] = ()
    ) -> None:
        self.queue = queue
        self.total = 0
        self.seen: tuple[str, ...] = ()
        self.rows: dict[str, DeskRow] = {}
        self._run = run
        self._first = first
        self._visitor = visitor
        self._mine = mine
        self._pages = KeyedPages(self._keys, self._load, partial(run, lists.key_of))

    async def count(self) -> int:
        """Read all keys again and count them."""
        self.total = await self._pages.count()
        return len(self._first) + self.total

    async def page(self, offset: int, limit: int) -> Sequence[Row]:
        """Read the rows of one slice."""
        before = self._first[offset : offset + limit]
        start = max(0, offset - len(self._first))
        return (*before, *await self._pages.page(start, limit - len(before)))

    async def index_of(self, uid: str) -> int | None:
        """Find a row's place."""
        for at, row in enumerate(self._first):
            if row.uid == uid:
                return at
        found = await self._pages.index_of(uid)
        return None if found is None else found + len(self._first)

    async def _keys(self) -> Sequence[int]:
        if not lists.is_sliced(self.queue):
            whole: list[int] = await self._run(
                partial(lists.queue_keys, mine=self._mine), self.queue
            )
            return whole
        keys: array[int] = array("q")
        verb = partial(lists.queue_slice, mine=self._mine)
        part, end = await self._run(verb, self.queue)
        while part:
            keys.extend(part)
            part, end = await self._run(verb, self.queue, end)
        return keys

    async def _load(self, keys: Sequence[int]) -> Sequence[Row]:
        found: tuple[tuple[DeskRow, str], ...] = await self._run(page_of, list(keys))
        self.rows.update((row.uid, row) for row, _ in found)
        self.seen = self.seen or tuple(row.uid for row, _ in found)[:20]
        make = visitor_row if self._visitor else message_row if self._is_tray else row_of
        return [make(row, due) for row, due in found]

    @property
    def _is_tray(self) -> bool:
        return self.queue == "messages"


def page_of(desk: Desk, keys: list[int]) -> tuple[tuple[DeskRow, str], ...]:
    """Read a page with the words of its first column: these need the calendar."""
    now = desk.now()
    return tuple((row, due_of(desk, row, now)) for row in lists.queue_rows(desk, keys))


def due_of(desk: Desk, row: DeskRow, now: datetime) -> str:
    """Say what presses in a row: `PROMISE 15:00`, `OVERDUE 2d`, `WAITING PSD 6d`, or nothing."""
    today = desk.today()
    match row.due_kind:
        case "promise" if row.due_at is not None:
            return promise_words(row.due_at, now)
        case "due" | "legal" if row.due_at is not None and (past := past_words(row.due_at, now)):
            return past
        case "due" if row.due_on is not None:
            return due_words(row.due_on, today, desk.calendar, every_day=row.every_day)
        case "legal" if row.due_on is not None:
            return legal_words(row.due_on, today, desk.calendar, every_day=row.every_day)
        case "window" if row.due_on is not None:
            return window_words(row.due_on, today)
        case "urgent" if row.due_at is not None:  # what was promised in it, such as to ring back
            return "URGENT LATE" if row.due_at < now else f"URGENT {show_time(row.due_at)}"
        case "urgent":
            return "URGENT"
        case "waiting":
            return waiting_words(row.waiting_on, _day(row.waiting_since, today), today)
        case "closed":
            return "CLOSED"
    return "URGENT" if row.urgent else ""


def row_of(row: DeskRow, due: str) -> Row:
    """Make the cells of a row."""
    who = f"{row.who or '(no name)'}{' ⚑' if row.marked and not row.restricted else ''}"
    return Row(
        row.uid,
        (due, row.reference, who, row.about or "(nothing noted)", _with(row)),
        (tone_of(due), "", "", "quiet" if row.restricted else "", ""),
    )


def message_row(row: DeskRow, due: str) -> Row:
    """Make the cells of a row of the messages: who is to have it stands where who has it does."""
    plain = row_of(row, due)
    if not row.message_for:
        return plain
    return Row(plain.uid, (*plain.cells[:-1], f"→ {row.message_for}"), plain.tones)


def visitor_row(row: DeskRow, due: str) -> Row:
    """Make the cells of a row that anybody may see: reference and state."""
    state = {"closed": "closed", "waiting": "waiting"}.get(row.due_kind, "open")
    return Row(row.uid, (due if row.due_kind != "waiting" else "", row.reference, state, "", ""))


def tone_of(due: str) -> str:
    """Return the tone of the first column; the words say the same."""
    if due.startswith(("OVERDUE", "LATE", "URGENT")):
        return "urgent"
    return "warning" if due.startswith(("DUE TODAY", "PROMISE")) else ""


def _with(row: DeskRow) -> str:
    return row.held_by if row.held_by and row.held_by != _HERE else row.with_


def _day(moment: datetime | None, today: date) -> date:
    return moment.astimezone(LONDON).date() if moment is not None else today
