"""What the keys of the identity screen do: flags, outcomes, ring back, authority."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial

from enquiry_tui.desk import (
    authorities,
    authority_lists,
    checks,
    contacts,
    gate_views,
    people,
    telling,
)
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.gate_views import IdentityView
from enquiry_tui.desk.people import NewPerson
from enquiry_tui.domain.authorities import AuthorityBook, AuthorityKind
from enquiry_tui.domain.checks import StepName
from enquiry_tui.domain.flags import Flag
from enquiry_tui.domain.text import fold
from enquiry_tui.domain.vocabulary import CheckOutcome, Decision, InfoClass
from enquiry_tui.domain.wordings import SayBook
from enquiry_tui.errors import Refused
from enquiry_tui.tui.screens import authority_form
from enquiry_tui.tui.screens.authority_form import on_file_words
from enquiry_tui.tui.screens.listening import YesOrNoActs
from enquiry_tui.tui.screens.prompt import Field, PromptScreen, Values
from enquiry_tui.tui.screens.ring_back import RingBackScreen

_IN_PERSON = (
    (StepName.KNOWN, "known to me from earlier dealings"),
    (StepName.PHOTO_IDENTITY, "photo identity, looked at by somebody trained"),
)


class IdentityActs(YesOrNoActs):
    """The keys beside the compare box; the screen itself shows what came of them."""

    def __init__(
        self, contact_uid: str, enquiry_uid: str = "", info_class: InfoClass | None = None
    ) -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._info_class = info_class
        self._view: IdentityView | None = None
        self._check_uid = ""
        self._say_book: SayBook | None = None
        self._rules: AuthorityBook | None = None
        self._kept: dict[str, Values] = {}
        self._to_write = ("", "")

    @property
    def _class(self) -> InfoClass:
        return self._info_class or InfoClass.OWN_PROGRESS

    async def _reload(self) -> None:
        verb = gate_views.identity
        self.show_view(await self.read(verb, self.contact_uid, self._class, self._check_uid))

    async def look_again(self) -> None:
        """Read the check once more."""
        await self._reload()

    def show_view(self, view: IdentityView) -> None:
        """Show a check as it stands now."""
        self._view = view

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
        await self.say_stopped(
            "Stopped. The data-protection officer sees it; nothing opens in this call."
        )

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
        if self._view is not None:
            screen = RingBackScreen(self.contact_uid, self._check_uid, self._view)
            self.app.push_screen(screen, self._after_ring)

    def _after_ring(self, words: str | None) -> None:
        self.run_worker(self._ring_done(words or ""), group="rung", name="rung")

    async def _ring_done(self, words: str) -> None:
        if words:
            self.notice.say(words, tone="good", hint="F12 ends the call; it is on your promises.")
        await self.attempt(self._reload)

    async def action_authority(self) -> None:
        """Take an authority that is on file, or record one that was seen."""
        if self._view is None:
            return
        if not self._view.look.contact.person_uid:
            self._ask_who(self._view.look.contact.who)
            return
        kept = self._kept.setdefault("authority", {})
        field = Field("seen", "Seen", hint="its digit or letter", options=self._seen_options())
        words = "What is on file counts at once; anything new is written down first."
        self.app.push_screen(
            PromptScreen("Which authority?", (field,), self._choose, words=words, kept=kept),
            self._after_choice,
        )

    def _ask_who(self, heard: str) -> None:
        name, _, firm = (part.strip() for part in heard.partition(","))
        fields = (
            Field("name", "Name", name, "who is on the line"),
            Field("at", "At", firm, "firm, office or service; blank for a private person"),
        )
        words = (
            "An authority is kept under the name of whoever acts. Name them, then press a again."
        )
        kept = self._kept.setdefault("who", {})
        screen = PromptScreen("Who is on the line?", fields, self._linked, words=words, kept=kept)
        self.app.push_screen(screen, self._after_link)

    async def _linked(self, values: Values) -> None:
        await self.write(_link, self.contact_uid, values["name"], values["at"])

    def _after_link(self, done: bool | None) -> None:
        if done:
            self.run_worker(self.attempt(self.begin_check), group="begin")

    @abstractmethod
    async def begin_check(self) -> None:
        """Begin the check, where one helps: the screen's own."""

    def _seen_options(self) -> tuple[tuple[str, str], ...]:
        view = self._view
        if view is None:
            return ()
        on_file = [(f"file:{held.uid}", f"on file: {on_file_words(held)}") for held in view.on_file]
        rules = self._rules.brought_by(view.look.contact.kind) if self._rules else ()
        new = [(f"new:{rule.kind}", f"write down: {rule.label}") for rule in rules]
        in_person = view.look.contact.channel == "in-person"
        seen = [(f"seen:{name}", label) for name, label in _IN_PERSON] if in_person else []
        return (*on_file, *new, *seen)

    async def _choose(self, values: Values) -> None:
        what, _, name = values["seen"].partition(":")
        if not what:
            raise Refused("Which one did you see?", "Type its digit.")
        if what == "file":
            await self.write(_rest, self.contact_uid, self._class, self._check_uid, name)
        self._to_write = ("", "") if what == "file" else (what, name)

    def _after_choice(self, done: bool | None) -> None:
        what, name = self._to_write
        if done and what:
            self.run_worker(self.attempt(partial(self._form, what, name)), group="form")
        else:
            self._after_prompt(done)

    async def _form(self, what: str, name: str) -> None:
        if what == "seen":
            where = Field("where", "Where", hint="what you saw, and who looked at it")
            submit = partial(self._seen_in_person, name)
            self.app.push_screen(
                PromptScreen("What was seen?", (where,), submit), self._after_prompt
            )
            return
        holder = await self.read(authority_lists.holder_in, self.contact_uid)
        kind = AuthorityKind(name)
        if self._rules is None:
            return
        rule = self._rules.rules[kind]
        screen = PromptScreen(
            rule.label.capitalize(),
            authority_form.fields_of(rule),
            partial(self._written_down, kind, holder),
            words=authority_form.words_of(rule),
            kept=self._kept.setdefault(name, {}),
        )
        self.app.push_screen(screen, self._after_prompt)

    async def _seen_in_person(self, name: str, values: Values) -> None:
        step = next(item for item in StepName if str(item) == name)
        verb = partial(_take, step=step, source=values["where"])
        await self.write(verb, self.contact_uid, self._class, self._check_uid)

    async def _written_down(self, kind: AuthorityKind, holder: str, values: Values) -> None:
        matter = self._view.look.contact.enquiry_uid if self._view is not None else ""
        await self.write(authority_form.add, matter, holder, kind, values)
        if not values["how"].strip():
            return
        held = (await self.read(authority_lists.on_file, self.contact_uid))[0]
        await self.write(_rest, self.contact_uid, self._class, self._check_uid, held.uid)

    def _after_prompt(self, _done: bool | None) -> None:
        self.run_worker(self.attempt(self._reload), group="reload", name="reload")


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


def _rest(
    desk: Desk, contact_uid: str, info_class: InfoClass, check_uid: str, authority_uid: str
) -> None:
    held = authorities.authority(desk, authority_uid)
    known = desk.packs.catalogue.steps[held.kind.step]
    need = gate_views.target(gate_views.look(desk, contact_uid, info_class).verdict, known)
    authorities.take_authority(desk, check_uid, authority_uid, info_class, until=need)


def _link(desk: Desk, contact_uid: str, name: str, firm: str) -> None:
    """Link the call with who was named: somebody of that very name and firm, else somebody new."""
    for found in people.suggest(desk, name):
        if fold(found.name) == fold(name) and fold(found.organisation) == fold(firm):
            contacts.pick_person(desk, contact_uid, found.person_uid)
            return
    if not name.strip():
        raise Refused("A person needs a name.", "Type it as you heard it.")
    contacts.pick_person(desk, contact_uid, NewPerson(name, organisation=firm))
