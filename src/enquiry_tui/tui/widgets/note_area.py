"""Where a note of many lines is typed; the sign-in has none and does not load it."""

from __future__ import annotations

from datetime import datetime

from textual import events
from textual.actions import SkipAction
from textual.content import Content
from textual.widgets import TextArea
from textual.widgets.text_area import EditResult, Location

from enquiry_tui.tui.safe import pasted, set_placeholder, text
from enquiry_tui.tui.widgets.bars import LONDON
from enquiry_tui.tui.widgets.entry import Full

NOTE_BYTES = 100_000
_HINT_CHARACTERS = 200


class NoteArea(TextArea):
    """A note of many lines. Enter starts a line with its time; the size is bounded.

    Undo keeps earlier text in memory, so a lock drops the whole widget.
    """

    TAKES_LINES = True
    DEFAULT_CSS = """
    NoteArea { border: none; padding: 0 1; background: $surface; height: 1fr; }
    NoteArea:focus { border: none; }
    """

    def __init__(
        self,
        value: str = "",
        *,
        hint: str = "",
        stamp: str = "%H:%M",
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(
            pasted(value), soft_wrap=True, show_line_numbers=False, tab_behavior="focus", id=id
        )
        self.stamp = stamp
        """How Enter writes the time, as for strftime; empty for a plain new line."""
        if hint:
            set_placeholder(self, hint[:_HINT_CHARACTERS])

    def validate_placeholder(self, hint: str | Content) -> Content:
        """Take any hint literally, however it is set."""
        return hint if isinstance(hint, Content) else text(hint)

    async def _on_key(self, event: events.Key) -> None:
        if event.key != "enter" or self.read_only:
            return  # textual goes on to its own handler
        event.stop()
        event.prevent_default()
        self.new_line()

    def new_line(self) -> None:
        """Start a line with the time now."""
        now: datetime = self.app.now()  # type: ignore[attr-defined]
        words = f"{now.astimezone(LONDON):{self.stamp}} " if self.stamp else ""
        self._replace_via_keyboard(f"\n{words}", *self.selection)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if not self.read_only and (
            result := self._replace_via_keyboard(pasted(event.text), *self.selection)
        ):
            self.move_cursor(result.end_location)
            self.focus()

    def _replace_via_keyboard(
        self, insert: str, start: Location, end: Location
    ) -> EditResult | None:
        kept = _within(insert, NOTE_BYTES - self.size_in_bytes() + self._bytes_between(start, end))
        if len(kept) < len(insert):
            self.post_message(Full(self, len(insert) - len(kept)))
        return super()._replace_via_keyboard(kept, start, end) if kept or not insert else None

    def size_in_bytes(self) -> int:
        """Return the size of the note in bytes of UTF-8."""
        return sum(len(line.encode()) + 1 for line in self.document.lines) - 1

    def _bytes_between(self, start: Location, end: Location) -> int:
        first, last = sorted((start, end))
        return len(self.get_text_range(first, last).encode())

    def action_copy(self) -> None:
        """Copy inside the app; with nothing selected do nothing."""
        if not self.selected_text:
            raise SkipAction
        self.app.copy_to_clipboard(self.selected_text)


def _within(words: str, room: int) -> str:
    if len(words.encode()) <= room:
        return words
    return words.encode()[: max(0, room)].decode(errors="ignore")
