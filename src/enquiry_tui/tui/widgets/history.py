"""The history of a matter: a line or more for each entry, and a cursor that goes along them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from enquiry_tui.tui.safe import fit, shown, shown_block, text
from enquiry_tui.tui.widgets.panels import Panel

_MOST_LINES = (12, 8, 6, 4, 3, 2, 1)
"""How many lines an entry takes at most: as many as leave all of them in sight."""
_BELOW = " " * 8


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """An entry: what stands before its words, the words, a mark behind them, what was revealed."""

    uid: str
    head: str
    words: str
    mark: str = ""
    style: str = ""
    below: str = ""


class History(VerticalScroll, can_focus=True):
    """Shows every entry; words that are long take more lines as long as there is room for all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (textual's own name)
        super().__init__(id=id)
        self._rows: tuple[HistoryRow, ...] = ()
        self._cursor = 0
        self._tops: list[int] = []
        self._height = 0

    def compose(self) -> ComposeResult:
        """Show the lines."""
        yield Panel()

    @property
    def current(self) -> str:
        """Return the uid of the entry that the cursor is on; empty where there is none."""
        return self._rows[self._cursor].uid if self._rows else ""

    def show_rows(self, rows: Sequence[HistoryRow]) -> None:
        """Replace the entries; the cursor stays on its own."""
        uid = self.current
        self._rows = tuple(rows)
        self._cursor = next((at for at, row in enumerate(self._rows) if row.uid == uid), 0)
        self._lay_out()

    def go_to(self, uid: str) -> None:
        """Put the cursor on an entry."""
        found = [at for at, row in enumerate(self._rows) if row.uid == uid]
        self._move_to(found[0] if found else self._cursor)

    def on_resize(self) -> None:
        """Share out the lines again."""
        self._lay_out()

    def on_focus(self) -> None:
        """Show the cursor."""
        self._lay_out()

    def on_blur(self) -> None:
        """Show no cursor while the keys go elsewhere."""
        self._lay_out()

    def action_move(self, by: int) -> None:
        """Go to the next entry; one that is longer than the room is read to its end first."""
        if not self._rows:
            return
        top, end = self._tops[self._cursor], self._end_of(self._cursor)
        above, room = int(self.scroll_offset.y), self.size.height
        if by > 0 and end > above + room and end - top > room:
            self.scroll_to(y=above + 1, animate=False)
        elif by < 0 and top < above and end - top > room:
            self.scroll_to(y=above - 1, animate=False)
        else:
            self._move_to(self._cursor + by)

    def action_page(self, by: int) -> None:
        """Go as many lines as are shown."""
        if not self._rows:
            return
        wanted = self._tops[self._cursor] + by * max(1, self.size.height - 1)
        before = [at for at, top in enumerate(self._tops) if top <= max(0, wanted)]
        self._move_to(before[-1] if before else 0)

    def action_first(self) -> None:
        """Go to the newest entry."""
        self._move_to(0)

    def action_last(self) -> None:
        """Go to the oldest entry."""
        self._move_to(len(self._rows) - 1)

    def _move_to(self, at: int) -> None:
        self._cursor = max(0, min(at, len(self._rows) - 1))
        self._lay_out()
        if not self._tops:
            return
        top, end = self._tops[self._cursor], self._end_of(self._cursor)
        above, room = int(self.scroll_offset.y), self.size.height
        if top < above:
            self.scroll_to(y=top, animate=False)
        elif end > above + room:
            self.scroll_to(y=min(top, end - room), animate=False)

    def _end_of(self, at: int) -> int:
        return self._tops[at + 1] if at + 1 < len(self._tops) else self._height

    def _lay_out(self) -> None:
        """Give each entry its lines: all of its words where everything fits, else one line."""
        width = self.size.width - 2 if self.size.width else 0
        laid: list[list[str]] = []
        for most in _MOST_LINES:
            laid = [list(_lines(row, width, most)) for row in self._rows]
            if sum(map(len, laid)) <= self.size.height:
                break
        self._tops, self._height = [], 0
        lines: list[Content] = []
        for at, (row, own) in enumerate(zip(self._rows, laid, strict=True)):
            self._tops.append(self._height)
            self._height += len(own)
            is_cursor = at == self._cursor and self.has_focus
            style = "reverse" if is_cursor else row.style
            lines += [text(line, style) for line in own[:1]]
            lines += [text(line, row.style) for line in own[1:]]
        self.query_one(Panel).show_lines(lines)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the entry that was clicked."""
        y = int(event.y + self.scroll_offset.y)
        before = [at for at, top in enumerate(self._tops) if top <= y]
        if before:
            self._move_to(before[-1])


def _lines(row: HistoryRow, width: int, most: int) -> Iterator[str]:
    """Lay out an entry: its words beside its head, cut after `most` lines; then what was shown."""
    room = width - cell_len(row.head) - cell_len(row.mark) - 1
    parts = wrap(shown(row.words), room) if room > 8 and most > 1 else [row.words]
    if not width:
        parts = [row.words]
    elif most == 1 and cell_len(row.words) > room > 1:
        parts = [_cut(row.words, room)]
    elif len(parts) > most:
        parts = [*parts[: most - 1], _cut(f"{parts[most - 1]} {parts[most]}", room)]
    first, *rest = [*parts[:-1], f"{parts[-1]}{row.mark}"] if parts else [row.mark]
    yield f"{row.head} {first}"
    yield from (" " * (cell_len(row.head) + 1) + part for part in rest)
    if row.below:
        yield from (f"{_BELOW}{line}" for line in shown_block(row.below).split("\n"))


def _cut(words: str, room: int) -> str:
    """Cut words to their cells: what is behind the ellipsis is read with Enter."""
    return fit(words, room).rstrip()
