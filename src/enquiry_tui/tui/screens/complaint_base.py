"""What can be done on the screen of a complaint besides its steps: standing, letter, equality."""

from __future__ import annotations

from abc import abstractmethod
from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen

from enquiry_tui.desk.complaint_authority import set_standing
from enquiry_tui.desk.complaint_equality import (
    Counted,
    enter_equality,
    equality_figures,
    equality_questions,
)
from enquiry_tui.desk.complaint_life import Life
from enquiry_tui.desk.complaint_outcome import outcome_letter
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.complaint_book import Question
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.screens.asking import AskScreen, Option
from enquiry_tui.tui.screens.base import EnquiryScreen
from enquiry_tui.tui.screens.complaint_form import options
from enquiry_tui.tui.screens.complaint_path_text import figures, whole_path
from enquiry_tui.tui.screens.prompt import Field, PromptScreen, Values
from enquiry_tui.tui.screens.work import WorkScreen

T = TypeVar("T")
_COUNT = Option("y", "count them", "count")
_CHANGE = Option("e", "change an answer first", "change")
_FIRST = 5  # questions on the first page: the longest list of answers fits under them


class ReadingScreen(EnquiryScreen):
    """Something to read in full; nothing here can be changed."""

    PLACE = Place.HELP

    def __init__(self, heading: str, words: Content) -> None:
        super().__init__()
        self._heading = heading
        self._words = words

    def body(self) -> ComposeResult:
        """Show the words."""
        with VerticalScroll():
            yield NoMarkup(self._words, classes="words")

    def on_mount(self) -> None:
        """Say what it is, and let the arrows scroll."""
        self.set_heading(self._heading)
        self.query_one(VerticalScroll).focus()


class ComplaintBase(WorkScreen):
    """Holds the complaint that is shown."""

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._life: Life | None = None

    @abstractmethod
    async def _load(self) -> None:
        """Read what is to be shown: the screen's own."""

    def _now(self) -> Life:
        if self._life is None:
            raise Refused("No complaint was taken down in this matter.", "F6 takes one down.")
        return self._life

    async def shown(self, screen: Screen[T]) -> T | None:
        """Show a screen and wait until it has been left."""
        return await self.app.push_screen(screen, wait_for_dismiss=True)

    def action_whole_path(self) -> None:
        """Show the path with every word."""
        self.work(self._whole_path())

    async def _whole_path(self) -> None:
        now = self._now()
        await self.shown(
            ReadingScreen(f"{now.complaint.reference} complaint · path so far", whole_path(now))
        )

    def action_standing(self) -> None:
        """Say in which standing they complain."""
        self.work(self._standing())

    async def _standing(self) -> None:
        current = self._now()
        rules = await self.read(_standings)
        fields = (
            Field("standing", "Standing", "", "its digit", rules[0]),
            Field("why", "Why changed", "", "needed where it was said before"),
        )

        async def save(values: Values) -> None:
            uid = current.complaint.uid
            await self.write(set_standing, uid, values["standing"], values["why"])

        screen = PromptScreen("In which standing do they complain?", fields, save, words=rules[1])
        if await self.shown(screen):
            await self._load()
            self.notice.say("On the record: their standing.", tone="good")

    def action_outcome_words(self) -> None:
        """Show the words of the outcome letter."""
        self.work(self._letter())

    async def _letter(self) -> None:
        said = await self.read(outcome_letter, self._now().complaint.uid)
        self.query_one("#detail", NoMarkup).show(said)
        self.notice.say("The words of the letter stand on the right.")

    def action_equality_form(self) -> None:
        """Count voluntary answers."""
        self.work(self._equality())

    async def _equality(self) -> None:
        questions = await self.read(equality_questions)
        answers: Values = {}
        while await self._asked(questions, answers):
            said = "Once counted they cannot be taken back: nothing says whose they were."
            choice = await self.shown(
                AskScreen(_summary(questions, answers), (_COUNT, _CHANGE), hint=said)
            )
            if choice == _COUNT.answer:
                await self.write(enter_equality, answers)
                self.notice.say("Counted; nothing else of it is kept.", tone="good")
            if choice != _CHANGE.answer:
                return

    async def _asked(self, questions: tuple[Question, ...], answers: Values) -> bool:
        """Ask both pages, with what was answered before; False where they were left."""

        async def keep(values: Values) -> None:
            answers.update(values)

        said = "Voluntary; blank is fine. Only counted: not who, which matter or which day."
        pages = (questions[:_FIRST], questions[_FIRST:])
        for number, page in enumerate(pages, start=1):
            fields, title = _fields(page, answers), f"Equality answers, {number} of 2"
            if not await self.shown(PromptScreen(title, fields, keep, words=said)):
                return False
        return True

    def action_equality_figures(self) -> None:
        """Show how often each answer was given this year, small numbers left out."""
        self.work(self._figures())

    async def _figures(self) -> None:
        year, counted = await self.write(_figures_of)
        await self.shown(ReadingScreen(f"Equality answers in {year}", figures(counted)))


def _standings(desk: Desk) -> tuple[tuple[tuple[str, str], ...], str]:
    rules = desk.packs.complaints.value.book
    return options(rules.standings), f"{rules.definition.label}\n{rules.definition.cited}"


def _figures_of(desk: Desk) -> tuple[int, tuple[Counted, ...]]:
    year = desk.today().year
    return year, equality_figures(desk, year)


def _fields(questions: tuple[Question, ...], answers: Values) -> tuple[Field, ...]:
    return tuple(
        Field(
            item.id,
            item.label[:12],
            answers.get(item.id, ""),
            item.label,
            tuple((a, a) for a in item.answers),
        )
        for item in questions
    )


def _summary(questions: tuple[Question, ...], answers: Values) -> str:
    """Read the answers back before they are counted, one a line."""
    given = [f" {q.label}: {answers[q.id]}" for q in questions if answers.get(q.id)]
    return "\n".join(["Count these?", *(given or [" nothing was answered"])])
