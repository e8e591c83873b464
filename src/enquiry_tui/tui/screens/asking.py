"""A question with a key for each answer, in a box over the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from enquiry_tui.tui.leaves_once import LeavesOnce
from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.widgets.choices import Choice, Choices
from enquiry_tui.tui.widgets.question import WORD_SECONDS


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its key, its words, and what is returned (the key where not given)."""

    key: str
    words: str
    value: str = ""

    @property
    def answer(self) -> str:
        """Return what choosing it gives."""
        return self.value or self.key


class AskScreen(LeavesOnce[str], ModalScreen[str]):
    """Asks; a key or the arrows and Enter answer, Escape leaves it unanswered."""

    DEFAULT_CSS = """
    AskScreen { align: center bottom; background: $background 60%; }
    AskScreen #box {
        width: 100%; height: auto; max-height: 90%; padding: 0 1; border-top: heavy $accent;
        background: $panel;
    }
    AskScreen .question { height: auto; text-style: bold; }
    AskScreen .hint { height: auto; }
    AskScreen Choices { max-height: 16; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, question: str, options: tuple[Option, ...], hint: str = "") -> None:
        super().__init__()
        self._other_key_at = -WORD_SECONDS  # when a letter that was no answer came
        self._question = question
        self._options = options
        self._hint = hint

    def compose(self) -> ComposeResult:
        """Show the question and its answers."""
        with Vertical(id="box"):
            yield NoMarkup(self._question, classes="question")
            if self._hint:
                yield NoMarkup(self._hint, classes="hint")
            yield Choices(
                tuple(Choice(o.answer, o.words, key=o.key) for o in self._options), id="answers"
            )
            yield NoMarkup("Esc leaves it as it was.", classes="-dim")

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one(Choices).focus()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Answer."""
        event.stop()
        self.dismiss(event.choice.uid)

    def on_key(self, event: events.Key) -> None:
        """Answer with the key of an option."""
        if self._is_in_a_word(event):
            return
        for option in self._options:
            if option.key in {event.key, event.character}:
                event.stop()
                event.prevent_default()
                self.dismiss(option.answer)
                return

    def _is_in_a_word(self, event: events.Key) -> bool:
        """Say whether a letter belongs to words that were meant for the screen below."""
        if not event.is_printable:
            return False
        before, answers = self._other_key_at, {option.key for option in self._options}
        in_a_word = event.time - before < WORD_SECONDS
        if in_a_word or answers.isdisjoint({event.key, event.character}):
            self._other_key_at = event.time
            return True
        return False

    def action_leave(self) -> None:
        """Leave it unanswered."""
        self.dismiss("")
