"""The screen of a matter: what may be told, its history, people and clocks, and the live call."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from string import ascii_lowercase
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll

from enquiry_tui.desk import revealing
from enquiry_tui.desk.problems import SecondOfficerNeeded
from enquiry_tui.desk.revealing import PURPOSES, Reveal
from enquiry_tui.domain.vocabulary import InfoClass
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.safe import NoMarkup, join, text
from enquiry_tui.tui.screens import enquiry_text as words
from enquiry_tui.tui.screens.asking import Option
from enquiry_tui.tui.screens.enquiry_corrections import EnquiryCorrections
from enquiry_tui.tui.screens.enquiry_entry import CORRECT, REVEAL, EntryScreen
from enquiry_tui.tui.screens.enquiry_page import Page
from enquiry_tui.tui.screens.leaving import Gone
from enquiry_tui.tui.screens.ledger import LedgerScreen
from enquiry_tui.tui.screens.prompt import Field, PromptScreen, Values
from enquiry_tui.tui.widgets.asked import AskedCard
from enquiry_tui.tui.widgets.history import History
from enquiry_tui.tui.widgets.note_area import NoteArea
from enquiry_tui.tui.widgets.panels import Panel

_CALL_SCREENS = frozenset(
    {"who", "say", "refer", "complaint", "promise", "message", "said-in-error"}
)
_LIVE_ONLY = frozenset({"end-call", "with-them"})
_NUMBERED = f"123456789{ascii_lowercase}"
_WHY = Field("reason", "Reason", "", "why you need to see it")
_TALL = 30
_TIMELINE = join((" TIMELINE  newest first", "bold"), ("  ↑↓ Enter reads one", "dim"))


class MatterScreen(EnquiryCorrections):
    """One matter; with the call that is live in it, where there is one."""

    PLACE = Place.ENQUIRY
    HEADING = "Enquiry"
    CSS_PATH = Path(__file__).with_name("enquiry.tcss")
    AUTO_FOCUS = ""
    OWN_BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus", "plus", "another ask", show=False),
    ]

    def body(self) -> ComposeResult:
        """Show the plan, the two halves, the question, and the note."""
        yield NoMarkup("", id="plan")
        yield NoMarkup(text("─" * 400, "dim"), classes="rule")
        with Horizontal(id="halves"):
            with Vertical(id="left"):
                yield Panel(id="told")
                yield NoMarkup("", id="timeline-title")
                yield History(id="timeline")
            with VerticalScroll(id="right", can_focus=False):
                yield Panel(id="people-panel")
        with Vertical(id="call"):
            yield NoMarkup(text("─" * 400, "dim"), classes="rule")
            yield AskedCard(id="asked")
            yield NoMarkup(text("─" * 400, "dim"), classes="rule")
            with Horizontal(id="note-row"):
                yield NoMarkup(" NOTE", id="note-title")
                yield NoteArea(id="note", hint="what they say; Enter starts a line with its time")

    def on_mount(self) -> None:
        """Read the matter."""
        self._stop_listening = host(self).live.listen(self._show_bar)
        self.do(self.open(), group="open")

    def on_unmount(self) -> None:
        """Stop following the calls."""
        self._stop_listening()

    def _show_bar(self) -> None:
        live = host(self).live
        self.set_class(live.talking is None and not live.held, "-no-calls")

    def on_screen_resume(self) -> None:
        """Read it again: something was done over it."""
        if self.page is not None:
            self.do(self.load(), group="resume")

    def on_resize(self) -> None:
        """Write the lines again: a tall screen has room for a line for each class."""
        if self.page is not None:
            self.show_page(self.page)

    def show_page(self, page: Page) -> None:
        """Write every part."""
        self.set_heading(words.heading(page.view))
        plan = words.plan_line(page.view, self.revealed)
        self.query_one("#plan", NoMarkup).show(plan)
        self.set_class(not plan, "-no-plan")
        self.set_class(not page.is_live, "-quiet")
        self._show_bar()
        self.query_one("#told", Panel).show_lines(
            list(words.told_lines(page, tall=self.size.height >= _TALL))
        )
        self.query_one("#timeline-title", NoMarkup).show(_TIMELINE)
        self.history.show_rows(words.history_rows(page, self.revealed))
        self.query_one("#people-panel", Panel).show_lines(
            list(words.right_lines(page, self.revealed))
        )
        self.show_asked()
        if not page.is_live and self.focused is None:
            self.query_one("#timeline").focus()

    def start_focus(self) -> None:
        """Start on the question after a passed check, else in the note or the history."""
        if not self.is_live:
            self.query_one("#timeline").focus()
        elif self.opened is not None and self.opened.digit >= InfoClass.OWN_PROGRESS.digit:
            self.card.focus()
        else:
            self.note.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show and take only what does something now."""
        name = action.replace("_", "-")
        if name in _CALL_SCREENS:
            return self.can_open(name)
        if name in _LIVE_ONLY:
            return self.is_live
        view = self.page.view if self.page is not None else None
        if name == "close-matter":
            return view is not None and view.state != "closed"
        if name == "reopen-matter":
            return view is not None and view.state == "closed"
        if name == "remove-marker":
            return view is not None and bool(view.markers)
        if name == "open-entry":
            reads = self.focused is None or self.focused.id == "timeline"
            return reads and view is not None and bool(view.timeline)
        if name == "reveal":
            return self.page is not None and bool(self.page.masked)
        return super().check_action(action, parameters)

    # Showing what is masked

    def action_reveal(self) -> None:
        """Show something masked, for a purpose that stands on the record."""
        self.do(self._reveal())

    async def _reveal(self) -> None:
        masked = (
            [pair for pair in self.page.masked if pair[0] not in self.revealed] if self.page else []
        )
        if not masked:
            return
        uid = masked[0][0]
        if len(masked) > 1:
            options = tuple(
                Option(number, what, key)
                for number, (key, what) in zip(_NUMBERED, masked, strict=False)
            )
            uid = await self.ask("Show what?", options)
        if uid:
            await self._reveal_one(uid)

    async def _reveal_one(self, uid: str) -> None:
        purposes = tuple(Option(str(at), purpose) for at, purpose in enumerate(PURPOSES, start=1))
        purpose = await self.ask("For what purpose?", purposes, "It stands on the record.")
        if purpose:
            await self._show_masked(Reveal(self.enquiry_uid, uid, int(purpose)))

    # The history

    @property
    def history(self) -> History:
        """Return the entries and their cursor."""
        return self.query_one("#timeline", History)

    def action_open_entry(self) -> None:
        """Read the entry that the cursor is on."""
        if uid := self.history.current:
            self.do(self._read_entries(uid))

    async def _read_entries(self, uid: str) -> None:
        """Read entries one after the other; what is asked for on one of them is done here."""
        while self.page is not None:
            matter = (self.enquiry_uid, self.contact_uid if self.is_live else "")
            uids = tuple(line.uid for line in self.page.view.timeline)
            left = await self.shown(EntryScreen(matter, uids, uid, self.revealed))
            if left is None:
                return
            uid = left.uid
            self.history.focus()
            self.history.go_to(uid)
            if left.then == CORRECT:
                await self._correct(uid)
            if left.then != REVEAL:
                return
            await self._reveal_one(uid)

    async def _show_masked(self, request: Reveal) -> None:
        if self.page is not None and self.page.view.restricted:
            title = "This matter is restricted."
            await self.shown(
                PromptScreen(title, (_WHY,), lambda values: self._take_revealed(request, values))
            )
            return
        try:
            await self._take_revealed(request, {})
        except SecondOfficerNeeded as needed:
            await self.with_second(needed, lambda values: self._take_revealed(request, values))

    async def _take_revealed(self, request: Reveal, values: Values) -> None:
        full = Reveal(request.enquiry_uid, request.object_uid, request.purpose, **values)
        self.revealed[request.object_uid] = await self.write(revealing.reveal, full)
        if self.page is not None:
            self.show_page(self.page)

    def action_ledger(self) -> None:
        """Show the ledger."""
        if self.page is not None:
            view, seen = self.page.view, self.revealed
            lines = tuple(replace(x, words=seen.get(x.uid, x.words)) for x in view.ledger)
            self.app.push_screen(LedgerScreen(replace(view, ledger=lines)))

    def about(self) -> tuple[str, str]:
        """Return the live call, if there is one, and the matter."""
        return self.contact_uid if self.is_live else "", self.enquiry_uid

    async def found(self, enquiry_uid: str) -> None:
        """Go to the matter that was found; this one is left as it is."""
        talking = self.talking
        live = talking is not None and talking.enquiry_uid == enquiry_uid
        await self.save_note()
        contact_uid = talking.uid if talking is not None and live else ""
        self.dismiss(Gone(enquiry_uid, contact_uid, opens=True))
