"""A complaint after it was taken down: the path so far, and every step that is open from here."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content

from enquiry_tui.desk import complaint_allegations as allegations
from enquiry_tui.desk import complaint_iopc as iopc
from enquiry_tui.desk import complaints
from enquiry_tui.desk.complaint_life import Life, NextStep, life
from enquiry_tui.desk.complaint_outcome import outcome_letter
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.complaint_states import Verb
from enquiry_tui.domain.office_rules import Category
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.screens import complaint_path_text as words
from enquiry_tui.tui.screens.asking import AskScreen, Option
from enquiry_tui.tui.screens.complaint_base import ComplaintBase
from enquiry_tui.tui.screens.complaint_category import CategoryScreen
from enquiry_tui.tui.screens.complaint_form import Form, by_field, day
from enquiry_tui.tui.screens.complaint_forms_first import FIRST_FORMS
from enquiry_tui.tui.screens.complaint_forms_later import LATER_FORMS, decision_form
from enquiry_tui.tui.screens.complaint_lines import Answers, LinesScreen
from enquiry_tui.tui.screens.complaint_passing import pass_on
from enquiry_tui.tui.screens.prompt import Field, PromptScreen, Values
from enquiry_tui.tui.widgets.choices import Choices
from enquiry_tui.tui.widgets.panels import Panel

_FORMS: dict[Verb, Form] = {**FIRST_FORMS, **LATER_FORMS}


class ComplaintPathScreen(ComplaintBase):
    """Left the path and the steps, right what the step under the cursor is for and needs."""

    PLACE = Place.COMPLAINT_PATH
    HEADING = "Complaint"
    CSS_PATH = "complaint_path.tcss"
    AUTO_FOCUS = "#steps"

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._uids: tuple[str, ...] = ()
        self._at = 0
        self._categories: dict[str, Category] = {}
        self._kept: dict[str, Values] = {}

    def content(self) -> ComposeResult:
        """Show the head, the two halves."""
        yield NoMarkup(id="head")
        with Horizontal(id="halves"):
            with Vertical(id="left"):
                with VerticalScroll(id="path"):
                    yield Panel(id="path-lines")
                yield NoMarkup(id="next-title")
                yield Choices(id="steps")
            with VerticalScroll(id="right"):
                yield NoMarkup(id="detail")

    async def ready(self) -> None:
        """Read the complaints of the matter; the last one is shown first."""
        found = await self.read(complaints.complaints_of, self.enquiry_uid)
        if not found:
            self.notice.say(
                "No complaint was taken down in this matter.", hint="F6 takes one down."
            )
            return
        self._categories = await self.read(_categories)
        self._uids = tuple(item.uid for item in found)
        self._at = len(found) - 1
        await self._load()

    async def _load(self) -> None:
        self._life = await self.read(life, self._uids[self._at])
        steps = self.query_one(Choices)
        steps.show(words.choices(self._life))
        self.query_one("#next-title", NoMarkup).show(words.next_title(self._life))
        steps.focus()
        self._show()

    def _show(self) -> None:
        if self._life is None:
            return
        self.query_one("#head", NoMarkup).show(words.head(self._life, self._at, len(self._uids)))
        left = self.query_one("#left").size.width or 42
        self.query_one("#path-lines", Panel).show_lines(
            list(words.path_lines(self._life, left)), title="SO FAR"
        )
        self.query_one("#path", VerticalScroll).scroll_end(animate=False)
        self._show_detail()

    def _show_detail(self) -> None:
        if self._life is None:
            return
        current = self.query_one(Choices).current
        step = current.data if current is not None else None
        room = (self.query_one("#right").size.width or 37) - 3
        found = step if isinstance(step, NextStep) else None
        shown: Content = words.detail(self._life, found, room, self._categories)
        self.query_one("#detail", NoMarkup).show(shown)

    def on_resize(self) -> None:
        """Wrap again."""
        self._show()

    def on_mount(self) -> None:
        """Follow the cursor, and read."""
        self.watch(self.query_one(Choices), "cursor", self._show_detail, init=False)
        super().on_mount()

    def action_next_complaint(self) -> None:
        """Go to the next complaint of the matter."""
        self.work(self._next())

    async def _next(self) -> None:
        if len(self._uids) < 2:
            raise Refused("This matter has one complaint.", "F6 takes another down.")
        self._at = (self._at + 1) % len(self._uids)
        await self._load()

    # Taking a step

    def on_key(self, event: events.Key) -> None:
        """Take the step with this key."""
        if self.prompt.is_asking or self._life is None:
            return
        for choice in self.query_one(Choices).choices:
            if choice.key and choice.key == event.character and isinstance(choice.data, NextStep):
                event.stop()
                event.prevent_default()
                self.work(self._take(choice.data))
                return

    @on(Choices.Chosen)
    def take_chosen(self, event: Choices.Chosen) -> None:
        """Take the step under the cursor."""
        if isinstance(event.choice.data, NextStep):
            self.work(self._take(event.choice.data))

    async def _take(self, step: NextStep) -> None:
        if step.missing:
            raise Refused(f"Not yet: {step.title}.", "First: " + "; ".join(step.missing) + ".")
        if not step.is_mine:
            raise Refused(f"That is for {step.who}.", "Have one of them sign in and enter it.")
        if await self._done(step):
            await self._load()
            now = self._life.state.words if self._life is not None else ""
            self.notice.say(f"On the record: {step.title}. Now: {now}.", tone="good")

    async def _done(self, step: NextStep) -> bool:
        match step.verb:
            case Verb.PASS:
                return await pass_on(self, self._uids[self._at]) is not None
            case Verb.FINISH_SCREEN:
                return await self._lines(step)
            case Verb.ADD_ALLEGATION:
                return await self._add_allegation(step)
            case Verb.CATEGORISE:
                return await self._categorise()
            case Verb.DECIDE:
                chosen = await self._which("Which allegation is decided?")
                return bool(chosen) and await self._form(step, decision_form(chosen), chosen)
        return await self._form(step, _FORMS[step.verb])

    async def _form(self, step: NextStep, form: Form, allegation_uid: str = "") -> bool:
        current = self._now()
        fields = await self.read(form.fields, current)

        async def save(values: Values) -> None:
            await self.write(form.save, current, values)

        said = f"{step.why}\n{step.source}"
        if step.verb is Verb.TELL:
            letter = await self.read(outcome_letter, self._uids[self._at])
            said = f"{words.beside_the_form(letter)}\n{step.source}"
        for item in current.complaint.allegations:
            if item.uid == allegation_uid:
                said = f"{item.category} {item.words}\n{step.source}"
        kept = self._kept.setdefault(f"{allegation_uid or self._uids[self._at]}/{step.verb}", {})
        screen = PromptScreen(
            f"{step.title[0].upper()}{step.title[1:]}", fields, save, words=said, kept=kept
        )
        return await self.shown(screen) or False

    async def _lines(self, step: NextStep) -> bool:
        current = self._now()

        async def save(answers: Answers, by: str, on_day: str) -> None:
            await self.write(_finish_screen, current, answers, by, on_day)

        screen = LinesScreen(current.lines, step.why, by_field(current).value, save)
        return await self.shown(screen) or False

    # Allegations

    async def _add_allegation(self, step: NextStep) -> bool:
        uid = self._uids[self._at]
        before = len(self._now().complaint.allegations)

        async def save(values: Values) -> None:
            await self.write(allegations.add_allegation, uid, values["words"])

        field = Field("words", "What", "", "one thing complained of, in their words")
        if not await self.shown(PromptScreen("Another allegation", (field,), save, words=step.why)):
            return False
        self._life = await self.read(life, uid)
        await self._pick(self._now().complaint.allegations[before].uid)
        return True

    async def _categorise(self) -> bool:
        chosen = await self._which("Which allegation?")
        return bool(chosen) and await self._pick(chosen)

    async def _which(self, question: str) -> str:
        found = self._now().complaint.allegations
        if len(found) == 1:
            return found[0].uid
        keys = "123456789abcdefghijklm"
        rows = tuple(
            Option(keys[at], f"{item.category or 'no category'}: {item.words}", item.uid)
            for at, item in enumerate(found[: len(keys)])
        )
        return await self.shown(AskScreen(question, rows)) or ""

    async def _pick(self, allegation_uid: str) -> bool:
        item = next(a for a in self._now().complaint.allegations if a.uid == allegation_uid)
        code = await self.shown(
            CategoryScreen(f"Category of: {item.words}", self._categories, item.suggested)
        )
        if not code:
            return False
        why = "chosen again" if item.category else ""
        await self.write(allegations.categorise, allegation_uid, code, why)
        return True


def _categories(desk: Desk) -> dict[str, Category]:
    return dict(desk.packs.complaints.value.categories)


def _finish_screen(desk: Desk, current: Life, answers: Answers, by: str, on_day: str) -> object:
    when = day(desk, {"on": on_day})
    return iopc.finish_screen(desk, current.complaint.uid, answers, by=by, on=when)
