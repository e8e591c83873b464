"""The call line as it is typed: said back, and the people it may be about."""

from __future__ import annotations

import asyncio

from textual import on
from textual.timer import Timer
from textual.widgets import Input

from enquiry_tui.desk import drafts, people, quicklog
from enquiry_tui.domain.quickline import Part, QuickLine, echo
from enquiry_tui.domain.text import fold
from enquiry_tui.tui.calls import LINE_PLACE
from enquiry_tui.tui.host import host
from enquiry_tui.tui.safe import NoMarkup, join
from enquiry_tui.tui.screens.desk_list import DeskList
from enquiry_tui.tui.screens.suggestions import choices_of, matter_words
from enquiry_tui.tui.widgets.call_line import EMPTY, CallInput, CallLine, PeopleChoices, Picked
from enquiry_tui.tui.widgets.choices import Choices

PLACE = LINE_PLACE
_ECHO_SECONDS = 0.06
_PEOPLE_SECONDS = 0.15
_HELD = "held already? ↓ picks; Enter again links nobody"


class DeskTyping(DeskList):
    """The field, what was understood of it, and the people it may be about."""

    def __init__(self) -> None:
        super().__init__()
        self._contact = ""
        self._beginning = asyncio.Lock()
        self._picked: Picked | None = None
        self._picked_for = ""
        self._overtaken = ""
        """The words on which Enter came before it was looked up whom they may mean."""
        self._looked_for = ("", "")
        """Name and number for which the people under the line were looked up last."""
        self._understood: QuickLine | None = None
        self._offered: drafts.Draft | None = None
        self._echo_timer: Timer | None = None
        self._people_timer: Timer | None = None
        self._refine_timer: Timer | None = None

    @property
    def line(self) -> CallInput:
        """Return the field of the call line."""
        return self.query_one(CallLine).field

    # Into the line, and out of it

    def action_call_line(self) -> None:
        """Go to the line; a call begins, unless one without a matter is being talked to."""
        self.line.focus()
        self.do(self.enter_line())

    async def enter_line(self) -> None:
        """Go on with the call that has no matter yet, or begin one."""
        talking = self.talking
        if talking is not None and not talking.enquiry_uid:
            await self.take_line(talking.uid)
        elif self._offered is None:
            await self.ensure_contact()

    async def take_line(self, contact_uid: str) -> None:
        """Put the line of a call back as it was left."""
        if self._contact == contact_uid:
            return
        self._contact = contact_uid
        kept = self.calls.keep(contact_uid)
        if not kept.line and self._offered is not None:
            self._offered = self._offered if self._offered.contact_uid != contact_uid else None
        if not kept.line:
            before = self.line.value
            saved = await self.read(drafts.draft, PLACE, contact_uid)
            typed = self.line.value.removeprefix(before) if self.line.value != before else ""
            kept.line = (str(saved.body.get("text", "")) if saved is not None else "") + typed
        self._picked = (
            Picked(kept.person_uid, kept.enquiry_uid, kept.picked) if kept.person_uid else None
        )
        self.line.value = kept.line
        self.line.cursor_position = len(kept.line)
        self.line.focus()

    async def ensure_contact(self) -> str:
        """Return the call of this line, begun now if there is none."""
        async with self._beginning:
            if not self._contact:
                self._contact = (await self.calls.begin()).uid
                self._note()
        return self._contact

    async def leave_line(self) -> None:
        """Keep what was typed as a draft; a call with nothing typed was none."""
        contact = self._contact
        if not self.line.value.strip() and contact:
            self._clear()  # first: what is typed meanwhile is another call's
            await self.calls.end(contact, "abandoned")
            host(self).drafts.discard(f"{PLACE}/{contact}")

    def _note(self) -> None:
        words = self.line.value
        if self._contact:
            self.calls.keep(self._contact).line = words
            host(self).drafts.note(f"{PLACE}/{self._contact}", words)

    def give_up_line(self) -> None:
        """Empty the line if another screen has taken its words over: they stand there."""
        if self._contact and self._contact in self.calls.taken:
            self.calls.taken.discard(self._contact)
            self._clear()

    def _clear(self) -> None:
        self._contact, self._picked, self._understood = "", None, None
        self._looked_for, self._overtaken = ("", ""), ""
        self.query_one(PeopleChoices).show(())
        with self.prevent(Input.Changed):
            self.line.value = ""
        self.line.placeholder = EMPTY

    # Typing

    @on(Input.Changed, "#line")
    def typed(self, event: Input.Changed) -> None:
        """Save it soon, say back what was understood, and look who it might be."""
        event.stop()
        words = event.value
        if words.lstrip().startswith("!!"):
            with self.prevent(Input.Changed):
                self.line.value = words.lstrip()[2:].lstrip()
            self._note()
            self.app.action_urgent()  # type: ignore[attr-defined]
            return
        if words.strip() and not self._contact:
            self._offered = None
            self.do(self.ensure_contact(), group="line")
        self._note()
        for timer in (self._echo_timer, self._people_timer):
            if timer is not None:
                timer.stop()
        self._echo_timer = self.set_timer(
            _ECHO_SECONDS, lambda: self.do(self._say_back(), group="echo")
        )
        self._people_timer = None

    async def _say_back(self) -> None:
        words = self.line.value
        if not words.strip():
            self.query_one(PeopleChoices).show(())
            self.show_foot("", "")
            return
        read = await self.read(quicklog.read_line, words, token="desk-echo")
        self._understood = read
        if self._picked is not None and fold(read.who or "") != self._picked_for:
            self._drop_pick()
        self.show_echo(read)
        self._people_timer = self.set_timer(
            _PEOPLE_SECONDS, lambda: self.do(self._suggest(read), group="echo")
        )

    async def _suggest(self, read: QuickLine) -> None:
        phone = read.phone.raw if read.phone else ""
        found = await self.read(people.suggest, read.who or "", phone, token="desk-people")
        if self._understood is not read or self._picked is not None:
            return
        self._looked_for = (read.who or "", phone)
        self.query_one(PeopleChoices).show(choices_of(found) if self.line.value.strip() else ())
        self.refresh_bindings()
        if read.matter is not None:
            self.show_echo(read, await self.read(matter_words, read.matter.full))

    def show_echo(self, read: QuickLine, matter: str = "") -> None:
        """Say back in two lines what was understood."""
        pieces: list[str | tuple[str, str]] = [" "]
        for at, part in enumerate(echo(read, self._picked.words if self._picked else None)):
            known = part.kind is Part.MATTER and matter
            odd = part.kind in {Part.UNREAD, Part.EMERGENCY}
            words = f"{part.text} {matter}" if known else part.text
            pieces += [" · " if at else "", (words, "$text-warning") if odd else words]
        if self._overtaken and self._overtaken == self.line.value:
            pieces.append((f" · {_HELD}", "$text-warning"))
        foot = self.query_one("#foot", NoMarkup)
        foot.add_class("-echo")
        foot.show(join(*pieces))

    # People under the line

    @on(CallInput.Pick)
    def to_people(self) -> None:
        """Go to the people, if there are any."""
        if self.query_one(PeopleChoices).choices:
            self.query_one(PeopleChoices).focus()

    @on(Choices.Left)
    def to_line(self) -> None:
        """Go back to the line."""
        self.line.focus()

    @on(Choices.Chosen, "#people")
    def take_person(self, event: Choices.Chosen) -> None:
        """Take the person and the matter; the line goes on."""
        event.stop()
        if isinstance(event.choice.data, Picked):
            self._pick(event.choice.data)

    def _pick(self, picked: Picked) -> None:
        self._picked = picked
        self._picked_for = fold((self._understood.who if self._understood else "") or "")
        kept = self.calls.keep(self._contact)
        kept.person_uid, kept.enquiry_uid = picked.person_uid, picked.enquiry_uid
        kept.picked = picked.words
        self.query_one(PeopleChoices).show(())
        self.line.focus()
        if self._understood is not None:
            self.show_echo(self._understood)

    def _drop_pick(self) -> None:
        self._picked = None
        kept = self.calls.keep(self._contact)
        kept.person_uid = kept.enquiry_uid = kept.picked = ""
