"""Urgent harm (F9): where first, help second, stay third; then the record. Nothing is checked."""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input

from enquiry_tui.desk import urgent_views
from enquiry_tui.desk.emergencies import UrgentView
from enquiry_tui.domain.emergency import Card
from enquiry_tui.domain.when import show_time
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.matters import draft_text
from enquiry_tui.tui.safe import NoMarkup, text
from enquiry_tui.tui.screens import urgent_ring, urgent_text
from enquiry_tui.tui.screens.gate_base import QuietNotice
from enquiry_tui.tui.screens.urgent_record import UrgentRecord
from enquiry_tui.tui.widgets.bars import Line, clock, spread
from enquiry_tui.tui.widgets.entry import LineInput

_OTHER_LINES = 16  # title, bar, three steps, rules, incident, a line of log, field, notice, keys


_DRAFT = "urgent"


class UrgentBar(Line):
    """How long it has run, the number, and whether a record matches."""

    EVERY_SECONDS = 1.0
    DEFAULT_CSS = "UrgentBar { text-style: bold; }"

    def __init__(self) -> None:
        super().__init__()
        self.view: UrgentView | None = None
        self.opened_at: datetime | None = None

    def render(self) -> str:
        """Write the line."""
        now, view = self.desktop.now(), self.view
        if view is None:
            open_ = clock((now - (self.opened_at or now)).total_seconds())
            left = f" OPEN {open_} nothing recorded: the first key begins it"
        else:
            records = f"{view.known} record{'s' if view.known != 1 else ''}"
            known = f"known: {records}" if view.known else "no record with it"
            number = f"number {view.phone} ({known})" if view.phone else "number not known yet"
            left = f" CALL {clock((now - view.started_at).total_seconds())} {number}"
            if view.ring_back_at is not None:
                left = f" LINE DROPPED · ring back by {show_time(view.ring_back_at)} · F7 when rung"
        return text(spread(left, "nothing here needs a check", self.size.width))  # type: ignore[return-value]


class LogTail(NoMarkup):
    """The last lines of the log: as many as there is room for, always the newest."""

    def __init__(self) -> None:
        super().__init__(id="log", classes="top")
        self._lines: list[Content] = []

    def show_lines(self, lines: list[Content]) -> None:
        """Replace the lines."""
        self._lines = lines
        self.on_resize()

    def on_resize(self) -> None:
        """Show the newest that there is room for."""
        self.show(Content("\n").join(self._lines[-max(1, self.size.height) :]))


class UrgentScreen(UrgentRecord):
    """Guides through urgent harm and keeps its timed log; it never locks."""

    PLACE = Place.URGENT
    HEADING = "URGENT HARM · this screen never locks"
    CSS_PATH = Path(__file__).with_name("urgent.tcss")
    HAS_CALL_BAR = False
    NEVER_LOCKS = True
    _has_draft = False
    AUTO_FOCUS = "#where"
    OWN_ACTIONS: ClassVar[frozenset[str]] = frozenset({"end_call"})

    def body(self) -> ComposeResult:
        """Show the steps, the card, what can be told, and the log."""
        yield UrgentBar()
        yield NoMarkup(urgent_text.where(None), id="ask")
        with Horizontal(classes="line"):
            yield NoMarkup(text("   WHERE ", "bold"), classes="lab")
            yield LineInput(id="where")
        yield NoMarkup(id="help")
        yield NoMarkup(id="card", classes="top")
        yield NoMarkup(id="held")
        with Horizontal(classes="line"):
            yield NoMarkup(text(" INCIDENT ", "bold"), classes="lab")
            yield LineInput(id="incident")
            yield NoMarkup(text(" TAKEN BY ", "bold"), classes="lab")
            yield LineInput(id="taken")
            yield NoMarkup(text(" ACCEPTED ", "bold"), classes="lab")
            yield LineInput(id="accepted", placeholder="yes / refused")
        yield LogTail()
        with Horizontal(classes="line"):
            yield NoMarkup(text("      ", "bold"), classes="lab")
            yield LineInput(id="line", placeholder="every Enter is a line with its time")
        yield QuietNotice(id="notice")

    def on_mount(self) -> None:
        """Read the words and whatever runs already. Nothing typed or timed leaves no record."""
        self._opened_at = host(self).now()
        self.query_one(UrgentBar).opened_at = self._opened_at
        self.begin(self._open)

    async def _open(self) -> None:
        self._look = await self.read(urgent_views.look)
        self._show(self._look.running)
        if self._view is not None:
            if any(held.uid == self._view.contact_uid for held in host(self).live.held):
                await host(self).calls.take_up(self._view.contact_uid)
            self._card = Card(self._view.card) if self._view.card else self._card
            await self._put_back(self._view)
            self._number = await self.read(urgent_ring.number_of, self._view)
            self._fill()
            self._draw()

    async def _put_back(self, view: UrgentView) -> None:
        """Put back what was typed and not entered yet when the program or the screen ended."""
        await host(self).drafts.flush()
        kept = await self.read(draft_text, _DRAFT, view.contact_uid)
        for name, value in (json.loads(kept) if kept else {}).items():
            if not self._value(name):
                self.query_one(f"#{name}", LineInput).value = value

    def _keep_typed(self) -> None:
        """Keep what is typed and not entered yet as a draft of the call."""
        view = self._view
        if view is None:
            return
        entered = {
            "where": view.place,
            "incident": view.incident_number,
            "taken": view.taken_by,
            "accepted": view.accepted,
            "line": "",
        }
        typed = {name: self._value(name) for name in entered}
        open_ = {name: value for name, value in typed.items() if value and value != entered[name]}
        if open_ or self._has_draft:
            self._has_draft = True
            host(self).drafts.note(
                f"{_DRAFT}/{view.contact_uid}", json.dumps(open_) if open_ else ""
            )

    def _fill(self) -> None:
        view = self._view
        if view is None:
            return
        for name, value in (
            ("where", view.place),
            ("incident", view.incident_number),
            ("taken", view.taken_by),
            ("accepted", view.accepted),
        ):
            if value and not self._value(name):
                self.query_one(f"#{name}", LineInput).value = value

    # What is shown

    def _draw(self) -> None:
        look, view = self._look, self._view
        book = look.book if look is not None else None
        width = self.size.width or 80
        bar = self.query_one(UrgentBar)
        bar.view = view
        bar.refresh()
        control = look.services[0] if look is not None and look.services else None
        self._part("ask").show(urgent_text.where(book))
        self._part("help").show(urgent_text.help_lines(book, control, view, width))
        card = book.cards.get(self._card) if book is not None else None
        held = urgent_text.held_lines(book, self._held, self._told, width)
        self._part("held").show(held)
        lines = urgent_text.card_lines(card, width, self._card_room(held))
        if view is not None and view.ring_back_at is not None and not self._shows_card:
            lines = urgent_text.dropped_lines(
                view.ring_back_at, self._number or view.phone, self._card, width
            )
        self._part("card").show(lines)
        self._keep_typed()
        self.query_one(LogTail).show_lines(urgent_text.log_lines(view, width, self._waiting()))

    def _waiting(self) -> str:
        """Give what stands on the call line and is taken over once the record begins."""
        talking = host(self).live.talking
        uid = self.contact_uid or (talking.uid if talking is not None else "")
        return host(self).calls.keep(uid).line.strip() if uid and self._view is None else ""

    def _card_room(self, held: Content) -> int:
        """Say how many lines the card may take, so that the log and its line always stand."""
        taken = len(held.split("\n")) + host(self).is_demo()
        return max(3, self.size.height - _OTHER_LINES - taken)

    def _part(self, name: str) -> NoMarkup:
        return self.query_one(f"#{name}", NoMarkup)

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap the words again."""
        self.call_after_refresh(self._draw)

    # Typing

    @on(Input.Changed)
    def first_key(self, event: Input.Changed) -> None:
        """Begin with the first key, and keep every one."""
        if event.value and self._view is None:
            self._begin_soon()
        self._keep_typed()

    @on(Input.Submitted, "#where")
    async def keep_place(self) -> None:
        """Keep where they are, and go on to the log."""
        await self.attempt(self._keep_place)
        self.query_one("#line", LineInput).focus()

    @on(Input.Submitted, "#line")
    async def keep_line(self, event: Input.Submitted) -> None:
        """Keep a line of the log with its time."""
        words = event.value.strip()
        if words and await self.attempt(partial(self._keep_line, words)):
            event.input.clear()

    @on(Input.Submitted, "#incident, #taken, #accepted")
    async def keep_incident(self, event: Input.Submitted) -> None:
        """Keep the incident number, who took it, and whether they accepted."""
        if not await self.attempt(self._keep_incident):
            return
        following = {"incident": "taken", "taken": "accepted"}.get(event.input.id or "", "line")
        self.query_one(f"#{following}", LineInput).focus()
