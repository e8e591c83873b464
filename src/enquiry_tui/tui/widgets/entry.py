"""Fields to type into: they lose nothing that is pasted, and secrets never leave them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import events
from textual.message import Message
from textual.widgets import Input

from enquiry_tui.tui.safe import pasted, shown

if TYPE_CHECKING:
    from enquiry_tui.tui.widgets.note_area import NoteArea

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


def is_text_entry(widget: Any) -> bool:  # noqa: ANN401 (anything that can have the focus)
    """Say whether typed letters go into this widget."""
    return isinstance(widget, Input) or bool(getattr(widget, "TAKES_LINES", False))
