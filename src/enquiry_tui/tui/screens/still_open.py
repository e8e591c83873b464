"""The question before leaving while calls are still open."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from enquiry_tui.tui.leaves_once import LeavesOnce
from enquiry_tui.tui.safe import NoMarkup


class StillOpenScreen(LeavesOnce[None], ModalScreen[None]):
    """Says which calls stay open. Ctrl+Q, which led here, now leaves; Escape stays."""

    SEALS = True
    """It may stand over a hidden screen: nothing else is to be reached from it."""
    DEFAULT_CSS = """
    StillOpenScreen { align: center bottom; background: $background 60%; }
    StillOpenScreen #box {
        width: 100%; height: auto; padding: 0 1; border-top: heavy $warning; background: $panel;
    }
    StillOpenScreen .question { height: auto; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stay", show=False)]

    def __init__(self, talking: int, held: int) -> None:
        super().__init__()
        self._talking = talking
        self._held = held

    def compose(self) -> ComposeResult:
        """Say what stays open, that nothing is lost, and the two keys."""
        with Vertical(id="box"):
            yield NoMarkup(f"Leave? {open_words(self._talking, self._held)}", classes="question")
            yield NoMarkup(
                "Leaving ends no call: it stays open on the record until F12 or its time limit.\n"
                "What was typed is kept as a draft and is there again after the next sign-in."
            )
            yield NoMarkup("Ctrl+Q again leaves. Esc stays.", classes="-dim")

    def action_stay(self) -> None:
        """Go back to where it was asked."""
        self.dismiss()


def open_words(talking: int, held: int) -> str:
    """Say how many calls stay open, as `3 calls stay open: 1 live, 2 on hold`."""
    if talking + held == 1:
        return f"1 call stays open, {'live' if talking else 'on hold'}."
    parts = [f"{n} {what}" for n, what in ((talking, "live"), (held, "on hold")) if n]
    return f"{talking + held} calls stay open: {', '.join(parts)}."
