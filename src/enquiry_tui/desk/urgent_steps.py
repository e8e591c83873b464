"""Steps that the verbs of urgent harm share: a line, what it names, the supervisor, a ring back."""

from __future__ import annotations

from datetime import timedelta

from enquiry_tui.desk import quiet_notes, steps
from enquiry_tui.desk.bring_forwards import record_bring_forward
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.promises import MakePromise, record_promise
from enquiry_tui.domain.emergency import FIND_OUT, RING_BACK, Ending
from enquiry_tui.domain.phones import read_phone
from enquiry_tui.domain.urgent_words import hear
from enquiry_tui.records import contacts, directory, enquiries, promises, urgents
from enquiry_tui.records.base import Row

FIND_OUT_IN = timedelta(minutes=15)


def add_line(act: Act, urgent_id: int, words: str) -> None:
    """Add a line with its time to the log."""
    urgents.add_line(act.tx, uid=act.new_uid(), urgent_id=urgent_id, at=act.at, words=words)
    urgents.index(act.tx, urgent_id)


def take_in(act: Act, desk: Desk, row: Row, words: str) -> None:
    """Keep what a line names and nothing is kept of yet: the number, the caller, the incident."""
    heard = hear(words)
    contact = steps.written(contacts.by_uid(act.tx, row["contact_uid"]))
    phone = heard.phone
    if phone and (contact["phone"] or _is_listed(desk, phone)):
        phone = ""
    if phone:
        contacts.change(act.tx, contact["id"], phone=phone, withheld=0)
    if contact["person_id"] is None:
        name = "" if contact["who_said"] else heard.name
        if name:
            contacts.change(act.tx, contact["id"], who_said=name, unsure=1)
        if name or phone:
            _count_possible(act, desk, contact["uid"])
    if heard.incident and not row["incident_number"]:
        taken = row["taken_by"] or heard.taken_by
        urgents.change(act.tx, row["id"], incident_number=heard.incident, taken_by=taken)
        urgents.index(act.tx, row["id"])


def for_supervisor(act: Act, desk: Desk, row: Row, why: str) -> None:
    """Have a supervisor look at the matter on the next working day."""
    tomorrow = desk.calendar.add_working_days(desk.today(), 1)
    record_bring_forward(act, desk, row["enquiry_id"], tomorrow, why, for_supervisor=True)


def ring_back(desk: Desk, row: Row) -> Row | None:
    """Find the open promise to ring this caller back, or to find out how they are."""
    found = [
        promise
        for promise in promises.of_enquiry(desk.store, row["enquiry_id"] or 0)
        if promise["contact_id"] == row["contact_id"] and promise["state"] == "open"
        if promise["what"] in {RING_BACK, FIND_OUT}
    ]
    return found[0] if found else None


def settle_outcome(act: Act, desk: Desk, row: Row, how: str) -> str:
    """Keep the matter pressing while nobody knows how they are; let the ring back go once known.

    Gives the promise that presses, empty where none does. Words of the officer's own let an open
    ring back stand as it is.
    """
    ending = Ending(how) if how in {str(item) for item in Ending} else None
    stands = ring_back(desk, row)
    if ending is None or stands is None:
        if ending is None or ending.is_known:
            return str(stands["uid"]) if stands is not None else ""
        matter = steps.written(enquiries.by_key(act.tx, row["enquiry_id"]))
        due = act.now + FIND_OUT_IN
        request = MakePromise(matter["uid"], FIND_OUT, due, row["contact_uid"])
        return record_promise(act, desk, matter, request)
    if not ending.is_known:
        return str(stands["uid"])
    promises.change(
        act.tx, stands["id"], state="released", settled_at=act.at, settled_how=str(ending)
    )
    return ""


def _is_listed(desk: Desk, phone: str) -> bool:
    """Say whether it is a number of the directory: whom the officer rang, and not who rings."""
    last9 = read_phone(phone).last9
    listed = (filter(str.isdigit, entry["phone"]) for entry in directory.entries(desk.store))
    return any("".join(digits)[-9:] == last9 for digits in listed)


def _count_possible(act: Act, desk: Desk, uid: str) -> None:
    contact = steps.written(contacts.by_uid(act.tx, uid))
    who, phone = contact["who_said"], contact["phone"]
    possible = len(steps.possible_people(desk, who, phone)) if who else 0
    contacts.change(act.tx, contact["id"], possible=possible)
    quiet_notes.tell_likely_readers(act, desk, who, phone)
