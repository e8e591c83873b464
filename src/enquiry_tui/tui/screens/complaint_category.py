"""Choosing one category of all: type a number or words, arrows, Enter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from enquiry_tui.domain.office_rules import Category
from enquiry_tui.domain.text import fold
from enquiry_tui.tui.leaves_once import LeavesOnce
from enquiry_tui.tui.safe import NoMarkup, fit, text
from enquiry_tui.tui.widgets.choices import Choice, Choices
from enquiry_tui.tui.widgets.entry import LineInput


class _Found(Choices):
    """Shows its cursor while the line above has the focus."""

    def _line(self, at: int, choice: Choice) -> Content:
        marked = at == self.cursor
        words = fit(f"{'▶' if marked else ' '}{choice.words}", self.size.width)
        return text(words, "reverse" if marked else "")


class CategoryScreen(LeavesOnce[str], ModalScreen[str]):
    """Gives the code that was chosen; nothing where Escape was pressed."""

    DEFAULT_CSS = """
    CategoryScreen { align: center bottom; background: $background 60%; }
    CategoryScreen #box {
        width: 100%; height: auto; max-height: 95%; padding: 0 1; border-top: heavy $accent;
        background: $panel;
    }
    CategoryScreen .question { height: auto; text-style: bold; }
    CategoryScreen _Found { max-height: 14; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(
        self, question: str, categories: Mapping[str, Category], first: tuple[str, ...] = ()
    ) -> None:
        super().__init__()
        self._question = question
        codes = dict.fromkeys((*(code for code in first if code in categories), *categories))
        self._categories = {code: categories[code] for code in codes}

    def compose(self) -> ComposeResult:
        """Show the question, the line to type into, and what fits."""
        with Vertical(id="box"):
            yield NoMarkup(self._question, classes="question")
            yield LineInput(id="filter", placeholder="H1, rude, custody, race …")
            yield _Found(self._fitting(""), id="categories")
            yield NoMarkup("↑ ↓ choose · Enter takes it · Esc leaves it as it was", classes="-dim")

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one(LineInput).focus()

    @on(Input.Changed, "#filter")
    def narrow(self, event: Input.Changed) -> None:
        """Show what fits."""
        self.query_one(Choices).show(self._fitting(event.value))

    @on(Input.Submitted, "#filter")
    def take(self) -> None:
        """Take the one under the cursor."""
        current = self.query_one(Choices).current
        if current is not None:
            self.dismiss(current.uid)

    @on(Choices.Chosen)
    def chosen(self, event: Choices.Chosen) -> None:
        """Take the clicked one."""
        self.dismiss(event.choice.uid)

    def action_move(self, by: int) -> None:
        """Move the cursor of the list while typing goes on."""
        choices = self.query_one(Choices)
        choices.cursor = max(0, min(choices.cursor + by, len(choices.choices) - 1))

    def action_leave(self) -> None:
        """Leave it as it was."""
        self.dismiss("")

    def _fitting(self, typed: str) -> tuple[Choice, ...]:
        words = fold(typed).split()
        return tuple(
            Choice(code, f"{code:<4}{category.name}")
            for code, category in self._categories.items()
            if all(_fits(code, category, word) for word in words)
        )


def _fits(code: str, category: Category, word: str) -> bool:
    said = f" {fold(category.name)} {' '.join(map(fold, category.words))}"
    return code.casefold().startswith(word) or f" {word}" in said
