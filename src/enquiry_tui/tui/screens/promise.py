"""Promises: by day and time, to which number; moved, kept or let go."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from enquiry_tui.desk import promises
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.promises import MakePromise, Promise
from enquiry_tui.domain.moments import MomentRead, read_moment
from enquiry_tui.domain.promise_line import PromiseLine, read_promise
from enquiry_tui.domain.when import promise_words, show_moment
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.safe import NoMarkup, join, text
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.entry import LineInput
from enquiry_tui.tui.widgets.paging import FixedPages, Row
from enquiry_tui.tui.widgets.panels import SayCard
from enquiry_tui.tui.widgets.window_list import Column, WindowList

_OPEN = (
    Column("DUE", 14),
    Column("WHAT", 0),
    Column("TO", 18),
    Column("NUMBER", 14),
    Column("STATE", 16),
)
_POSSIBLE = "A possible match has a contact plan: pick them (P) or rule it out before ringing."
_NO_TIME = "By day and by time: add the time, such as 16:00."


class PromiseScreen(WorkScreen):
    """`16:00` and Enter is a promise; what, whom and number are filled in where they are known."""

    PLACE = Place.PROMISE
    HEADING = "Promise"
    CSS_PATH = "promise.tcss"
    AUTO_FOCUS = "#by"
    DRAFT = "promise"
    FIELDS = ("by", "what", "whom", "number")
    OWN_ACTIONS = frozenset({"promise"})
    TEXT_BLOCKS = frozenset({"kept", "move_promise", "let_go"})

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._read = PromiseLine(None, "")
        self._promises: tuple[Promise, ...] = ()

    def content(self) -> ComposeResult:
        """Show the plan, the fields, the sentence to say, and the promises so far."""
        yield NoMarkup(id="plan")
        yield FormRow("By", LineInput(id="by", placeholder="16:00 · wed 11:00 · fri 9am and what"))
        yield NoMarkup(id="by-words")
        yield FormRow("What", LineInput(id="what", placeholder="ring back"))
        yield FormRow("To", LineInput(id="whom"))
        yield FormRow("Number", LineInput(id="number"))
        yield NoMarkup(id="number-words")
        yield SayCard(id="say")
        yield WindowList(_OPEN, id="open", empty="No promise in this matter yet.")

    async def ready(self) -> None:
        """Fill in what is known."""
        matter = self.matter
        if matter is not None:
            self.field("whom").value = matter.who
            if matter.plan:
                self.query_one("#plan", NoMarkup).show(text(f" ⚑ {matter.plan}", "bold $warning"))
            elif matter.possible_plan:
                self.query_one("#plan", NoMarkup).show(text(f" ⚑ {_POSSIBLE}", "bold $warning"))
            self.field("number").value = matter.phone
            words = ""
            if matter.safe_only:
                words = "             SAFE NUMBER ONLY: left blank it is the marker's"
            if matter.no_voicemail:
                words = f"{words or '           '} · NO VOICEMAIL"
            self.query_one("#number-words", NoMarkup).show(text(words, "bold $warning"))
        await self._show_all()

    @on(Input.Changed, "#by")
    def understand(self) -> None:
        """Say which day and time was understood."""
        self.work(self._understand(), group="read")

    @on(Input.Changed, "#what")
    @on(Input.Changed, "#number")
    def say_again(self) -> None:
        """Keep the sentence in step."""
        self._say()

    async def _understand(self) -> None:
        typed = self.value("by")
        read = await self.read(_read, typed, token="promise")
        if typed != self.value("by"):
            return
        self._read = read
        line = self.query_one("#by-words", NoMarkup)
        if not typed:
            line.show("")
        elif read.moment is None:
            line.show(
                text("             not a time yet: 16:00, wed 11:00, tomorrow 9am", "$warning")
            )
        else:
            note = f" · {read.moment.note}" if read.moment.note else ""
            missing = "" if read.moment.at else " · and at what time?"
            line.show(
                join(f"              = {read.moment.words}{note}", (missing, "bold $warning"))
            )
        self._say()

    def _say(self) -> None:
        moment = self._read.moment
        card = self.query_one(SayCard)
        if moment is None or moment.at is None:
            card.clear()
            return
        what = self.value("what") or self._read.what or "ring back"
        number = self.value("number")
        on_number = f", on {number}" if number and "ring" in what else ""
        card.show_words(f"So: {what}, by {show_moment(moment.at)}{on_number}. Is that right?")

    @on(Input.Submitted)
    def make(self) -> None:
        """Make the promise and go back."""
        self.work(self._make())

    async def _make(self) -> None:
        read = await self.read(_read, self.value("by"))
        if read.moment is None:
            self.go_to("by")
            raise Refused("By when? No day or time can be read there.", "16:00 · wed 11:00 · 4pm")
        if read.moment.at is None:
            self.go_to("by")
            raise Refused(_NO_TIME, f"Understood so far: {read.moment.words}.")
        number = self.value("number")
        request = MakePromise(
            enquiry_uid=self.enquiry_uid,
            what=self.value("what") or read.what,
            due_at=read.moment.at,
            contact_uid=self.contact_uid,
            to_whom=self.value("whom"),
            safe_number=number,
        )
        made = await self.write(promises.make_promise, request)
        words = promise_words(made.due_at, host(self).now())
        self.done(f"{words}: {made.what}", result=None)

    # Those that stand

    async def _show_all(self) -> None:
        self._promises = await self.read(promises.promises_of, self.enquiry_uid)
        now = host(self).now()
        rows = []
        for item in self._promises:
            moved = f"moved {item.moved}×" if item.moved else ""
            state = item.settled_how or item.state if item.state != "open" else moved or "open"
            due = promise_words(item.due_at, now) if item.state == "open" else item.state.upper()
            late = item.state == "open" and item.due_at < now
            tones = ("urgent" if late else "", "", "", "", "warning" if moved else "quiet")
            number = item.safe_number + (" ✗vm" if item.no_voicemail else "")
            rows.append(Row(item.uid, (due, item.what, item.to_whom, number, state), tones))
        self.query_one("#open", WindowList).show(FixedPages(rows), keep_cursor=True)

    def _current(self) -> Promise:
        row = self.query_one("#open", WindowList).current
        found = next((item for item in self._promises if row and item.uid == row.uid), None)
        if found is None:
            raise Refused("There is no promise here yet.", "Type a time and Enter to make one.")
        return found

    def action_kept(self) -> None:
        """Say that it was kept."""
        self.work(self._keep())

    async def _keep(self) -> None:
        item = self._current()
        how = await self.prompt.line("Kept. How? (may stay empty)")
        if how is not None:
            await self.write(promises.keep_promise, item.uid, how)
            await self._show_all()
            self.notice.say(f"Kept: {item.what}.", tone="good")

    def action_let_go(self) -> None:
        """Let the promise go, with the reason."""
        self.work(self._let_go())

    async def _let_go(self) -> None:
        item = self._current()
        why = await self.prompt.line("Let go. Why?")
        if why is not None:
            await self.write(promises.release_promise, item.uid, why)
            await self._show_all()
            self.notice.say(f"Let go: {item.what}.", tone="good")

    def action_move_promise(self) -> None:
        """Move the promise; its first time stays."""
        self.work(self._move())

    async def _move(self) -> None:
        item = self._current()
        typed = await self.prompt.line("Move to when?")
        if typed is None:
            return
        moment = await self.read(_moment, typed)
        if moment is None or moment.at is None:
            raise Refused(_NO_TIME, "Such as: 16:30, wed 11:00, tomorrow 9am.")
        why = await self.prompt.line(f"To {moment.words}. Why?")
        if why is None:
            return
        told = await self.prompt.yes("Have you told them?")
        if told is None:
            return
        verb = partial(promises.move_promise, told=told)
        await self.write(verb, item.uid, moment.at, why)
        await self._show_all()
        first = f"First promised for {show_moment(item.first_due_at)}; that stays in sight."
        self.notice.say(f"Moved to {moment.words}.", tone="good", hint=first)

    def action_promise(self) -> None:
        """Go to a new one."""
        self.go_to("by")


def _read(desk: Desk, typed: str) -> PromiseLine:
    return read_promise(typed, desk.now(), desk.calendar)


def _moment(desk: Desk, typed: str) -> MomentRead | None:
    return read_moment(typed, desk.now(), desk.calendar)
