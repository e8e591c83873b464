"""A list that shows a window over a query: as quick at a million rows as at ten."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.worker import Worker, WorkerError

from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui.widgets.paging import PAGE_ROWS, FixedPages, PageSource, Row
from enquiry_tui.tui.widgets.row_lines import HEADER_LINES, TONES, Column, RowLines

__all__ = ["Column", "WindowList"]


class WindowList(RowLines, can_focus=True):
    """Shows rows of a page source under a line of column titles.

    The cursor stays on its row, by uid, when the list is read again. Only lines that changed are
    drawn. Rows are plain text cut to cells; nothing in them is markup.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "window-list--header",
        "window-list--cursor",
        "window-list--cursor-blurred",
        *(f"window-list--{tone}" for tone in TONES),
    }
    DEFAULT_CSS = """
    WindowList { height: 1fr; scrollbar-size-vertical: 0; scrollbar-size-horizontal: 0; }
    WindowList > .window-list--header { color: $foreground; text-style: bold; }
    WindowList > .window-list--cursor { text-style: reverse; }
    WindowList > .window-list--cursor-blurred { text-style: bold underline; }
    WindowList > .window-list--urgent { color: $error; text-style: bold; }
    WindowList > .window-list--warning { color: $warning; }
    WindowList > .window-list--good { color: $success; }
    WindowList > .window-list--quiet { text-style: dim; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("enter", "choose", show=False),
    ]

    @dataclass
    class RowHighlighted(Message):
        """The cursor came to a row, or a row under the cursor arrived."""

        list: WindowList
        index: int
        row: Row

        @property
        def control(self) -> WindowList:
            """Return the list."""
            return self.list

    @dataclass
    class RowChosen(Message):
        """Enter or a click chose a row."""

        list: WindowList
        row: Row

        @property
        def control(self) -> WindowList:
            """Return the list."""
            return self.list

    @dataclass
    class Emptied(Message):
        """The list was read and has no row."""

        list: WindowList

    @dataclass
    class Failed(Message):
        """The rows could not be read."""

        list: WindowList
        error: EnquiryError

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        id: str | None = None,  # noqa: A002 (the name every textual widget uses)
        classes: str | None = None,
        empty: str = "Nothing here.",
        is_read: bool = False,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.columns = tuple(columns)
        self.empty = empty
        self.is_read = is_read
        self._source: PageSource = FixedPages(())
        self._round = 0
        self._filling = False
        self._wanted: str | None = None
        self._reading: Worker[None] | None = None
        self._chosen_ahead = False
        """Enter was pressed while the list was on its way to a row: that row is meant."""

    # Reading

    def show(self, source: PageSource, *, keep_cursor: bool = False) -> None:
        """Show another source, with the cursor on its first row unless it is to be kept."""
        self._source = source
        self.reload(keep_cursor=keep_cursor)

    def reload(self, *, keep_cursor: bool = True, select: str | None = None) -> None:
        """Read again; the cursor stays on its row or goes to the row with uid `select`.

        A row that the list is still on its way to stays the one that is gone to.
        """
        self._round += 1
        self._wanted = select or (self._wanted if keep_cursor else None)
        current = self.current
        uid = self._wanted or (current.uid if keep_cursor and current is not None else None)
        self._reading = self.run_worker(
            self._reload(self._round, uid, keep_cursor=keep_cursor),
            group=f"rows-{self._round}",
            exit_on_error=True,
        )

    async def arrived(self) -> None:
        """Wait until the list has been read, and the cursor stands where it was sent."""
        while self._reading is not None and not self._reading.is_finished:
            with suppress(WorkerError):
                await self._reading.wait()

    def forget(self) -> None:
        """Drop every row, as a lock does."""
        self._round += 1
        self._source = FixedPages(())
        self._stay()
        self._cache.clear()
        self._settle(0, 0)

    @property
    def current(self) -> Row | None:
        """Return the row under the cursor, if it has arrived."""
        return self._cache.row(self.cursor) if self.total else None

    async def _reload(self, reading: int, uid: str | None, *, keep_cursor: bool) -> None:
        try:
            total = await self._source.count()
            found = await self._source.index_of(uid) if uid is not None else None
            cursor = found if found is not None else self.cursor if keep_cursor else 0
            cursor = max(0, min(cursor, total - 1))
            page = cursor // PAGE_ROWS
            rows = await self._source.page(page * PAGE_ROWS, PAGE_ROWS) if total else ()
        except EnquiryError as error:
            if reading == self._round:
                self._stay()
                self.post_message(self.Failed(self, error))
            return
        if reading != self._round:
            return
        chosen = self._chosen_ahead and found is not None
        self._stay()
        self._cache.clear()
        self._cache.keep(page, rows)
        self.is_read = True
        self._settle(total, cursor)
        if not total:
            self.post_message(self.Emptied(self))
        elif chosen:
            self.action_choose()

    def _stay(self) -> None:
        """Be on the way to no row any more."""
        self._wanted, self._chosen_ahead = None, False

    def _settle(self, total: int, cursor: int) -> None:
        self.total = total
        self._longest = ()
        self.share_width(self.size.width)
        self.virtual_size = Size(self.size.width, total + HEADER_LINES)
        self.set_reactive(WindowList.cursor, cursor)
        self._keep_in_view()
        self.refresh()
        self._fill()
        self._announce()

    def _fill(self) -> None:
        if self._filling or not self.total or not self._missing():
            return
        self._filling = True
        self.run_worker(self._fetch(self._round), group=f"pages-{self._round}", exit_on_error=True)

    async def _fetch(self, reading: int) -> None:
        try:
            while reading == self._round and (missing := self._missing()):
                rows = await self._source.page(missing[0] * PAGE_ROWS, PAGE_ROWS)
                if reading != self._round:
                    break
                self._cache.keep(missing[0], rows)
                self.share_width(self.size.width)
                self.refresh()
                if self.cursor // PAGE_ROWS == missing[0]:
                    self._announce()
        except EnquiryError as error:
            if reading == self._round:
                self.post_message(self.Failed(self, error))
            return
        finally:
            self._filling = False
        if reading != self._round:
            self._fill()

    def _missing(self) -> list[int]:
        first = int(self.scroll_offset.y)
        last = min(self.total, first + max(1, self.size.height)) - 1
        return self._cache.missing(min(first, max(last, 0)), max(last, 0)) if self.total else []

    # Moving

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor inside the list."""
        return max(0, min(cursor, self.total - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two lines that changed, and tell."""
        if old == new:
            return
        self._stay()
        if not self._keep_in_view():
            self.refresh_lines(old + HEADER_LINES)
            self.refresh_lines(new + HEADER_LINES)
        self._fill()
        self._announce()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Fetch what came into view."""
        super().watch_scroll_y(old_value, new_value)
        self._fill()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Draw the cursor's line in its other form."""
        super().watch_has_focus(_has_focus)
        self.refresh_lines(self.cursor + HEADER_LINES)

    def on_resize(self, event: events.Resize) -> None:
        """Share out the width again."""
        self.share_width(event.size.width)
        self.virtual_size = Size(event.size.width, self.total + HEADER_LINES)
        self._keep_in_view()
        self._fill()

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.cursor += by

    def action_page(self, by: int) -> None:
        """Move the cursor by screens."""
        self.cursor += by * max(1, self.size.height - HEADER_LINES - 1)

    def action_first(self) -> None:
        """Go to the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last row."""
        self.cursor = self.total - 1

    def action_choose(self) -> None:
        """Choose the row under the cursor, or the one that the cursor is on its way to."""
        if self._wanted is not None:
            self._chosen_ahead = True
        elif (row := self.current) is not None:
            self.post_message(self.RowChosen(self, row))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the clicked row; a second click chooses it."""
        if event.y < HEADER_LINES:
            return
        index = int(event.y - HEADER_LINES + self.scroll_offset.y)
        if index >= self.total:
            return
        self.cursor = index
        if event.chain == 2:
            self.action_choose()

    def _announce(self) -> None:
        if (row := self.current) is not None:
            self.post_message(self.RowHighlighted(self, self.cursor, row))
