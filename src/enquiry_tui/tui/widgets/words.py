"""The words said, as they go on the record: read aloud, or changed where it was said otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message

from enquiry_tui.tui.widgets.note_area import NoteArea


class WordsArea(NoteArea):
    """Holds the words of the say card. Enter submits them, unless a reply of many lines is written.

    `offered` is what the card offered; what differs from it was said otherwise.
    """

    DEFAULT_CSS = """
    WordsArea { height: 3; padding: 0; background: $background; }
    WordsArea:focus { background: $boost; }
    """

    @dataclass
    class Submitted(Message):
        """Enter was pressed in the words."""

        words: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (as every widget)
        super().__init__(stamp="", id=id)
        self.offered = ""
        self.many_lines = False

    def offer(self, words: str) -> None:
        """Put other words up."""
        self.offered = words
        self.put_back(words)

    def put_back(self, words: str) -> None:
        """Put in what was being written, with the cursor behind it."""
        self.load_text(words)
        self.move_cursor(self.document.end)

    @property
    def is_edited(self) -> bool:
        """Say whether it was said otherwise than offered."""
        return self.text.strip() != self.offered.strip()

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self.many_lines:
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted(self.text))
            return
        await super()._on_key(event)
