"""Steps that several verbs share, each inside the act of the verb that takes it."""

from __future__ import annotations

import secrets
from datetime import timedelta

from enquiry_tui.desk import retention_steps
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.problems import ContactOver, NotFound, ReasonMissing
from enquiry_tui.domain.names import likeness
from enquiry_tui.domain.phones import read_phone
from enquiry_tui.domain.references import Reference, new_code_word
from enquiry_tui.domain.subjects import subject_of
from enquiry_tui.domain.text import clean, clean_line, fold
from enquiry_tui.domain.vocabulary import Channel
from enquiry_tui.domain.when import parse_utc, utc_text
from enquiry_tui.records import checks, contacts, enquiries, people, search
from enquiry_tui.records.base import Row, Value

LOOKED_AT = 100  # people whose names are held against the one that was typed
LIKELY = 70  # from this likeness on (0 to 100) two names may be the same person's


def enquiry(desk: Desk, uid: str) -> Row:
    """Find a matter this officer may see. Raises NotFound."""
    row = enquiries.by_uid(desk.store, uid)
    if row is None:
        raise NotFound("matter")
    return row


def contact(desk: Desk, uid: str) -> Row:
    """Find a contact this officer may see. Raises NotFound."""
    row = contacts.by_uid(desk.store, uid)
    if row is None:
        raise NotFound("contact")
    return row


def live_contact(desk: Desk, uid: str) -> Row:
    """Find a contact that still runs. Raises NotFound, ContactOver."""
    row = contact(desk, uid)
    if row["state"] == "ended" or parse_utc(row["limit_at"]) <= desk.now():
        raise ContactOver
    return row


def person(desk: Desk, uid: str) -> Row:
    """Find a person. Raises NotFound."""
    row = people.by_uid(desk.store, uid)
    if row is None:
        raise NotFound("person")
    return row


def reason(words: str) -> str:
    """Clean a reason. Raises ReasonMissing where there is none."""
    cleaned = clean_line(words).text
    if not cleaned:
        raise ReasonMissing
    return cleaned


def written(row: Row | None) -> Row:
    """Give a row that this transaction has just written."""
    if row is None:
        raise LookupError("a row that was just written is not there")
    return row


def limit_for(desk: Desk, channel: Channel) -> timedelta:
    """Say how long a contact may stay open: office policy, minutes for a call, days for post."""
    office = desk.packs.office.value
    if channel in {Channel.TELEPHONE, Channel.IN_PERSON}:
        return timedelta(minutes=office.call_limit_minutes)
    last = desk.calendar.add_working_days(desk.today(), office.post_limit_working_days)
    return timedelta(days=(last - desk.today()).days + 1)


def open_matter(
    act: Act, desk: Desk, subject: str, *, received_on: str | None = None, restricted: str = ""
) -> Row:
    """Open a matter with its reference, code word and retention class; the officer owns it."""
    today = desk.today()
    number = enquiries.next_number(act.tx, today.year)
    uid = act.new_uid()
    cleaned = clean_line(subject).text[:200]
    key = enquiries.add(
        act.tx,
        uid=uid,
        origin_vault=desk.store.vault_id,
        year=today.year,
        number=number,
        reference=Reference(desk.office.prefix, today.year, number).full,
        code_word=new_code_word(secrets.choice),
        subject=cleaned,
        owner=desk.officer.uid,
        held_by="this office",
        held_since=act.at,
        received_on=received_on or today.isoformat(),
        restricted=restricted,
        opened_at=act.at,
        opened_by=desk.officer.uid,
    )
    if restricted:
        enquiries.add_reader(act.tx, key, desk.officer.uid, at=act.at, why="opened it")
    retention_steps.settle(act, key)
    enquiries.refresh_desk_key(act.tx, key)
    if cleaned:
        search.index(act.tx, "subject", uid, cleaned, enquiry_id=key)
    return written(enquiries.by_key(act.tx, key))


def open_for_call(act: Act, desk: Desk, note: str) -> Row:
    """Open a matter for a call; what its first note has of numbers and addresses stays in it."""
    return open_matter(act, desk, subject_of(note, desk.today().year))


def add_person(
    act: Act,
    desk: Desk,
    name: str,
    *,
    kind: str = "natural",
    unsure: bool = False,
    at_organisation: int | None = None,
) -> Row:
    """Add a person under the name as heard."""
    uid = act.new_uid()
    cleaned = clean_line(name).text[:200]
    key = people.add(
        act.tx,
        cleaned,
        uid=uid,
        origin_vault=desk.store.vault_id,
        kind=kind,
        unsure=int(unsure),
        at_organisation=at_organisation,
        recorded_at=act.at,
        recorded_by=desk.officer.uid,
    )
    search.index(act.tx, "name", uid, cleaned, person_id=key)
    return written(people.by_key(act.tx, key))


def add_point(act: Act, desk: Desk, person_id: int, kind: str, value: str, source: str) -> str:
    """Add a phone, e-mail or address, unverified, unless the person has it already."""
    value = clean(value, lines=kind == "address").text.strip()[:500]
    key = read_phone(value).last9 if kind == "phone" else fold(value)
    for row in people.points(act.tx, person_id):
        if row["kind"] == kind and row["match_key"] == key:
            return str(row["uid"])
    uid = act.new_uid()
    people.add_point(
        act.tx,
        uid=uid,
        origin_vault=desk.store.vault_id,
        person_id=person_id,
        kind=kind,
        value=value,
        match_key=key,
        source=source,
        added_at=act.at,
        added_by=desk.officer.uid,
    )
    return uid


def give_part(act: Act, desk: Desk, enquiry_id: int, person_id: int, part: str) -> None:
    """Give a person a part in a matter, once."""
    for row in enquiries.parts(act.tx, enquiry_id):
        if row["person_id"] == person_id and row["part"] == part:
            return
    enquiries.add_part(
        act.tx,
        uid=act.new_uid(),
        origin_vault=desk.store.vault_id,
        enquiry_id=enquiry_id,
        person_id=person_id,
        part=part,
        since=act.at,
    )


def possible_people(
    desk: Desk, who: str, phone: str, limit: int = 8, *, hidden: bool = False
) -> list[tuple[int, Row]]:
    """Rank people who may be the one that was named; for the WHO words only, never the note.

    `hidden`: those whom this officer may not know, only to tell their readers.
    """
    last9 = read_phone(phone).last9 if phone else ""
    ranked: list[tuple[int, Row]] = []
    for row in people.candidates(desk.store, who, last9, LOOKED_AT, hidden=hidden):
        score = likeness(who, row["name"]) if who else 0
        if row["numbered"]:
            score = max(score, 90) + 10
        if score >= LIKELY:
            ranked.append((int(score), row))
    ranked.sort(key=lambda pair: (-pair[0], pair[1]["name"]))
    return ranked[:limit]


def keep_old(act: Act, desk: Desk, of: str, row: Row, field: str, old: str, why: str) -> None:
    """Keep the old value of what is about to be changed, with who and why."""
    contacts.keep_old(
        act.tx,
        uid=act.new_uid(),
        object_kind=of,
        object_uid=row["uid"],
        field=field,
        old_value=old,
        why=why,
        at=act.at,
        by=desk.officer.uid,
    )


def shut_gate(act: Act, contact_id: int) -> None:
    """Shut every check of a contact: whoever asks next is checked again."""
    checks.shut(act.tx, contact_id, at=act.at)


def new_contact(
    act: Act, desk: Desk, channel: Channel, direction: str = "in", **known: Value
) -> Row:
    """Begin a contact: its row, its time limit and its first leg.

    A call or a visit is talking, whatever was talking goes on hold; post waits for its answer.
    """
    spoken = channel in {Channel.TELEPHONE, Channel.IN_PERSON}
    if spoken:
        hold_talking(act, desk)
    uid = act.new_uid()
    values: dict[str, Value] = {
        "state": "talking" if spoken else "held",
        "started_at": act.at,
        "limit_at": utc_text(act.now + limit_for(desk, channel)),
        **known,
    }
    key = contacts.add(
        act.tx,
        uid=uid,
        origin_vault=desk.store.vault_id,
        officer_uid=desk.officer.uid,
        channel=str(channel),
        direction=direction,
        **values,
    )
    started = values["started_at"]
    contacts.add_leg(act.tx, uid=act.new_uid(), contact_id=key, kind="first", started_at=started)
    return written(contacts.by_uid(act.tx, uid))


def hold_talking(act: Act, desk: Desk, but: int | None = None) -> None:
    """Put the talking contact on hold, if there is one and it is not `but`."""
    for row in contacts.open_of(act.tx, desk.officer.uid):
        if row["state"] == "talking" and row["id"] != but:
            hold(act, row)


def hold(act: Act, row: Row) -> None:
    """Put one contact on hold: a leg of its own; its gate stays its own."""
    contacts.change(act.tx, row["id"], state="held")
    contacts.add_leg(
        act.tx, uid=act.new_uid(), contact_id=row["id"], kind="hold", started_at=act.at
    )


def end_contact(act: Act, row: Row, how: str) -> None:
    """End a contact, its legs and its gate. A check without outcome stays in Unfinished."""
    contacts.end_legs(act.tx, row["id"], at=act.at)
    shut_gate(act, row["id"])
    contacts.change(act.tx, row["id"], state="ended", how_ended=how, ended_at=act.at)


def restrict(act: Act, desk: Desk, enquiry_id: int, why: str, readers: tuple[str, ...]) -> None:
    """Give a matter named readers, the acting officer among them."""
    for uid in {desk.officer.uid, *readers}:
        enquiries.add_reader(act.tx, enquiry_id, uid, at=act.at, why=why)
    enquiries.change(act.tx, enquiry_id, restricted=why)
