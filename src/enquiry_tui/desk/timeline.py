"""The history of a matter as lines, and the four lines that may be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.seeing import masked, shows
from enquiry_tui.desk.views import MayBeTold, TimelineLine
from enquiry_tui.domain.complaint_states import State, Verb
from enquiry_tui.domain.masking import is_open, mask
from enquiry_tui.domain.references import read_reference
from enquiry_tui.domain.text import excerpt
from enquiry_tui.domain.told import reply_stands, told_sentence
from enquiry_tui.domain.vocabulary import InfoClass
from enquiry_tui.domain.when import LONDON, parse_utc
from enquiry_tui.records import (
    complaints,
    contacts,
    enquiries,
    ledger,
    letters,
    messages,
    promises,
    referrals,
    urgents,
)
from enquiry_tui.records.base import Row

_CHANNELS = {
    "telephone": "call",
    "letter": "letter",
    "email": "e-mail",
    "in-person": "visit",
    "voicemail": "voicemail",
}
URGENT = "URGENT F9"
"""What the line of an urgent call says it is."""
_WIDTH = 400
_ELSEWHERE = "another matter"
# Of a complaint the duties with a day of their own stand in the matter; the rest is on its path.
_DUTIES = frozenset({str(Verb.PRESERVE), str(Verb.GIVE_COPY)})


def may_be_told(desk: Desk, row: Row) -> tuple[MayBeTold, ...]:
    """Make the lines received, with, due and sent from safe fields; never masked to the officer."""
    today = desk.today()
    given = (
        ("enquiry.received_on", "received", _short(row["received_on"], today)),
        ("enquiry.held_by", "with", _with(row, today)),
        ("enquiry.due_on", "reply due", _short(row["due_on"], today)),
        ("enquiry.sent_on", "sent", _sent(row, today)),
    )
    told = ((field, label, words) for field, label, words in given if words)
    by_letter = _began_with_a_letter(desk, row)
    due = date.fromisoformat(row["due_on"]) if row["due_on"] else None
    reply = reply_stands(due, today, sent=bool(row["sent_on"]))
    return tuple(
        MayBeTold(
            number,
            field,
            label,
            words,
            told_sentence(field, words, by_letter=by_letter, reply=reply),
        )
        for number, (field, label, words) in enumerate(told, start=1)
    )


def lines(desk: Desk, row: Row, seen: InfoClass | None) -> tuple[TimelineLine, ...]:
    """List what happened in a matter, newest first; content masked above what is seen."""
    found = [*_contacts(desk, row, seen), *_letters(desk, row, seen), *_work(desk, row, seen)]
    found += [*_urgent(desk, row, seen), *_moved_away(desk, row)]
    found.sort(key=lambda line: (line.at, line.uid), reverse=True)
    return tuple(found)


def _contacts(desk: Desk, row: Row, seen: InfoClass | None) -> Iterator[TimelineLine]:
    note_class = desk.packs.table.class_of("contact.note")
    lettered = {letter["contact_id"] for letter in letters.of_enquiry(desk.store, row["id"])}
    for contact in contacts.of_enquiry(desk.store, row["id"]):
        if contact["id"] in lettered and not contact["note"]:
            continue  # the letter itself stands in the history
        told = ledger.of_contact(desk.store, contact["id"])
        here = [str(line["decision"]) for line in told if line["enquiry_id"] == row["id"]]
        decisions = ", ".join(dict.fromkeys(here))
        words = excerpt(contact["note"].replace("\n", " · "), _WIDTH)
        shown = mask(words, note_class, seen) if words else ""
        yield TimelineLine(
            uid=contact["uid"],
            at=parse_utc(contact["started_at"]),
            what=f"{_CHANNELS[contact['channel']]} {contact['direction']}",
            words=" · ".join(filter(None, (decisions, _came_from(desk, contact), shown))),
            officer=contact["officer_name"],
            masked=bool(words) and not is_open(note_class, seen),
            struck=contact["struck_at"] is not None,
            live=contact["state"] != "ended",
            contact_uid=contact["uid"],
        )


def _letters(desk: Desk, row: Row, seen: InfoClass | None) -> Iterator[TimelineLine]:
    letter_class = desk.packs.table.class_of("letter.words")
    came = {item["id"]: item for item in contacts.of_enquiry(desk.store, row["id"])}
    for letter in letters.of_enquiry(desk.store, row["id"]):
        words = excerpt(f"{letter['subject']} {letter['words']}".replace("\n", " ").strip(), _WIDTH)
        contact = came.get(letter["contact_id"])  # a letter's contact may stand in another matter
        moved = _came_from(desk, contact) if contact is not None else ""
        yield TimelineLine(
            uid=letter["uid"],
            at=parse_utc(letter["arrived_at"]),
            what=f"{_post(contact)} {letter['direction']}",
            words=" · ".join(filter(None, (moved, mask(words, letter_class, seen)))),
            officer="",
            masked=not is_open(letter_class, seen),
            struck=letter["struck_at"] is not None,
            live=False,
            of="letter",
            contact_uid=letter["contact_uid"],
        )


def _came_from(desk: Desk, contact: Row) -> str:
    """Say from which matter a contact was moved here; a matter not seen stays without a name."""
    if contact["moved_from"] is None:
        return ""
    left = enquiries.by_key(desk.store, contact["moved_from"])
    return f"moved from {brief(desk, left['reference']) if left is not None else _ELSEWHERE}"


def _moved_away(desk: Desk, row: Row) -> Iterator[TimelineLine]:
    """Give a line for each contact that was moved to another matter: where to, and by whom."""
    for move in contacts.moved_away(desk.store, row["reference"]):
        began = parse_utc(move["started_at"]).astimezone(LONDON)
        what = f"{_CHANNELS[move['channel']]} {move['direction']} of {began.day} {began:%b %H:%M}"
        place = brief(desk, move["went_to"]) if move["went_to"] else _ELSEWHERE
        words = f"to {place} by {move['officer_name']}: {what}"
        yield replace(_line(move, "at", "moved", words), of="amendment")


def brief(desk: Desk, reference: str) -> str:
    """Give a reference as it is said on the desk: `26-118`."""
    read = read_reference(reference, this_year=desk.today().year, own_prefix=desk.office.prefix)
    return read.short if read is not None else reference


def _urgent(desk: Desk, row: Row, seen: InfoClass | None) -> Iterator[TimelineLine]:
    """Give the urgent calls: the place and where it stands; the log opens under it."""
    note_class = desk.packs.table.class_of("contact.note")
    for urgent in urgents.of_enquiry(desk.store, row["id"]):
        incident = urgent["incident_number"]
        known = (
            mask(urgent["place"], note_class, seen) if urgent["place"] else "no place",
            f"incident {incident}" if incident else "NO INCIDENT NUMBER",
            urgent["how_ended"] if urgent["ended_at"] else "NOT ENDED",
        )
        yield TimelineLine(
            uid=urgent["uid"],
            at=parse_utc(urgent["started_at"]),
            what=URGENT,
            words=" · ".join(known),
            officer=urgent["officer_name"],
            masked=not is_open(note_class, seen),
            struck=urgent["struck_at"] is not None,
            live=urgent["ended_at"] is None,
            of="urgent",
            contact_uid=urgent["contact_uid"],
        )


def _post(contact: Row | None) -> str:
    """Say by which post something came."""
    return _CHANNELS["email" if contact is not None and contact["channel"] == "email" else "letter"]


def _work(desk: Desk, row: Row, seen: InfoClass | None) -> Iterator[TimelineLine]:
    key = row["id"]
    for message in messages.of_enquiry(desk.store, key):
        yield _line(message, "taken_at", "message", f"{message['for_whom']}, {message['stands']}")
    for promise in promises.of_enquiry(desk.store, key):
        what = masked(desk, "promise.what", promise["what"], seen)
        line = _line(promise, "made_at", "promise", f"{what}, {promise['state']}")
        yield replace(line, masked=not shows(desk, "promise.what", seen))
    for referral in referrals.of_enquiry(desk.store, key):
        words = f"{referral['entry_name']}, {referral['state']}"
        what = "signposted" if referral["kind"] == "signpost" else "referred"
        yield replace(_line(referral, "made_at", what, words), of="referral")
    for complaint in complaints.of_enquiry(desk.store, key):
        words = State(complaint["state"]).words
        yield _line(complaint, "logged_at", "complaint", words)
        for entry in complaints.entries(desk.store, complaint["id"]):
            if entry["verb"] in _DUTIES:
                words = Verb(entry["verb"]).done
                yield replace(_line(entry, "at", "complaint", words), of="complaint_entry")


def _line(row: Row, when: str, what: str, words: str) -> TimelineLine:
    return TimelineLine(
        uid=row["uid"],
        at=parse_utc(row[when]),
        what=what,
        words=words,
        officer="",
        masked=False,
        struck=False,
        live=False,
        of=what,
    )


def _began_with_a_letter(desk: Desk, row: Row) -> bool:
    kept = letters.of_enquiry(desk.store, row["id"])
    came = contacts.of_enquiry(desk.store, row["id"])
    return any(letter["direction"] == "in" for letter in kept) or any(
        contact["channel"] == "letter" and contact["direction"] == "in" for contact in came
    )


def _short(day: str | None, today: date) -> str:
    """`3 November`, with the year where it is not this one."""
    if not day:
        return ""
    read = date.fromisoformat(day[:10])
    words = f"{read.day} {read:%B}"
    return words if read.year == today.year else f"{words} {read.year}"


def _with(row: Row, today: date) -> str:
    if not row["held_by"]:
        return ""
    since = _short(row["held_since"], today) if row["held_since"] else ""
    return f"{row['held_by']}, since {since}" if since else str(row["held_by"])


def _sent(row: Row, today: date) -> str:
    if row["sent_on"]:
        return f"{row['sent_what'] or 'reply'}, {_short(row['sent_on'], today)}"
    if row["acknowledged_on"]:
        return f"{row['sent_what'] or 'acknowledgement'}, {_short(row['acknowledged_on'], today)}"
    return ""
