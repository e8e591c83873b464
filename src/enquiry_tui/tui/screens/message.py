"""Messages: for whom, in which words; and how far each has come."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from enquiry_tui.desk import directory, messages
from enquiry_tui.desk.directory import DirectoryEntry
from enquiry_tui.desk.messages import Message, TakeMessage
from enquiry_tui.desk.work import reason_in_words
from enquiry_tui.domain.when import LONDON, show_day_short, show_time
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup, join
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.entry import LineInput
from enquiry_tui.tui.widgets.note_area import NoteArea
from enquiry_tui.tui.widgets.options import ChoiceLine
from enquiry_tui.tui.widgets.paging import FixedPages, Row
from enquiry_tui.tui.widgets.window_list import Column, WindowList

_URGENT = (("1", "no", "as usual"), ("2", "yes", "URGENT"))
_TRAY = (Column("TAKEN", 12), Column("FOR", 22), Column("MESSAGE", 0), Column("STATE", 20))
_STATES = {
    "taken": "NOT PASSED YET",
    "passed": "passed, no answer yet",
    "answered": "answered, tell caller",
    "told": "caller told",
    "withdrawn": "WITHDRAWN",
}


class MessageScreen(WorkScreen):
    """Enter in a line takes the message; below stand those of this matter, not yet passed first."""

    PLACE = Place.MESSAGE
    HEADING = "Message"
    CSS_PATH = "message.tcss"
    AUTO_FOCUS = "#whom"
    DRAFT = "message"
    FIELDS = ("whom", "message", "urgent", "back", "deadline")
    TEXT_BLOCKS = frozenset({"passed", "answered", "told_back", "withdraw_message"})
    OWN_BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "up", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._entries: tuple[DirectoryEntry, ...] = ()
        self._tray: tuple[Message, ...] = ()

    def content(self) -> ComposeResult:
        """Show the fields, whom the directory knows of that name, and the tray."""
        yield FormRow("For", LineInput(id="whom", placeholder="chief, press office, PC Reid …"))
        yield NoMarkup(id="known")
        yield FormRow("Message", NoteArea(id="message", stamp=""))
        yield FormRow("How urgent", ChoiceLine(_URGENT, "no", id="urgent"))
        yield FormRow("Ring back", LineInput(id="back"))
        yield FormRow("Deadline", LineInput(id="deadline", placeholder="their own, such as 17:00"))
        yield WindowList(_TRAY, id="tray", empty="No message in this matter yet.")

    async def ready(self) -> None:
        """Fill in the note and the number."""
        if self.matter is not None:
            self.query_one("#message", NoteArea).load_text(self.matter.note)
            self.field("back").value = self.matter.phone
        await self._show_tray()

    @on(Input.Changed, "#whom")
    def look(self) -> None:
        """Look whom the directory knows."""
        self.work(self._look(), group="look")

    async def _look(self) -> None:
        words = self.value("whom")
        found = await self.read(directory.entries, words, token="whom") if words else ()
        if words != self.value("whom"):
            return
        self._entries = found
        known = self.query_one("#known", NoMarkup)
        if not words:
            known.show("")
        elif not found:
            known.show(join(("             in nobody's tray: kept under this name", "dim")))
        else:
            more = f" · {len(found) - 1} more" if len(found) > 1 else ""
            known.show(join("             ", (f"→ {found[0].name}{more}", "bold"), "  ↑ takes it"))

    def action_up(self) -> None:
        """Take the entry that the directory knows; elsewhere go to the field above."""
        if self._entries and self.focused is self.field("whom"):
            self.field("whom").value = self._entries[0].name
        else:
            self.focus_previous()

    @on(Input.Submitted)
    @on(ChoiceLine.Taken)
    def take(self) -> None:
        """Take the message."""
        self.work(self._take())

    async def _take(self) -> None:
        whom = self.value("whom")
        entry = next((item for item in self._entries if item.name == whom), None)
        request = TakeMessage(
            enquiry_uid=self.enquiry_uid,
            for_whom=whom,
            words=self.value("message"),
            contact_uid=self.contact_uid,
            urgent=self.value("urgent") == "yes",
            call_back=self.value("back"),
            deadline=self.value("deadline"),
            entry_key=entry.key if entry is not None else "",
        )
        taken = await self.write(messages.take_message, request)
        self.done(f"Message for {taken.for_whom} taken, not passed yet.")

    # The tray

    async def _show_tray(self) -> None:
        found = await self.read(messages.messages_of, self.enquiry_uid)
        order = list(_STATES)
        self._tray = tuple(sorted(found, key=lambda item: order.index(item.state)))
        rows = [_row(item) for item in self._tray]
        self.query_one("#tray", WindowList).show(FixedPages(rows), keep_cursor=True)

    @on(WindowList.RowHighlighted, "#tray")
    def say_why(self, event: WindowList.RowHighlighted) -> None:
        """Say of a message that was withdrawn when, and why."""
        item = next((item for item in self._tray if item.uid == event.row.uid), None)
        if item is not None and item.withdrawn_at is not None:
            day = show_day_short(item.withdrawn_at.astimezone(LONDON).date())
            self.notice.say(f"Withdrawn {day}: {item.withdrawn_why}")
        else:
            self.notice.clear()

    def _current(self) -> Message:
        row = self.query_one("#tray", WindowList).current
        found = next((item for item in self._tray if row and item.uid == row.uid), None)
        if found is None:
            raise Refused("There is no message here yet.", "Say for whom it is, then Enter.")
        return found

    def action_passed(self) -> None:
        """Keep that the message has reached its person."""
        self.work(self._pass())

    async def _pass(self) -> None:
        item = self._current()
        how = await self.prompt.line(f"Passed to {item.for_whom}: how, or to whom instead?")
        if how is not None:
            await self.write(messages.pass_message, item.uid, how)
            await self._show_tray()
            self.notice.say(f"Passed to {item.for_whom}.", tone="good")

    def action_answered(self) -> None:
        """Keep the answer."""
        self.work(self._answer())

    async def _answer(self) -> None:
        item = self._current()
        answer = await self.prompt.line("The answer:")
        if answer is not None:
            await self.write(messages.answer_message, item.uid, answer)
            await self._show_tray()
            self.notice.say("Kept. Tell the caller (F4 first), then t.", tone="good")

    def action_told_back(self) -> None:
        """Keep that the caller has been told."""
        self.work(self._told())

    async def _told(self) -> None:
        item = self._current()
        await self.write(messages.tell_caller, item.uid)
        await self._show_tray()
        self.notice.say("The caller has been told.", tone="good")

    def action_withdraw_message(self) -> None:
        """Withdraw a message that was taken in error."""
        self.work(self._withdraw())

    async def _withdraw(self) -> None:
        item = self._current()
        why = await self.prompt.until("Withdraw it. Why?", reason_in_words)
        if why is not None:
            await self.write(messages.withdraw_message, item.uid, why)
            await self._show_tray()
            self.notice.say("Withdrawn. It stays in the list, and waits for nobody.", tone="good")


def _row(item: Message) -> Row:
    taken = item.taken_at.astimezone(LONDON)
    when = f"{show_day_short(taken.date())} {show_time(taken)}"
    words = (item.answer and f"{item.words} → {item.answer}") or item.words
    if item.withdrawn_at is not None:
        words = f"{words} ({item.withdrawn_why})"
    urgent = "! " if item.urgent else ""
    tone = {"taken": "urgent", "answered": "warning"}.get(item.state, "quiet")
    state = _STATES.get(item.state, item.state)
    cells = (when, item.for_whom, f"{urgent}{words}", state)
    return Row(item.uid, cells, ("quiet", "", "", tone))
