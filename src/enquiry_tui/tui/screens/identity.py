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

from enquiry_tui.desk import checks, gate_views
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.gate_views import IdentityView
from enquiry_tui.domain.authorities import AuthorityBook
from enquiry_tui.domain.checks import StepKind
from enquiry_tui.domain.flags import Advice, Flag, Flags
from enquiry_tui.domain.vocabulary import CheckOutcome, InfoClass
from enquiry_tui.domain.wordings import FlagBook, SayBook
from enquiry_tui.tui.commands.command import Command, Place
from enquiry_tui.tui.safe import NoMarkup, set_border_title, text
from enquiry_tui.tui.screens import identity_text as words_of
from enquiry_tui.tui.screens.gate_base import QuietNotice
from enquiry_tui.tui.screens.identity_acts import IdentityActs
from enquiry_tui.tui.widgets.blind import BlindInput
from enquiry_tui.tui.widgets.flags import FlagPanel

_OF_A_CHECK = frozenset({"compare", "ring_back", "authority", "check_not_needed", "check_failed"})
_BOX = 3  # lines of the box, its hint and the blank above
_FOOTER = frozenset(
    {
        *("compare", "say", "ring-back", "authority", "accompanied", "check-not-needed"),
        *("check-failed", "answer-held", "pretext", "yes-or-no", "end-call", "step-back"),
        *("urgent", "hide", "keys"),
    }
)


class IdentityScreen(IdentityActs):
    """Checks who is asking, for one class of what is asked; leaves with True when it is reached."""

    PLACE = Place.IDENTITY
    HEADING = "WHO IS ASKING?"
    CSS_PATH = Path(__file__).with_name("identity.tcss")
    AUTO_FOCUS = "#said"
    OWN_ACTIONS: ClassVar[frozenset[str]] = frozenset({"say"})

    def __init__(
        self, contact_uid: str, enquiry_uid: str = "", info_class: InfoClass | None = None
    ) -> None:
        super().__init__(contact_uid, enquiry_uid, info_class)
        self._flag_book: FlagBook | None = None
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
                    text(" Enter compares. Not kept, not shown. Tab: keys", "dim"), id="said-hint"
                )
                yield NoMarkup(id="steps")
            yield FlagPanel(id="flags")
        yield NoMarkup(id="fails")
        yield QuietNotice(id="notice")

    def on_mount(self) -> None:
        """Read what is needed and begin the check, where one helps."""
        self.begin(self._begin)

    async def _begin(self) -> None:
        self._flag_book, self._say_book, self._rules = await self.read(_books)
        await self.begin_check()

    async def begin_check(self) -> None:
        """Begin the check that runs for who is linked now, where one helps."""
        self.show_view(await self.write(_begin, self.contact_uid, self._info_class))

    # What is shown

    def show_view(self, view: IdentityView) -> None:
        """Show a check as it stands now; a level that is reached leaves at once."""
        super().show_view(view)
        self._info_class = view.look.info_class
        self._check_uid = view.check.uid if view.check is not None else ""
        self.set_heading(self.title_for(view.look.contact))
        self.show_contact(view.look.contact)
        set_border_title(self.query_one("#halves"), "", view.look.rules)
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
        head = words_of.head(view, self._width())
        advice = words_of.block(self._advice(view), self._width())
        self._part("head").show(Content("\n").join(head))
        self._part("advice").show(advice)
        self.query_one("#box").display = box_open
        self._part("said-hint").display = box_open
        self.query_one(BlindInput).disabled = not box_open
        self._show_panel(shown=view.offered or view.check is not None)
        if not box_open and self.focused is None:
            self.query_one(FlagPanel).focus()
        used = len(head) + len(str(advice).split("\n")) + (_BOX if box_open else 0)
        room = self.query_one("#guide").size.height - used
        shown = words_of.step_lines(view, room) if view.check is not None else []
        self._part("steps").show(Content("\n").join(shown))
        self._show_flags(view)
        fails = self._say_book.say("not-passed") if self._say_book and box_open else ""
        first = fails.partition(". ")[0].rstrip(".")  # all of it stands above once it has failed
        self._part("fails").show(text(f"If it fails: “{first}.”") if fails else "")
        self.refresh_bindings()

    def _show_panel(self, *, shown: bool) -> None:
        """Show the flags where there is a check to flag, and wrap the words beside them."""
        panel = self.query_one(FlagPanel)
        if panel.display is not shown:
            panel.display = shown
            self.query_one("#guide").set_class(not shown, "-alone")
            self.call_after_refresh(self._draw)

    def _advice(self, view: IdentityView) -> list[tuple[str, str]]:
        check = view.check
        if check is None:
            return [("", words_of.NO_CHECK if not view.offered else "")]
        if check.outcome is CheckOutcome.STOPPED:
            return [("STOPPED", self._flag_book.stop if self._flag_book else "")]
        not_passed = f"“{self._say_book.say('not-passed')}”" if self._say_book else ""
        if check.outcome is not None:
            ended = f"{words_of.why_ended(view, check)} F4 for what may be said."
            return [("ENDED", ended), *([("SAY", not_passed)] if view.steps else [])]
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
            asked_alone=view.look.contact.asked_alone,
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the steps of a check only while one runs."""
        if action in _OF_A_CHECK:
            check = self._view.check if self._view is not None else None
            return check is not None and check.outcome is None
        return super().check_action(action, parameters)

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
        elif len(said) == 1 or (len(said) == 2 and not said.isalpha()):
            self.notice.say(
                "That is no answer, and was not compared. Tab goes to the keys.", tone="warning"
            )
        elif said:
            await self.attempt(partial(self._compare, said))

    async def _compare(self, said: str) -> None:
        before = self._view
        verb = partial(_compare, said=said)
        self.show_view(await self.write(verb, self.contact_uid, self._class, self._check_uid))
        after = self._view
        if self._reached or before is None or after is None:
            return
        passed = sum(done for _, done in after.steps) > sum(done for _, done in before.steps)
        if passed:
            self.notice.say("Matches. Not enough yet.", tone="good")
        else:
            self.notice.say("Does not match anything held. Don't say which part.", tone="warning")

    async def action_compare(self) -> None:
        """Go to the box; Enter in it compares."""
        self.query_one(BlindInput).focus()

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


def _books(desk: Desk) -> tuple[FlagBook, SayBook, AuthorityBook]:
    packs = desk.packs
    return packs.flags.value, packs.say.value, packs.authority.value.authorities


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
