"""Ringing back in order to check: whom, who answered; else it is parked as a promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from enquiry_tui.desk import check_views, contacts, directory, gate_views, promises, ring_backs
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.gate_views import IdentityView
from enquiry_tui.domain.checks import StepName
from enquiry_tui.domain.moments import read_moment
from enquiry_tui.domain.phones import read_phone
from enquiry_tui.domain.when import show_time
from enquiry_tui.errors import EnquiryError, Refused
from enquiry_tui.tui.host import host
from enquiry_tui.tui.leaves_once import LeavesOnce
from enquiry_tui.tui.safe import NoMarkup, text
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.store_thread import Priority, Superseded
from enquiry_tui.tui.widgets.entry import LineInput
from enquiry_tui.tui.widgets.panels import Notice

PARKED_FOR = timedelta(minutes=30)
_SHOWN = 5
Choice = tuple[str, str, str]
"""A number that may be rung: `point:uid` or `entry:key`, its name, and the number as shown."""


class RingBackScreen(LeavesOnce[str], ModalScreen[str]):
    """Asks where to ring; Enter with nobody under *answered by* parks it as a promise.

    The number is one that we hold and confirmed before today, a directory entry's, or one that
    we found and name the source of. Leaves with the words of a promise, or nothing.
    """

    DEFAULT_CSS = """
    RingBackScreen { align: center bottom; background: $background 60%; }
    RingBackScreen #box {
        width: 100%; height: auto; max-height: 95%; padding: 0 1; border-top: heavy $accent;
        background: $panel;
    }
    RingBackScreen .title { height: auto; text-style: bold; }
    RingBackScreen #choices { height: auto; min-height: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, contact_uid: str, check_uid: str, view: IdentityView) -> None:
        super().__init__()
        self._contact_uid = contact_uid
        self._check_uid = check_uid
        self._look = view.look
        self._choices: tuple[Choice, ...] = ()
        self._busy = False

    def compose(self) -> ComposeResult:
        """Show the fields over what matches."""
        with Vertical(id="box"):
            yield NoMarkup("Ring back: never on a number the caller gave.", classes="title")
            yield FormRow(
                "Ring",
                LineInput(
                    id="to",
                    placeholder="name, digit, or a number and where you found it",
                ),
            )
            yield NoMarkup(id="choices")
            yield FormRow(
                "Answered by",
                LineInput(
                    id="answered", placeholder="put through to whom, by name; empty: not rung yet"
                ),
            )
            yield FormRow("Line", LineInput(id="line"))
            yield FormRow("Park until", LineInput(id="until"))
            yield Notice(id="notice")
            yield NoMarkup(
                "Enter parks it as a promise, or records who answered. Esc leaves.",
                classes="-dim",
            )

    async def on_mount(self) -> None:
        """Offer the held numbers first."""
        app = host(self)
        due = app.now() + PARKED_FOR
        self.query_one("#until", LineInput).value = show_time(due)
        waits = await app.store.run(_waits, app.session)
        self.query_one("#line", LineInput).placeholder = _line_words(*waits)
        self.query_one("#to", LineInput).focus()
        await self._look_up("")

    @on(Input.Changed, "#to")
    async def look_up(self, event: Input.Changed) -> None:
        """Show what matches what was typed."""
        await self._look_up(event.value)

    async def _look_up(self, words: str) -> None:
        app = host(self)
        try:
            self._choices = await app.store.run(
                _choices, app.session, self._check_uid, words, token="ring-back"
            )
        except Superseded:
            return
        except EnquiryError as error:
            self.query_one(Notice).fault(error)
            return
        lines = [
            text(f"   {number} {name}  {shown}")
            for number, (_, name, shown) in enumerate(self._choices[:_SHOWN], start=1)
        ]
        if not lines:
            found = "   not in the directory: a number, then where you found it"
            lines = [
                text(found if words.strip() else "   no number held that was confirmed before")
            ]
        self.query_one("#choices", NoMarkup).show(Content("\n").join(lines))

    @on(Input.Submitted)
    async def submit(self, event: Input.Submitted) -> None:
        """Record who answered, or park it."""
        event.stop()
        if self._busy:
            return
        self._busy = True
        try:
            await self._submit()
        except EnquiryError as error:
            self.query_one(Notice).fault(error)
        finally:
            self._busy = False

    async def _submit(self) -> None:
        app = host(self)
        typed = self._value("to")
        ring, name = self._chosen(typed)
        ring = replace(ring, same_line=self._value("line").casefold().startswith("s"))
        if ring.answered_by:
            await app.store.run(
                partial(_ring, app.session, self._contact_uid, self._look.info_class, ring),
                priority=Priority.SAVE,
            )
            self.dismiss("")
            return
        words = await app.store.run(
            partial(_park, app.session, self._contact_uid, name, self._value("until"), ring),
            priority=Priority.SAVE,
        )
        self.dismiss(words)

    def _chosen(self, typed: str) -> tuple[ring_backs.RingBack, str]:
        answered = self._value("answered")
        digit = int(typed) if typed.isdigit() and len(typed) == 1 else 0
        number, source = _number_and_source(typed)
        if number and not digit:
            ring = ring_backs.RingBack(
                self._check_uid, number=number, source=source, answered_by=answered
            )
            return ring, source or number
        if not self._choices or digit > len(self._choices):
            raise Refused(
                "Where do we ring?", "A name in the directory, or a number and its source."
            )
        target, name, _ = self._choices[digit - 1 if digit else 0]
        kind, _, uid = target.partition(":")
        ring = ring_backs.RingBack(
            self._check_uid,
            point_uid=uid if kind == "point" else "",
            entry_key=uid if kind == "entry" else "",
            answered_by=answered,
        )
        return ring, name

    def _value(self, name: str) -> str:
        return self.query_one(f"#{name}", LineInput).value.strip()

    def action_leave(self) -> None:
        """Leave without ringing."""
        self.dismiss("")


def _number_and_source(typed: str) -> tuple[str, str]:
    """Part `01632 960200 their website` into the number and where it was found."""
    digits = len(typed) - len(typed.lstrip("+0123456789 ()-"))
    number, source = typed[:digits].strip(), typed[digits:].strip(" ,;:")
    return (number, source) if read_phone(number).last9 else ("", "")


def _choices(desk: Desk, check_uid: str, words: str) -> tuple[Choice, ...]:
    held = [
        (f"point:{uid}", "held and confirmed", shown)
        for uid, shown in check_views.ring_choices(desk, check_uid)
    ]
    typed = words.strip()
    if not typed or (typed.isdigit() and len(typed) == 1):
        return tuple(held)
    given = ring_backs.numbers_given(desk, check_uid)
    return tuple(
        (f"entry:{entry.key}", entry.name, entry.listed_number)
        for entry in directory.entries(desk, typed)
        if entry.phone and read_phone(entry.phone).last9 not in given
    )


def _waits(desk: Desk) -> tuple[int, int]:
    other = ring_backs.wait_minutes(desk, same_line=False)
    return other, ring_backs.wait_minutes(desk, same_line=True)


def _line_words(other: int, same: int) -> str:
    """Say which lines there are, and how long each may still be held open."""
    wait = f", {other} minutes first" if other else ", no wait"
    return f"blank: another line{wait} · s: this line, {same} min first"


def _ring(desk: Desk, contact_uid: str, info_class: object, ring: ring_backs.RingBack) -> None:
    from enquiry_tui.domain.vocabulary import InfoClass  # noqa: PLC0415

    asked = info_class if isinstance(info_class, InfoClass) else None
    verdict = gate_views.look(desk, contact_uid, asked).verdict
    step = StepName.RING_HELD if ring.point_uid else StepName.RING_ORG
    need = gate_views.target(verdict, desk.packs.catalogue.steps[step])
    ring_backs.ring_back(desk, ring, until=need)


def _park(desk: Desk, contact_uid: str, name: str, until: str, ring: ring_backs.RingBack) -> str:
    """Promise to ring back and free the officer: on a number of ours, once the line is free."""
    ring_backs.demand_ours(desk, ring)
    read = read_moment(until, desk.now(), desk.calendar)
    if read is None or read.at is None:
        raise Refused("By when will you ring?", "A time such as 15:30, or a day and a time.")
    wait = ring_backs.wait_minutes(desk, same_line=ring.same_line)
    if read.at < desk.now() + timedelta(minutes=wait):
        raise Refused(
            f"The caller may still hold this line: {wait} minutes first.",
            "Give a later time, or ring on another line.",
        )
    contact = contacts.view(desk, contact_uid)
    if not contact.enquiry_uid:
        contact = contacts.attach_contact(desk, contact_uid)
    number = ring.number
    what = f"ring back to check: {name}" + (f" {number}" if number and number != name else "")
    made = promises.make_promise(
        desk,
        promises.MakePromise(contact.enquiry_uid, what, read.at, contact_uid),
    )
    return f"Parked: ring back at {show_time(made.due_at)}."
