"""Urgent harm: help first, then the record. An emergency release needs one officer, no check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from enquiry_tui.desk import steps
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.held_details import FIELDS, HeldDetail, details, matching
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.urgent_steps import (
    add_line,
    for_supervisor,
    ring_back,
    settle_outcome,
    take_in,
)
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.emergency import BASIS, Card, EntryKind, may_receive
from enquiry_tui.domain.text import clean_line
from enquiry_tui.domain.vocabulary import Channel, Decision, Route
from enquiry_tui.domain.when import LONDON, parse_utc
from enquiry_tui.errors import Refused
from enquiry_tui.records import contacts, directory, enquiries, ledger, people, urgents
from enquiry_tui.records.base import Row

_A_MOMENT = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class UrgentView:
    """An urgent call as its screen shows it; `ring_back_at` where a ring back is promised."""

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
    ring_back_uid: str
    ring_back_at: datetime | None
    log: tuple[tuple[datetime, str], ...]


def begin_urgent(
    desk: Desk, contact_uid: str = "", *, opened_at: datetime | None = None
) -> UrgentView:
    """Begin urgent harm in the talking contact, or in a new call; goes on with one that runs.

    `opened_at` says since when its screen stood, where that was longer than a moment.
    """
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
        add_line(act, key, _started(act.now, opened_at))
        enquiries.refresh_desk_key(act.tx, enquiry)
        act.event("urgent", uid)
    return view(desk, uid)


def urgent_line(desk: Desk, urgent_uid: str, words: str) -> UrgentView:
    """Add a line with its time to the log; whom, number and incident it names are kept."""
    with desk.act(Action.EMERGENCY_LINE) as act:
        row = _running(desk, urgent_uid)
        cleaned = clean_line(words).text
        if cleaned:
            add_line(act, row["id"], cleaned)
            take_in(act, desk, row, cleaned)
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
            add_line(act, row["id"], f"where: {cleaned}")
            take_in(act, desk, row, cleaned)
        act.event("urgent", urgent_uid, place=cleaned)
    return view(desk, urgent_uid)


def dialled(desk: Desk, urgent_uid: str) -> UrgentView:
    """Stamp that the control room has been dialled and given it."""
    with desk.act(Action.EMERGENCY_DIALLED) as act:
        row = _running(desk, urgent_uid)
        urgents.change(act.tx, row["id"], dialled_at=act.at)
        add_line(act, row["id"], "control room dialled, given")
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
        add_line(act, row["id"], "told: " + ", ".join(item.field for item in chosen))
        for_supervisor(act, desk, row, "Emergency release: review it.")
        act.event(
            "urgent",
            urgent_uid,
            recipient=entry["uid"],
            lines=list(uids),
            fields=[item.field for item in chosen],
        )
    return uids


def end_urgent(desk: Desk, urgent_uid: str, how: str, *, well: str = "") -> UrgentView:
    """End the urgent call. Says how it ended, or that nobody knows; asks how the officer is.

    Where nobody knows, a promise to find out presses until somebody does. Raises Refused.
    """
    ended = clean_line(how).text
    if not ended:
        raise Refused("How did it end?", "Say it, or that nobody knows how they are.")
    with desk.act(Action.EMERGENCY_END) as act:
        row = _running(desk, urgent_uid)
        add_line(act, row["id"], f"ended: {ended}")
        urgents.change(
            act.tx,
            row["id"],
            ended_at=act.at,
            how_ended=ended,
            officer_well=clean_line(well).text,
        )
        pressing = settle_outcome(act, desk, row, ended)
        first = "OUTCOME NOT KNOWN. " if pressing else ""
        for_supervisor(act, desk, row, f"{first}Urgent call: read the log, ask after the officer.")
        act.event("urgent", urgent_uid, how=ended, presses=pressing)
    return view(desk, urgent_uid)


def view(desk: Desk, urgent_uid: str) -> UrgentView:
    """Show an urgent call. Raises NotFound."""
    row = _found(desk, urgent_uid)
    log = urgents.lines(desk.store, row["id"])
    promised = ring_back(desk, row)
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
        ring_back_uid=promised["uid"] if promised is not None else "",
        ring_back_at=parse_utc(promised["due_at"]) if promised is not None else None,
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


def _call(act: Act, desk: Desk, contact_uid: str) -> Row:
    """Give the contact that turns urgent: named, talking, or a new call."""
    if contact_uid:
        return steps.live_contact(desk, contact_uid)
    for row in contacts.open_of(act.tx, desk.officer.uid):
        if row["state"] == "talking":
            return row
    return steps.new_contact(act, desk, Channel.TELEPHONE)


def _started(now: datetime, opened_at: datetime | None) -> str:
    """Say that it started, and since when the screen stood where that was longer than a moment."""
    if opened_at is None or now - opened_at < _A_MOMENT:
        return "started"
    return f"started; F9 open since {opened_at.astimezone(LONDON):%H:%M:%S}"


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
