"""Refer: a number to read out, or information sent on; and what came of it."""

from __future__ import annotations

import json
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from enquiry_tui.desk import directory, gate_views, referrals
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.directory import DirectoryEntry
from enquiry_tui.desk.referrals import Referral
from enquiry_tui.domain.when import LONDON, show_day_short
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.matters import draft_text
from enquiry_tui.tui.safe import NoMarkup, short
from enquiry_tui.tui.screens import entry_rows
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.entry import LineInput
from enquiry_tui.tui.widgets.paging import FixedPages, Row
from enquiry_tui.tui.widgets.panels import SayCard
from enquiry_tui.tui.widgets.window_list import Column, WindowList

_SO_FAR = (Column("SO FAR", 7), Column("TO", 0), Column("KIND", 9), Column("STATE", 34))
_ROWS_SHOWN = 4


class ReferralScreen(WorkScreen):
    """Type what it is about; Enter gives the number, F5 or s sends information on.

    Enter on an entry is a signpost: the person is given a number and nothing is shared.
    """

    PLACE = Place.REFERRAL
    HEADING = "Refer"
    CSS_PATH = "referral.tcss"
    AUTO_FOCUS = "#words"
    OWN_ACTIONS = frozenset({"refer"})
    TEXT_BLOCKS = frozenset(
        {"send_on", "accepted", "declined", "told_back", "read_summary", "to_file"}
    )
    OWN_BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "tick", show=False)]

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._found: tuple[DirectoryEntry, ...] = ()
        self._found_for: str | None = None
        self._at = ""  # the row that the list has shown under its cursor since the last look
        self._ticked: dict[str, DirectoryEntry] = {}
        self._so_far: tuple[Referral, ...] = ()

    def content(self) -> ComposeResult:
        """Show the words, the entries, what to read out, and what was referred so far."""
        hint = "what it is about, or whom: press, lost property, victim"
        yield FormRow("To", LineInput(id="words", placeholder=hint))
        yield WindowList(entry_rows.COLUMNS, id="entries", empty="Nothing begins like that.")
        yield NoMarkup(id="about")
        yield SayCard(id="say")
        yield WindowList(_SO_FAR, id="so-far")

    async def ready(self) -> None:
        """Show every entry, the verdict's own doors first, and what was referred so far."""
        await self._look()
        await self._show_so_far()
        draft = await self.read(draft_text, "referral", self.contact_uid or self.enquiry_uid)
        if draft:
            self.notice.say("A referral is unfinished here: F5 goes on with it.")
        else:
            self.notice.say("Enter gives the number · F5 sends it on · ↓ the list, Space ticks")

    # Looking

    @on(Input.Changed, "#words")
    def look(self) -> None:
        """Look while typing."""
        self.work(self._look("directory"), group="look")

    async def _look(self, token: str | None = None) -> None:
        # Without a token no later look takes its place: an act that waits for it goes on.
        words = self.value("words")
        called = "" if words.strip() else self.contact_uid  # its doors first, until words are typed
        found = await self.read(_entries, words, called, token=token)
        if words != self.value("words"):
            return
        self._found, self._found_for, self._at = found, words, ""
        self.query_one("#entries", WindowList).show(entry_rows.pages(found, self._ticked))
        if not found:
            self.query_one("#about", NoMarkup).show("")
            self.query_one(SayCard).clear()

    @on(WindowList.RowHighlighted, "#entries")
    def show_entry(self, event: WindowList.RowHighlighted) -> None:
        """Show what the entry is for, and what to read out."""
        self._at = event.row.uid
        if self.focused is self.field("words") and not self.value("words"):
            return  # nobody is meant yet, and what was just read out still stands
        entry = next((item for item in self._found if item.key == event.row.uid), None)
        if entry is not None:
            words = f" {entry_rows.confirmed_words(entry)} · {entry_rows.about(entry)}"
            self.query_one("#about", NoMarkup).show(short(words))
            entry_rows.show_words(self.query_one(SayCard), (entry,))

    def action_tick(self) -> None:
        """Tick the entry under the cursor, so that Enter gives several numbers at once."""
        entries = self.query_one("#entries", WindowList)
        if not entries.has_focus or entries.current is None:
            return
        key = entries.current.uid
        if key in self._ticked:
            del self._ticked[key]
        else:
            self._ticked[key] = next(item for item in self._found if item.key == key)
        entries.show(entry_rows.pages(self._found, self._ticked), keep_cursor=True)

    # Signposts

    @on(Input.Submitted, "#words")
    def give_number(self) -> None:
        """Give the number of what was typed."""
        self.work(self._signpost(None))

    @on(WindowList.RowChosen, "#entries")
    def give_row(self, event: WindowList.RowChosen) -> None:
        """Give the number of the row."""
        self.work(self._signpost(event.row.uid))

    async def _signpost(self, key: str | None) -> None:
        chosen = list(self._ticked.values()) or [await self._wanted(key)]
        for entry in chosen:
            request = referrals.ReferralRequest(
                enquiry_uid=self.enquiry_uid,
                entry_key=entry.key,
                kind="signpost",
                contact_uid=self.contact_uid,
            )
            await self.write(referrals.refer, request)
        self._ticked.clear()
        names = ", ".join(entry.name for entry in chosen)
        self.field("words").clear()
        await self._show_so_far()
        await self._look()
        self.go_to("words")
        self.query_one("#about", NoMarkup).show("")
        entry_rows.show_words(self.query_one(SayCard), chosen, "good")
        self.notice.say(
            f"Signposted: {names}. Nothing was shared.",
            tone="good",
            hint="F12 ends · Esc goes back",
        )

    async def _wanted(self, key: str | None) -> DirectoryEntry:
        """Find the entry that is meant: never one of an older search."""
        words = self.value("words")
        if key is None and not words:
            raise Refused("Nobody is chosen yet.", "Type what it is about, or go down to the list.")
        if self._found_for != words:
            await self._look()
        key = key or self._at
        found = [item for item in self._found if item.key == key] or list(self._found)
        if not found:
            raise Refused("The directory has nothing that begins like that.", "Try a shorter word.")
        return found[0]

    # Sending on

    def action_refer(self) -> None:
        """Send information on: to the entry of the row, or go on with what is unfinished."""
        self.work(self._send_on())

    def action_send_on(self) -> None:
        """Send information on to the entry of the row."""
        self.work(self._send_on())

    async def _send_on(self) -> None:
        from enquiry_tui.tui.screens.referral_form import ReferralFormScreen  # noqa: PLC0415

        entries = self.query_one("#entries", WindowList)
        key = entries.current.uid if entries.current is not None and entries.has_focus else ""
        if not key and self.value("words"):
            key = (await self._wanted(None)).key
        draft = await self.read(draft_text, "referral", self.contact_uid or self.enquiry_uid)
        if not key and draft:
            key = str(json.loads(draft).get("entry", ""))
        if not key:
            raise Refused("Nobody is chosen yet.", "Type what it is about, or go down to the list.")
        form = ReferralFormScreen(self.contact_uid, self.enquiry_uid, key)
        self.app.push_screen(form, self._back)

    def _back(self, _result: object) -> None:
        self.notice.clear()
        self.work(self._show_so_far())

    # What came of it

    async def _show_so_far(self) -> None:
        self._so_far = await self.read(referrals.referrals_of, self.enquiry_uid)
        so_far = self.query_one("#so-far", WindowList)
        so_far.display = bool(self._so_far)
        so_far.styles.height = min(len(self._so_far), _ROWS_SHOWN) + 2  # its titles and the rule
        so_far.show(FixedPages([_row(item) for item in reversed(self._so_far)]), keep_cursor=True)

    def _current(self) -> Referral:
        so_far = self.query_one("#so-far", WindowList)
        uid = so_far.current.uid if so_far.current is not None else ""
        found = next((item for item in self._so_far if item.uid == uid), None)
        if found is None:
            raise Refused("Nothing was referred yet.", "Choose whom to refer to first.")
        return found

    def action_accepted(self) -> None:
        """Keep that it was taken on."""
        self.work(self._answered(accepted=True))

    def action_declined(self) -> None:
        """Keep that it was declined."""
        self.work(self._answered(accepted=False))

    async def _answered(self, *, accepted: bool) -> None:
        item = self._current()
        asked = "taken on" if accepted else "declined"
        who = await self.prompt.line(f"{item.entry_name}: {asked} by whom?")
        if who is not None:
            verb = partial(referrals.answer_referral, accepted=accepted, by=who)
            await self.write(_with_uid, verb, item.uid)
            await self._show_so_far()
            self.notice.say(f"{item.entry_name}: {asked}. Tell the enquirer, then t.", tone="good")

    def action_told_back(self) -> None:
        """Keep that the enquirer knows."""
        self.work(self._told())

    async def _told(self) -> None:
        item = self._current()
        await self.write(referrals.tell_enquirer_of_referral, item.uid)
        await self._show_so_far()
        self.notice.say(f"{item.entry_name}: the enquirer has been told.", tone="good")

    def action_read_summary(self) -> None:
        """Read the summary of a referral."""
        self.work(self._read())

    async def _read(self) -> None:
        from enquiry_tui.tui.screens.referral_preview import SummaryScreen  # noqa: PLC0415

        self.app.push_screen(SummaryScreen(self.enquiry_uid, self._onward()), self._back)

    def action_to_file(self) -> None:
        """Write the summary to a file."""
        self.work(self._to_file())

    async def _to_file(self) -> None:
        from enquiry_tui.tui.screens.export import ExportScreen  # noqa: PLC0415

        self.app.push_screen(ExportScreen(self._onward()), self._back)

    def _onward(self) -> Referral:
        item = self._current()
        if item.kind == "signpost":
            raise Refused("A signpost shares nothing: there is no summary.", "Choose another row.")
        return item


def _with_uid(desk: Desk, verb: partial[Referral], uid: str) -> Referral:
    return verb(desk, uid)


def _row(item: Referral) -> Row:
    made = show_day_short(item.made_at.astimezone(LONDON).date())
    state = _STATES.get(item.state, item.state)
    if item.kind == "signpost":
        state = "number given, nothing shared"
    elif item.answered_by:
        state = f"{state}: {item.answered_by}"
    tone = "warning" if item.state in {"sent", "accepted", "declined"} else "good"
    return Row(item.uid, (made, item.entry_name, item.kind, state), ("", "", "quiet", tone))


_STATES = {
    "sent": "sent, not yet accepted",
    "accepted": "accepted, enquirer not told",
    "declined": "DECLINED, enquirer not told",
    "told": "enquirer told",
    "given": "number given",
}


def _entries(desk: Desk, words: str, contact_uid: str) -> tuple[DirectoryEntry, ...]:
    """List the entries; those that the verdict of the contact sends to stand first."""
    found = directory.entries(desk, words)
    doors = gate_views.doors_of(desk, contact_uid) if contact_uid else ()
    return tuple(sorted(found, key=lambda entry: entry_rows.rank(entry, doors)))
