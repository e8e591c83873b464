"""Rows of a label and a field, and what the screens of the door share."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.screens.base import EnquiryScreen
from enquiry_tui.tui.widgets.entry import LineInput
from enquiry_tui.tui.widgets.panels import Notice


class FormRow(Horizontal):
    """A label left, a field right, one line high."""

    DEFAULT_CSS = "FormRow { height: 1; }"

    def __init__(self, label: str, field: Widget) -> None:
        super().__init__()
        self._label = label
        self._field = field

    def compose(self) -> ComposeResult:
        """Show both."""
        yield NoMarkup(self._label, classes="label")
        yield self._field


class DoorScreen(EnquiryScreen):
    """A screen before the desk: fields, a notice, no call bar, and Escape does nothing."""

    HAS_CALL_BAR = False

    def notice(self) -> Notice:
        """Return the line for errors and progress."""
        return self.query_one(Notice)

    def value(self, field_id: str) -> str:
        """Return what stands in a field, without blanks around it."""
        return self.query_one(f"#{field_id}", LineInput).value.strip()

    def go_to(self, field_id: str) -> None:
        """Put the cursor into a field."""
        self.query_one(f"#{field_id}").focus()

    def freeze(self, *, frozen: bool) -> None:
        """Take no typing while the store works."""
        for field in self.query(LineInput):
            field.disabled = frozen
