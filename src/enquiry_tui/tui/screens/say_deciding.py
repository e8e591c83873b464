"""What Enter and the other keys of the say screen record: decisions, overrides, slips."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial

from textual import on

from enquiry_tui.desk import checks, telling
from enquiry_tui.desk.gate_views import SayView
from enquiry_tui.domain.vocabulary import Decision, InfoClass
from enquiry_tui.errors import Refused
from enquiry_tui.tui.host import host
from enquiry_tui.tui.screens import say_acts
from enquiry_tui.tui.screens.agency_form import AgencyActs
from enquiry_tui.tui.screens.incident import SaidInErrorScreen
from enquiry_tui.tui.screens.override import OverrideScreen
from enquiry_tui.tui.screens.prompt import Field, PromptScreen, Values
from enquiry_tui.tui.screens.say_acts import Question
from enquiry_tui.tui.widgets.words import WordsArea


class SayDeciding(AgencyActs):
    """One question at a time: what was chosen, what it lacks, and the verbs that record it."""

    def __init__(
        self, contact_uid: str, enquiry_uid: str = "", info_class: InfoClass | None = None
    ) -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._class = info_class
        self._view: SayView | None = None
        self._saying = 0
        self._chosen: Decision | None = None
        self._choosing = False
        self._is_decided = False
        self._purpose = ""
        self._point = ""
        self._kept: dict[str, Values] = {}

    @abstractmethod
    async def _look(self) -> None:
        """Read the verdict and show it: the screen's own."""

    @property
    def asked_for(self) -> InfoClass | None:
        """Return the class that is asked for."""
        return self._class

    async def look_again(self) -> None:
        """Read the verdict once more."""
        await self._look()

    def _decision(self, view: SayView) -> Decision:
        return self._chosen or view.decisions[0][0]

    def _again(self) -> None:
        if self._is_decided:
            self.query_one(WordsArea).offer("")
        self._saying, self._chosen, self._choosing, self._is_decided = 0, None, False, False
        self._purpose = ""
        self.notice.clear()

    async def settle(self) -> None:
        """Keep what was asked where it has not been decided."""
        view = self._view
        if view is None or self._is_decided or self._class is None or view.look.ask_uid:
            return
        await self.write(telling.ask, self.contact_uid, self._class)

    # Deciding

    async def action_do_verdict(self) -> None:
        """Do the verdict, or the decision chosen."""
        await self.decide(None)

    @on(WordsArea.Submitted)
    async def enter_in_words(self) -> None:
        """Record what was said, in the words that stand there."""
        await self.action_do_verdict()

    async def action_answer_held(self) -> None:
        """Say nothing now; answer to the contact we hold."""
        await self.decide(Decision.ANSWER_TO_HELD)

    async def decide(self, decision: Decision | None) -> None:
        """Ask for what is missing, then record the decision; none named: the one that stands."""
        await self.attempt(partial(self._decide, decision))

    async def _decide(self, given: Decision | None) -> None:
        view = self._view
        if view is None:
            return
        decision = given or self._decision(view)
        if self._is_decided:
            raise Refused("This is on the record already.", "+ begins another question.")
        question = self._question(view, decision, {})
        if self._asks_first(view, question):
            return
        words = await self.write(say_acts.carry_out, question)
        self._after(words)
        await self._look()

    def _question(self, view: SayView, decision: Decision, more: Values) -> Question:
        area = self.query_one(WordsArea)
        return Question(
            contact_uid=self.contact_uid,
            decision=decision,
            info_class=self._class,
            ask_uid=view.look.ask_uid,
            words=more.get("words", "") or area.text.strip(),
            edited=area.is_edited,
            purpose=more.get("purpose", self._purpose),
            point_uid=self._point,
            for_whom=more.get("for_whom", ""),
            message=more.get("message", view.matter),
            item=more.get("item", ""),
            lowered_why=more.get("why", ""),
            door=more.get("door", ""),
        )

    def _asks_first(self, view: SayView, question: Question) -> bool:
        """Ask for what the decision cannot do without; say whether something was asked."""
        fields = say_acts.missing_fields(view, question)
        if not fields:
            return False
        self._ask("Before this goes on the record:", fields, question.decision)
        return True

    def _ask(self, title: str, fields: tuple[Field, ...], decision: Decision) -> None:
        kept = self._kept.setdefault(decision.value, {})
        screen = PromptScreen(title, fields, partial(self._asked, decision), kept=kept)
        self.app.push_screen(screen)

    async def _asked(self, decision: Decision, values: Values) -> None:
        view = self._view
        if view is None:
            return
        for name, value in values.items():
            if not value.strip() and name != "why":
                raise Refused("Something is still blank.", "One line is enough.")
        words = await self.write(say_acts.carry_out, self._question(view, decision, values))
        self._after(words)
        self.call_later(self.attempt, self._look)

    def _after(self, words: str) -> None:
        self._is_decided, self._choosing = True, False
        self.notice.say(words, tone="good")
        host(self).drafts.discard(self._draft_key)

    @property
    def _draft_key(self) -> str:
        return f"say/{self.contact_uid}"

    # Others

    async def action_who(self) -> None:
        """Go to who is asking, for this class."""
        from enquiry_tui.tui.screens.identity import IdentityScreen  # noqa: PLC0415 (each other)

        await self.attempt(self.settle)
        asked = self._class or InfoClass.OWN_PROGRESS
        screen = IdentityScreen(self.contact_uid, self.enquiry_uid, asked)
        self.app.push_screen(screen, partial(self._checked, asked))

    def _checked(self, asked: InfoClass, _reached: object) -> None:
        self._class = asked
        self._again()
        self.run_worker(self.attempt(self._look), group="look", name="look")

    async def action_pretext(self) -> None:
        """Stop the check as suspected pretext."""
        await self.attempt(self._pretext)

    async def _pretext(self) -> None:
        check = await self.write(checks.open_check, self.contact_uid)
        await self.write(checks.suspect_pretext, check.uid)
        self._again()
        await self._look()
        await self.say_stopped(
            "Stopped: only public from here. The data-protection officer sees it."
        )

    def action_said_in_error(self) -> None:
        """Record something that should not have been said."""
        screen = SaidInErrorScreen(self.contact_uid, self.enquiry_uid)
        self.app.push_screen(screen, self._came_back)

    def action_override(self) -> None:
        """Open what lacks a level, with a second officer."""
        view = self._view
        if view is None or self._class is None:
            return
        area = self.query_one(WordsArea)
        words = area.text if area.is_edited else say_acts.words_if_open(view)
        decision = Decision.PART if view.look.verdict.base == "part" else Decision.RELEASE
        screen = OverrideScreen(self.contact_uid, self._class, decision, words)
        self.app.push_screen(screen, self._overridden)

    def _overridden(self, done: object) -> None:
        if done:
            self._after("Told under override: two signatures, sampled.")
        self._came_back(done)

    def _came_back(self, _result: object) -> None:
        self.run_worker(self.attempt(self._look), group="look", name="look")

    async def action_name_item(self) -> None:
        """Name the item told, its class, and why it is lowered."""
        view = self._view
        if view is None or not view.look.verdict.opens:
            self.notice.say("Nothing is open to be told here.", tone="warning")
            return
        fields = (
            Field("item", "Item", hint="its field, such as person.needs, or in words"),
            Field(
                "why", "Why lower", hint="only where its own class is higher than the one chosen"
            ),
        )
        self._ask("Which item, in the words above?", fields, self._decision(view))
