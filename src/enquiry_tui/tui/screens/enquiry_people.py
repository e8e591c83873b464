"""People on a matter: who the call is with, their numbers and addresses, markers."""

from __future__ import annotations

from datetime import timedelta

from enquiry_tui.desk import contacts, people
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.people import NewMarker, NewPerson
from enquiry_tui.desk.views import ContactView, PersonView
from enquiry_tui.domain.vocabulary import MarkerKind
from enquiry_tui.domain.when import show_day
from enquiry_tui.errors import Refused
from enquiry_tui.tui.screens.asking import Option
from enquiry_tui.tui.screens.enquiry_records import EnquiryRecords
from enquiry_tui.tui.screens.prompt import Field, Values

_POINTS = (("phone", "phone"), ("email", "e-mail"), ("address", "address"))
_MARKERS = tuple(
    (str(kind), kind.label) for kind in MarkerKind if kind is not MarkerKind.RESTRICTED
)
_DIGITS = "123456789"


class EnquiryPeople(EnquiryRecords):
    """Picking and recording people, contact points and markers."""

    def __init__(self, enquiry_uid: str, contact_uid: str = "", then: str = "") -> None:
        super().__init__(enquiry_uid, contact_uid, then)
        self._linking = ""

    def _enquirer(self) -> PersonView | None:
        view = self.page.view if self.page is not None else None
        return view.people[0] if view is not None and view.people else None

    def _whom(self) -> str:
        """Name the person that an act is on: a reference alone does not say whose it is."""
        person = self._enquirer()
        return f"{person.name}, {person.part.replace('-', ' ')}" if person is not None else ""

    # Who the call is with

    def action_pick_person(self) -> None:
        """Say who this is."""
        self.do(self._pick())

    async def _pick(self) -> None:
        contact = await self._contact_to_link()
        self._linking = contact.uid
        found = await self.read(people.suggest, contact.who, contact.phone)
        here = self.page.view.people if self.page is not None else ()
        known = {person.uid: f"{person.part} of this matter: {person.name}" for person in here}
        for item in found:
            known[item.person_uid] = _person_words(item.name, item.organisation, item.marker)
        options = [
            Option(_DIGITS[at], words, uid)
            for at, (uid, words) in enumerate(list(known.items())[:9])
        ]
        options.append(Option("n", "somebody new", "new"))
        heard = f"They said: {contact.who}." if contact.who else "Nobody named yet."
        hint = f"{heard} Picking another person shuts an open gate."
        answer = await self.ask("Who is this?", tuple(options), hint)
        if answer == "new":
            await self._record(contact.who, contact.phone)
        elif answer:
            await self.write(contacts.pick_person, contact.uid, answer)
            await self.load()

    async def _contact_to_link(self) -> ContactView:
        if self.is_live and self.page is not None and self.page.contact is not None:
            return self.page.contact
        found = await self.read(contacts.unlinked_contact, self.enquiry_uid)
        if found is None:
            raise Refused("Everybody here is linked.", "Correct a wrong link with e.")
        return found

    async def _record(self, who: str, phone: str) -> None:
        name, _, firm = (part.strip() for part in who.partition(","))
        fields = (
            Field("name", "Name", name, "as heard; ? at the end marks doubt"),
            Field("at", "At", firm, "firm, office or service; blank for a private person"),
            Field("phone", "Phone", phone),
            Field("email", "E-mail"),
            Field("address", "Address"),
        )
        await self.form("a new person", fields, self._new_person)

    async def _new_person(self, values: Values) -> None:
        name = values["name"].rstrip("? ")
        if not name:
            raise Refused("A person needs a name.", "Type it as you heard it; ? marks doubt.")
        new = NewPerson(
            name,
            unsure=values["name"].endswith("?"),
            organisation=values["at"],
            phone=values["phone"],
            email=values["email"],
            address=values["address"],
        )
        await self.write(contacts.pick_person, self._linking, new)

    # Numbers and addresses

    def action_add_point(self) -> None:
        """Add a number or address."""
        if not self._whom():
            self.fault(Refused("Nobody is linked yet.", "P picks or records the person first."))
            return
        fields = (
            Field("kind", "Kind", "", "1 phone, 2 e-mail, 3 address", _POINTS),
            Field("value", "Number", "", "or address"),
            Field("source", "From", "given by the enquirer", "where it comes from"),
        )
        self.do(self.form(f"number or address of {self._whom()}", fields, self._add_point))

    async def _add_point(self, values: Values) -> None:
        person = self._enquirer()
        if person is None:
            raise Refused("Nobody is linked yet.", "P picks or records the person first.")
        await self.write(
            people.add_contact_point, person.uid, values["kind"], values["value"], values["source"]
        )

    # Markers

    def action_set_marker(self) -> None:
        """Set a marker."""
        self.do(self._set_marker())

    async def _set_marker(self) -> None:
        review = await self.read(_review_day)
        whom = self._whom()
        on = (("matter", "this matter"),)
        fields = (
            Field("kind", "Marker", "", "its digit", _MARKERS),
            Field("line", "One line", "", "what a colleague must know"),
            Field("why", "Reason", "", "why it is there"),
            Field("safe", "Safe number", "", "only for safe contact"),
            Field("review", "Review on", review, "a day"),
            Field("on", "On", "1", "its digit", ((("person", whom), *on) if whom else on)),
        )
        hint = "" if whom else "Nobody is linked yet: it stands on this matter alone."
        title = f"a marker on {whom}" if whom else "a marker on this matter"
        await self.form(title, fields, self._marked, words=hint)

    async def _marked(self, values: Values) -> None:
        person = self._enquirer()
        if not values["kind"]:
            raise Refused("Say which marker.", "Type its digit.")
        on_person = values["on"] != "matter" and person is not None
        new = NewMarker(
            kind=MarkerKind(values["kind"]),
            line=values["line"],
            reason=values["why"],
            review_on=await self.day(values["review"]),
            person_uid=person.uid if on_person and person is not None else "",
            enquiry_uid="" if on_person else self.enquiry_uid,
            safe_number=values["safe"],
        )
        await self.write(people.set_marker, new)

    def action_remove_marker(self) -> None:
        """Take a marker off."""
        markers = self.page.view.markers if self.page is not None else ()
        options = tuple((m.uid, f"{m.kind.label}: {m.line}") for m in markers)
        fields = (
            Field("marker", "Which", "", "its digit", options),
            Field("why", "Reason", "", "one line"),
        )
        self.do(self.form("take a marker off", fields, self._unmarked))

    async def _unmarked(self, values: Values) -> None:
        if not values["marker"]:
            raise Refused("Say which marker.", "Type its digit.")
        await self.write(people.remove_marker, values["marker"], values["why"])


def _review_day(desk: Desk) -> str:
    return show_day(desk.today() + timedelta(days=90))


def _person_words(name: str, organisation: str, marker: str) -> str:
    flag = f" ⚑ {marker}" if marker else ""
    return " · ".join(part for part in (name, organisation) if part) + flag
