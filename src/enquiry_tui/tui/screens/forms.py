"""Rows of a label and a field, and what the screens of the door share."""

from __future__ import annotations

from math import ceil
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget

from enquiry_tui.errors import MustWait
from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.screens.base import EnquiryScreen
from enquiry_tui.tui.widgets.entry import LineInput, SecretInput
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
    OWN_BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]
    _telling: Timer | None = None
    _next_try = 0.0

    def notice(self) -> Notice:
        """Return the line for errors and progress."""
        return self.query_one(Notice)

    def value(self, field_id: str) -> str:
        """Return what stands in a field, without blanks around it."""
        return self.query_one(f"#{field_id}", LineInput).value.strip()

    def go_to(self, field_id: str) -> None:
        """Put the cursor into a field."""
        self.query_one(f"#{field_id}").focus()

    def tell_wait(self, wait: MustWait) -> None:
        """Say how long the next try has to wait, and when it may be made."""
        self.stop_telling()
        self.notice().fault(wait)
        self._next_try = monotonic() + wait.seconds
        self._telling = self.set_interval(1.0, self._tell_on)

    def stop_telling(self) -> None:
        """Leave the notice to others."""
        if self._telling is not None:
            self._telling.stop()
            self._telling = None

    def _tell_on(self) -> None:
        left = ceil(self._next_try - monotonic())
        if left > 0:
            self.notice().fault(MustWait(left))
            return
        self.stop_telling()
        self.notice().say("You can try again now: Enter.")

    def forget(self) -> None:
        """Drop secrets that were typed: nobody has been there for a while."""
        for field in self.query(SecretInput):
            field.clear()

    def offer_passphrase(self) -> None:
        """Show a passphrase of random words, to be typed by whoever likes it."""
        from enquiry_tui.machine.words import words_passphrase  # noqa: PLC0415

        self.notice().say(
            words_passphrase(), hint="Six random words, if you like them: type them twice."
        )

    def freeze(self, *, frozen: bool) -> None:
        """Take no typing while the store works."""
        self.stop_telling()
        for field in self.query(LineInput):
            field.disabled = frozen
