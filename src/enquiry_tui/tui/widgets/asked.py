"""What is asked now, what may be said to it, and the one key that records it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from enquiry_tui.tui.safe import NoMarkup, join, text


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

    class Taken(Message):
        """Enter: tell it, refuse it, or go to the check."""

    class Edit(Message):
        """The words are to be changed before they are said."""

    def show_ask(self, what: str, keys: str, words: str) -> None:
        """Replace the card."""
        head = join(("▶ASKED", "bold"), f"  {what}    ", (keys, "bold"))
        self.show(head.append("\n").append(text(f"   {words}")))

    def action_take(self) -> None:
        """Say so."""
        self.post_message(self.Taken())

    def action_edit(self) -> None:
        """Say so."""
        self.post_message(self.Edit())
