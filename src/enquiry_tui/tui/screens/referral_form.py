"""Sending information on: what is asked, what goes with it, on which basis."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input

from enquiry_tui.desk import directory, previews
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.directory import DirectoryEntry
from enquiry_tui.desk.referral_fields import FieldChoice, field_choices
from enquiry_tui.desk.referrals import (
    AddressNotConfirmed,
    ReferralIncomplete,
    ReferralRequest,
)
from enquiry_tui.domain.dates import read_day
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup, text
from enquiry_tui.tui.screens import entry_rows
from enquiry_tui.tui.screens.confirming import confirm_in_place
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.entry import LineInput
from enquiry_tui.tui.widgets.note_area import NoteArea
from enquiry_tui.tui.widgets.options import ChoiceLine, Tick, TickList

_URGENCY = (
    ("1", "routine", "routine"),
    ("2", "same-day", "same day"),
    ("3", "immediate", "immediate"),
)
_NATURE = (
    ("1", "fact", "fact"),
    ("2", "allegation", "allegation"),
    ("3", "opinion", "opinion"),
)
# On at first: our reference, the day, and a contact plan, which nobody may overlook. Whatever says
# who somebody is, or is free words, goes only when it is ticked.
_SAFE = frozenset({"enquiry.reference", "enquiry.received_on", "marker.line"})
_NEEDED = ("ask", "basis", "necessity")
_ORDER = ("ask", "risk", "wants", "done", "left-out", "necessity", "reply", "tells", "destroy")


@dataclass(frozen=True, slots=True)
class Start:
    """What the form begins with."""

    entry: DirectoryEntry
    choices: tuple[FieldChoice, ...]
    bases: Mapping[str, str]
    destroy_by: str


class ReferralFormScreen(WorkScreen):
    """One form for everything an agency needs in sixty seconds of reading; F5 shows it to read."""

    PLACE = Place.REFERRAL
    HEADING = "Send information on"
    CSS_PATH = "referral_form.tcss"
    AUTO_FOCUS = "#ask"
    DRAFT = "referral"
    FIELDS = (*_ORDER, "urgency", "account", "nature", "fields", "basis")
    OWN_ACTIONS = frozenset({"refer"})
    OWN_BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, contact_uid: str, enquiry_uid: str, entry_key: str) -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._entry_key = entry_key
        self._entry: DirectoryEntry | None = None
        self._choices: tuple[FieldChoice, ...] = ()
        self._days: dict[str, date | None] = {}

    def content(self) -> ComposeResult:
        """Show the fields in the order of the page that will be read."""
        yield NoMarkup(id="to")
        with VerticalScroll(id="form", can_focus=False):
            yield FormRow("Ask", LineInput(id="ask", placeholder="what they are to do, one line"))
            yield FormRow("Urgency", ChoiceLine(_URGENCY, "routine", id="urgency"))
            yield FormRow("Account is", ChoiceLine(_NATURE, "allegation", id="nature"))
            yield FormRow("Account", NoteArea(id="account", stamp=""))
            yield FormRow("Risk", LineInput(id="risk", placeholder="harm, children, weapons"))
            yield FormRow("They want", LineInput(id="wants", placeholder="in their words"))
            yield FormRow("Done so far", LineInput(id="done"))
            yield FormRow("Goes along", TickList(id="fields"))
            yield FormRow("Left out", LineInput(id="left-out", placeholder="what, and why"))
            yield FormRow("Basis", ChoiceLine((), id="basis"))
            yield NoMarkup(id="basis-words")
            yield FormRow("Needed as", LineInput(id="necessity", placeholder="why it is necessary"))
            yield FormRow("Reply by", LineInput(id="reply", placeholder="5wd, fri, 4 dec"))
            yield NoMarkup(id="reply-words")
            yield FormRow("Who tells", LineInput(id="tells", placeholder="who tells the enquirer"))
            yield FormRow("Destroy by", LineInput(id="destroy"))
            yield NoMarkup(id="destroy-words")

    async def ready(self) -> None:
        """Show the entry, what may go along, and the bases of this office."""
        start = await self.read(_start_of, self._entry_key, self.enquiry_uid)
        self._choices = start.choices
        self._show_to(start.entry)
        ticks = [Tick(choice.name, choice.label, _tick_note(choice)) for choice in start.choices]
        on = [choice.name for choice in start.choices if not choice.identifier]
        self.query_one("#fields", TickList).offer(ticks, [n for n in on if n in _SAFE])
        bases = [
            (str(at), words, name.replace("-", " "))
            for at, (name, words) in enumerate(start.bases.items(), start=1)
        ]
        self.query_one("#basis", ChoiceLine).offer(bases)
        self.field("destroy").value = start.destroy_by
        if self.matter is not None and self.matter.note:
            self.query_one("#account", NoteArea).load_text(self.matter.note)
        self.notice.say("F5 shows it as they will read it; nothing is recorded before that.")

    def _as_text(self) -> str:
        return json.dumps(json.loads(super()._as_text()) | {"entry": self._entry_key})

    @on(ChoiceLine.Changed, "#basis")
    def show_basis(self, event: ChoiceLine.Changed) -> None:
        """Show the whole sentence of the basis."""
        self.query_one("#basis-words", NoMarkup).show(text(f"              {event.value}", "dim"))

    @on(Input.Changed, "#reply")
    @on(Input.Changed, "#destroy")
    def read_days(self, event: Input.Changed) -> None:
        """Say which day was understood."""
        self.work(self._read_day(event.input.id or "", event.value), group="days")

    async def _read_day(self, name: str, typed: str) -> None:
        self._days[name], words = await self.read(_day, typed)
        self.query_one(f"#{name}-words", NoMarkup).show(text(f"              {words}", "dim"))

    @on(Input.Submitted)
    @on(ChoiceLine.Taken)
    def go_on(self) -> None:
        """Go to the next field."""
        self.app.action_focus_next()

    def action_refer(self) -> None:
        """Show it as its reader would see it, before anything is recorded."""
        self.work(self._preview())

    async def _preview(self) -> None:
        from enquiry_tui.tui.screens.referral_preview import PreviewScreen  # noqa: PLC0415

        request = await self._request()
        words = await self._words_of(request)
        if words is None:
            self.notice.say("Not confirmed, so nothing was sent. F5 asks again.", tone="warning")
            return
        self.save_draft()
        self.app.push_screen(PreviewScreen(request, words, self._entry_name()), self._after)

    async def _words_of(self, request: ReferralRequest) -> str | None:
        """Give the page; where the entry is unconfirmed ask how it was checked. None: Escape."""
        try:
            return await self.write(previews.preview_referral, request)
        except ReferralIncomplete:
            self._go_to_missing()
            raise
        except AddressNotConfirmed:
            self.save_draft()
        entry = await self.read(directory.entry, self._entry_key)
        if not await confirm_in_place(self, entry):
            return None
        self._show_to(await self.read(directory.entry, self._entry_key))
        return await self.write(previews.preview_referral, request)

    def _show_to(self, entry: DirectoryEntry) -> None:
        self._entry = entry
        words = f" TO {entry.name} · {entry_rows.confirmed_words(entry)}"
        tone = "bold" if entry.confirmed else "bold $text-warning"
        self.query_one("#to", NoMarkup).show(text(words, tone))

    def _go_to_missing(self) -> None:
        """Put the cursor where something is needed: it may stand below the edge of the form."""
        empty = next((name for name in _NEEDED if not self.value(name)), "")
        if empty:
            self.go_to(empty)

    def _after(self, result: object) -> None:
        if result:
            self.done(result=result)

    def _entry_name(self) -> str:
        return self._entry.name if self._entry is not None else ""

    async def _request(self) -> ReferralRequest:
        for name in ("reply", "destroy"):
            await self._read_day(name, self.value(name))
            if self.value(name) and self._days.get(name) is None:
                self.go_to(name)
                raise Refused("That is no day that can be read.", "Such as: fri, 5wd, 4 dec.")
        return ReferralRequest(
            enquiry_uid=self.enquiry_uid,
            entry_key=self._entry_key,
            kind="onward",
            contact_uid=self.contact_uid,
            urgency=self.value("urgency"),
            request=self.value("ask"),
            account=self.value("account"),
            account_kind=self.value("nature") or "allegation",
            risk=self.value("risk"),
            wants=self.value("wants"),
            done_so_far=self.value("done"),
            fields=self.query_one("#fields", TickList).names,
            left_out=self.value("left-out"),
            basis=self.value("basis"),
            necessity=self.value("necessity"),
            reply_by=self._days.get("reply"),
            who_tells=self.value("tells"),
            destroy_by=self._days.get("destroy"),
        )


def _start_of(desk: Desk, entry_key: str, enquiry_uid: str) -> Start:
    office = desk.packs.office.value
    last = desk.today() + timedelta(days=office.destroy_by_days)
    return Start(
        entry=directory.entry(desk, entry_key),
        choices=field_choices(desk, enquiry_uid),
        bases=office.bases,
        destroy_by=f"{last.day}/{last.month}/{last.year}",
    )


def _day(desk: Desk, typed: str) -> tuple[date | None, str]:
    if not typed.strip():
        return None, ""
    read = read_day(typed, desk.today(), desk.calendar)
    if read is None:
        return None, "not a day yet: fri, 5wd, 4 dec"
    return read.day, " · ".join(part for part in (f"= {read.words}", read.note) if part)


def _tick_note(choice: FieldChoice) -> str:
    return f"{choice.value} · {choice.info_class.label}{', says who' if choice.identifier else ''}"
