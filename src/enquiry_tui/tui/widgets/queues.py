"""The left column of the desk: queues with their counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from enquiry_tui.tui.safe import fit, text

WIDTH = 17
KEYS = "123456789-0"


class QueueList(Widget):
    """Shows the queues; the current one is marked, the key that opens it stands before each."""

    DEFAULT_CSS = f"QueueList {{ width: {WIDTH}; height: 100%; }}"
    ALLOW_SELECT = False

    @dataclass
    class Picked(Message):
        """A queue was clicked."""

        name: str

    def __init__(self, labels: Mapping[str, str], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._labels = dict(labels)
        self._counts: Mapping[str, str] = {}
        self._current = ""
        self._mine = False

    @property
    def names(self) -> tuple[str, ...]:
        """Return the queues in order."""
        return tuple(self._labels)

    def show(self, counts: Mapping[str, str], current: str, *, mine: bool) -> None:
        """Show the counts and which queue is open."""
        self._counts, self._current, self._mine = counts, current, mine
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Pick the clicked queue."""
        at = event.y - 1
        if 0 <= at < len(self._labels):
            self.post_message(self.Picked(self.names[at]))

    def render(self) -> RenderResult:
        """Write the lines under an empty one, level with the column titles."""
        lines = [text("")]
        lines.extend(self._line(at, name) for at, name in enumerate(self._labels))
        whose = "Mine  (m: team)" if self._mine else "Team  (m: mine)"
        room = max(0, self.size.height - len(lines) - 1)
        lines.extend([text("")] * min(room, 1))
        lines.append(text(f" {whose}", "dim"))
        return Content("\n").join(lines)

    def _line(self, at: int, name: str) -> Content:
        is_current = name == self._current
        mark = ">" if is_current else " "
        digit = KEYS[at] if at < len(KEYS) else " "
        count = self._counts.get(name, "")
        label = fit(self._labels[name], WIDTH - 3 - cell_len(count))
        return text(f"{digit}{mark}{label} {count}", "bold" if is_current else "")
