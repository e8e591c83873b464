"""The call line: one line, what was understood of it, and who it might be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.widgets.choices import Choice, Choices
from enquiry_tui.tui.widgets.entry import LineInput

EMPTY = "who rang ~ what about"


class CallInput(LineInput):
    """The field of the call line: Tab opens the call, Down goes to the people."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "open_call", show=False),
        Binding("down", "pick", show=False),
    ]

    class OpenCall(Message):
        """The call is to be opened."""

    class Pick(Message):
        """The people under the line are wanted."""

    def action_open_call(self) -> None:
        """Ask for the call to be opened."""
        self.post_message(self.OpenCall())

    def action_pick(self) -> None:
        """Ask for the people."""
        self.post_message(self.Pick())


@dataclass(frozen=True, slots=True)
class Picked:
    """A person, and the matter or none: then a new one."""

    person_uid: str
    enquiry_uid: str
    words: str


class PeopleChoices(Choices):
    """Who it might be: Enter takes the person and the matter, n the person with a new matter."""

    DEFAULT_CSS = "PeopleChoices { display: none; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("n", "new_matter", show=False)]

    def show(self, choices: tuple[Choice, ...]) -> None:
        """Show the people, or nothing."""
        self.display = bool(choices)
        super().show(choices)

    def action_new_matter(self) -> None:
        """Take the person, and open a new matter."""
        choice = self.current
        if choice is not None and isinstance(choice.data, Picked):
            name = choice.data.words.split(" · ", 1)[0]
            fresh = Picked(choice.data.person_uid, "", f"{name} · new matter")
            self.post_message(self.Chosen(self, Choice(choice.uid, fresh.words, data=fresh)))


class CallLine(Horizontal):
    """The prompt and the field."""

    DEFAULT_CSS = """
    CallLine { height: 1; }
    CallLine #prompt { width: 3; text-style: bold; }
    """

    def compose(self) -> ComposeResult:
        """Show both."""
        yield NoMarkup(" n ", id="prompt")
        yield CallInput(id="line", placeholder=EMPTY)

    @property
    def field(self) -> CallInput:
        """Return the field."""
        return self.query_one(CallInput)

    def on_click(self, event: events.Click) -> None:
        """Go into the field."""
        event.stop()
        self.field.focus()
