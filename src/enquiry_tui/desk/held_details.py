"""What is held of whoever is on an urgent call: *matches our record of*, a number is no person."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.phones import read_phone
from enquiry_tui.records import contacts, enquiries, people
from enquiry_tui.records.base import Row

# What an emergency service may be told, by the name under which the pack classes it.
FIELDS = {
    "name": "person.name",
    "born": "person.born",
    "postcode": "person.postcode",
    "phone": "contact_point.phone",
    "email": "contact_point.email",
    "address": "contact_point.address",
    "said": "contact.note",
}


@dataclass(frozen=True, slots=True)
class HeldDetail:
    """One held detail, *matches our record of*: a number is not a person."""

    number: int
    field: str
    words: str
    about_uid: str
    about: str


def matching(desk: Desk, row: Row) -> list[Row]:
    """List whom the call may come from: the person picked, else whoever has the number."""
    if row["person_id"] is not None:
        person = people.by_key(desk.store, row["person_id"])
        return [person] if person is not None else []
    last9 = read_phone(row["phone"]).last9 if row["phone"] else ""
    return people.with_phone(desk.store, last9) if last9 else []


def details(desk: Desk, row: Row) -> list[HeldDetail]:
    """List what is held of whoever it may be, numbered as the screen shows it."""
    found: list[HeldDetail] = []

    def hold(person: Row, field: str, words: str) -> None:
        if words:
            found.append(HeldDetail(len(found) + 1, field, words, person["uid"], person["name"]))

    for person in matching(desk, row):
        hold(person, "name", person["name"])
        for point in people.points(desk.store, person["id"]):
            hold(person, point["kind"], point["value"])
        hold(person, "born", person["born"])
        hold(person, "postcode", person["postcode"])
        for matter in enquiries.of_person(desk.store, person["id"])[:1]:
            last = contacts.last_of_enquiry(desk.store, matter["id"])
            if last is not None:
                hold(person, "said", last["note"][:300])
    return found
