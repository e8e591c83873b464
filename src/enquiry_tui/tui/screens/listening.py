"""Yes or no only: one question at a time for somebody who cannot speak freely; a safe time."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from enquiry_tui.desk import contacts, listening, promises
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.listening import Question
from enquiry_tui.domain.when import LONDON, show_day_short, show_time
from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui.host import host
from enquiry_tui.tui.leaves_once import LeavesOnce
from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.screens.gate_base import GateScreen
from enquiry_tui.tui.store_thread import Priority
from enquiry_tui.tui.widgets.panels import Notice

URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Card:
    """What can be asked: the pack's questions, and times to offer one by one."""

    questions: dict[Question, str]
    times: tuple[datetime, ...]


class YesOrNoScreen(LeavesOnce[str], ModalScreen[str]):
    """Asks what needs only yes or no. Leaves with what came of it, or `urgent`.

    An answer may shut the gate further and never opens it.
    """

    DEFAULT_CSS = """
    YesOrNoScreen { align: center bottom; background: $background 60%; }
    YesOrNoScreen #box {
        width: 100%; height: auto; padding: 0 1; border-top: heavy $accent; background: $panel;
    }
    YesOrNoScreen #question { height: auto; text-style: bold; margin: 1 0; }
    YesOrNoScreen #far { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes"),
        Binding("n", "answer(False)", "no"),
        Binding("space", "skip", "not asked"),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, contact_uid: str) -> None:
        super().__init__()
        self._contact_uid = contact_uid
        self._card: Card | None = None
        self._question: Question | None = Question.SAFE
        self._offered = -1
        self._chosen: datetime | None = None
        self._heard: list[str] = []
        self._busy = False

    def compose(self) -> ComposeResult:
        """Show one question, what was heard so far, and the keys."""
        with Vertical(id="box"):
            yield NoMarkup("YES OR NO ONLY: read it out, and say nothing of what it is about.")
            yield NoMarkup(id="question")
            yield NoMarkup(id="far", classes="-dim")
            yield Notice(id="notice")
            yield NoMarkup(
                "y yes · n no · Space not asked, or no answer · Esc leaves · F9 urgent harm",
                classes="-dim",
            )

    async def on_mount(self) -> None:
        """Read the questions."""
        self._card = await host(self).store.run(partial(_card, host(self).session))
        self._show()

    def _show(self) -> None:
        words = self._asked()
        self.query_one("#question", NoMarkup).show(f"“{words}”" if words else "Nothing more.")
        far = " · ".join(self._heard)
        self.query_one("#far", NoMarkup).show(f"So far: {far}" if far else "")

    def _asked(self) -> str:
        card = self._card
        if card is None:
            return ""
        if self._offered >= 0:
            return f"Shall I ring {_time_words(card.times[self._offered], host(self).now())}?"
        return card.questions[self._question] if self._question is not None else ""

    async def action_answer(self, answer: bool) -> None:
        """Keep the answer and go on."""
        if self._busy or self._card is None:
            return
        self._busy = True
        try:
            await self._answer(answer=answer)
        except EnquiryError as error:
            self.query_one(Notice).fault(error)
        finally:
            self._busy = False

    async def _answer(self, *, answer: bool) -> None:
        if self._question is Question.NUMBER:
            await self._promise(number_is_safe=answer)
            return
        if self._offered >= 0:
            self._time_answered(answer=answer)
            return
        question = self._question
        if question is None:
            self.dismiss("")
            return
        app = host(self)
        found = await app.store.run(
            partial(listening.answered, app.session, self._contact_uid, question, answer),
            priority=Priority.SAVE,
        )
        self._heard.append(f"{str(question).replace('-', ' ')}: {'yes' if answer else 'no'}")
        if found.urgent:
            self.dismiss(URGENT)
            return
        if found.ring_later:
            self._offered = 0
        self._on(question)

    def _time_answered(self, *, answer: bool) -> None:
        card = self._card
        if card is None:
            return
        if answer:
            self._heard.append(_time_words(card.times[self._offered], host(self).now()))
            self._question = Question.NUMBER
            self._chosen, self._offered = card.times[self._offered], -1
        else:
            self._offered = (self._offered + 1) % len(card.times)
        self._show()

    async def _promise(self, *, number_is_safe: bool) -> None:
        app = host(self)
        if self._chosen is None:
            return
        verb = partial(_ring_later, app.session, self._contact_uid, self._chosen, number_is_safe)
        self.dismiss(await app.store.run(verb, priority=Priority.SAVE))

    def action_skip(self) -> None:
        """Go to the next question, or time."""
        if self._offered >= 0:
            self._time_answered(answer=False)
        elif self._question is not None and self._question is not Question.NUMBER:
            self._on(self._question)

    def _on(self, question: Question) -> None:
        if self._offered < 0:
            following = question.next
            if following is None:
                self.dismiss(self._summary())
                return
            self._question = following
        self._show()

    def _summary(self) -> str:
        return f"Yes or no: {' · '.join(self._heard)}." if self._heard else ""

    def action_leave(self) -> None:
        """Leave; what was answered is kept."""
        self.dismiss(self._summary())


class YesOrNoActs(GateScreen):
    """The key that asks with yes or no, on both screens of the gate."""

    async def action_yes_or_no(self) -> None:
        """Ask what needs only yes or no, and agree a safe time to ring back."""
        self.app.push_screen(YesOrNoScreen(self.contact_uid), self._after_yes_or_no)

    def _after_yes_or_no(self, words: str | None) -> None:
        if words == URGENT:
            self.app.run_worker(self.app.run_action("urgent"))
            return
        self.run_worker(self._asked_with_yes_or_no(words or ""), group="yes-or-no")

    async def _asked_with_yes_or_no(self, words: str) -> None:
        await self.attempt(self.look_again)
        if words:
            self.notice.say(words, tone="good", hint="No message is left anywhere. F12 ends.")

    @abstractmethod
    async def look_again(self) -> None:
        """Read and show what the screen shows once more."""


def _card(desk: Desk) -> Card:
    return Card(dict(desk.packs.say.value.questions), listening.safe_times(desk))


def _time_words(moment: datetime, now: datetime) -> str:
    local, today = moment.astimezone(LONDON), now.astimezone(LONDON).date()
    ahead = (local.date() - today).days
    day = {0: "today", 1: "tomorrow"}.get(ahead, f"on {show_day_short(local.date())}")
    return f"{day} at {show_time(moment)}"


def _ring_later(desk: Desk, contact_uid: str, at: datetime, number_is_safe: bool) -> str:
    """Promise the call at the safe time, on the number that is safe as far as they said."""
    contact = contacts.view(desk, contact_uid)
    if not contact.enquiry_uid:
        contact = contacts.attach_contact(desk, contact_uid)
    number = contact.phone if number_is_safe and not contact.withheld else ""
    what = listening.SAFE_CALL if number else f"{listening.SAFE_CALL}; no safe number yet"
    request = promises.MakePromise(contact.enquiry_uid, what, at, contact_uid)
    try:
        made = promises.make_promise(
            desk,
            promises.MakePromise(contact.enquiry_uid, what, at, contact_uid, safe_number=number),
        )
    except promises.SafeNumberOnly:  # the marked number stands, whatever was said now
        made = promises.make_promise(desk, request)
    return f"Promised: ring {_time_words(made.due_at, desk.now())}."
