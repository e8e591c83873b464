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
from enquiry_tui.domain.text import excerpt
from enquiry_tui.domain.told import told_sentence
from enquiry_tui.domain.vocabulary import InfoClass
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.records import (
    complaints,
    contacts,
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
    return tuple(
        MayBeTold(number, field, label, words, told_sentence(field, words, by_letter=by_letter))
        for number, (field, label, words) in enumerate(told, start=1)
    )


def lines(desk: Desk, row: Row, seen: InfoClass | None) -> tuple[TimelineLine, ...]:
    """List what happened in a matter, newest first; content masked above what is seen."""
    found = [*_contacts(desk, row, seen), *_letters(desk, row, seen), *_work(desk, row, seen)]
    found += _urgent(desk, row, seen)
    found.sort(key=lambda line: (line.at, line.uid), reverse=True)
    return tuple(found)


def _contacts(desk: Desk, row: Row, seen: InfoClass | None) -> Iterator[TimelineLine]:
    note_class = desk.packs.table.class_of("contact.note")
    lettered = {letter["contact_id"] for letter in letters.of_enquiry(desk.store, row["id"])}
    for contact in contacts.of_enquiry(desk.store, row["id"]):
        if contact["id"] in lettered and not contact["note"]:
            continue  # the letter itself stands in the history
        told = ledger.of_contact(desk.store, contact["id"])
        decisions = ", ".join(dict.fromkeys(str(x["decision"]) for x in told))
        words = excerpt(contact["note"].replace("\n", " · "), _WIDTH)
        shown = mask(words, note_class, seen) if words else ""
        yield TimelineLine(
            uid=contact["uid"],
            at=parse_utc(contact["started_at"]),
            what=f"{_CHANNELS[contact['channel']]} {contact['direction']}",
            words=" · ".join(part for part in (decisions, shown) if part),
            officer=contact["officer_name"],
            masked=bool(words) and not is_open(note_class, seen),
            struck=contact["struck_at"] is not None,
            live=contact["state"] != "ended",
        )


def _letters(desk: Desk, row: Row, seen: InfoClass | None) -> Iterator[TimelineLine]:
    letter_class = desk.packs.table.class_of("letter.words")
    channels = {row["id"]: row["channel"] for row in contacts.of_enquiry(desk.store, row["id"])}
    for letter in letters.of_enquiry(desk.store, row["id"]):
        words = excerpt(f"{letter['subject']} {letter['words']}".replace("\n", " ").strip(), _WIDTH)
        yield TimelineLine(
            uid=letter["uid"],
            at=parse_utc(letter["arrived_at"]),
            what=f"{_post(channels.get(letter['contact_id']))} {letter['direction']}",
            words=mask(words, letter_class, seen),
            officer="",
            masked=not is_open(letter_class, seen),
            struck=False,
            live=False,
        )


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
        )


def _post(channel: str | None) -> str:
    """Say by which post something came: a letter's contact may stand in another matter."""
    return _CHANNELS["email"] if channel == "email" else "letter"


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
        yield _line(referral, "made_at", what, words)
    for complaint in complaints.of_enquiry(desk.store, key):
        words = State(complaint["state"]).words
        yield _line(complaint, "logged_at", "complaint", words)
        for entry in complaints.entries(desk.store, complaint["id"]):
            if entry["verb"] in _DUTIES:
                yield _line(entry, "at", "complaint", Verb(entry["verb"]).done)


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
