"""People, the points at which they can be reached, and the markers that stand on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enquiry_tui.desk import steps, work
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.person_steps import organisation
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.unread import is_unread
from enquiry_tui.desk.views import Suggestion
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.text import clean_line, fold
from enquiry_tui.domain.vocabulary import MarkerKind
from enquiry_tui.domain.when import LONDON, parse_utc
from enquiry_tui.errors import Refused
from enquiry_tui.records import contacts, enquiries, markers, people, search
from enquiry_tui.records.base import Row


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person as first heard."""

    name: str
    unsure: bool = False
    organisation: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    source: str = "given by the enquirer"


@dataclass(frozen=True, slots=True)
class NewMarker:
    """A marker to be set on a person or on a matter: exactly one of the two."""

    kind: MarkerKind
    line: str
    reason: str
    review_on: date
    person_uid: str = ""
    enquiry_uid: str = ""
    safe_number: str = ""


def record_person(desk: Desk, new: NewPerson) -> str:
    """Record a person, at an organisation where one is named. Raises NotPermitted, Refused."""
    if not clean_line(new.name).text:
        raise Refused("A person needs a name.", "Type the name as you heard it; ? marks doubt.")
    with desk.act(Action.PERSON_RECORD) as act:
        at = organisation(act, desk, new.organisation)
        row = steps.add_person(act, desk, new.name, unsure=new.unsure, at_organisation=at)
        for kind, value in (("phone", new.phone), ("email", new.email), ("address", new.address)):
            if value.strip():
                steps.add_point(act, desk, row["id"], kind, value, new.source)
        act.event("person", row["uid"], name=row["name"])
        return str(row["uid"])


def correct_name(desk: Desk, person_uid: str, name: str, why: str) -> None:
    """Correct a name that was heard or typed wrong: the old one is kept, what finds it follows.

    A `?` at its end keeps the doubt; without one the spelling is confirmed. Raises NotFound,
    ReasonMissing, MaskedNow for a mask, Refused.
    """
    with desk.act(Action.PERSON_AMEND) as act:
        row, reason = steps.person(desk, person_uid), steps.reason(why)
        cleaned = work.line(name)[:200]
        sure = cleaned.rstrip("? ")
        unsure = sure != cleaned
        if not sure:
            raise Refused("A person needs a name.", "Type it as it should read; ? marks doubt.")
        if (sure, unsure) == (row["name"], bool(row["unsure"])):
            raise Refused("The name is as it was.", "Type it as it should read, or leave with Esc.")
        steps.keep_old(act, desk, "person", row, "name", str(row["name"] or ""), reason)
        people.rename(act.tx, row["id"], sure, unsure=unsure)
        search.index(act.tx, "name", row["uid"], sure, person_id=row["id"])
        act.event("person", person_uid, old=row["name"], new=sure, why=reason)


def note_details(
    desk: Desk, person_uid: str, *, needs: str = "", born: str = "", postcode: str = ""
) -> None:
    """Keep what a person needs, their date of birth and their postcode; blank leaves as it is."""
    with desk.act(Action.PERSON_RECORD) as act:
        row = steps.person(desk, person_uid)
        people.set_details(
            act.tx,
            row["id"],
            needs=clean_line(needs).text or row["needs"],
            born=clean_line(born).text or row["born"],
            postcode=clean_line(postcode).text or row["postcode"],
        )
        act.event("person", person_uid, fields=["needs", "born", "postcode"])


def add_contact_point(desk: Desk, person_uid: str, kind: str, value: str, source: str) -> str:
    """Add a phone, e-mail or address: unverified until another channel confirms it."""
    if kind not in {"phone", "email", "address"} or not value.strip():
        raise Refused("That is not a phone, e-mail or address.", "Choose which, then type it.")
    with desk.act(Action.CONTACT_POINT_ADD) as act:
        row = steps.person(desk, person_uid)
        uid = steps.add_point(act, desk, row["id"], kind, value, clean_line(source).text)
        act.event("contact_point", uid, kind=kind, value=value)
        return uid


def withdraw_contact_point(desk: Desk, point_uid: str, why: str) -> None:
    """Say that a point is not to be used any more, with the reason."""
    with desk.act(Action.CONTACT_POINT_RETIRE) as act:
        row = people.point_by_uid(desk.store, point_uid)
        if row is None:
            raise NotFound("number or address")
        people.withdraw_point(act.tx, row["id"], at=act.at)
        act.event("contact_point", point_uid, outcome="withdrawn", why=steps.reason(why))


def set_marker(desk: Desk, new: NewMarker) -> str:
    """Set a marker with author, reason and review date. Raises Refused without line or reason."""
    if not clean_line(new.line).text or not clean_line(new.reason).text:
        raise Refused(
            "A marker needs its one line and a reason.",
            "Say in one line what a colleague must know, and why it is there.",
        )
    with desk.act(Action.MARKER_SET) as act:
        person = steps.person(desk, new.person_uid) if new.person_uid else None
        matter = steps.enquiry(desk, new.enquiry_uid) if new.enquiry_uid else None
        uid = act.new_uid()
        markers.add(
            act.tx,
            uid=uid,
            origin_vault=desk.store.vault_id,
            person_id=person["id"] if person else None,
            enquiry_id=matter["id"] if matter else None,
            kind=str(new.kind),
            line=clean_line(new.line).text[:200],
            reason=clean_line(new.reason).text,
            safe_number=clean_line(new.safe_number).text,
            review_on=new.review_on.isoformat(),
            set_at=act.at,
            set_by=desk.officer.uid,
        )
        act.event("marker", uid, kind=str(new.kind), line=new.line, reason=new.reason)
        return uid


def remove_marker(desk: Desk, marker_uid: str, why: str) -> None:
    """Take a marker off: a supervisor's act, with a reason. Raises NotPermitted."""
    with desk.act(Action.MARKER_REMOVE) as act:
        row = markers.by_uid(desk.store, marker_uid)
        if row is None or row["removed_at"] is not None:
            raise NotFound("marker")
        if row["enquiry_id"] and enquiries.by_key(desk.store, row["enquiry_id"]) is None:
            raise NotFound("marker")
        markers.remove(act.tx, row["id"], at=act.at, by=desk.officer.uid, why=steps.reason(why))
        act.event("marker", marker_uid, outcome="removed", why=why)


def suggest(desk: Desk, who: str, phone: str = "") -> tuple[Suggestion, ...]:
    """Suggest who it might be while the WHO words are typed. No event: no record is opened."""
    if is_unread(desk) or (len(fold(who)) < 2 and not phone):
        return ()
    return tuple(
        _suggestion(desk, score, row) for score, row in steps.possible_people(desk, who, phone)
    )


def _suggestion(desk: Desk, score: int, row: Row) -> Suggestion:
    matters = enquiries.of_person(desk.store, row["id"])[:4]
    last = [contacts.last_of_enquiry(desk.store, matter["id"]) for matter in matters[:1]]
    organisation = people.by_key(desk.store, row["at_organisation"] or 0)
    standing = markers.standing(desk.store, person_id=row["id"], enquiry_id=None)
    protected = any(marker["kind"] == MarkerKind.PROTECTED_ADDRESS for marker in standing)
    day = parse_utc(last[0]["started_at"]).astimezone(LONDON).date() if last and last[0] else None
    return Suggestion(
        person_uid=row["uid"],
        name=f"{row['name']} (protected)" if protected else row["name"],
        organisation=organisation["name"] if organisation else "",
        marker=standing[0]["line"] if standing else "",
        last_contact=day,
        matters=tuple((m["uid"], m["reference"], m["subject"]) for m in matters),
        likeness=score,
    )
