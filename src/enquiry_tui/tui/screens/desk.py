"""The desk: queues and rows above, one line to log a call below."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from enquiry_tui.desk import enquiries
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.live import LiveContact
from enquiry_tui.tui.safe import NoMarkup, text, toast
from enquiry_tui.tui.screens.asking import Option
from enquiry_tui.tui.screens.desk_calls import DeskCalls
from enquiry_tui.tui.screens.desk_list import DRAFT
from enquiry_tui.tui.widgets.call_line import CallInput, CallLine, PeopleChoices

_OVERDUE_SECONDS = 30.0
_CALL_SCREENS = frozenset({"who", "say", "refer", "complaint", "promise"})
_NAMES = frozenset({"find", "post"})  # show names from other matters
_ROW = frozenset({"owner", "again"})


class DeskScreen(DeskCalls):
    """The first screen after a sign-in, and the one every call ends on."""

    PLACE = Place.DESK
    HEADING = "Enquiry desk"
    CSS_PATH = Path(__file__).with_name("desk.tcss")
    AUTO_FOCUS = "#rows"
    OWN_BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "next_queue(-1)", show=False),
        Binding("right", "next_queue(1)", show=False),
    ]

    def body(self) -> ComposeResult:
        """Show the list, the two lines of the row, and the call line."""
        yield self.list_part()
        yield NoMarkup(text("─" * 400, "dim"), classes="rule")
        yield NoMarkup("", id="foot")
        yield NoMarkup(text("─" * 400, "dim"), classes="rule")
        yield PeopleChoices(id="people")
        yield CallLine()

    def on_mount(self) -> None:
        """Read everything, and take up what was live."""
        signed_in = host(self).signed_in
        if signed_in is not None:
            self.set_heading(f"Enquiry desk · {signed_in.office}")
        self.start_list()
        self.do(self._take_up())
        self.set_interval(_OVERDUE_SECONDS, self._end_overdue)

    async def _take_up(self) -> None:
        await self.calls.load()
        await self.offer_drafts()
        app = host(self)
        talking = app.live.talking
        if app.has_returned and talking is not None and talking.is_call:
            app.has_returned = False
            await self._same_person(talking)

    async def _same_person(self, talking: LiveContact) -> None:
        """Ask who is there, then go back to where the call is written down.

        What was typed before the question stood is no answer to it, and no key of the desk.
        """
        host(self).type_ahead.drop_and_say()
        answer = await self.ask(
            f"The call with {talking.who or 'somebody unnamed'} ran on while it was locked. "
            "Still the same person?",
            (Option("y", "yes, the same person"), Option("n", "no, or not sure: end it")),
            "What a check opened holds for one person only.",
        )
        if answer == "n":
            await self.calls.end(talking.uid)
            toast(self.app, "That call has ended. n begins the new one.")
            self.reload()
        else:
            await self.go_to_call(talking, "to-note")

    def _end_overdue(self) -> None:
        if host(self).live.any_call:
            self.do(self._over(), group="overdue")

    async def _over(self) -> None:
        if gone := await self.calls.end_overdue():
            toast(self.app, f"{gone} call(s) had passed their time limit and were ended.")
            self.reload()

    # Where the keys go

    @property
    def place_now(self) -> Place:
        """Return the call line, or the people under it, while the cursor is there."""
        if self.is_mounted and isinstance(self.focused, PeopleChoices):
            return Place.PEOPLE
        return Place.CALL_LINE if self.is_mounted and self.in_line else Place.DESK

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show and take only what does something now."""
        name = action.replace("_", "-")
        if name in _CALL_SCREENS:
            return self.in_line or self.talking is not None
        if name == "end-call":
            return self.in_line or self.talking is not None
        if name == "line-pick":
            return self.in_line and bool(self.query_one(PeopleChoices).choices)
        if name in _NAMES and self.visitor:
            return False
        if name in _ROW:
            row = self.rows.current if self.is_mounted else None
            return row is not None and not row.uid.startswith(DRAFT) and not self.visitor
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """Take the letter that says how the last call ended, for as long as it is asked."""
        if self.refine(event.key):
            event.stop()
            event.prevent_default()

    def step_back(self) -> None:
        """Leave the line, keeping it as a draft; the desk itself is the way back of all."""

    def action_step_back(self) -> None:
        """One step back: people, line, list."""
        if isinstance(self.focused, PeopleChoices):
            self.line.focus()
        elif self.in_line:
            self.rows.focus()
            self.do(self._kept())

    async def _kept(self) -> None:
        await self.leave_line()
        self.reload()

    # The line's own keys, for help and palette

    def action_line_save(self) -> None:
        """Save and end."""
        self.do(self._saved())

    async def _saved(self) -> None:
        await self.save_line(end=True)

    def action_line_pick(self) -> None:
        """Go to the people."""
        self.to_people()

    def action_people_take(self) -> None:
        """Take the person and the matter."""
        self.query_one(PeopleChoices).action_choose()

    def action_people_new(self) -> None:
        """Take the person with a new matter."""
        self.query_one(PeopleChoices).action_new_matter()

    @on(CallInput.OpenCall)
    def action_line_open(self) -> None:
        """Open the call; with none begun and nothing typed go to the next part of the screen."""
        if self._contact or self.line.value.strip() or self.talking is not None:
            self.do(self.open_call())
        else:
            self.rows.focus()

    # Owner, and the screens of others

    def action_owner(self) -> None:
        """Take the matter of the row, or give it."""
        row = self.rows.current
        if row is not None:
            self.do(self._own(row.uid))

    async def _own(self, enquiry_uid: str) -> None:
        colleagues = await self.read(enquiries.colleagues)
        options = [Option("t", "take it", "take")]
        options += [
            Option(str(at + 1), f"give it to {name}", uid)
            for at, (uid, name) in enumerate(colleagues[:9])
        ]
        answer = await self.ask("Whose is it?", tuple(options), "Open promises go with it.")
        if answer == "take":
            await self.write(enquiries.take_enquiry, enquiry_uid)
        elif answer:
            await self.write(enquiries.give_enquiry, enquiry_uid, answer)
        self.reload()

    def action_post(self) -> None:
        """Log the post."""
        self.open_other("post")

    def about(self) -> tuple[str, str]:
        """Return the matter of the row."""
        row = self.rows.current
        return "", row.uid if row is not None and not row.uid.startswith(DRAFT) else ""

    async def found(self, enquiry_uid: str) -> None:
        """Open the matter."""
        await self.open_row(enquiry_uid)

    def on_screen_resume(self) -> None:
        """Read the list again: something was done over it."""
        self.give_up_line()
        self.reload()
