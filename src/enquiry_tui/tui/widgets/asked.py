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

    _what = _keys = _words = ""

    class Taken(Message):
        """Enter: tell it, refuse it, or go to the check."""

    class Edit(Message):
        """The words are to be changed before they are said."""

    def show_ask(self, what: str, keys: str, words: str) -> None:
        """Replace the card."""
        self._what, self._keys, self._words = what, keys, words
        self._write()

    def on_focus(self) -> None:
        """Say what Enter does here."""
        self._write()

    def on_blur(self) -> None:
        """Say how to come back here: Enter does something else now."""
        self._write()

    def on_resize(self) -> None:
        """Wrap the words again."""
        self._write()

    def _write(self) -> None:
        room = max(20, (self.size.width or 80) - _INDENT - 1)
        lines = [f"{' ' * _INDENT}{line}" for line in wrap(shown(self._words), room)]
        head = join(("▶ASKED", "bold"), f"  {self._what}    ", (self._offer(), "bold"))
        self.show(Content("\n").join([head, *(text(line) for line in lines)]))

    def _offer(self) -> str:
        """Give the keys that work now: with the cursor elsewhere, first the one that leads here."""
        if self.has_focus or not self._keys.startswith("Enter"):
            return self._keys
        return f"Shift+Tab, {self._keys.partition('   ')[0]}"

    def action_take(self) -> None:
        """Say so."""
        self.post_message(self.Taken())

    def action_edit(self) -> None:
        """Say so."""
        self.post_message(self.Edit())
