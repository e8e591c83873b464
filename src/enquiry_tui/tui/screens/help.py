"""The keys of the screen that was up, from the one list of commands."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen

from enquiry_tui.tui.commands import registry
from enquiry_tui.tui.commands.command import Command, Place
from enquiry_tui.tui.safe import NoMarkup, fit, join, text
from enquiry_tui.tui.screens.base import EnquiryScreen

_KEYS_WIDTH = 15
_HELP_WIDTH = 61


class HelpScreen(EnquiryScreen):
    """Lists what can be done on the screen below, and with which keys."""

    PLACE = Place.HELP
    HEADING = "Keys of this screen"
    HAS_CALL_BAR = False

    def __init__(self, rows: Sequence[Command], below: Screen[Any]) -> None:
        super().__init__()
        self._rows = tuple(rows)
        self._place = registry.place_of(below)

    def body(self) -> ComposeResult:
        """Show the keys here, then those that work anywhere."""
        with VerticalScroll():
            yield NoMarkup(self._text(), classes="words")

    def _text(self) -> Content:
        here = [row for row in self._rows if self._place in row.places]
        anywhere = [row for row in self._rows if Place.ANYWHERE in row.places]
        lines = [*self._part(self._place.value, here), *self._part("Anywhere", anywhere)]
        lines.append(text("Tab goes to the next part of the screen, Shift+Tab back."))
        return Content("\n").join(lines)

    def _part(self, title: str, rows: Sequence[Command]) -> list[Content]:
        keyed = [row for row in rows if row.keys]
        named = [row for row in rows if not row.keys]
        lines = [text(title, "bold")] if rows else []
        lines.extend(_line(row.all_keys(self._place), row.help) for row in keyed)
        lines.extend(_line("Ctrl+P", f"{row.title}: {row.help}") for row in named)
        return [*lines, text("")] if lines else []

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def action_step_back(self) -> None:
        """Go back."""
        self.step_back()


def _line(keys: str, help_text: str) -> Content:
    first, *more = wrap(help_text, _HELP_WIDTH)
    lines = [join((fit(keys, _KEYS_WIDTH), "bold"), first)]
    lines.extend(text(" " * _KEYS_WIDTH + line) for line in more)
    return Content("\n").join(lines)
