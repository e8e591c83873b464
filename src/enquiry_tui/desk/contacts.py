"""Contacts as they run: begun, held, gone back to, linked with a person and a matter, ended."""

from __future__ import annotations

from enquiry_tui.desk import quiet_notes, retention_steps, steps
from enquiry_tui.desk.code_words import word_before_end
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.gate import gate_words
from enquiry_tui.desk.people import NewPerson
from enquiry_tui.desk.person_steps import organisation
from enquiry_tui.desk.possible import plan_possible
from enquiry_tui.desk.problems import MatterClosed, NotFound
from enquiry_tui.desk.unread import unread
from enquiry_tui.desk.views import ContactView
from enquiry_tui.domain import listening
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.phones import is_withheld, read_phone
from enquiry_tui.domain.text import clean
from enquiry_tui.domain.vocabulary import Channel, Kind
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.errors import Refused
from enquiry_tui.records import audit, contacts, enquiries, people, urgents
from enquiry_tui.records.base import Row

CIRCUMSTANCES = ("child", "anonymous", "under_duress", "accompanied")
ENDINGS = ("ended", "dropped", "transferred", "ended-by-us", "hung-up", "abandoned")


def begin_contact(
    desk: Desk,
    channel: Channel = Channel.TELEPHONE,
    direction: str = "in",
    *,
    person_uid: str = "",
    enquiry_uid: str = "",
) -> ContactView:
    """Begin a contact: start and officer stand at once. One that is talking goes on hold first."""
    with desk.act(Action.CONTACT_BEGIN) as act:
        person = steps.person(desk, person_uid) if person_uid else None
        matter = steps.enquiry(desk, enquiry_uid) if enquiry_uid else None
        if matter is not None and matter["state"] == "closed":
            raise MatterClosed
        row = steps.new_contact(
            act,
            desk,
            channel,
            direction,
            enquiry_id=matter["id"] if matter else None,
            person_id=person["id"] if person else None,
        )
        act.event("contact", row["uid"], channel=str(channel), direction=direction)
    return view(desk, row["uid"])


def hold_contact(desk: Desk, contact_uid: str) -> ContactView:
    """Put the talking contact on hold; its gate stays its own."""
    with desk.act(Action.CONTACT_HOLD) as act:
        steps.hold(act, steps.live_contact(desk, contact_uid))
        act.event("contact", contact_uid)
    return view(desk, contact_uid)


def resume_contact(desk: Desk, contact_uid: str) -> ContactView:
    """Go back to a held contact; the one that was talking is held in its place."""
    with desk.act(Action.CONTACT_RESUME) as act:
        row = steps.live_contact(desk, contact_uid)
        steps.hold_talking(act, desk, but=row["id"])
        contacts.end_legs(act.tx, row["id"], at=act.at, kind="hold")
        contacts.change(act.tx, row["id"], state="talking")
        act.event("contact", contact_uid)
    return view(desk, contact_uid)


def save_note(desk: Desk, contact_uid: str, note: str) -> ContactView:
    """Keep the note of a contact; an ended one is corrected through `amend_note`."""
    with desk.act(Action.CONTACT_SAVE) as act:
        row = steps.contact(desk, contact_uid)
        if row["state"] == "ended":
            raise Refused("This contact has ended.", "Correct its note with e, with a reason.")
        cleaned = clean(note).text
        contacts.change(act.tx, row["id"], note=cleaned)
        contacts.index_note(act.tx, row["id"])
        act.event("contact", contact_uid, characters=len(cleaned))
    return view(desk, contact_uid)


def set_phone(desk: Desk, contact_uid: str, phone: str) -> ContactView:
    """Keep the number the contact comes from, or that it is withheld."""
    with desk.act(Action.CONTACT_SAVE) as act:
        row = steps.live_contact(desk, contact_uid)
        withheld = is_withheld(phone)
        shown = "" if withheld else read_phone(phone).raw
        contacts.change(act.tx, row["id"], phone=shown, withheld=int(withheld))
        act.event("contact", contact_uid, phone=shown)
    return view(desk, contact_uid)


def set_kind(desk: Desk, contact_uid: str, kind: Kind) -> ContactView:
    """Change the kind of requester, on the record: what an earlier check opened is shut."""
    with desk.act(Action.CONTACT_KIND) as act:
        row = steps.live_contact(desk, contact_uid)
        if row["kind"] != kind:
            steps.shut_gate(act, row["id"])
            contacts.change(act.tx, row["id"], kind=str(kind))
            if row["enquiry_id"] is not None:
                retention_steps.settle(act, row["enquiry_id"])
        act.event("contact", contact_uid, old=row["kind"], new=str(kind))
    return view(desk, contact_uid)


def set_circumstance(desk: Desk, contact_uid: str, name: str, on: bool) -> ContactView:
    """Say that the caller is a child, anonymous, under duress, or not alone; or no longer."""
    if name not in CIRCUMSTANCES:
        raise NotFound("circumstance")
    with desk.act(Action.CONTACT_CIRCUMSTANCE) as act:
        row = steps.live_contact(desk, contact_uid)
        contacts.change(act.tx, row["id"], **{name: int(on)})
        said = listening.there(on) if name == "accompanied" else ""
        act.event("contact", contact_uid, outcome=said, circumstance=name, on=on)
    return view(desk, contact_uid)


def pick_person(desk: Desk, contact_uid: str, who: str | NewPerson) -> ContactView:
    """Say who the contact is or was with: a person already held, or a new one. Shuts the gate.

    One that has ended without a person may be linked later: it stands in Unfinished until then.
    """
    with desk.act(Action.CONTACT_LINK) as act:
        row = steps.contact(desk, contact_uid)
        if row["person_id"] is not None:
            row = steps.live_contact(desk, contact_uid)
        person = steps.person(desk, who) if isinstance(who, str) else _new_person(act, desk, who)
        if row["person_id"] != person["id"]:
            steps.shut_gate(act, row["id"])
        contacts.change(act.tx, row["id"], person_id=person["id"], possible=0)
        if row["enquiry_id"] is not None:
            steps.give_part(act, desk, row["enquiry_id"], person["id"], "enquirer")
        quiet_notes.tell_readers(act, desk, person["id"])
        if isinstance(who, NewPerson):
            quiet_notes.tell_likely_readers(act, desk, who.name, who.phone)
        act.event("contact", contact_uid, person=person["uid"])
    return view(desk, contact_uid)


def unlinked_contact(desk: Desk, enquiry_uid: str) -> ContactView | None:
    """Give the latest contact of a matter that is linked with nobody, or None."""
    matter = steps.enquiry(desk, enquiry_uid)
    rows = [
        row
        for row in contacts.of_enquiry(desk.store, matter["id"])
        if row["person_id"] is None and row["struck_at"] is None
    ]
    return _view(desk, max(rows, key=lambda row: int(row["id"]))) if rows else None


def letter_to_answer(desk: Desk, enquiry_uid: str) -> str:
    """Give the latest letter or e-mail of a matter whose answer has not gone; empty for none."""
    matter = steps.enquiry(desk, enquiry_uid)
    waiting = [
        row
        for row in contacts.of_enquiry(desk.store, matter["id"])
        if Channel(row["channel"]).is_written and row["direction"] == "in"
        if row["state"] != "ended" and row["struck_at"] is None
        if parse_utc(row["limit_at"]) > desk.now()
    ]
    return str(max(waiting, key=lambda row: int(row["id"]))["uid"]) if waiting else ""


def attach_contact(desk: Desk, contact_uid: str, enquiry_uid: str = "") -> ContactView:
    """Attach a contact to a matter of this officer's sight, or open a new one for it.

    Raises MatterClosed for a closed one: re-open it first, or open a new one.
    """
    with desk.act(Action.ENQUIRY_ATTACH) as act:
        row = steps.live_contact(desk, contact_uid)
        matter = (
            steps.enquiry(desk, enquiry_uid)
            if enquiry_uid
            else steps.open_for_call(act, desk, row["note"] or row["line"])
        )
        if matter["state"] == "closed":
            raise MatterClosed
        if row["enquiry_id"] not in {None, matter["id"]}:
            steps.shut_gate(act, row["id"])
        contacts.change(act.tx, row["id"], enquiry_id=matter["id"])
        contacts.index_note(act.tx, row["id"])
        urgents.index_of_contact(act.tx, row["id"])
        if row["person_id"] is not None:
            steps.give_part(act, desk, matter["id"], row["person_id"], "enquirer")
        act.event("contact", contact_uid, enquiry=matter["uid"])
    return view(desk, contact_uid)


def same_caller_again(desk: Desk, enquiry_uid: str) -> ContactView:
    """Begin a call with the same caller on the same matter: number and kind carried, gate shut."""
    last = contacts.last_of_enquiry(desk.store, steps.enquiry(desk, enquiry_uid)["id"])
    if last is None:
        raise NotFound("earlier contact")
    carried = ("enquiry_id", "person_id", "who_said", "phone", "withheld", "kind")
    with desk.act(Action.CONTACT_BEGIN) as act:
        row = steps.new_contact(
            act, desk, Channel.TELEPHONE, **{name: last[name] for name in carried}
        )
        act.event("contact", row["uid"], again=True)
    return view(desk, row["uid"])


def end_contact(desk: Desk, contact_uid: str, how: str = "ended") -> ContactView:
    """End a contact: its gate is shut. One without a matter gets a matter of its own."""
    if how not in ENDINGS:
        raise NotFound("way to end a contact")
    with desk.act(Action.CONTACT_END) as act:
        row = steps.contact(desk, contact_uid)
        if urgents.runs_in(desk.store, row["id"]):
            raise Refused("An urgent call runs in it.", "F9 goes back to it; F12 there ends it.")
        if row["state"] != "ended":
            if row["enquiry_id"] is None and how != "abandoned":
                matter = steps.open_for_call(act, desk, row["note"] or row["line"])
                contacts.change(act.tx, row["id"], enquiry_id=matter["id"])
                if row["person_id"] is not None:
                    steps.give_part(act, desk, matter["id"], row["person_id"], "enquirer")
            steps.end_contact(act, row, how)
        else:
            contacts.change(act.tx, row["id"], how_ended=how)
        act.event("contact", contact_uid, outcome=how)
    return view(desk, contact_uid)


def overdue(desk: Desk) -> tuple[str, ...]:
    """List this officer's live contacts to be ended: past their limit, and not urgent."""
    return tuple(
        str(row["uid"])
        for row in contacts.open_of(desk.store, desk.officer.uid)
        if parse_utc(row["limit_at"]) <= desk.now() and not urgents.runs_in(desk.store, row["id"])
    )


def live_contacts(desk: Desk) -> tuple[ContactView, ...]:
    """List this officer's live contacts, the talking one first."""
    return tuple(_view(desk, row) for row in contacts.open_of(desk.store, desk.officer.uid))


def view(desk: Desk, contact_uid: str) -> ContactView:
    """Show one contact. Raises NotFound."""
    return _view(desk, steps.contact(desk, contact_uid))


def _view(desk: Desk, row: Row) -> ContactView:
    person = people.by_key(desk.store, row["person_id"] or 0)
    matter = enquiries.by_key(desk.store, row["enquiry_id"] or 0)
    shown = ContactView(
        uid=row["uid"],
        enquiry_uid=matter["uid"] if matter else "",
        reference=matter["reference"] if matter else "",
        channel=Channel(row["channel"]),
        direction=row["direction"],
        state=row["state"],
        started_at=parse_utc(row["started_at"]),
        limit_at=parse_utc(row["limit_at"]),
        ended_at=parse_utc(row["ended_at"]) if row["ended_at"] else None,
        how_ended=row["how_ended"],
        line=row["line"],
        note=row["note"],
        who=person["name"] if person else row["who_said"],
        person_uid=person["uid"] if person else "",
        unsure=bool(person["unsure"] if person else row["unsure"]),
        phone=row["phone"],
        withheld=bool(row["withheld"]),
        kind=Kind(row["kind"]),
        child=bool(row["child"]),
        anonymous=bool(row["anonymous"]),
        under_duress=bool(row["under_duress"]),
        accompanied=bool(row["accompanied"]),
        for_whom=row["for_whom"],
        gate=gate_words(desk, row),
        officer=row["officer_uid"],
        urgent=urgents.runs_in(desk.store, row["id"]),
        possible_plan=plan_possible(desk, row),
        word_to_tell=word_before_end(desk, matter, row),
        asked_alone=_asked_alone(desk, row),
    )
    return unread(desk, shown, ("line", "note", "phone"))


def _asked_alone(desk: Desk, row: Row) -> bool:
    """Say whether somebody asked who is with them, and heard that nobody is; never guessed."""
    if row["state"] == "ended" or row["accompanied"]:
        return False
    last = audit.last_outcome(desk.store, row["uid"], str(Action.CONTACT_CIRCUMSTANCE))
    return last == listening.ALONE


def _new_person(act: Act, desk: Desk, new: NewPerson) -> Row:
    at = organisation(act, desk, new.organisation)
    row = steps.add_person(act, desk, new.name, unsure=new.unsure, at_organisation=at)
    for kind, value in (("phone", new.phone), ("email", new.email), ("address", new.address)):
        if value.strip():
            steps.add_point(act, desk, row["id"], kind, value, new.source)
    return row
