"""Who may act for whom on a matter: authorities, agencies' requests, passwords, new numbers."""

from __future__ import annotations

from functools import partial

from enquiry_tui.desk import (
    agencies,
    agreed_passwords,
    authorities,
    authority_lists,
    contact_points,
    referrals,
)
from enquiry_tui.desk.agencies import RequestView
from enquiry_tui.desk.authority_views import AuthorityView
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.agencies import RequestOutcome
from enquiry_tui.domain.authorities import AuthorityBook, AuthorityKind, Stands
from enquiry_tui.domain.confirming import Way
from enquiry_tui.domain.when import show_day
from enquiry_tui.errors import Refused
from enquiry_tui.tui.screens import agency_form, authority_form
from enquiry_tui.tui.screens.asking import Option
from enquiry_tui.tui.screens.enquiry_people import EnquiryPeople
from enquiry_tui.tui.screens.prompt import Field, PromptScreen, Values

_WHY = Field("why", "Reason", "", "one line")
_DIGITS = "123456789"
_OUTCOMES = tuple((item.value, item.label) for item in RequestOutcome)
_PASSWORD = (
    Field("first", "Password", "", "two words that are easy to say", secret=True),
    Field("again", "Once more", "", "the same", secret=True),
)
_PASSWORD_WORDS = (
    "Let them choose it. It is never shown again: only a hash is kept. With the reference it "
    "recognises them at medium."
)


class EnquiryStanding(EnquiryPeople):
    """Records of authority, agencies' requests, the agreed password, confirming a new number."""

    # Authority

    def action_authorities(self) -> None:
        """Show who may act for whom here; check, withdraw or write down an authority."""
        self.do(self._authorities())

    async def _authorities(self) -> None:
        call = self.contact_uid if self.is_live else ""
        held = await self.read(authority_lists.authorities_of, self.enquiry_uid, call)
        options = [
            Option(_DIGITS[at], _authority_words(item), item.uid)
            for at, item in enumerate(held[:9])
        ]
        options.append(Option("n", "write down a new one", "new"))
        answer = await self.ask("Who may act for whom?", tuple(options))
        chosen = next((item for item in held if item.uid == answer), None)
        if answer == "new":
            await self._new_authority()
        elif chosen is not None:
            await self._check_or_withdraw(chosen)

    async def _check_or_withdraw(self, item: AuthorityView) -> None:
        if item.stands in {Stands.WITHDRAWN, Stands.EXPIRED}:
            raise Refused(f"{item.state_words()}.", "a v n writes down a new one.")
        claimed = item.stands is Stands.CLAIMED
        first = (Option("c", "it was checked: say how", "check"),) if claimed else ()
        answer = await self.ask(
            _authority_words(item),
            (*first, Option("w", "withdraw it: it opens nothing from now on", "withdraw")),
            f"{item.scope}. Seen: {item.evidence}. Look at: {item.look_at}. Source: {item.source}",
        )
        if answer == "check":
            how = Field("why", "Checked how", "", "what was looked at, and with whom")
            await self.form("check an authority", (how,), partial(self._checked, item.uid))
        elif answer == "withdraw":
            await self.form("withdraw an authority", (_WHY,), partial(self._withdrawn, item.uid))

    async def _checked(self, uid: str, values: Values) -> None:
        await self.write(authorities.check_authority, uid, values["why"])

    async def _withdrawn(self, uid: str, values: Values) -> None:
        await self.write(authorities.withdraw_authority, uid, values["why"])

    async def _new_authority(self) -> None:
        book = await self.read(_book)
        rules = list(book.rules.values())
        kind = await self.ask(
            "Which authority?",
            tuple(Option(_DIGITS[at], rule.label, str(rule.kind)) for at, rule in enumerate(rules)),
        )
        people = self.page.view.people if self.page is not None else ()
        if not kind:
            return
        if not people:
            raise Refused("Nobody is linked yet.", "P picks or records who may act.")
        names = tuple((p.uid, f"{p.part}: {p.name}") for p in people)
        rule = book.rules[AuthorityKind(kind)]
        holder = Field("holder", "Who may act", names[0][0] if len(names) == 1 else "", "", names)
        fields = (holder, *authority_form.fields_of(rule))
        submit = partial(self._add_authority, rule.kind)
        await self.form(rule.label, fields, submit, words=authority_form.words_of(rule))

    async def _add_authority(self, kind: AuthorityKind, values: Values) -> None:
        if not values["holder"]:
            raise Refused("Who may act?", "Type the digit of the person.")
        await self.write(authority_form.add, self.enquiry_uid, values["holder"], kind, values)

    # What agencies asked

    def action_agency_requests(self) -> None:
        """Show what agencies asked, and say what was done."""
        self.do(self._requests())

    async def _requests(self) -> None:
        found = await self.read(agencies.requests_of, self.enquiry_uid)
        if not found:
            raise Refused(
                "No agency's request here.", "t on the say screen (F4) takes one down in a call."
            )
        options = tuple(
            Option(_DIGITS[at], agency_form.words_of(item), item.uid)
            for at, item in enumerate(found[:9])
        )
        answer = await self.ask("Which request?", options)
        chosen = next((item for item in found if item.uid == answer), None)
        if chosen is not None:
            await self._settle(chosen)

    async def _settle(self, item: RequestView) -> None:
        form = f"form came {show_day(item.form_on)}" if item.form_on else "no written form yet"
        about = f"{item.basis}. {form}; authorised by {item.authorised}."
        if item.outcome is not None:
            raise Refused(f"{item.outcome.label.capitalize()}: {item.why}.", about)
        sent = await self.read(_sent_referrals, self.enquiry_uid)
        fields = (
            Field("form", "Form came", "", "the day; blank: as it was"),
            Field("outcome", "Outcome", "", "its digit; blank: still open", _OUTCOMES),
            Field("referral", "Shared by", "", "the referral's digit, where shared", sent),
            Field("why", "Because", "", "the reason, in one line"),
        )
        submit = partial(self._settled, item.uid)
        await self.form("an agency's request", fields, submit, words=about)

    async def _settled(self, uid: str, values: Values) -> None:
        await self.write(_settle_request, uid, values)

    # The agreed password

    def action_agreed_password(self) -> None:
        """Agree a password in a call that passed at medium, or withdraw the one there is."""
        self.do(self._password())

    async def _password(self) -> None:
        person = self._enquirer()
        if person is None:
            raise Refused("Nobody is linked yet.", "P picks or records the person first.")
        since = await self.read(agreed_passwords.has_password, person.uid)
        options = []
        if self.is_live:
            options.append(Option("n", "agree a new one" + (", in its place" if since else "")))
        if since:
            options.append(Option("w", "withdraw it: it opens nothing any more"))
        if not options:
            raise Refused(
                "No password is agreed with them.",
                "It is agreed in a call that passed at medium: ring back on a number held.",
            )
        held = f"One is agreed since {since}." if since else "None is agreed yet."
        answer = await self.ask("The password for ringing", tuple(options), held)
        if answer == "n":
            title = "The password for ringing"
            prompt = PromptScreen(title, _PASSWORD, self._agree, words=_PASSWORD_WORDS)
            if await self.shown(prompt):
                self.say("Agreed. It is never shown again.")
        elif answer == "w":
            await self.form(
                "withdraw the password", (_WHY,), partial(self._end_password, person.uid)
            )

    async def _agree(self, values: Values) -> None:
        if values["first"] != values["again"]:
            raise Refused("The two are not the same.", "Type it twice.")
        await self.write(agreed_passwords.agree_password, self.contact_uid, values["first"])

    async def _end_password(self, uid: str, values: Values) -> None:
        await self.write(agreed_passwords.withdraw_password, uid, values["why"])

    # A new number or address

    def action_confirm_point(self) -> None:
        """Confirm a new number or address by a second channel, step by step."""
        self.do(self._confirm_point())

    async def _confirm_point(self) -> None:
        person = self._enquirer()
        points = [p for p in person.points if not p.confirmed] if person is not None else []
        if not points:
            raise Refused("Nothing here waits to be confirmed.", "a t adds a number or address.")
        options = tuple(
            Option(_DIGITS[at], f"{p.kind} {p.value}", p.uid) for at, p in enumerate(points[:9])
        )
        point = options[0].answer
        if len(options) > 1:
            point = await self.ask("Which one was confirmed?", options)
        if point:
            await self._by_which_way(point)

    async def _by_which_way(self, point: str) -> None:
        found = await self.read(contact_points.confirm_ways, point)
        ways = [Option(_DIGITS[at], way.words, str(way)) for at, way in enumerate(found)]
        answer = await self.ask(
            "By which second channel?",
            (*ways, Option("t", "not yet: put it on the list to write or ring", "task")),
            "Until then nothing is rung, written or told there. The caller's own word is none.",
        )
        if answer == "task":
            first = found[0]
            await self.write(contact_points.ask_to_confirm, point, self.enquiry_uid, first)
            self.say("On the list, ten working days on.")
        elif answer:
            note = Field("note", "When", "", "when, with whom, which paper")
            submit = partial(self._confirmed, point, Way(answer))
            await self.form("confirm a number or address", (note,), submit)
        await self.load()

    async def _confirmed(self, point: str, way: Way, values: Values) -> None:
        await self.write(contact_points.confirm_by, point, way, values["note"])


def _authority_words(item: AuthorityView) -> str:
    return f"{item.holder} for {item.whose}: {item.covers} · {item.state_words()}"


def _book(desk: Desk) -> AuthorityBook:
    return desk.packs.authority.value.authorities


def _sent_referrals(desk: Desk, enquiry_uid: str) -> tuple[tuple[str, str], ...]:
    found = referrals.referrals_of(desk, enquiry_uid)
    return tuple(
        (item.uid, f"{item.number} to {item.entry_name}")
        for item in found
        if item.kind != "signpost"
    )


def _settle_request(desk: Desk, uid: str, values: Values) -> None:
    day = agency_form.day_or_none(desk, values["form"])
    if day is not None:
        agencies.form_came(desk, uid, day)
    if values["outcome"]:
        outcome = RequestOutcome(values["outcome"])
        agencies.settle_request(desk, uid, outcome, values["why"], values["referral"])
