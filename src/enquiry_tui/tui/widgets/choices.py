"""A few lines to choose from: arrows and Enter, or the key that a line carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from enquiry_tui.tui.safe import fit, text


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: what it stands for, its words, the key that takes it, and whatever goes with it."""

    uid: str
    words: str
    key: str = ""
    data: object = None


class Choices(Widget, can_focus=True):
    """Shows choices under each other; one more step up than the first leaves them."""

    DEFAULT_CSS = """
    Choices { height: auto; max-height: 12; width: 1fr; }
    """
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    cursor: reactive[int] = reactive(0)

    @dataclass
    class Chosen(Message):
        """A choice was taken."""

        list: Choices
        choice: Choice

        @property
        def control(self) -> Choices:
            """Return the list."""
            return self.list

    @dataclass
    class Left(Message):
        """The cursor went up over the first choice."""

        list: Choices

        @property
        def control(self) -> Choices:
            """Return the list."""
            return self.list

    def __init__(self, choices: tuple[Choice, ...] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.choices = choices

    @property
    def current(self) -> Choice | None:
        """Return the choice under the cursor."""
        return self.choices[self.cursor] if self.cursor < len(self.choices) else None

    def show(self, choices: tuple[Choice, ...]) -> None:
        """Show other choices, the cursor on the first."""
        self.choices = choices
        self.cursor = 0
        self.refresh(layout=True)

    def action_move(self, by: int) -> None:
        """Move the cursor; above the first choice is out."""
        if self.cursor + by < 0:
            self.post_message(self.Left(self))
        else:
            self.cursor = min(self.cursor + by, max(0, len(self.choices) - 1))

    def action_choose(self) -> None:
        """Take the choice under the cursor."""
        if (choice := self.current) is not None:
            self.post_message(self.Chosen(self, choice))

    def on_click(self, event: events.Click) -> None:
        """Take the clicked choice."""
        if event.y < len(self.choices):
            self.cursor = int(event.y)
            self.action_choose()

    def get_content_height(self, *_sizes: object) -> int:
        """Return one line for each choice."""
        return max(1, len(self.choices))

    def render(self) -> RenderResult:
        """Write the lines that there is room for, the cursor's among them."""
        room = max(1, self.size.height)
        first = max(0, self.cursor - room + 1)
        shown = list(enumerate(self.choices))[first : first + room]
        lines = [self._line(at, choice) for at, choice in shown]
        below = len(self.choices) - first - room
        if below > 0 and room > 1 and first + room - 1 > self.cursor:
            lines[-1] = text(f" … {below + 1} more below: ↓", "dim")
        return Content("\n").join(lines)

    def _line(self, at: int, choice: Choice) -> Content:
        key = f"{choice.key}  " if choice.key else ""
        mark = "▶" if at == self.cursor and self.has_focus else " "
        words = fit(f"{mark}{key}{choice.words}", self.size.width)
        return text(words, "reverse" if at == self.cursor and self.has_focus else "")
