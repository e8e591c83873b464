"""What may I say (F4): kind, class, verdict at once, the words, and one key to record it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from enquiry_tui.desk import contacts, gate_views
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.gate_views import SayView
from enquiry_tui.domain.gate import neutral_sentence
from enquiry_tui.domain.rules import GateTable
from enquiry_tui.domain.vocabulary import InfoClass, Kind
from enquiry_tui.tui.commands.command import Command, Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.matters import draft_text
from enquiry_tui.tui.safe import NoMarkup, join, set_border_title, text
from enquiry_tui.tui.screens import say_acts, say_text
from enquiry_tui.tui.screens.agency_form import FORM_KINDS
from enquiry_tui.tui.screens.gate_base import QuietNotice
from enquiry_tui.tui.screens.say_deciding import SayDeciding
from enquiry_tui.tui.widgets.words import WordsArea

_FOOTER = frozenset(
    {
        *("do-verdict", "other-decision", "next-words", "another-ask", "answer-held", "pretext"),
        *("said-in-error", "override", "yes-or-no", "their-request", "who", "refer", "promise"),
        *("end-call", "step-back"),
        *("urgent", "hide", "keys"),
    }
)
_TALL = 30  # lines from which there is room for everything
_LETTERS = frozenset(
    {
        *("kind", "info_class", "do_verdict", "other_decision", "next_words", "another_ask"),
        *("answer_held", "pretext", "said_in_error", "override", "name_item"),
        *("yes_or_no", "their_request"),
    }
)


class SayScreen(SayDeciding):
    """Gives the verdict on one question of a live contact and records what was decided."""

    PLACE = Place.SAY
    HEADING = "WHAT MAY I SAY?"
    CSS_PATH = Path(__file__).with_name("say.tcss")
    AUTO_FOCUS = ""
    OWN_ACTIONS: ClassVar[frozenset[str]] = frozenset({"who", "say"})

    def __init__(
        self, contact_uid: str, enquiry_uid: str = "", info_class: InfoClass | None = None
    ) -> None:
        super().__init__(contact_uid, enquiry_uid, info_class)
        self._table: GateTable | None = None

    def body(self) -> ComposeResult:
        """Show the words first, then who and what, then the verdict."""
        yield NoMarkup(text(" SAY  Neutral sentence", "bold"), id="saying")
        yield WordsArea(id="words")
        with Horizontal(id="choose"):
            yield NoMarkup(say_text.kinds(None), id="kinds")
            yield NoMarkup(say_text.classes(None, 80, None), id="classes")
        yield NoMarkup(id="decisions")
        with Vertical(id="room"):
            yield NoMarkup(id="verdict")
        yield NoMarkup(id="enter")
        yield QuietNotice(id="notice")

    def on_mount(self) -> None:
        """Show the neutral sentence before anything is looked up, then the verdict."""
        self.query_one(WordsArea).offer(neutral_sentence())
        self.begin(self._begin)

    async def _begin(self) -> None:
        self._table = await self.read(_table)
        if self._class is None:
            self._class = await self.read(gate_views.asked_class, self.contact_uid)
        await host(self).drafts.flush()
        kept = await self.read(draft_text, "say", self.contact_uid)
        await self._look()
        if kept:
            self.query_one(WordsArea).put_back(kept)
            self._draw()

    # Looking

    async def _look(self) -> None:
        view = await self.read(
            gate_views.say,
            self.contact_uid,
            self._class,
            purpose=self._purpose,
            point_uid=self._point,
        )
        if view.addresses and not self._point and view.look.contact.channel.is_written:
            self._point = view.addresses[0].uid
            await self._look()
            return
        self._view = view
        self.set_heading(self.title_for(view.look.contact))
        self.show_contact(view.look.contact)
        set_border_title(self.query_one("#choose"), view.look.rules)
        self._offer()
        self._draw()

    def _offer(self) -> None:
        view, area = self._view, self.query_one(WordsArea)
        if view is None or area.is_edited:
            return
        self._saying %= max(1, len(view.sayings))
        area.offer(view.sayings[self._saying][1])
        area.many_lines = view.look.contact.channel.is_written

    def _draw(self) -> None:
        view = self._view
        if view is None:
            return
        title = view.sayings[self._saying % len(view.sayings)][0]
        if self.query_one(WordsArea).is_edited:
            title = "Said otherwise"
        hint = say_text.words_hint(view)
        if self.in_text():
            written = view.look.contact.channel.is_written
            enter = "Enter begins a line" if written else "Enter records them"
            hint = f"{enter} · Esc leaves the words"
        self._part("saying").show(join((f" SAY  {title}", "bold"), (f"   {hint}", "dim")))
        self.query_one("#choose").display = not self._choosing
        self._part("decisions").display = self._choosing
        self._part("decisions").show(say_acts.decision_list(view, self._decision(view)))
        width = self.size.width or 80
        self._draw_choices(view, width)
        height = self.query_one("#room").size.height
        self._part("verdict").show(say_text.verdict(view, width, height))
        self._part("enter").show(self._enter_line(view))
        self.refresh_bindings()

    def _draw_choices(self, view: SayView, width: int) -> None:
        """List kinds and classes; once the class is chosen they draw close, for the reasons."""
        close = self._class is not None and self.size.height < _TALL
        if self.query_one("#choose").has_class("-close") is not close:
            self.query_one("#choose").set_class(close, "-close")
            self.call_after_refresh(self._draw)
        self._part("kinds").show(say_text.kinds(view.look.contact.kind, close=close))
        kind = view.look.contact.kind
        line = say_text.classes_line(self._class)
        wide = say_text.classes(self._table, width, self._class, kind)
        self._part("classes").show(line if close else wide)

    def _part(self, name: str) -> NoMarkup:
        return self.query_one(f"#{name}", NoMarkup)

    def _enter_line(self, view: SayView) -> Content:
        if self._is_decided:
            return text(
                " ON THE RECORD   + another question · x said in error · F12 ends · Esc back",
                "bold",
            )
        return say_acts.enter_line(view, self._decision(view))

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap the words again."""
        self.call_after_refresh(self._draw)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave letters, digits and arrows to a text that has the cursor."""
        if action in _LETTERS and self.in_text():
            return False
        if action == "override":
            view = self._view
            return view is not None and view.look.verdict.overridable and not self._is_decided
        if action == "their_request":
            view = self._view
            return view is not None and view.look.contact.kind in FORM_KINDS
        return super().check_action(action, parameters)

    def footer_shows(self, row: Command) -> bool:
        """Show this screen's own keys first."""
        return row.id in _FOOTER and super().footer_shows(row)

    def leaves_text_first(self) -> bool:
        """Leave the words first: letters do things outside of them."""
        return True

    def action_step_back(self) -> None:
        """Leave the words, then the list of decisions, then the screen."""
        if self._choosing and not self.in_text():
            self._choosing, self._chosen = False, None
            self._draw()
            return
        super().action_step_back()

    async def action_kind(self, key: str) -> None:
        """Say who asks; on the record, and it shuts what an earlier check opened."""
        kind = Kind.from_key(key)
        if kind is not None:
            await self.attempt(partial(self._set_kind, kind))

    async def _set_kind(self, kind: Kind) -> None:
        view = self._view
        if view is None or kind is not view.look.contact.kind:
            await self.write(contacts.set_kind, self.contact_uid, kind)
            self._again()
        await self._look()

    async def action_circumstance(self, name: str) -> None:
        """Say that the caller is a child, anonymous or under duress; or no longer."""
        await self.attempt(partial(self._set_circumstance, name))

    async def _set_circumstance(self, name: str) -> None:
        on_now = self._view is not None and bool(getattr(self._view.look.contact, name))
        await self.write(contacts.set_circumstance, self.contact_uid, name, not on_now)
        self._again()
        await self._look()

    async def action_info_class(self, digit: int) -> None:
        """Say what is asked for."""
        await self.attempt(partial(self._set_class, InfoClass.from_digit(digit)))

    async def _set_class(self, info_class: InfoClass | None) -> None:
        self._class = info_class
        self._again()
        await self._look()

    async def action_next_words(self) -> None:
        """Offer other words that fit."""
        if self._view is not None:
            self._saying = (self._saying + 1) % len(self._view.sayings)
            self.query_one(WordsArea).offer(self._view.sayings[self._saying][1])
            self._draw()

    async def action_other_decision(self, by: int = 1) -> None:
        """Go down the seven decisions."""
        view = self._view
        if view is None or self._is_decided:
            return
        order = [item for item, _ in view.decisions]
        if self._choosing:
            at = (order.index(self._decision(view)) + by) % len(order)
            self._chosen = order[at]
        self._choosing = True
        self._draw()

    async def on_key(self, event: events.Key) -> None:
        """Go up the decisions too."""
        if event.key == "up" and self._choosing and not self.in_text():
            event.stop()
            await self.action_other_decision(-1)

    async def action_another_ask(self) -> None:
        """Begin another question; the one before stays on the record as asked."""
        await self.attempt(self._another)

    async def _another(self) -> None:
        await self.settle()
        self._class = None
        self._again()
        await self._look()
        self.notice.say("Another question: what is it about? 1 to 6; blank is the strictest.")

    def on_descendant_focus(self) -> None:
        """Say what Enter does in the words."""
        self._draw()

    def on_descendant_blur(self) -> None:
        """Say it of the keys outside of them."""
        self.call_after_refresh(self._draw)

    def on_text_area_changed(self) -> None:
        """Keep what is being written, and say that it differs from the card."""
        area, view = self.query_one(WordsArea), self._view
        if view is None or not area.has_focus:
            return
        if area.text.startswith("!!"):
            area.offer(area.offered)
            self.app.run_worker(self.app.run_action("urgent"))
            return
        host(self).drafts.note(self._draft_key, area.text if area.is_edited else "")
        self._draw()


def _table(desk: Desk) -> GateTable:
    return desk.packs.table
