"""An agency's request, taken down in two short forms: what and why, then authority and outcome."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from functools import partial

from enquiry_tui.desk import agencies, contacts, gate_views, messages
from enquiry_tui.desk.agencies import NewRequest, RequestView
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.agencies import Asked, RequestOutcome, RequestRules
from enquiry_tui.domain.dates import read_day
from enquiry_tui.domain.vocabulary import InfoClass, Kind
from enquiry_tui.errors import Refused
from enquiry_tui.tui.screens.listening import YesOrNoActs
from enquiry_tui.tui.screens.prompt import Field, PromptScreen, Values

FORM_KINDS = frozenset({Kind.OWN_FORCE, Kind.OTHER_AGENCY, Kind.OVERSIGHT_BODY})
_LATER = "later"
_OUTCOMES = (
    (RequestOutcome.PASSED.value, "passed on to those who decide"),
    (RequestOutcome.REFUSED.value, "refused: a form gives no right to have it"),
    (_LATER, "not decided yet (a q on the matter)"),
)


class AgencyActs(YesOrNoActs):
    """The key that takes down what an agency asks, and what was done about it."""

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._request_kept: Values = {}
        self._second_kept: Values = {}
        self._asked_first: Values = {}

    @property
    @abstractmethod
    def asked_for(self) -> InfoClass | None:
        """Return the class that is asked for."""

    async def action_their_request(self) -> None:
        """Take down what an agency asks for, in the form the law wants."""
        await self.attempt(self._first_form)

    async def _first_form(self) -> None:
        rules = await self.read(_rules, self.contact_uid)
        fields = (
            Field("agency", "Agency", "", "force, council, department"),
            Field("by", "Who asks", "", "rank or post, name, number"),
            Field("purpose", "Purpose", "", "its digit", tuple(rules.purposes.items())),
            Field("about", "About", "", "one person, by name"),
            Field("what", "What", "", "the fact that is needed, exactly"),
            Field("need", "Why needed", "", "what they cannot do without it"),
            Field("harm", "If not", "", "what would be harmed without it"),
        )
        screen = PromptScreen(
            "What does the agency ask for?",
            fields,
            self._first,
            words=rules.discretion,
            kept=self._request_kept,
        )
        self.app.push_screen(screen, partial(self._second_form, rules))

    async def _first(self, values: Values) -> None:
        await self.read(agencies.demand_specific, _asked(values))
        self._asked_first = values

    def _second_form(self, rules: RequestRules, done: bool | None) -> None:
        if not done:
            return
        fields = (
            Field("rank", "Rank", "", rules.ranks),
            Field("name", "Authorised by", "", "name of who authorised it there"),
            Field("form", "Form came", "", "the day the written form came; blank: not yet"),
            Field("outcome", "Outcome", "1", "its digit", _OUTCOMES),
            Field("why", "Because", "", "the reason, in one line"),
        )
        screen = PromptScreen(
            "Who authorised it, and what is done?", fields, self._second, kept=self._second_kept
        )
        self.app.push_screen(screen, self._requested)

    async def _second(self, values: Values) -> None:
        both = {**self._asked_first, **values}
        self._said_of_request = await self.write(_take, self.contact_uid, self.asked_for, both)

    def _requested(self, done: bool | None) -> None:
        if done:
            self._request_kept.clear()
            self.run_worker(self._say_request(), group="request")

    async def _say_request(self) -> None:
        await self.attempt(self.look_again)
        self.notice.say(self._said_of_request, tone="good", hint="a q on the matter shows it.")

    _said_of_request = ""


def words_of(item: RequestView) -> str:
    """Say a request in a line: whose, what, and what was done."""
    done = item.outcome.label if item.outcome is not None else "NO OUTCOME YET"
    return f"{item.agency}, {item.asked_by}: {item.what} ({item.about_whom}) · {done}"


def _rules(desk: Desk, contact_uid: str) -> RequestRules:
    """Give the rules of the form. Raises Refused where this kind of caller needs none."""
    agencies.basis_for(desk, contacts.view(desk, contact_uid).kind)
    return desk.packs.authority.value.requests


def _asked(values: Values) -> Asked:
    return Asked(
        agency=values["agency"],
        asked_by=values["by"],
        purpose=values["purpose"],
        about_whom=values["about"],
        what=values["what"],
        necessity=values["need"],
        prejudice=values["harm"],
        authorised_rank=values.get("rank", ""),
        authorised_by=values.get("name", ""),
    )


def _take(desk: Desk, contact_uid: str, info_class: InfoClass | None, values: Values) -> str:
    """Take it down, settle it as chosen, and pass it on with a message where it goes on."""
    outcome = values["outcome"] or _LATER
    if outcome != _LATER and not values["why"].strip():
        raise Refused("Why?", "One line; the form gives no right, so each answer has its reason.")
    contact = contacts.view(desk, contact_uid)
    if not contact.enquiry_uid:
        contact = contacts.attach_contact(desk, contact_uid)
    form_on = day_or_none(desk, values["form"])
    new = NewRequest(contact_uid, _asked(values), info_class or InfoClass.SENSITIVE, form_on)
    taken = agencies.take_request(desk, new)
    if outcome == _LATER:
        return "Taken down; it waits for its outcome."
    settled = agencies.settle_request(desk, taken.uid, RequestOutcome(outcome), values["why"])
    if settled.outcome is not RequestOutcome.PASSED:
        return "Refused, on the ledger with its basis."
    door = desk.packs.authority.value.requests.door
    unit = gate_views.door_named(desk, door)
    words = f"{words_of(settled)}. {settled.basis}. {values['why']}"
    messages.take_message(
        desk,
        messages.TakeMessage(
            contact.enquiry_uid, unit.name, words, contact_uid, entry_key=unit.key
        ),
    )
    return f"Passed to {unit.name}, on the ledger with its basis."


def day_or_none(desk: Desk, words: str) -> date | None:
    """Read a day that is past, or blank. Raises Refused."""
    if not words.strip():
        return None
    found = read_day(words, desk.today(), desk.calendar, past=True)
    if found is None:
        raise Refused("That is not a day.", "Type today, 3 nov or 3/11/26; blank: not yet.")
    return found.day
