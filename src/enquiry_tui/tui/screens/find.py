"""Find: by word, by sound, by number, by their reference; as it is typed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Input

from enquiry_tui.desk import search
from enquiry_tui.desk.search import Found
from enquiry_tui.domain.when import LONDON, show_day_short
from enquiry_tui.tui.calls import short
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.safe import NoMarkup, join
from enquiry_tui.tui.safe import short as cut
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.entry import LineInput
from enquiry_tui.tui.widgets.paging import FixedPages, Row
from enquiry_tui.tui.widgets.window_list import Column, WindowList

DEBOUNCE_SECONDS = 0.06
REST_SECONDS = 1.0
_NOTHING_TYPED = "Type, and what is found stands here."
_TRY = "Try fewer letters, one word of it, the end of the number, or their reference."
_HINT = "a word, a name as it sounds, a number, our reference or theirs"
_COLUMNS = (
    Column("LAST", 6),
    Column("REF", 8),
    Column("WHO", 20),
    Column("ABOUT", 0),
    Column("WITH", 16),
)


class FindScreen(WorkScreen):
    """Dismisses with the uid of the matter to open, or None.

    One event is left for each request: when typing has rested a second, or a row is opened.
    """

    PLACE = Place.FIND
    HEADING = "Find"
    CSS_PATH = "find.tcss"
    AUTO_FOCUS = "#words"
    NEEDS_MATTER = False
    OWN_BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "to_list", show=False),
        Binding("pagedown", "to_list", show=False),
    ]

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._found: tuple[Found, ...] = ()
        self._found_for = ""
        self._noted_for = ""
        self._at = ""  # the row that the list has shown under its cursor since the last look
        self._soon: Timer | None = None
        self._rest: Timer | None = None

    def content(self) -> ComposeResult:
        """Show the words, the matters, and where the words stand."""
        yield FormRow("Find", LineInput(id="words", placeholder=_HINT))
        yield WindowList(_COLUMNS, id="found", empty=_NOTHING_TYPED, is_read=True)
        yield NoMarkup(id="where")
        yield NoMarkup(id="snippet")

    @on(Input.Changed, "#words")
    def look_soon(self) -> None:
        """Look in a moment; a request that rests a second is noted."""
        for timer in (self._soon, self._rest):
            if timer is not None:
                timer.stop()
        self._soon = self.set_timer(DEBOUNCE_SECONDS, self._look_now)
        self._rest = self.set_timer(REST_SECONDS, self._note_rested)

    def _look_now(self) -> None:
        self.work(self._look("find"), group="look")

    def _note_rested(self) -> None:
        self.work(self._note(), group="note")

    async def _look(self, token: str | None = None) -> None:
        words = self.value("words")
        found = await self.read(search.search, words, token=token) if words else ()
        if words != self.value("words"):
            return
        self._found, self._found_for, self._at = found, words, ""
        rows = self.query_one("#found", WindowList)
        rows.empty = f"Nothing was found for {words}" if words else _NOTHING_TYPED
        rows.show(FixedPages([_row(item) for item in found]))
        if words and not found:
            self.notice.say(_TRY)
        elif found:
            more = " or more" if len(found) >= 50 else ""
            self.notice.say(f"{len(found)}{more} found. Down to the list, Enter opens.")
        else:
            self.notice.clear()
        if not found:
            self.query_one("#where", NoMarkup).show("")
            self.query_one("#snippet", NoMarkup).show("")

    async def _note(self) -> None:
        words = self._found_for
        if words and words != self._noted_for:
            self._noted_for = words
            uids = [item.enquiry_uid for item in self._found]
            await self.write(search.note_search, words, len(self._found), uids)

    @on(WindowList.RowHighlighted)
    def show_where(self, event: WindowList.RowHighlighted) -> None:
        """Show where the words stand, and in what."""
        self._at = event.row.uid
        item = next((one for one in self._found if one.enquiry_uid == event.row.uid), None)
        if item is None:
            return
        due = f" · due {show_day_short(item.due)}" if item.due else ""
        where = f" {item.reference}{due} · in {_SOURCES.get(item.source, item.source)}:"
        self.query_one("#where", NoMarkup).show(join((where, "dim")))
        self.query_one("#snippet", NoMarkup).show(cut(f" {item.snippet}"))

    @on(Input.Submitted, "#words")
    def open_first(self) -> None:
        """Open what is under the cursor, once it is what the words mean."""
        self.work(self._open(""))

    @on(WindowList.RowChosen)
    def open_row(self, event: WindowList.RowChosen) -> None:
        """Open the row."""
        self.work(self._open(event.row.uid))

    async def _open(self, uid: str) -> None:
        if self._found_for != self.value("words"):
            await self._look()
        known = [item.enquiry_uid for item in self._found]
        uid = next((one for one in (uid, self._at, *known) if one in known), "")
        if not uid:
            return
        await self._note()
        self._leave(uid)

    def action_to_list(self) -> None:
        """Go down to the list."""
        if self._found:
            self.query_one("#found", WindowList).focus()

    def step_back(self) -> None:
        """Go back; a request not yet noted is noted."""
        self.run_worker(self._note_and_leave(), group="leave")

    async def _note_and_leave(self) -> None:
        if not host(self).locked:
            await self._guarded(self._note(), "note")
        self._leave()


def _row(item: Found) -> Row:
    last = show_day_short(item.when.astimezone(LONDON).date())
    cells = (last, short(item.reference), item.who, item.about, item.with_)
    return Row(item.enquiry_uid, cells, ("quiet", "", "", "", "quiet"))


_SOURCES = {
    "subject": "what it is about",
    "reference": "its reference",
    "their-reference": "their reference",
    "name": "a name",
    "note": "the note of a call",
    "letter": "a letter",
    "message": "a message",
    "referral": "a referral",
    "complaint": "a complaint",
    "sound": "a name that sounds like it",
    "heard": "a name that sounds like it",
    "number": "a telephone number",
}
