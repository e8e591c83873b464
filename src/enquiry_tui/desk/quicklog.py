"""The quick line: one line typed, one contact on the record, with whatever it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from enquiry_tui.desk import clock_steps, quiet_notes, retention_steps, steps
from enquiry_tui.desk.code_words import word_to_tell
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.messages import TakeMessage, record_message
from enquiry_tui.desk.problems import MatterClosed
from enquiry_tui.desk.promises import MakePromise, record_promise
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.quickline import QuickLine, parse
from enquiry_tui.domain.quickvalues import Request
from enquiry_tui.domain.text import clean, clean_line
from enquiry_tui.domain.when import LONDON, parse_utc, utc_text
from enquiry_tui.errors import Refused
from enquiry_tui.records import clocks, contacts, enquiries, search
from enquiry_tui.records.base import Row

GIVEN = "given by the enquirer"
_CLOCKS = {
    Request.FREEDOM_OF_INFORMATION: "foi",
    Request.SUBJECT_ACCESS: "sar",
    Request.DATA_COMPLAINT: "dp-complaint",
}


@dataclass(frozen=True, slots=True)
class LineRequest:
    """A line to be logged.

    `contact_uid` goes on with a contact that has begun; otherwise one is made, and `end` ends it.
    `person_uid` and `enquiry_uid` are what the officer picked; nothing is linked by default.
    `on_closed` says what to do where the matter is closed: `new` (linked with it) or `reopen`.
    """

    line: str
    contact_uid: str = ""
    person_uid: str = ""
    enquiry_uid: str = ""
    on_closed: str = ""
    end: bool = True


@dataclass(frozen=True, slots=True)
class Logged:
    """What a line became."""

    reference: str
    enquiry_uid: str
    contact_uid: str
    person_uid: str
    person_name: str
    possible: int
    understood: QuickLine
    message_uid: str
    promise_uid: str
    code_word: str = ""


def read_line(desk: Desk, line: str) -> QuickLine:
    """Read a line as it is typed; no record is opened."""
    return parse(
        line,
        now=desk.now().astimezone(LONDON),
        calendar=desk.calendar,
        own_prefix=desk.office.prefix,
    )


def log_line(desk: Desk, request: LineRequest) -> Logged:
    """Log a line: contact, matter, and the message, promise or due date that it names.

    Raises MatterClosed where a closed matter is named and nothing was said about it.
    """
    cleaned = clean_line(request.line, limit=200_000).text
    if not cleaned:
        raise Refused("There is nothing to log yet.", "Type who rang and what about, then Enter.")
    read = read_line(desk, cleaned)
    with desk.act(Action.CONTACT_LOG) as act:
        row = _contact(act, desk, request, read, cleaned)
        matter = _matter(act, desk, request, read, row)
        person = _person(act, desk, request, read, row, matter)
        _write(act, row, matter, read)
        _request(act, row, matter, read)
        message_uid = _message(act, desk, row, matter, read)
        promise_uid = _promise(act, desk, row, matter, read)
        code_word = word_to_tell(desk, matter, row)
        if request.end:
            steps.end_contact(act, row, "ended")
        enquiries.refresh_desk_key(act.tx, matter["id"])
        act.event("contact", row["uid"], line=cleaned, enquiry=matter["uid"])
        after = steps.written(contacts.by_uid(act.tx, row["uid"]))
    return Logged(
        reference=matter["reference"],
        enquiry_uid=matter["uid"],
        contact_uid=row["uid"],
        person_uid=person["uid"] if person is not None else "",
        person_name=person["name"] if person is not None else "",
        possible=after["possible"],
        understood=read,
        message_uid=message_uid,
        promise_uid=promise_uid,
        code_word=code_word,
    )


def _contact(act: Act, desk: Desk, request: LineRequest, read: QuickLine, line: str) -> Row:
    if request.contact_uid:
        return steps.live_contact(desk, request.contact_uid)
    started = utc_text(_started(read, act.now))
    return steps.new_contact(
        act, desk, read.channel, str(read.direction), started_at=started, line=line
    )


def _started(read: QuickLine, now: datetime) -> datetime:
    """Give when the contact was: `at:` marks what is written up later, never in the future."""
    return read.at if read.at is not None and read.at <= now else now


def _matter(act: Act, desk: Desk, request: LineRequest, read: QuickLine, row: Row) -> Row:
    """Find the matter: picked, quoted, or already attached; else a new one."""
    matter = enquiries.by_uid(act.tx, request.enquiry_uid) if request.enquiry_uid else None
    if matter is None and read.matter is not None:
        matter = enquiries.by_reference(act.tx, read.matter.full)
    if matter is None and row["enquiry_id"] is not None:
        matter = enquiries.by_key(act.tx, row["enquiry_id"])
    if matter is None:
        return steps.open_for_call(act, desk, read.note or row["line"])
    if matter["state"] != "closed":
        return matter
    match request.on_closed:
        case "reopen":
            enquiries.change(
                act.tx, matter["id"], state="open", closed_at=None, closed_by=None, closed_why=""
            )
            return steps.written(enquiries.by_key(act.tx, matter["id"]))
        case "new":
            fresh = steps.open_for_call(act, desk, read.note or matter["subject"])
            enquiries.add_link(
                act.tx,
                uid=act.new_uid(),
                origin_vault=desk.store.vault_id,
                enquiry_id=fresh["id"],
                other_id=matter["id"],
                kind="follows",
                made_at=act.at,
                made_by=desk.officer.uid,
            )
            return fresh
        case _:
            raise MatterClosed


def _person(
    act: Act, desk: Desk, request: LineRequest, read: QuickLine, row: Row, matter: Row
) -> Row | None:
    """Link the person who was picked, or record a new name; a name we may know stays unlinked."""
    person = None
    if request.person_uid:
        person = steps.person(desk, request.person_uid)
    elif row["person_id"] is None and read.who and not read.anonymous:
        phone = read.phone.raw if read.phone else ""
        possible = steps.possible_people(desk, read.who, phone)
        contacts.change(act.tx, row["id"], possible=len(possible))
        quiet_notes.tell_likely_readers(act, desk, read.who, phone)
        if not possible:
            person = steps.add_person(act, desk, read.who, unsure=read.unsure)
            if phone:
                steps.add_point(act, desk, person["id"], "phone", phone, GIVEN)
    if person is not None:
        contacts.change(act.tx, row["id"], person_id=person["id"], possible=0)
        steps.give_part(act, desk, matter["id"], person["id"], "enquirer")
        quiet_notes.tell_readers(act, desk, person["id"])
    return person


def _write(act: Act, row: Row, matter: Row, read: QuickLine) -> None:
    note = "\n".join(part for part in (row["note"], clean(read.note).text) if part)
    who = read.who or row["who_said"]
    contacts.change(
        act.tx,
        row["id"],
        enquiry_id=matter["id"],
        line=row["line"] or read.line,
        note=note,
        who_said=who,
        unsure=int(read.unsure),
        phone=read.phone.raw if read.phone else row["phone"],
        withheld=int(read.withheld or bool(row["withheld"])),
        anonymous=int(read.anonymous or bool(row["anonymous"])),
        for_whom=read.for_whom or "",
        entered_late=int(read.at is not None or bool(read.entered_by)),
        taken_by=read.entered_by or "",
    )
    changes: dict[str, str | int] = {}
    if read.due is not None:
        changes |= {"due_on": read.due.isoformat(), "due_why": read.due_words}
    if read.urgent:
        changes["urgent"] = 1
    if read.topics:
        changes["topics"] = " ".join(dict.fromkeys((*matter["topics"].split(), *read.topics)))
    if read.their_reference:
        changes["their_reference"] = read.their_reference
        theirs = read.their_reference
        search.index(act.tx, "their-reference", matter["uid"], theirs, enquiry_id=matter["id"])
    if changes:
        enquiries.change(act.tx, matter["id"], **changes)
    if read.topics:
        retention_steps.settle(act, matter["id"])
    if read.due is not None:
        clock_steps.note_reply_date(act, matter["id"], read.due, read.due_words)
    contacts.index_note(act.tx, row["id"])


def _request(act: Act, row: Row, matter: Row, read: QuickLine) -> None:
    """Start the clock of the right that the line names, unless it runs in this matter already."""
    if read.request is None:
        return
    rule = _CLOCKS[read.request]
    if any(c["rule"] == rule for c in clocks.open_of_enquiry(act.tx, matter["id"])):
        return
    began = parse_utc(row["started_at"]).astimezone(LONDON).date()
    clock_steps.start_clock(act, matter["uid"], rule, began)


def _message(act: Act, desk: Desk, row: Row, matter: Row, read: QuickLine) -> str:
    """Take the message that the line is for somebody."""
    if not read.for_whom:
        return ""
    request = TakeMessage(
        enquiry_uid=matter["uid"],
        for_whom=read.for_whom,
        words=read.note or read.line,
        contact_uid=row["uid"],
        urgent=read.urgent,
        call_back=read.phone.raw if read.phone else "",
    )
    return record_message(act, desk, matter, request)


def _promise(act: Act, desk: Desk, row: Row, matter: Row, read: QuickLine) -> str:
    """Make the promise to ring back that `cb:` names."""
    if read.call_back is None or read.call_back <= act.now:
        return ""
    request = MakePromise(
        enquiry_uid=matter["uid"], what="ring back", due_at=read.call_back, contact_uid=row["uid"]
    )
    return record_promise(act, desk, matter, request)
