"""Urgent harm: help first, then the record. An emergency release needs one officer, no check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from enquiry_tui.desk import steps
from enquiry_tui.desk.bring_forwards import record_bring_forward
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.held_details import FIELDS, HeldDetail, details, matching
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.emergency import BASIS, Card, EntryKind, may_receive
from enquiry_tui.domain.text import clean_line
from enquiry_tui.domain.vocabulary import Channel, Decision, Route
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.errors import Refused
from enquiry_tui.records import contacts, directory, enquiries, ledger, people, urgents
from enquiry_tui.records.base import Row


@dataclass(frozen=True, slots=True)
class UrgentView:
    """An urgent call as its screen shows it."""

    uid: str
    contact_uid: str
    card: str
    place: str
    dialled_at: datetime | None
    incident_number: str
    taken_by: str
    accepted: str
    started_at: datetime
    ended_at: datetime | None
    phone: str
    known: int
    log: tuple[tuple[datetime, str], ...]


def begin_urgent(desk: Desk, contact_uid: str = "") -> UrgentView:
    """Begin urgent harm in the talking contact, or in a new call; goes on with one that runs."""
    found = urgents.running(desk.store, desk.officer.uid)
    if found is not None:
        return view(desk, found["uid"])
    with desk.act(Action.EMERGENCY_BEGIN) as act:
        row = _call(act, desk, contact_uid)
        enquiry = row["enquiry_id"]
        if enquiry is None:
            matter = steps.open_matter(act, desk, "Urgent harm")
            enquiries.change(act.tx, matter["id"], urgent=1)
            contacts.change(act.tx, row["id"], enquiry_id=matter["id"])
            enquiry = matter["id"]
        uid = act.new_uid()
        key = urgents.add(
            act.tx,
            uid=uid,
            origin_vault=desk.store.vault_id,
            contact_id=row["id"],
            started_at=act.at,
        )
        _line(act, key, "started")
        enquiries.refresh_desk_key(act.tx, enquiry)
        act.event("urgent", uid)
    return view(desk, uid)


def urgent_line(desk: Desk, urgent_uid: str, words: str) -> UrgentView:
    """Add a line with its time to the log."""
    with desk.act(Action.EMERGENCY_LINE) as act:
        row = _running(desk, urgent_uid)
        cleaned = clean_line(words).text
        if cleaned:
            _line(act, row["id"], cleaned)
        act.event("urgent", urgent_uid, words=cleaned)
    return view(desk, urgent_uid)


def set_place(desk: Desk, urgent_uid: str, place: str, card: Card | None = None) -> UrgentView:
    """Keep where they are, the first thing asked, and which card is on the screen."""
    with desk.act(Action.EMERGENCY_LINE) as act:
        row = _running(desk, urgent_uid)
        cleaned = clean_line(place).text
        urgents.change(
            act.tx, row["id"], place=cleaned or row["place"], card=str(card or row["card"])
        )
        if cleaned and cleaned != row["place"]:
            _line(act, row["id"], f"where: {cleaned}")
        act.event("urgent", urgent_uid, place=cleaned)
    return view(desk, urgent_uid)


def dialled(desk: Desk, urgent_uid: str) -> UrgentView:
    """Stamp that the control room has been dialled and given it."""
    with desk.act(Action.EMERGENCY_DIALLED) as act:
        row = _running(desk, urgent_uid)
        urgents.change(act.tx, row["id"], dialled_at=act.at)
        _line(act, row["id"], "control room dialled, given")
        act.event("urgent", urgent_uid)
    return view(desk, urgent_uid)


def set_incident(
    desk: Desk, urgent_uid: str, *, number: str = "", taken_by: str = "", accepted: str = ""
) -> UrgentView:
    """Keep the incident number, who took it, and whether they accepted or refused."""
    if accepted not in {"", "accepted", "refused"}:
        raise Refused("Accepted or refused?", "Say which; where they refuse, say who owns it now.")
    if number.strip() and not any(map(str.isdigit, number)):
        raise Refused("That is no incident number: it has no digit.", "Words belong in the log.")
    with desk.act(Action.EMERGENCY_INCIDENT) as act:
        row = _found(desk, urgent_uid)
        urgents.change(
            act.tx,
            row["id"],
            incident_number=clean_line(number).text or row["incident_number"],
            taken_by=clean_line(taken_by).text or row["taken_by"],
            accepted=accepted or row["accepted"],
        )
        urgents.index(act.tx, row["id"])
        act.event("urgent", urgent_uid, number=number, taken_by=taken_by, accepted=accepted)
    return view(desk, urgent_uid)


def held_details(desk: Desk, urgent_uid: str) -> tuple[HeldDetail, ...]:
    """Show what is held under the caller's number or person, at once: vital interests, logged."""
    with desk.act(Action.EMERGENCY_REVEAL, BASIS) as act:
        row = _running(desk, urgent_uid)
        found = tuple(details(desk, row))
        act.event("urgent", urgent_uid, fields=[item.field for item in found])
    return found


def release_emergency(
    desk: Desk, urgent_uid: str, entry_key: str, numbers: tuple[int, ...]
) -> tuple[str, ...]:
    """Record what the emergency service was told, one line a field. Raises Refused, NotFound.

    The recipient is a directory entry of kind *emergency* and nothing else; a supervisor is told
    by a bring-forward for the next working day.
    """
    with desk.act(Action.LEDGER_EMERGENCY, BASIS) as act:
        row = _running(desk, urgent_uid)
        entry = directory.by_key(desk.store, entry_key)
        if entry is None or not may_receive(EntryKind(entry["kind"])):
            raise Refused(
                "An emergency release goes to an emergency service only.",
                "Choose the control room, 999, ambulance or coastguard in the directory.",
            )
        chosen = [item for item in details(desk, row) if item.number in numbers]
        if not chosen:
            raise Refused(
                "Nothing is chosen to be told.", "F3 shows what is held; then its numbers."
            )
        uids = tuple(_release(act, desk, row, entry, item) for item in chosen)
        _line(act, row["id"], "told: " + ", ".join(item.field for item in chosen))
        _for_supervisor(act, desk, row, "Emergency release: review it.")
        act.event(
            "urgent",
            urgent_uid,
            recipient=entry["uid"],
            lines=list(uids),
            fields=[item.field for item in chosen],
        )
    return uids


def end_urgent(desk: Desk, urgent_uid: str, how: str, *, well: str = "") -> UrgentView:
    """End the urgent call: help is with them, or the line dropped. Asks how the officer is."""
    with desk.act(Action.EMERGENCY_END) as act:
        row = _running(desk, urgent_uid)
        _line(act, row["id"], f"ended: {clean_line(how).text}")
        urgents.change(
            act.tx,
            row["id"],
            ended_at=act.at,
            how_ended=clean_line(how).text,
            officer_well=clean_line(well).text,
        )
        _for_supervisor(act, desk, row, "Urgent call: read the log, ask how the officer is.")
        act.event("urgent", urgent_uid, how=how)
    return view(desk, urgent_uid)


def view(desk: Desk, urgent_uid: str) -> UrgentView:
    """Show an urgent call. Raises NotFound."""
    row = _found(desk, urgent_uid)
    log = urgents.lines(desk.store, row["id"])
    return UrgentView(
        uid=row["uid"],
        contact_uid=row["contact_uid"],
        card=row["card"],
        place=row["place"],
        dialled_at=parse_utc(row["dialled_at"]) if row["dialled_at"] else None,
        incident_number=row["incident_number"],
        taken_by=row["taken_by"],
        accepted=row["accepted"],
        started_at=parse_utc(row["started_at"]),
        ended_at=parse_utc(row["ended_at"]) if row["ended_at"] else None,
        phone=row["phone"],
        known=len(matching(desk, row)),
        log=tuple((parse_utc(line["at"]), line["words"]) for line in log),
    )


def _release(act: Act, desk: Desk, row: Row, entry: Row, item: HeldDetail) -> str:
    name = FIELDS[item.field]
    info_class = desk.packs.table.class_of(name)
    about = people.by_uid(desk.store, item.about_uid)
    uid = act.new_uid()
    ledger.add(
        act.tx,
        item.words,
        uid=uid,
        origin_vault=desk.store.vault_id,
        contact_id=row["contact_id"],
        enquiry_id=row["enquiry_id"],
        decision=str(Decision.RELEASE),
        item=name,
        info_class=str(info_class),
        class_rank=info_class.digit,
        content=1,
        about_person_id=about["id"] if about is not None else None,
        recipient_entry_id=entry["id"],
        route=str(Route.EMERGENCY),
        basis=BASIS,
        rule="emergency",
        pack_hash=desk.packs.disclosure.hash,
        officer_uid=desk.officer.uid,
        at=act.at,
    )
    return uid


def _for_supervisor(act: Act, desk: Desk, row: Row, why: str) -> None:
    tomorrow = desk.calendar.add_working_days(desk.today(), 1)
    record_bring_forward(act, desk, row["enquiry_id"], tomorrow, why, for_supervisor=True)


def _call(act: Act, desk: Desk, contact_uid: str) -> Row:
    """Give the contact that turns urgent: named, talking, or a new call."""
    if contact_uid:
        return steps.live_contact(desk, contact_uid)
    for row in contacts.open_of(act.tx, desk.officer.uid):
        if row["state"] == "talking":
            return row
    return steps.new_contact(act, desk, Channel.TELEPHONE)


def _found(desk: Desk, urgent_uid: str) -> Row:
    row = urgents.by_uid(desk.store, urgent_uid)
    if row is None or contacts.by_uid(desk.store, row["contact_uid"]) is None:
        raise NotFound("urgent call")
    return row


def _running(desk: Desk, urgent_uid: str) -> Row:
    row = _found(desk, urgent_uid)
    if row["ended_at"] is not None:
        raise Refused("This urgent call has ended.", "F9 begins a new one.")
    return row


def _line(act: Act, urgent_id: int, words: str) -> None:
    urgents.add_line(act.tx, uid=act.new_uid(), urgent_id=urgent_id, at=act.at, words=words)
    urgents.index(act.tx, urgent_id)
