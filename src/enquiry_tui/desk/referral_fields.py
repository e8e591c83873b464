"""What of a matter may be ticked for a referral: each field with its class, identifiers apart."""

from __future__ import annotations

from dataclasses import dataclass, replace

from enquiry_tui.desk import steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.seeing import Limits, masked
from enquiry_tui.desk.work import day
from enquiry_tui.domain.rights import Right
from enquiry_tui.domain.vocabulary import InfoClass, MarkerKind
from enquiry_tui.domain.when import show_day
from enquiry_tui.records import contacts, enquiries, markers, people
from enquiry_tui.records.base import Row

# Who somebody is, or how to find them: off until the officer ticks it.
_IDENTIFIERS = frozenset(
    {
        "person.name",
        "person.born",
        "person.postcode",
        "contact_point.phone",
        "contact_point.email",
        "contact_point.address",
    }
)
LABELS: dict[str, str] = {
    "enquiry.reference": "Our reference",
    "enquiry.subject": "About",
    "enquiry.received_on": "Received",
    "enquiry.their_reference": "Their reference",
    "person.name": "Name",
    "contact_point.phone": "Phone",
    "contact_point.email": "E-mail",
    "contact_point.address": "Address",
    "person.born": "Born",
    "person.postcode": "Postcode",
    "person.needs": "What they need",
    "marker.line": "Contact plan",
}
# What the rows of the desk and the plan show of a matter, whoever is on the line.
STAND_ANYHOW = frozenset({"person.name", "enquiry.subject", "marker.line"})
_WHEREABOUTS = frozenset({"contact_point.address", "person.postcode"})
_HIDING = frozenset({MarkerKind.PROTECTED_ADDRESS, MarkerKind.SAFE_CONTACT_ONLY})


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One field that may go with a referral, under the name it is ticked by."""

    name: str
    label: str
    value: str
    info_class: InfoClass
    identifier: bool


def field_choices(desk: Desk, enquiry_uid: str) -> tuple[FieldChoice, ...]:
    """List what may be ticked, each value masked as it is on the matter.

    Whereabouts of somebody protected are never among it. Raises NotFound, NotPermitted.
    """
    desk.demand(Right.REFER)
    matter, limits = steps.enquiry(desk, enquiry_uid), Limits(desk)
    seen, person = limits.of(matter["id"]), _enquirer(desk, matter)
    if person is None and (last := contacts.last_of_enquiry(desk.store, matter["id"])) is not None:
        seen = limits.said_in(
            last["id"], matter["id"]
        )  # name and number are as that call gave them
    return tuple(
        choice
        if choice.name in STAND_ANYHOW
        else replace(
            choice, value=masked(desk, seen_as(desk, matter["id"], choice.name), choice.value, seen)
        )
        for choice in choices_for(desk, matter)
    )


def seen_as(desk: Desk, enquiry_id: int, name: str) -> str:
    """Give the field by which the value of a choice is masked: a phone may be a safe number."""
    if name != "contact_point.phone":
        return name
    standing = markers.standing(desk.store, person_id=None, enquiry_id=enquiry_id)
    return "marker.safe_number" if any(m["safe_number"] for m in standing) else name


def choices_for(desk: Desk, matter: Row) -> tuple[FieldChoice, ...]:
    """List what may be ticked for a matter whose row is at hand."""
    person = _enquirer(desk, matter)
    found = [*_of_matter(matter), *_of_person(desk, matter, person)]
    return tuple(
        FieldChoice(
            name, LABELS[name], value, desk.packs.table.class_of(name), name in _IDENTIFIERS
        )
        for name, value in found
        if value
    )


def subject_id(desk: Desk, matter: Row) -> int | None:
    """Give the person whom the ticked fields are about: the first enquirer or complainant."""
    person = _enquirer(desk, matter)
    return int(person["id"]) if person is not None else None


def _enquirer(desk: Desk, matter: Row) -> Row | None:
    parts = enquiries.parts(desk.store, matter["id"])
    for wanted in ("enquirer", "complainant", "acting-for"):
        for part in parts:
            if part["part"] == wanted:
                return people.by_key(desk.store, part["person_id"])
    return None


def _of_matter(matter: Row) -> list[tuple[str, str]]:
    received = day(matter["received_on"])
    return [
        ("enquiry.reference", str(matter["reference"])),
        ("enquiry.subject", str(matter["subject"])),
        ("enquiry.received_on", show_day(received) if received else ""),
        ("enquiry.their_reference", str(matter["their_reference"])),
    ]


def _of_person(desk: Desk, matter: Row, person: Row | None) -> list[tuple[str, str]]:
    if person is None:
        return _as_heard(desk, matter)
    standing = markers.standing(desk.store, person_id=person["id"], enquiry_id=matter["id"])
    hidden = any(marker["kind"] in _HIDING for marker in standing)
    safe = [str(marker["safe_number"]) for marker in standing if marker["safe_number"]]
    points = people.points(desk.store, person["id"])
    found = [
        ("person.name", str(person["name"])),
        ("contact_point.phone", "; ".join(safe) or _values(points, "phone")),
        ("contact_point.email", "" if safe else _values(points, "email")),
        ("contact_point.address", _values(points, "address")),
        ("person.born", str(person["born"])),
        ("person.postcode", str(person["postcode"])),
        ("person.needs", str(person["needs"])),
        ("marker.line", "; ".join(str(marker["line"]) for marker in standing)),
    ]
    return [item for item in found if not (hidden and item[0] in _WHEREABOUTS)]


def _as_heard(desk: Desk, matter: Row) -> list[tuple[str, str]]:
    """Give name and number as heard where nobody is linked; markers on the matter still hold."""
    last = contacts.last_of_enquiry(desk.store, matter["id"])
    if last is None:
        return []
    standing = markers.standing(desk.store, person_id=None, enquiry_id=matter["id"])
    safe = [str(marker["safe_number"]) for marker in standing if marker["safe_number"]]
    return [
        ("person.name", str(last["who_said"])),
        ("contact_point.phone", "; ".join(safe) or str(last["phone"])),
        ("marker.line", "; ".join(str(marker["line"]) for marker in standing)),
    ]


def _values(points: list[Row], kind: str) -> str:
    return "; ".join(str(point["value"]) for point in points if point["kind"] == kind)
