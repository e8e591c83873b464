"""How a letter comes in, step by step, inside the act of the verb that brings it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from enquiry_tui.desk import clock_steps, quiet_notes, steps, work
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.problems import MatterClosed
from enquiry_tui.domain.text import clean_line
from enquiry_tui.domain.vocabulary import Channel, Kind
from enquiry_tui.domain.when import LONDON, show_day
from enquiry_tui.intake.letter import AttachmentIn, LetterIn
from enquiry_tui.records import letters
from enquiry_tui.records.base import Row, Value

LONG_AGO = 60  # days: from then on a day of arrival says how long ago it was


@dataclass(frozen=True, slots=True)
class CameIn:
    """The day a letter came in, and where that was taken from; empty where it is only today."""

    day: date
    line: str = ""

    def words(self, today: date) -> str:
        """Say `came Sat 21 Nov 2026 (its Received line)`, and of a day long ago how long."""
        ago = (today - self.day).days
        far = f", {ago} days ago" if ago > LONG_AGO else ""
        line = f" (its {self.line} line{far})" if self.line else ""
        return f"came {show_day(self.day)}{line}"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What both ways of coming in have in common."""

    read: LetterIn
    source: str
    channel: Channel
    received_on: date
    received_line: str = ""
    place: str = ""
    kind: Kind = Kind.MEMBER_OF_PUBLIC
    copies: int = 1
    for_whom: str = ""


def came_in(read: LetterIn, today: date) -> CameIn:
    """Say on which day in London a letter came in: by its own lines, never a day to come."""
    for moment, line in read.came_in:
        day = moment.astimezone(LONDON).date()
        if day <= today:
            return CameIn(day, line)
    return CameIn(today)


def matter_of(act: Act, desk: Desk, arrival: Arrival, enquiry_uid: str) -> Row:
    """Find the matter that was named, or open one with the date its reply is due."""
    if enquiry_uid:
        named: Row = steps.enquiry(desk, enquiry_uid)
        if named["state"] == "closed":
            raise MatterClosed
        if named["due_on"] is None:
            start_clocks(act, arrival, named["uid"])
        return named
    subject = arrival.read.subject or "Letter without a subject"
    day = arrival.received_on.isoformat()
    matter: Row = steps.open_matter(act, desk, subject, received_on=day)
    start_clocks(act, arrival, matter["uid"])
    return matter


def start_clocks(act: Act, arrival: Arrival, enquiry_uid: str) -> None:
    """Start the office's own clocks of a letter: acknowledge it, and reply to it."""
    elected = arrival.kind is Kind.ELECTED_REPRESENTATIVE
    day = arrival.received_on
    clock_steps.start_if_none(act, enquiry_uid, clock_steps.ACKNOWLEDGE, day)
    clock_steps.start_if_none(act, enquiry_uid, "mp-letter" if elected else "letter-reply", day)


def contact_of(act: Act, desk: Desk, arrival: Arrival, matter: Row) -> tuple[str, int]:
    """Begin the contact of the letter: on hold until it is answered, linked with nobody."""
    read = arrival.read
    who = work.line(read.sender_name or read.sender_address)
    possible = len(steps.possible_people(desk, read.sender_name, "")) if read.sender_name else 0
    if read.sender_name:
        quiet_notes.tell_likely_readers(act, desk, read.sender_name, "")
    row = steps.new_contact(
        act,
        desk,
        arrival.channel,
        enquiry_id=matter["id"],
        state="held",
        line=work.line(read.subject),
        note=f"{arrival.copies} identical copies came in" if arrival.copies > 1 else "",
        who_said=who,
        possible=possible,
        kind=str(arrival.kind),
        for_whom=arrival.for_whom,
    )
    return row["uid"], row["id"]


def keep(act: Act, desk: Desk, arrival: Arrival, **keys: Value) -> str:
    """Keep the letter and its enclosures."""
    read = arrival.read
    uid = act.new_uid()
    key = letters.add(
        act.tx,
        uid=uid,
        origin_vault=desk.store.vault_id,
        direction="in",
        sender=read.sender_name,
        sender_address=read.sender_address,
        subject=read.subject,
        received_on=arrival.received_on.isoformat(),
        place=arrival.place,
        words=read.text,
        characters=read.characters,
        removed=read.removed,
        source=arrival.source,
        sha256=read.sha256,
        **keys,
    )
    for enclosure in read.attachments:
        _enclose(act, desk, key, enclosure)
    return uid


def _enclose(act: Act, desk: Desk, letter_id: int, enclosure: AttachmentIn) -> None:
    letters.add_attachment(
        act.tx,
        enclosure.data,
        uid=act.new_uid(),
        origin_vault=desk.store.vault_id,
        letter_id=letter_id,
        name=clean_line(enclosure.name, limit=200).text,
        media_type=clean_line(enclosure.media_type, limit=100).text,
        sha256=hashlib.sha256(enclosure.data).hexdigest(),
    )
