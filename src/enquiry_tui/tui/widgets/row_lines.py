"""How a list draws its lines: titles, rows cut to their cells, how many more there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from enquiry_tui.tui.safe import fit
from enquiry_tui.tui.widgets.paging import PageCache, Row

TONES = ("urgent", "warning", "good", "quiet")
HEADER_LINES = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title and its width in cells; width 0 takes what the others leave.

    One that `gives` has no more cells than the longest of what was read needs.
    """

    title: str
    width: int
    right: bool = False
    gives: bool = False


class RowLines(ScrollView):
    """The drawing half of a list: everything that needs no reading and no key."""

    columns: tuple[Column, ...] = ()
    empty = ""
    is_read = False
    """Whether what there is has been read: before, nothing is said of there being nothing."""
    cursor: reactive[int] = reactive(0, repaint=False)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.total = 0
        self._cache = PageCache()
        self._widths: tuple[int, ...] = ()
        self._longest: tuple[int, ...] = ()

    def share_width(self, width: int) -> None:
        """Give each column its cells; those without a width take what the others leave."""
        self._longest = _longest(self.columns, self._cache.rows(), self._longest)
        self._widths = _share(self.columns, width, self._longest)

    def render_line(self, y: int) -> Strip:
        """Draw one line of what shows: titles, a row, or how many more there are."""
        if y < HEADER_LINES:
            return self._line(tuple(column.title for column in self.columns), "header")
        below = self.total - int(self.scroll_offset.y) - (self.size.height - HEADER_LINES)
        if y == self.size.height - 1 and below > 0 and self.size.height > 3:
            return self._whole(f"… {below + 1:,} more", "quiet")
        index = y - HEADER_LINES + int(self.scroll_offset.y)
        if index >= self.total:
            is_empty = self.is_read and not self.total and index == 0
            return self._whole(self.empty if is_empty else "", "quiet")
        row = self._cache.row(index)
        if row is None:
            return self._whole(" ·", "quiet")
        return self._row(row, is_cursor=index == self.cursor)

    def _keep_in_view(self) -> bool:
        """Scroll so that the cursor shows; say whether that moved anything."""
        room = max(1, self.size.height - HEADER_LINES)
        top = int(self.scroll_offset.y)
        # The last line counts what is below, so the cursor keeps off it but for the last row.
        last_free = top + room - (2 if self.cursor < self.total - 1 and room > 2 else 1)
        if self.cursor < top:
            target = self.cursor
        elif self.cursor > last_free:
            target = top + self.cursor - last_free
        else:
            return False
        self.scroll_to(y=target, animate=False, force=True)
        return True

    def _row(self, row: Row, *, is_cursor: bool) -> Strip:
        if not is_cursor:
            return self._line(row.cells, "", row.tones)
        return self._line(row.cells, "cursor" if self.has_focus else "cursor-blurred", row.tones)

    def _line(self, cells: Sequence[str], part: str, tones: Sequence[str] = ()) -> Strip:
        base = self._part(part)
        segments: list[Segment] = []
        for at, (column, width) in enumerate(zip(self.columns, self._widths, strict=False)):
            if width <= 0:
                continue
            cell = cells[at] if at < len(cells) else ""
            tone = tones[at] if at < len(tones) else ""
            style = self._part(tone) + base if tone in TONES else base
            segments.append(Segment(fit(cell, width, right=column.right), style))
            segments.append(Segment(" ", base))
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _whole(self, words: str, part: str) -> Strip:
        width = self.size.width
        return Strip([Segment(fit(words, width), self._part(part))], width)

    def _part(self, name: str) -> Style:
        if not name:
            return self.rich_style
        return self.get_component_rich_style(f"window-list--{name}")


def _longest(
    columns: Sequence[Column], rows: Iterable[Row], before: Sequence[int]
) -> tuple[int, ...]:
    """Measure the longest cell of each column, in what is here and in what was here before."""
    found = list(before) or [cell_len(column.title) for column in columns]
    for row in rows:
        for at, cell in enumerate(row.cells[: len(found)]):
            if columns[at].gives and len(cell) <= columns[at].width:
                found[at] = max(found[at], cell_len(cell))
            else:
                found[at] = max(found[at], columns[at].width)
    return tuple(found)


def _share(columns: Sequence[Column], width: int, longest: Sequence[int]) -> tuple[int, ...]:
    cells = [
        min(column.width, most) if column.gives else column.width
        for column, most in zip(columns, longest, strict=True)
    ]
    left = max(0, width - sum(cells) - len(columns))
    stretching = sum(1 for column in columns if column.width == 0)
    return tuple(cell or left // max(1, stretching) for cell in cells)
