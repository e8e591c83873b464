"""Fields to type into: they lose nothing that is pasted, and secrets never leave them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from textual import events
from textual.actions import SkipAction
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, TextArea
from textual.widgets.text_area import EditResult, Location

from enquiry_tui.tui.safe import pasted, set_placeholder, shown, text
from enquiry_tui.tui.widgets.bars import LONDON

NOTE_BYTES = 100_000
LINE_CHARACTERS = 4_000
SECRET_CHARACTERS = 256
_HINT_CHARACTERS = 200


@dataclass
class Full(Message):
    """A field took no more: `left_out` characters were not taken."""

    field: LineInput | NoteArea
    left_out: int


class LineInput(Input):
    """A field of one line. Pasted lines are joined with blanks rather than lost."""

    DEFAULT_CSS = """
    LineInput { height: 1; border: none; padding: 0; background: $surface; }
    LineInput:focus { border: none; background: $boost; }
    """

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
        limit: int = LINE_CHARACTERS,
        password: bool = False,
    ) -> None:
        super().__init__(
            shown(value),
            placeholder=shown(placeholder[:_HINT_CHARACTERS]),
            password=password,
            id=id,
            classes=classes,
            select_on_focus=False,
        )
        self.limit = limit

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.take(event.text)

    def take(self, words: str) -> None:
        """Put text in at the cursor, as one line, as much of it as there is room for."""
        line = self.one_line(words)
        start, end = sorted(self.selection)
        room = max(0, self.limit - (len(self.value) - (end - start)))
        self.replace(line[:room], start, end)
        if len(line) > room:
            self.post_message(Full(self, len(line) - room))

    def one_line(self, words: str) -> str:
        """Make one line of what was pasted."""
        return " ".join(part.strip() for part in pasted(words).split("\n") if part.strip())

    def action_paste(self) -> None:
        """Put in what was copied inside the app."""
        self.take(self.app.clipboard)

    def insert_text_at_cursor(self, text: str) -> None:
        """Take typed characters while there is room."""
        if len(self.value) + len(text) <= self.limit:
            super().insert_text_at_cursor(text)
        else:
            self.post_message(Full(self, len(text)))


class SecretInput(LineInput):
    """A field for a passphrase: masked, never copied, never cut, not to be selected by mouse."""

    ALLOW_SELECT = False

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, id=id, limit=SECRET_CHARACTERS, password=True)

    def one_line(self, words: str) -> str:
        """Keep blanks inside a pasted secret; only its line end goes."""
        return pasted(words).strip("\n").replace("\n", " ")

    def action_copy(self) -> None:
        """Refuse, so that ctrl+c does nothing here."""

    def action_cut(self) -> None:
        """Refuse."""

    def take_out(self) -> str:
        """Return what was typed and empty the field."""
        value = self.value
        self.clear()
        return value


class KeyInput(LineInput):
    """A field for a key on paper: shown while it is typed, never copied, never cut."""

    ALLOW_SELECT = False

    def action_copy(self) -> None:
        """Refuse, so that ctrl+c does nothing here."""

    def action_cut(self) -> None:
        """Refuse."""


class NoteArea(TextArea):
    """A note of many lines. Enter starts a line with its time; the size is bounded.

    Undo keeps earlier text in memory, so a lock drops the whole widget.
    """

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


def is_text_entry(widget: Any) -> bool:  # noqa: ANN401 (anything that can have the focus)
    """Say whether typed letters go into this widget."""
    return isinstance(widget, Input | TextArea)
