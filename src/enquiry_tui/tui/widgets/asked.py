"""What is asked now, what may be said to it, and the one key that records it."""

from __future__ import annotations

from textwrap import wrap
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from enquiry_tui.tui.safe import NoMarkup, join, shown, text

_INDENT = 3


class AskedCard(NoMarkup, can_focus=True):
    """Shows the question and the words; Enter does what its first line says."""

    DEFAULT_CSS = """
    AskedCard { height: auto; min-height: 2; max-height: 5; padding: 0; }
    AskedCard:focus { background: $boost; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", show=False),
        Binding("e", "edit", show=False),
    ]

    _head = Content("")
    _words = ""

    class Taken(Message):
        """Enter: tell it, refuse it, or go to the check."""

    class Edit(Message):
        """The words are to be changed before they are said."""

    def show_ask(self, what: str, keys: str, words: str) -> None:
        """Replace the card."""
        self._head = join(("▶ASKED", "bold"), f"  {what}    ", (keys, "bold"))
        self._words = words
        self._write()

    def on_resize(self) -> None:
        """Wrap the words again."""
        self._write()

    def _write(self) -> None:
        room = max(20, (self.size.width or 80) - _INDENT - 1)
        lines = [f"{' ' * _INDENT}{line}" for line in wrap(shown(self._words), room)]
        self.show(Content("\n").join([self._head, *(text(line) for line in lines)]))

    def action_take(self) -> None:
        """Say so."""
        self.post_message(self.Taken())

    def action_edit(self) -> None:
        """Say so."""
        self.post_message(self.Edit())
