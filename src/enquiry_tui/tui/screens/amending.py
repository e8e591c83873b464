"""Amending the note of a contact: the note as it stands, to be edited, and the reason."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui.leaves_once import LeavesOnce
from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.screens.prompt import Values
from enquiry_tui.tui.widgets.entry import LineInput
from enquiry_tui.tui.widgets.note_area import NoteArea
from enquiry_tui.tui.widgets.panels import Notice

_KEYS = "Tab goes on to the reason; Enter there saves. Esc leaves; what was typed comes back."


class AmendScreen(LeavesOnce[bool], ModalScreen[bool]):
    """Edits a note of many lines; what was typed is put into `kept` until it is saved."""

    DEFAULT_CSS = """
    AmendScreen { align: center bottom; background: $background 60%; }
    AmendScreen #box {
        width: 100%; height: auto; max-height: 95%; padding: 0 1; border-top: heavy $accent;
        background: $panel;
    }
    AmendScreen .title { height: auto; text-style: bold; }
    AmendScreen #f-note { height: 9; padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self, title: str, note: str, submit: Callable[[Values], Awaitable[object]], kept: Values
    ) -> None:
        super().__init__()
        self._title = title
        self._note = kept.get("note", note)
        self._submit = submit
        self._kept = kept
        self._is_at_work = False

    def compose(self) -> ComposeResult:
        """Show the note, the reason, and what goes wrong."""
        with Vertical(id="box"):
            yield NoMarkup(self._title, classes="title")
            yield NoteArea(id="f-note", stamp="", hint="as it should read")
            hint = "one line; the old words stay on the record with it"
            why = LineInput(self._kept.get("why", ""), placeholder=hint, id="f-why")
            yield FormRow("Reason", why)
            yield Notice(id="notice")
            yield NoMarkup(_KEYS, classes="-dim")

    def on_mount(self) -> None:
        """Put the note in, with the cursor at its end."""
        area = self.query_one("#f-note", NoteArea)
        area.load_text(self._note)
        area.move_cursor(area.document.end)
        area.focus()

    @on(Input.Submitted)
    def save(self, event: Input.Submitted) -> None:
        """Save it once."""
        event.stop()
        if not self._is_at_work:
            self._is_at_work = True
            self.run_worker(self._run(), group="amend")

    async def _run(self) -> None:
        self._keep()
        try:
            await self._submit(dict(self._kept))
        except EnquiryError as error:
            self.query_one(Notice).fault(error)
            return
        finally:
            self._is_at_work = False
        self._kept.clear()
        self.dismiss(True)

    def action_leave(self) -> None:
        """Leave; what was typed comes back when it is opened again."""
        self._keep()
        self.dismiss(False)

    def _keep(self) -> None:
        self._kept["note"] = self.query_one("#f-note", NoteArea).text
        self._kept["why"] = self.query_one("#f-why", LineInput).value
