"""A complaint in ninety seconds: about whom, four things, five ticks, read back, passed on."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, TextArea

from enquiry_tui.desk import complaints, enquiries
from enquiry_tui.desk.complaints import Complaint, ComplaintIntake
from enquiry_tui.domain.masking import MASK
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.safe import NoMarkup, text
from enquiry_tui.tui.screens import complaint_words
from enquiry_tui.tui.screens.complaint_passing import pass_on
from enquiry_tui.tui.screens.complaint_picking import PicksCategory
from enquiry_tui.tui.screens.complaint_words import Advice, letter_words
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.widgets.entry import LineInput
from enquiry_tui.tui.widgets.note_area import NoteArea
from enquiry_tui.tui.widgets.options import ChoiceLine, TickList
from enquiry_tui.tui.widgets.panels import SayCard

_THINGS = ("when", "officer", "reach", "wants")
_NAMES = {"when": "when_where", "officer": "about_whom", "reach": "reach", "wants": "wants"}


class ComplaintScreen(PicksCategory):
    """A digit says whom it is about; Enter goes on to what is still empty, then reads back.

    A semicolon in a line goes on to the next thing, as they come: `Monday, counter; tall, beard`.
    """

    PLACE = Place.COMPLAINT
    HEADING = "Complaint"
    CSS_PATH = "complaint.tcss"
    AUTO_FOCUS = "#about"
    DRAFT = "complaint"
    FIELDS = ("about", "happened", *_THINGS, "mentioned", "category")
    OWN_ACTIONS = frozenset({"complaint"})
    OWN_BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._uid = ""
        self._has_changed = False

    def content(self) -> ComposeResult:
        """Show the question, what follows from its answer, the things to ask, the sentence."""
        about = complaint_words.about_choices(host(self).session)
        yield FormRow("About", ChoiceLine(about, id="about"))
        yield NoMarkup(id="advice")
        yield SayCard(id="say")
        yield FormRow(
            "Happened", NoteArea(id="happened", hint="in their words; Tab goes on", stamp="")
        )
        yield FormRow("When, where", LineInput(id="when", placeholder="day, time, place"))
        yield FormRow("Who", LineInput(id="officer", placeholder="name, or what they looked like"))
        yield FormRow("Reach them", LineInput(id="reach", placeholder="number or address, when"))
        yield FormRow("They want", LineInput(id="wants", placeholder="what is to come of it"))
        yield FormRow("Mentioned", TickList(on_one_line=True, id="mentioned"))
        yield FormRow("Category", ChoiceLine(complaint_words.UNSAID, id="category"))
        yield SayCard(id="read-back")

    async def ready(self) -> None:
        """Fill in the note and the number, or what was taken down before."""
        ticks = await self.read(complaint_words.ticks)
        self.query_one("#mentioned", TickList).offer(ticks)
        found = await self.read(complaints.complaints_of, self.enquiry_uid)
        logged = [item for item in found if item.state == "logged"]
        if logged and logged[-1].words == MASK:
            self.notice.say(complaint_words.MASKED, hint=complaint_words.UNMASK)
            return
        if logged:
            self._put_back(logged[-1])
        elif self.matter is not None:
            said = self.matter.note or await self.write(letter_words, self.enquiry_uid)
            self.query_one("#happened", NoteArea).load_text(said)
            self.field("reach").value = self.matter.phone
        if found and not logged:
            self.notice.say(complaint_words.passed_before(found[-1]))
        else:
            self.notice.say("About whom? 1 to 5. Then the four things; a ; goes on to the next.")

    def _put_back(self, taken: Complaint) -> None:
        self._uid = taken.uid
        with self.prevent(ChoiceLine.Changed):
            self.query_one("#about", ChoiceLine).value = taken.about
        self.query_one("#happened", NoteArea).load_text(taken.words)
        for name in _THINGS:
            self.field(name).value = getattr(taken, _NAMES[name])
        self.query_one("#mentioned", TickList).names = taken.mentioned
        self.work(self._advise(), group="advice")

    def begun(self) -> None:
        """Take an answer that came before the screen was ready."""
        if self.value("about") and not self._uid:
            self.answered()

    def restored(self) -> None:
        """Show what follows from the draft's answers."""
        self.work(self._advise(), group="advice")

    # About whom, and what follows from it

    @on(ChoiceLine.Changed, "#about")
    def answered(self) -> None:
        """Go on to the four things; a restriction stands from this moment."""
        if not self._is_filled:
            return
        self._first_empty()
        self.work(self._advise(), group="advice")
        if complaint_words.restricts(host(self).session, self.value("about")):
            self.work(self._restrict())

    @on(TextArea.Changed, "#happened")
    def suggest(self) -> None:
        """Suggest from the words as they come."""
        self.work(self._advise(), group="advice")

    @on(ChoiceLine.Taken)
    def go_on(self) -> None:
        """Go to the first thing that is empty."""
        self._first_empty()

    async def _restrict(self) -> None:
        if self.value("happened"):
            await self._keep()
        else:
            why = complaint_words.restricts(host(self).session, self.value("about"))
            await self.write(enquiries.restrict_enquiry, self.enquiry_uid, why, ())

    async def _advise(self) -> None:
        about = self.value("about")
        advice = await self.read(
            complaint_words.advise, self.value("happened"), about, token="complaint"
        )
        if about == self.value("about"):
            self._show(advice)

    def _show(self, advice: Advice) -> None:
        style = "bold $text-warning" if advice.restricted else ""
        self.query_one("#advice", NoMarkup).show(text(f" {advice.words}", style))
        say = self.query_one("#say", SayCard)
        say.display = bool(advice.say)
        say.show_words(advice.say)
        self.query_one("#category", ChoiceLine).offer(self.with_picked(advice.categories))

    @on(TickList.Changed)
    def alert(self, event: TickList.Changed) -> None:
        """Say what a tick means: mentioned is all that it says."""
        if event.names and self._is_filled:
            self.notice.say(
                "Mentioned: whoever decides is told at once; you do not judge it.", tone="warning"
            )

    # The four things

    @on(Input.Changed)
    def split(self, event: Input.Changed) -> None:
        """Let a semicolon go on to the next thing."""
        name = event.input.id or ""
        typed = event.input.value  # the field as it is now: keys may have come since the event
        if name not in _THINGS or ";" not in typed or not self._is_filled:
            return
        first, _, rest = typed.partition(";")
        wanted = self._wanted()
        behind = wanted[wanted.index(name) + 1 :] if name in wanted else ()
        following = next((item for item in behind if not self.value(item)), "")
        if not following:
            return
        event.input.value = first.strip()
        field = self.field(following)
        field.value = rest.lstrip()
        self.set_focus(field)  # now, not when the queue comes to it: the next key is for this one
        field.cursor_position = len(field.value)

    def _wanted(self) -> tuple[str, ...]:
        """List the things in the order they are asked; only an officer has to be described."""
        return tuple(
            name for name in _THINGS if name != "officer" or self.value("about") == "officer"
        )

    def _first_empty(self) -> None:
        """Go to what happened where nothing is said of it yet, else to the first thing."""
        if self.value("happened"):
            self._next_thing(after="")
        else:
            self.go_to("happened")

    def _next_thing(self, after: str) -> bool:
        wanted = self._wanted()
        start = wanted.index(after) + 1 if after in wanted else 0
        empty = next((name for name in wanted[start:] if not self.value(name)), "")
        if empty:
            self.go_to(empty)
        return bool(empty)

    @on(Input.Submitted)
    def thing_said(self, event: Input.Submitted) -> None:
        """Go on to the next thing that is empty; after the last one read back."""
        if not self._next_thing(after=event.input.id or ""):
            self.work(self._read_back())

    def action_complaint(self) -> None:
        """Read back what stands there now."""
        self.work(self._read_back())

    # Kept, read back, passed on

    async def _keep(self) -> Complaint:
        values: dict[str, Any] = {
            "words": self.value("happened"),
            "about": self.value("about"),
            "mentioned": self.query_one("#mentioned", TickList).names,
            "category": self.value("category"),
            **{_NAMES[name]: self.value(name) for name in _THINGS},
        }
        if self._uid:
            return await self.write(complaints.amend_complaint, self._uid, values)
        intake = ComplaintIntake(
            enquiry_uid=self.enquiry_uid, contact_uid=self.contact_uid, **values
        )
        kept = await self.write(complaints.log_complaint, intake)
        self._uid = kept.uid
        return kept

    async def _read_back(self) -> None:
        if not self.value("about"):
            self.go_to("about")
            raise Refused("Whom is it about? That comes first.", "1 to 5; 1 for an officer.")
        kept = await self._keep()
        self._forget_draft_only()
        if kept.missing:
            self._go_to_missing()
            raise complaints.ComplaintIncomplete(kept.missing)
        words = await self.read(complaints.read_back, self._uid)
        card = self.query_one("#read-back", SayCard)
        card.display = True
        card.show_words(words, heading="READ BACK")
        self._make_room(reading=True)
        key = await self.prompt.key("y agreed · e change it · - not read back · Esc later", "ye-")
        self._make_room(reading=False)
        card.display = False
        match key:
            case None:
                self.notice.say("Taken down, not passed on yet. F6 reads it back.", tone="warning")
            case "e":
                self._has_changed = True
                self.go_to("happened")
                self.notice.say("Change it, then F6 reads it back again.")
            case _:
                agreed = "changed" if self._has_changed else "agreed"
                await self._pass_on(agreed if key == "y" else "not-read")

    def _make_room(self, *, reading: bool) -> None:
        """Let the sentence have the room of what is not read back."""
        self.set_class(reading, "-reading")
        if reading:
            self.query_one("#say", SayCard).display = False
        else:
            self.work(self._advise(), group="advice")
        for name in ("mentioned", "category"):
            row = self.query_one(f"#{name}").parent
            if isinstance(row, FormRow):
                row.display = not reading

    async def _pass_on(self, read_back: str) -> None:
        change = {"read_back": read_back}
        await self.write(complaints.amend_complaint, self._uid, change)
        self.add_class("-passing")  # room for the lines that ask how a number was checked
        try:
            passed = await pass_on(self, self._uid)
        finally:
            self.remove_class("-passing")
        if passed is None:
            self.notice.say(
                "Taken down, not passed on yet.",
                tone="warning",
                hint="F6 passes it on when the number is checked.",
            )
            return
        self.done(f"Taken down and passed to {passed.passed_to} ({passed.authority}).")

    def _go_to_missing(self) -> None:
        empty = next((name for name in self._wanted()[1:] if not self.value(name)), "wants")
        self.go_to(empty)

    def _forget_draft_only(self) -> None:
        self._forget_draft()
        self._blank = self._as_text()
        self._is_filled = True
