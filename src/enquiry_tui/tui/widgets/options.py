"""Choices on one line, and lists of ticks: keys only, the chosen one in words and brackets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from enquiry_tui.tui.safe import ELLIPSIS, fit, join, text


class ChoiceLine(Widget, can_focus=True):
    """One of a few, by its key or by the arrows: `[1 routine]  2 same day  3 immediate`."""

    DEFAULT_CSS = """
    ChoiceLine { height: 1; width: 1fr; background: $surface; }
    ChoiceLine:focus { background: $boost; }
    """
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("enter", "take", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Another one was chosen."""

        line: ChoiceLine
        value: str

        @property
        def control(self) -> ChoiceLine:
            """Return the line."""
            return self.line

    @dataclass
    class Taken(Message):
        """Enter was pressed on it: go on."""

        line: ChoiceLine
        value: str

        @property
        def control(self) -> ChoiceLine:
            """Return the line."""
            return self.line

    def __init__(
        self,
        options: Sequence[tuple[str, str, str]],
        value: str = "",
        *,
        id: str | None = None,  # noqa: A002 (the name every textual widget uses)
    ) -> None:
        super().__init__(id=id)
        self.options = tuple(options)
        """What can be chosen: key, value, label."""
        self._value = value

    @property
    def value(self) -> str:
        """Return the chosen value, or nothing."""
        return self._value

    @value.setter
    def value(self, value: str) -> None:
        if value != self._value and (not value or value in {option[1] for option in self.options}):
            self._value = value
            self.refresh()
            self.post_message(self.Changed(self, value))

    def offer(self, options: Sequence[tuple[str, str, str]]) -> None:
        """Offer other choices; one that is gone is no longer chosen."""
        self.options = tuple(options)
        if self._value not in {option[1] for option in self.options}:
            self._value = ""
        self.refresh()

    def action_step(self, by: int) -> None:
        """Go to the choice beside."""
        values = [option[1] for option in self.options]
        if values:
            at = values.index(self._value) + by if self._value in values else 0
            self.value = values[max(0, min(at, len(values) - 1))]

    def action_take(self) -> None:
        """Go on with what is chosen."""
        self.post_message(self.Taken(self, self._value))

    def on_key(self, event: events.Key) -> None:
        """Choose by key."""
        for key, value, _label in self.options:
            if event.character == key:
                event.stop()
                event.prevent_default()
                self.value = value
                return

    def render(self) -> RenderResult:
        """Write the line; one that does not fit is cut around the chosen one."""
        parts = [_option(option, is_chosen=option[1] == self._value) for option in self.options]
        cut = False
        while parts and sum(cell_len(part[0]) + 1 for part in parts) > self.size.width - 2 * cut:
            at = next((n for n, part in enumerate(parts) if part[1]), 0)
            parts.pop(0 if at > len(parts) // 2 else -1)
            cut = True
        if cut:
            parts.append((ELLIPSIS, "dim"))
        return join(*(piece for part in parts for piece in (part, " ")))


def _option(option: tuple[str, str, str], *, is_chosen: bool) -> tuple[str, str]:
    words = f"{option[0]} {option[2]}"
    return (f"[{words}]", "bold") if is_chosen else (f" {words} ", "")


@dataclass(frozen=True, slots=True)
class Tick:
    """One line that can be ticked: `note` stands behind it, quietly."""

    name: str
    label: str
    note: str = ""


class TickList(Widget, can_focus=True):
    """Lines with a box; arrows move, Space or the digit ticks."""

    DEFAULT_CSS = """
    TickList { height: auto; width: 1fr; background: $surface; }
    TickList:focus { background: $boost; }
    """
    ALLOW_SELECT = False
    LABEL_WIDTH: ClassVar[int] = 18
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("space", "tick", show=False),
    ]

    @dataclass
    class Changed(Message):
        """A tick was set or taken off."""

        list: TickList
        names: tuple[str, ...]

        @property
        def control(self) -> TickList:
            """Return the list."""
            return self.list

    def __init__(
        self,
        ticks: Sequence[Tick] = (),
        *,
        on_one_line: bool = False,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._ticks = tuple(ticks)
        self._on: set[str] = set()
        self._at = 0
        self._on_one_line = on_one_line

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names that are ticked, in the order of the list."""
        return tuple(tick.name for tick in self._ticks if tick.name in self._on)

    @names.setter
    def names(self, names: Sequence[str]) -> None:
        self._on = {tick.name for tick in self._ticks} & set(names)
        self._tell()

    def offer(self, ticks: Sequence[Tick], on: Sequence[str] = ()) -> None:
        """Show other lines, some of them ticked."""
        self._ticks = tuple(ticks)
        self._on = {tick.name for tick in ticks} & set(on)
        self._at = 0
        self.refresh(layout=True)

    def action_move(self, by: int) -> None:
        """Move to the line beside; past the ends to the field beside."""
        if 0 <= self._at + by < len(self._ticks):
            self._at += by
            self.refresh()
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_tick(self) -> None:
        """Tick the line, or take its tick off."""
        if self._ticks:
            self._on ^= {self._ticks[self._at].name}
            self._tell()

    def on_key(self, event: events.Key) -> None:
        """Tick by digit."""
        if not (event.character or "").isdecimal():
            return
        number = int(event.character or "0")
        if 1 <= number <= len(self._ticks):
            event.stop()
            event.prevent_default()
            self._at = number - 1
            self.action_tick()

    def _tell(self) -> None:
        self.refresh()
        self.post_message(self.Changed(self, self.names))

    def on_resize(self) -> None:
        """Share the ticks out again."""
        if self._on_one_line:
            self.refresh(layout=True)

    def get_content_height(self, *_sizes: object) -> int:
        """Return one line for each tick, or as many as they take side by side."""
        return len(self._rows()) if self._on_one_line else max(1, len(self._ticks))

    def _rows(self) -> list[list[int]]:
        """Share the ticks out over lines as wide as this."""
        rows: list[list[int]] = [[]]
        used = 0
        for at, tick in enumerate(self._ticks):
            room = cell_len(tick.label) + 7
            if rows[-1] and used + room > (self.size.width or 66):
                rows.append([])
                used = 0
            rows[-1].append(at)
            used += room
        return rows

    def render(self) -> RenderResult:
        """Write the lines that there is room for, the cursor's among them."""
        if not self._ticks:
            return text("nothing to tick", "dim")
        lines = [self._line(at) for at in range(len(self._ticks))]
        if self._on_one_line:
            rows = [[piece for at in row for piece in (lines[at], "  ")] for row in self._rows()]
            return Content("\n").join([join(*row) for row in rows])
        room = max(1, self.size.height)
        first = max(0, min(self._at - room + 1, len(lines) - room))
        first = max(first, self._at - room + 1)
        return Content("\n").join(lines[first : first + room])

    def _line(self, at: int) -> Content:
        tick = self._ticks[at]
        box = "[x]" if tick.name in self._on else "[ ]"
        style = "reverse" if at == self._at and self.has_focus else ""
        if self._on_one_line:
            return join((f"{at + 1}{box} {tick.label}", style))
        number = str(at + 1) if at < 9 else " "
        label = fit(tick.label, self.LABEL_WIDTH)
        room = max(0, self.size.width - self.LABEL_WIDTH - 7)
        return join((f"{number} {box} {label} ", style), fit(tick.note, room))
