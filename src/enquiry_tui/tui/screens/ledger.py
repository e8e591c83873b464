"""The disclosure ledger of one matter: what was asked, what was said, line by line."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from enquiry_tui.desk.views import EnquiryView, LedgerView
from enquiry_tui.domain.when import show_moment
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup, block, join, text
from enquiry_tui.tui.screens.base import EnquiryScreen


class LedgerScreen(EnquiryScreen):
    """Shows every line, the latest last; nothing here can be changed."""

    PLACE = Place.HELP

    def __init__(self, view: EnquiryView) -> None:
        super().__init__()
        self._view = view

    def body(self) -> ComposeResult:
        """Show the lines."""
        with VerticalScroll():
            yield NoMarkup(self._text(), classes="words")

    def on_mount(self) -> None:
        """Say whose ledger it is, and let the arrows scroll."""
        count = len(self._view.ledger)
        self.set_heading(f"{self._view.short} ledger · {count} line{'' if count == 1 else 's'}")
        self.query_one(VerticalScroll).focus()

    def _text(self) -> Content:
        if not self._view.ledger:
            return text("Nothing was asked and nothing was said. Esc goes back.")
        pieces = [_line(line) for line in self._view.ledger]
        return Content("\n").join([*pieces, text("Esc goes back.", "dim")])


def _line(line: LedgerView) -> Content:
    lowered = ", class lowered" if line.lowered else ""
    head = f"{show_moment(line.at)}  {line.decision} · {line.item} · {line.info_class}{lowered}"
    who = f"  to {line.recipient or 'nobody named'}, {line.route}, rule {line.rule}, {line.officer}"
    corrects = "  corrects an earlier line" if line.corrects else ""
    parts = [text(head, "bold"), text(who + corrects)]
    if line.rules:
        parts.append(text(f"  {line.rules}", "dim"))
    if line.words:
        parts.append(join("  ", block(f"“{line.words}”")))
    return Content("\n").join([*parts, text("")])
