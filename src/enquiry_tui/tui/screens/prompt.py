"""A small form over the screen: errors in place, nothing typed lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from enquiry_tui.errors import EnquiryError, Refused
from enquiry_tui.tui.leaves_once import LeavesOnce
from enquiry_tui.tui.safe import NoMarkup, fit, text
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.widgets.entry import LineInput, SecretInput
from enquiry_tui.tui.widgets.panels import Notice

Values = dict[str, str]
_ONE_COLUMN = 10
_KEYS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form; with `options` (value, words) it takes a digit or the first letters.

    A `secret` one is masked and never kept. An `offered` value gives way to typing. One with
    `many` takes several keys, with blanks or commas between; its value has them one a line.
    """

    id: str
    label: str
    value: str = ""
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    secret: bool = False
    many: bool = False
    offered: bool = False

    def key(self, at: int) -> str:
        """Return the key of an option: 1 to 9, then letters."""
        return _KEYS[at + 1] if at + 1 < len(_KEYS) else ""

    def read(self, typed: str) -> str:
        """Return the value typed or chosen. Raises Refused where it is no option."""
        words = typed.strip()
        if not self.options or not words:
            return words
        if self.many:
            found = [value for value, name in self.options if name == words]
            keys = found or (words.split(";") if ";" in words else words.replace(",", " ").split())
            return "\n".join(dict.fromkeys(self._one(key) for key in keys))
        return self._one(words)

    def words(self, typed: str) -> str:
        """Return what was chosen in words, as it is shown; anything else as it was typed."""
        try:
            chosen = self.read(typed).split("\n") if self.many else [self.read(typed)]
        except Refused:
            return typed
        return "; ".join(name for value, name in self.options if value in chosen) or typed

    def _one(self, words: str) -> str:
        folded = words.strip().casefold()
        exact = [v for v, name in self.options if folded in {v.casefold(), name.casefold()}]
        keyed = [v for at, (v, _) in enumerate(self.options) if self.key(at) == folded]
        begun = [v for v, name in self.options if name.casefold().startswith(folded)]
        for found in (exact, keyed, begun):
            if len(found) == 1:
                return found[0]
        several = ", several with blanks between" if self.many else ""
        raise Refused(
            f"{self.label}: that is none of the choices.", f"Type its digit or letter{several}."
        )


SECOND_OFFICER = (
    Field("second_handle", "Colleague", "", "the second officer's handle"),
    Field("second_passphrase", "Passphrase", "", "typed by the colleague", secret=True),
)


class PromptScreen(LeavesOnce[bool], ModalScreen[bool]):
    """Asks for a few lines and hands them to `submit`; leaves only when that has worked.

    What was typed is put into `kept`, so that the same form opens again as it was left.
    """

    DEFAULT_CSS = """
    PromptScreen { align: center bottom; background: $background 60%; }
    PromptScreen #box {
        width: 100%; height: auto; max-height: 95%; padding: 0 1; border-top: heavy $accent;
        background: $panel;
    }
    PromptScreen .title { height: auto; text-style: bold; }
    PromptScreen #options { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(
        self,
        title: str,
        fields: tuple[Field, ...],
        submit: Callable[[Values], Awaitable[object]],
        *,
        words: str = "",
        kept: Values | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._fields = fields
        self._submit = submit
        self._words = words
        self._kept = kept if kept is not None else {}
        self._is_at_work = False

    def compose(self) -> ComposeResult:
        """Show the title, the fields, their options, and the notice."""
        with Vertical(id="box"):
            yield NoMarkup(self._title, classes="title")
            if self._words:
                yield NoMarkup(self._words, classes="words")
            for field in self._fields:
                yield FormRow(field.label, self._made(field))
            yield NoMarkup("", id="options")
            yield Notice(id="notice")
            yield NoMarkup(
                "Enter goes on, and after the last line saves. Esc leaves.", classes="-dim"
            )

    def on_mount(self) -> None:
        """Go to the first field."""
        self._entry(0).focus()

    def on_descendant_focus(self) -> None:
        """Show the options of the field that has the cursor."""
        at = self._at()
        field = self._fields[at] if at is not None else None
        options = field.options if field is not None else ()
        if at is not None and (options or (field is not None and field.offered)):
            self._entry(at).action_select_all()  # what is typed takes the place of it
        lines = [f"   {field.key(n)}  {words}" for n, (_, words) in enumerate(options) if field]
        shown = [text(line) for line in _in_columns(lines, self.size.width - 2)]
        self.query_one("#options", NoMarkup).show(Content("\n").join(shown))

    def on_descendant_blur(self) -> None:
        """Show in words what was chosen by a key, once its field is left."""
        for at, field in enumerate(self._fields):
            entry = self._entry(at)
            if field.options and entry.value and not entry.has_focus:
                entry.value, entry.cursor_position = field.words(entry.value), 0

    @on(Input.Submitted)
    def go_on(self, event: Input.Submitted) -> None:
        """Go to the next field; after the last one submit."""
        event.stop()
        at = self._at()
        if at is not None and at + 1 < len(self._fields):
            if self._is_readable(at):
                self._entry(at + 1).focus()
            return
        if not self._is_at_work:  # a second Enter would do it twice
            self._is_at_work = True
            self.run_worker(self._run(), group="prompt")

    def _is_readable(self, at: int) -> bool:
        """Say what is wrong with a choice while the cursor is still there; blank is for later."""
        entry, notice = self._entry(at), self.query_one(Notice)
        if not self._fields[at].options or not entry.value.strip():
            return True
        try:
            self._fields[at].read(entry.value)
        except EnquiryError as error:
            notice.fault(error)
            entry.action_select_all()
            return False
        notice.clear()
        return True

    def _values(self) -> Values:
        """Read every field; the cursor goes to one that cannot be read. Raises Refused."""
        values: Values = {}
        for at, field in enumerate(self._fields):
            try:
                values[field.id] = field.read(self._entry(at).value)
            except EnquiryError:
                self._entry(at).focus()
                raise
        return values

    async def _run(self) -> None:
        self._keep()
        notice = self.query_one(Notice)
        try:
            await self._submit(self._values())
        except EnquiryError as error:
            notice.fault(error)
            for secret in self.query(SecretInput):
                secret.clear()
            return
        finally:
            self._is_at_work = False
        self._kept.clear()
        self.dismiss(True)

    def action_leave(self) -> None:
        """Leave; what was typed comes back when the form is opened again."""
        self._keep()
        self.dismiss(False)

    def _keep(self) -> None:
        for at, field in enumerate(self._fields):
            if not field.secret:
                self._kept[field.id] = self._entry(at).value

    def _made(self, field: Field) -> LineInput:
        if field.secret:
            return SecretInput(placeholder=field.hint, id=f"f-{field.id}")
        value = self._kept.get(field.id, field.value)
        return LineInput(field.words(value), placeholder=field.hint, id=f"f-{field.id}")

    def _entry(self, at: int) -> LineInput:
        return self.query_one(f"#f-{self._fields[at].id}", LineInput)

    def _at(self) -> int | None:
        focused = self.focused.id if self.focused is not None else None
        return next((n for n, f in enumerate(self._fields) if f"f-{f.id}" == focused), None)


def _in_columns(lines: list[str], width: int) -> list[str]:
    """Put many lines into two columns, down the left one first."""
    if len(lines) <= _ONE_COLUMN:
        return lines
    half = (len(lines) + 1) // 2
    left, right = lines[:half], [*lines[half:], ""]
    cells = width // 2
    return [
        f"{fit(one, cells)}{fit(other, cells)}".rstrip()
        for one, other in zip(left, right[:half], strict=True)
    ]
