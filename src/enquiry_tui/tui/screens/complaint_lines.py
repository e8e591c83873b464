"""The ten lines of the referral screen: yes, no or unsure on each, the authority's to finish."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from enquiry_tui.desk.complaint_life import Line
from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui.leaves_once import LeavesOnce
from enquiry_tui.tui.safe import NoMarkup, fit, join
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.widgets.entry import LineInput
from enquiry_tui.tui.widgets.panels import Notice

Answers = dict[str, str]
_ANSWERS = {"y": "yes", "n": "no", "u": "unsure"}
_WIDTH = 9


class AnswerList(Widget, can_focus=True):
    """Lines with an answer each; y, n and u answer and go on to the next."""

    DEFAULT_CSS = """
    AnswerList { height: auto; width: 1fr; background: $surface; }
    AnswerList:focus { background: $boost; }
    """
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("enter", "finish", show=False),
    ]

    class Finished(Message):
        """Enter was pressed, or the last line was answered."""

    class Moved(Message):
        """Another line is under the cursor."""

    def __init__(self, lines: tuple[Line, ...], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines = lines
        self.answers: Answers = {line.id: line.answer for line in lines if line.answer}
        self._at = 0

    @property
    def current(self) -> Line:
        """Return the line under the cursor."""
        return self._lines[self._at]

    def action_move(self, by: int) -> None:
        """Go to the line beside; past the ends to the field beside."""
        if 0 <= self._at + by < len(self._lines):
            self._at += by
            self.post_message(self.Moved())
            self.refresh()
        elif by > 0:
            self.screen.focus_next()

    def action_finish(self) -> None:
        """Go on."""
        self.post_message(self.Finished())

    def on_key(self, event: events.Key) -> None:
        """Answer by letter."""
        answer = _ANSWERS.get(event.character or "")
        if answer is None:
            return
        event.stop()
        event.prevent_default()
        self.answers[self.current.id] = answer
        if self._at + 1 < len(self._lines):
            self._at += 1
            self.post_message(self.Moved())
        else:
            self.post_message(self.Finished())
        self.refresh()

    def get_content_height(self, *_sizes: object) -> int:
        """Return one line for each."""
        return len(self._lines)

    def render(self) -> RenderResult:
        """Write the lines."""
        return Content("\n").join([self._line(at) for at in range(len(self._lines))])

    def _line(self, at: int) -> Content:
        line = self._lines[at]
        answer = self.answers.get(line.id, "")
        style = "reverse" if at == self._at and self.has_focus else ""
        room = max(10, self.size.width - _WIDTH - 4)
        words = fit(line.label, room) if cell_len(line.label) > room else line.label.ljust(room)
        strong = "bold" if answer in {"yes", "unsure"} else ""
        return join((f"{at + 1:>2} {words} ", style), (fit(answer.upper() or "·", _WIDTH), strong))


class LinesScreen(LeavesOnce[bool], ModalScreen[bool]):
    """Asks the ten lines and who answered them; leaves only when that is on the record."""

    DEFAULT_CSS = """
    LinesScreen { align: center bottom; background: $background 60%; }
    LinesScreen #box {
        width: 100%; height: auto; max-height: 95%; padding: 0 1; border-top: heavy $accent;
        background: $panel;
    }
    LinesScreen .question { height: auto; text-style: bold; }
    LinesScreen .words { height: auto; max-height: 3; }
    LinesScreen #source { height: 3; color: $secondary; }
    LinesScreen .label { width: 13; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self,
        lines: tuple[Line, ...],
        why: str,
        by: str,
        submit: Callable[[Answers, str, str], Awaitable[object]],
    ) -> None:
        super().__init__()
        self._lines = lines
        self._why = why
        self._by = by
        self._submit = submit
        self._is_at_work = False

    def compose(self) -> ComposeResult:
        """Show the lines, the source of the one under the cursor, and who answered."""
        with Vertical(id="box"):
            yield NoMarkup(
                "The ten lines: y yes · n no · u unsure, for the authority", classes="question"
            )
            yield NoMarkup(self._why, classes="words")
            yield AnswerList(self._lines, id="lines")
            yield NoMarkup(id="source")
            hint = "name and office of the authority's person"
            yield FormRow("Answered by", LineInput(self._by, id="by", placeholder=hint))
            yield FormRow("On", LineInput("today", id="on", placeholder="today, yesterday, mon"))
            yield Notice(id="notice")
            yield NoMarkup("Enter goes on, and after the last line saves. Esc leaves.")

    def on_mount(self) -> None:
        """Begin on the first line."""
        self.query_one(AnswerList).focus()
        self.show_source()

    @on(AnswerList.Moved)
    def show_source(self) -> None:
        """Show what a word in the line means, and where the line comes from."""
        current = self.query_one(AnswerList).current
        said = "\n".join(filter(None, (current.note, current.source)))
        self.query_one("#source", NoMarkup).show(said)

    @on(AnswerList.Finished)
    def to_who(self) -> None:
        """Go on to who answered."""
        self._to("#by")

    @on(Input.Submitted, "#by")
    def to_when(self) -> None:
        """Go on to the day."""
        self._to("#on")

    def _to(self, field: str) -> None:
        """Go to a field; what is typed takes the place of what is offered there."""
        entry = self.query_one(field, LineInput)
        entry.focus()
        entry.action_select_all()

    @on(Input.Submitted, "#on")
    def save(self) -> None:
        """Put it on the record."""
        if not self._is_at_work:
            self._is_at_work = True
            self.run_worker(self._save(), group="lines")

    async def _save(self) -> None:
        try:
            await self._submit(
                self.query_one(AnswerList).answers,
                self.query_one("#by", LineInput).value,
                self.query_one("#on", LineInput).value,
            )
        except EnquiryError as error:
            self.query_one(Notice).fault(error)
            return
        finally:
            self._is_at_work = False
        self.dismiss(True)

    def action_leave(self) -> None:
        """Leave; nothing is kept."""
        self.dismiss(False)
