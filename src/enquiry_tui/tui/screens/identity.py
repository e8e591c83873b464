"""Who is asking (F3): what is needed, the next words, the blind compare, the flags."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input

from enquiry_tui.desk import checks, contacts, gate_views, telling
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.gate_views import IdentityView
from enquiry_tui.domain.checks import StepKind, StepName
from enquiry_tui.domain.flags import Advice, Flag, Flags
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.vocabulary import CheckOutcome, Decision, InfoClass
from enquiry_tui.domain.wordings import FlagBook, SayBook
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands.command import Command, Place
from enquiry_tui.tui.safe import NoMarkup, text
from enquiry_tui.tui.screens import identity_text as words_of
from enquiry_tui.tui.screens.gate_base import GateScreen, QuietNotice
from enquiry_tui.tui.screens.prompt import Field, PromptScreen, Values
from enquiry_tui.tui.screens.ring_back import RingBackScreen
from enquiry_tui.tui.widgets.blind import BlindInput
from enquiry_tui.tui.widgets.flags import FlagPanel

_AUTHORITIES = (
    (StepName.CLIENT_AUTHORITY, "the client's authority, signed and dated"),
    (StepName.CONSTITUENT_REQUEST, "the constituent's request"),
    (StepName.WRITTEN_REQUEST, "a request in writing, or a sharing agreement"),
    (StepName.ORDER_SEEN, "an order, checked with the court"),
)
_IN_PERSON = (
    (StepName.KNOWN, "known to me from earlier dealings"),
    (StepName.PHOTO_IDENTITY, "photo identity, looked at by somebody trained"),
)
_FOOTER = frozenset(
    {
        *("compare", "say", "ring-back", "authority", "accompanied", "check-not-needed"),
        *("check-failed", "answer-held", "pretext", "end-call", "step-back", "urgent", "hide"),
        *("keys",),
    }
)


class IdentityScreen(GateScreen):
    """Checks who is asking, for one class of what is asked; leaves with True when it is reached."""

    PLACE = Place.IDENTITY
    HEADING = "WHO IS ASKING?"
    CSS_PATH = Path(__file__).with_name("identity.tcss")
    AUTO_FOCUS = "#said"
    OWN_ACTIONS: ClassVar[frozenset[str]] = frozenset({"say"})

    def __init__(
        self, contact_uid: str, enquiry_uid: str = "", info_class: InfoClass | None = None
    ) -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._info_class = info_class
        self._view: IdentityView | None = None
        self._check_uid = ""
        self._flag_book: FlagBook | None = None
        self._say_book: SayBook | None = None
        self._kept: dict[str, Values] = {}
        self._reached = False

    def body(self) -> ComposeResult:
        """Show the guide left, the flags right, and what happened under both."""
        with Horizontal(id="halves"):
            with Vertical(id="guide"):
                yield NoMarkup(id="head")
                yield NoMarkup(id="advice")
                with Horizontal(id="box"):
                    yield NoMarkup(text(" THEY SAID ", "bold"), id="said-label")
                    yield BlindInput(id="said")
                yield NoMarkup(
                    text("           Enter compares. Not kept, not shown.", "dim"), id="said-hint"
                )
                yield NoMarkup(id="steps")
            yield FlagPanel(id="flags")
        yield NoMarkup(id="fails")
        yield QuietNotice(id="notice")

    def on_mount(self) -> None:
        """Read what is needed and begin the check, where one helps."""
        self.begin(self._begin)

    async def _begin(self) -> None:
        packs = await self.read(_books)
        self._flag_book, self._say_book = packs
        self._show(await self.write(_begin, self.contact_uid, self._info_class))

    # What is shown

    def _show(self, view: IdentityView) -> None:
        self._view = view
        self._info_class = view.look.info_class
        self._check_uid = view.check.uid if view.check is not None else ""
        self.set_heading(self.title_for(view.look.contact))
        self.show_contact(view.look.contact)
        self._draw()
        check = view.check
        if check is not None and check.outcome is CheckOutcome.PASSED and not check.shut:
            self._reached = True
            self.dismiss(True)

    def _draw(self) -> None:
        view = self._view
        if view is None:
            return
        can_check = view.check is not None and view.check.outcome is None
        box_open = can_check and not (view.check is not None and view.check.box_closed)
        self._part("head").show(Content("\n").join(words_of.head(view)))
        self._part("advice").show(words_of.block(self._advice(view), self._width()))
        self.query_one("#box").display = box_open
        self._part("said-hint").display = box_open
        self.query_one(BlindInput).disabled = not box_open
        self.query_one(FlagPanel).display = view.offered or view.check is not None
        if not box_open and self.focused is None:
            self.query_one(FlagPanel).focus()
        shown = words_of.step_lines(view) if view.check is not None else []
        self._part("steps").show(Content("\n").join(shown))
        self._show_flags(view)
        fails = self._say_book.say("not-passed") if self._say_book and view.offered else ""
        self._part("fails").show(text(f"If it fails: “{fails}”") if fails else "")
        self.refresh_bindings()

    def _advice(self, view: IdentityView) -> list[tuple[str, str]]:
        check = view.check
        if check is None:
            return [("", words_of.NO_CHECK if not view.offered else "")]
        if check.outcome is CheckOutcome.STOPPED:
            return [("STOPPED", self._flag_book.stop if self._flag_book else "")]
        not_passed = f"“{self._say_book.say('not-passed')}”" if self._say_book else ""
        if check.outcome is not None:
            ended = f"{check.outcome.replace('-', ' ')}. F4 for what may be said."
            return [("ENDED", ended), ("SAY", not_passed)]
        pairs = words_of.advice(view)
        if self._flags(check.flags).advice is Advice.RING_BACK and self._flag_book:
            pairs.insert(0, ("FLAGS", self._flag_book.ring_back))
        if check.box_closed:
            closed = "Three misses: the box is closed for today. b, h, or F4 for the words."
            return [("CLOSED", closed), ("SAY", not_passed)]
        return pairs

    def _show_flags(self, view: IdentityView) -> None:
        check = view.check
        self.query_one(FlagPanel).show_flags(
            self._flag_book,
            check.flags if check is not None else (),
            accompanied=view.look.contact.accompanied,
        )

    def _flags(self, ticked: tuple[str, ...]) -> Flags:
        return Flags(frozenset(Flag(name) for name in ticked))

    def _part(self, name: str) -> NoMarkup:
        return self.query_one(f"#{name}", NoMarkup)

    def _width(self) -> int:
        return self.query_one("#guide").size.width or 48

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap the words again."""
        self.call_after_refresh(self._draw)

    def footer_shows(self, row: Command) -> bool:
        """Show this screen's own keys first."""
        return row.id in _FOOTER and super().footer_shows(row)

    # Compare

    @on(Input.Submitted, "#said")
    async def compare(self, event: Input.Submitted) -> None:
        """Compare what was typed, blind, and forget it."""
        event.stop()
        event.value = ""
        said = self.query_one(BlindInput).take_out().strip()
        if said.startswith("!!"):
            self.app.run_worker(self.app.run_action("urgent"))
        elif said:
            await self.attempt(partial(self._compare, said))

    async def _compare(self, said: str) -> None:
        before = self._view
        verb = partial(_compare, said=said)
        self._show(await self.write(verb, self.contact_uid, self._class, self._check_uid))
        after = self._view
        if self._reached or before is None or after is None:
            return
        passed = sum(done for _, done in after.steps) > sum(done for _, done in before.steps)
        if passed:
            self.notice.say("Matches. Not enough yet.", tone="good")
        else:
            self.notice.say("Does not match anything held. Don't say which part.", tone="warning")

    @property
    def _class(self) -> InfoClass:
        return self._info_class or InfoClass.OWN_PROGRESS

    async def action_compare(self) -> None:
        """Go to the box; Enter in it compares."""
        self.query_one(BlindInput).focus()

    # Flags and outcomes

    async def action_flag(self, key: str) -> None:
        """Tick or untick a flag."""
        flag = next(item for item in Flag if item.key == key)
        await self.attempt(partial(self._flag, flag))

    async def _flag(self, flag: Flag) -> None:
        check = self._view.check if self._view is not None else None
        if check is None:
            raise Refused("There is no check to put a flag on.", "q marks a suspected pretext.")
        await self.write(checks.set_flag, self._check_uid, flag, str(flag) not in check.flags)
        self.notice.clear()
        await self._reload()

    async def _reload(self) -> None:
        verb = gate_views.identity
        self._show(await self.read(verb, self.contact_uid, self._class, self._check_uid))

    async def action_accompanied(self) -> None:
        """Say that somebody is with them, or no longer."""
        await self.attempt(self._accompanied)

    async def _accompanied(self) -> None:
        on_now = self._view is not None and self._view.look.contact.accompanied
        await self.write(contacts.set_circumstance, self.contact_uid, "accompanied", not on_now)
        await self._reload()
        if not on_now and self._say_book:
            self.notice.say("Only public, until cleared.", hint=self._say_book.say("listening"))

    async def action_check_not_needed(self) -> None:
        """End the check as not needed, and go back."""
        if await self.attempt(partial(self._end, CheckOutcome.NOT_NEEDED)) and self.is_current:
            self.dismiss(None)

    async def action_check_failed(self) -> None:
        """End the check as failed; the words to say stay on the screen."""
        if await self.attempt(partial(self._end, CheckOutcome.FAILED)):
            self.notice.say("Ended as failed. h answers to the contact we hold; F4 the words.")

    async def _end(self, outcome: CheckOutcome) -> None:
        if self._check_uid:
            await self.write(checks.end_check, self._check_uid, outcome)
            await self._reload()

    async def action_pretext(self) -> None:
        """Stop the check as suspected pretext."""
        await self.attempt(self._pretext)

    async def _pretext(self) -> None:
        uid = self._check_uid or (await self.write(checks.open_check, self.contact_uid)).uid
        await self.write(checks.suspect_pretext, uid)
        self._check_uid = uid
        await self._reload()
        self.notice.say("Stopped. The data-protection officer sees it; nothing opens in this call.")

    async def action_answer_held(self) -> None:
        """Say nothing now; leave the task to answer to the contact held."""
        await self.attempt(self._answer_held)

    async def _answer_held(self) -> None:
        request = telling.Telling(
            self.contact_uid, Decision.ANSWER_TO_HELD, info_class=self._class, ask_uid=self._ask()
        )
        await self.write(telling.decide, request)
        self.notice.say(
            "Answer goes to the contact we hold: on your list for the next working day.",
            tone="good",
            hint="F12 ends the call. Say “if we hold a way to reach you”.",
        )

    def _ask(self) -> str:
        return self._view.look.ask_uid if self._view is not None else ""

    # Ring back, authority

    async def action_ring_back(self) -> None:
        """Ring back on a held or found number; what is not answered is parked as a promise."""
        if self._view is None or self._view.check is None:
            self.notice.say(words_of.NO_CHECK, tone="warning")
            return
        need = gate_views.target(self._view.look.verdict)
        self.app.push_screen(
            RingBackScreen(self.contact_uid, self._check_uid, self._view), self._rung(need)
        )

    def _rung(self, _need: Need | None) -> partial[None]:
        return partial(self._after_ring)

    def _after_ring(self, words: str | None) -> None:
        self.run_worker(self._ring_done(words or ""), group="rung", name="rung")

    async def _ring_done(self, words: str) -> None:
        if words:
            self.notice.say(words, tone="good", hint="F12 ends the call; it is on your promises.")
        await self.attempt(self._reload)

    async def action_authority(self) -> None:
        """Record an authority that was seen, and where."""
        if self._view is None or self._view.check is None:
            self.notice.say(words_of.NO_CHECK, tone="warning")
            return
        in_person = self._view.look.contact.channel == "in-person"
        options = tuple(
            (str(name), label)
            for name, label in (*_AUTHORITIES, *(_IN_PERSON if in_person else ()))
        )
        fields = (
            Field("step", "Seen", hint="its digit", options=options),
            Field("where", "Where", hint="letter of 3 Nov, in the file; by whom it was checked"),
        )
        kept = self._kept.setdefault("authority", {})
        self.app.push_screen(
            PromptScreen("Which authority did you see, and where?", fields, self._seen, kept=kept),
            partial(self._after_prompt),
        )

    async def _seen(self, values: Values) -> None:
        if not values["step"]:
            raise Refused("Which one did you see?", "Type its digit in the first line.")
        step = next(name for name in StepName if str(name) == values["step"])
        verb = partial(_take, step=step, source=values["where"])
        await self.write(verb, self.contact_uid, self._class, self._check_uid)

    def _after_prompt(self, _done: bool | None) -> None:
        self.run_worker(self.attempt(self._reload), group="reload", name="reload")

    # Leaving

    async def action_say(self) -> None:
        """Pass on to what may be said."""
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1]
        if getattr(below, "PLACE", None) is Place.SAY:
            await self.leave(False)
        elif self._below("say") is not None:
            await self.hand_on("say")
        else:
            self.open_other("say", self.contact_uid, self.enquiry_uid)

    async def settle(self) -> None:
        """End a check in which nothing was tried: looking is not checking."""
        view = self._view
        check = view.check if view is not None else None
        if view is None or check is None or check.outcome is not None or check.flags:
            return
        tried = [step for step, _ in view.steps if step.name.kind is not StepKind.REFERENCE]
        if not tried:
            await self.write(checks.end_check, check.uid, CheckOutcome.NOT_NEEDED)

    def leaves_with(self) -> object:
        """Return whether the level was reached."""
        return self._reached

    def on_unmount(self) -> None:
        """Forget whatever stood in the box."""
        for box in self.query(BlindInput):
            box.clear()


def _books(desk: Desk) -> tuple[FlagBook, SayBook]:
    return desk.packs.flags.value, desk.packs.say.value


def _begin(desk: Desk, contact_uid: str, info_class: InfoClass | None) -> IdentityView:
    """Look first: where no check opens this, none is begun."""
    asked = info_class or gate_views.asked_class(desk, contact_uid) or InfoClass.OWN_PROGRESS
    seen = gate_views.look(desk, contact_uid, asked)
    uid = checks.open_check(desk, contact_uid).uid if gate_views.offers_check(seen.verdict) else ""
    return gate_views.identity(desk, contact_uid, asked, uid)


def _compare(
    desk: Desk, contact_uid: str, info_class: InfoClass, check_uid: str, *, said: str
) -> IdentityView:
    need = gate_views.target(gate_views.look(desk, contact_uid, info_class).verdict)
    checks.try_step(desk, check_uid, said, until=need)
    return gate_views.identity(desk, contact_uid, info_class, check_uid)


def _take(
    desk: Desk,
    contact_uid: str,
    info_class: InfoClass,
    check_uid: str,
    *,
    step: StepName,
    source: str,
) -> None:
    known = desk.packs.catalogue.steps[step]
    need = gate_views.target(gate_views.look(desk, contact_uid, info_class).verdict, known)
    checks.take_step(desk, check_uid, step, source, until=need)
