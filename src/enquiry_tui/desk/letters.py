"""Letters and e-mails that came in: brought in from a file, or written down from paper."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime

from enquiry_tui.desk import arrivals, steps, work
from enquiry_tui.desk.arrivals import Arrival, CameIn
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.seeing import masked, seen_of
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.text import clean, clean_line
from enquiry_tui.domain.vocabulary import Channel, InfoClass, Kind
from enquiry_tui.domain.when import LONDON, parse_utc
from enquiry_tui.errors import Refused
from enquiry_tui.intake.letter import LetterIn
from enquiry_tui.intake.read import read_letter
from enquiry_tui.records import letters, search
from enquiry_tui.records.base import Row, Value


class LetterDay(Refused):
    """A letter cannot have come in on a day still to come."""

    def __init__(self) -> None:
        super().__init__("That day is still to come.", "Give the day it was delivered.")


@dataclass(frozen=True, slots=True)
class Imported:
    """A letter that was stored; `removed` counts the hidden characters taken out of it."""

    reference: str
    enquiry_uid: str
    contact_uid: str
    letter_uid: str
    from_: str
    subject: str
    characters: int
    attachments: int
    removed: int
    sha256: str
    notes: tuple[str, ...]
    received: CameIn


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same bytes are held already, under this matter; nothing was stored."""

    reference: str
    enquiry_uid: str
    letter_uid: str
    sha256: str


@dataclass(frozen=True, slots=True)
class TypedLetter:
    """A paper letter as it is written down: who, about, when, where the paper is."""

    sender: str = ""
    sender_address: str = ""
    subject: str = ""
    words: str = ""
    dated_on: date | None = None
    received_on: date | None = None
    place: str = ""
    kind: Kind = Kind.MEMBER_OF_PUBLIC
    copies: int = 1
    for_whom: str = ""
    channel: Channel = Channel.LETTER
    enquiry_uid: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """An enclosure; `size` in bytes. Its name is only words to show, never a path."""

    uid: str
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that is held; `words` are masked for who may see masked records only."""

    uid: str
    enquiry_uid: str
    contact_uid: str
    reference: str
    direction: str
    sender: str
    sender_address: str
    subject: str
    dated_on: date | None
    received_on: date
    place: str
    words: str
    characters: int
    removed: int
    source: str
    sha256: str
    attachments: tuple[Attachment, ...]
    sent_at: datetime | None = None
    """When a reply of ours went; of a letter that came in, and of one not sent yet, nothing."""


def import_letter(
    desk: Desk,
    data: bytes,
    name: str,
    *,
    received_on: date | None = None,
    enquiry_uid: str | None = None,
    duplicate_ok: bool = False,
) -> Imported | Duplicate:
    """Bring in a saved e-mail or a text file as a letter of a new matter, or of one that is named.

    Without a day the one it came in stands: of an e-mail by its own lines, else today. Raises
    LetterRefused, LetterDay, NotFound, MatterClosed. The writer is linked with nobody.
    """
    read = read_letter(data, name=name)
    channel = Channel.EMAIL if read.source == "eml" else Channel.LETTER
    came = CameIn(received_on) if received_on else arrivals.came_in(read, desk.today())
    arrival = Arrival(read, read.source, channel, came.day, received_line=came.line)
    return _bring_in(desk, Action.LETTER_IMPORT, arrival, enquiry_uid or "", duplicate_ok)


def came_in(desk: Desk, data: bytes, name: str) -> CameIn:
    """Say on which day a file came in, were it brought in without one. Raises LetterRefused."""
    return arrivals.came_in(read_letter(data, name=name), desk.today())


def type_letter(
    desk: Desk, typed: TypedLetter, *, duplicate_ok: bool = False
) -> Imported | Duplicate:
    """Write down a letter that came on paper.

    Raises WordsMissing, LetterDay, NotFound, MatterClosed.
    """
    subject, words = clean_line(typed.subject), clean(typed.words)
    sender, address = clean_line(typed.sender), clean(typed.sender_address)
    if not (subject.text or words.text or sender.text):
        raise work.WordsMissing("from or about")
    body = "\0".join((sender.text, address.text, subject.text, words.text, str(typed.dated_on)))
    read = LetterIn(
        source="text",
        sender_name=sender.text,
        sender_address=address.text,
        subject=subject.text,
        dated=None,
        text=words.text,
        characters=len(words.text),
        removed=sum(part.removed for part in (subject, words, sender, address)),
        attachments=(),
        sha256=hashlib.sha256(f"typed letter\0{body}".encode()).hexdigest(),
        notes=(),
    )
    arrival = Arrival(
        read,
        "typed",
        typed.channel,
        typed.received_on or desk.today(),
        place=work.line(typed.place),
        kind=typed.kind,
        copies=max(1, typed.copies),
        for_whom=work.line(typed.for_whom),
    )
    dated = typed.dated_on.isoformat() if typed.dated_on else None
    return _bring_in(
        desk, Action.LETTER_POST, arrival, typed.enquiry_uid, duplicate_ok, dated_on=dated
    )


def letters_of(desk: Desk, enquiry_uid: str) -> tuple[Letter, ...]:
    """Give the letters of a matter, newest first, with their words masked. Raises NotFound."""
    matter = steps.enquiry(desk, enquiry_uid)
    rows = letters.of_enquiry(desk.store, matter["id"])
    seen = seen_of(desk, matter["id"])
    return tuple(_masked(desk, replace(_view(desk, row), words=MASK), seen) for row in rows)


def open_letter(desk: Desk, uid: str, purpose: str = "") -> Letter:
    """Read a letter through: a consultation. Raises NotFound."""
    with desk.act(Action.LETTER_CONSULT, purpose) as act:
        row = _found(desk, uid)
        act.event("letter", uid, matter=row["enquiry_uid"])
    return _masked(desk, _view(desk, row), seen_of(desk, row["enquiry_id"]))


def _masked(desk: Desk, letter: Letter, seen: InfoClass | None) -> Letter:
    """Mask of a letter what may not be seen now; `v` on the matter shows it with a purpose."""
    return replace(
        letter,
        sender=masked(desk, "letter.sender", letter.sender, seen),
        sender_address=masked(desk, "letter.sender_address", letter.sender_address, seen),
        subject=masked(desk, "letter.subject", letter.subject, seen),
        words=masked(desk, "letter.words", letter.words, seen),
    )


def _bring_in(
    desk: Desk,
    action: Action,
    arrival: Arrival,
    enquiry_uid: str,
    duplicate_ok: bool,
    *,
    dated_on: str | None = None,
) -> Imported | Duplicate:
    read = arrival.read
    if arrival.received_on > desk.today():
        raise LetterDay
    held = None if duplicate_ok else letters.with_sha256(desk.store, read.sha256)
    if held is not None:
        return Duplicate(held["reference"], held["enquiry_uid"], held["uid"], read.sha256)
    if read.dated is not None:
        dated_on = read.dated.astimezone(LONDON).date().isoformat()
    with desk.act(action) as act:
        matter = arrivals.matter_of(act, desk, arrival, enquiry_uid)
        contact_uid, contact_id = arrivals.contact_of(act, desk, arrival, matter)
        keys: dict[str, Value] = {"enquiry_id": matter["id"], "contact_id": contact_id}
        uid = arrivals.keep(act, desk, arrival, dated_on=dated_on, **keys)
        text = f"{read.sender_name} {read.subject} {read.text}"
        search.index(act.tx, "letter", uid, text, enquiry_id=matter["id"])
        act.event("letter", uid, matter=matter["uid"], contact=contact_uid, sha256=read.sha256)
    return Imported(
        reference=matter["reference"],
        enquiry_uid=matter["uid"],
        contact_uid=contact_uid,
        letter_uid=uid,
        from_=read.sender_name or read.sender_address,
        subject=read.subject,
        characters=read.characters,
        attachments=len(read.attachments),
        removed=read.removed,
        sha256=read.sha256,
        notes=read.notes,
        received=CameIn(arrival.received_on, arrival.received_line),
    )


def _found(desk: Desk, uid: str) -> Row:
    row = letters.by_uid(desk.store, uid)
    if row is None:
        raise NotFound("letter")
    return row


def _attachment(row: Row) -> Attachment:
    return Attachment(row["uid"], row["name"], row["media_type"], row["size"], row["sha256"])


def _view(desk: Desk, row: Row) -> Letter:
    return Letter(
        uid=row["uid"],
        enquiry_uid=row["enquiry_uid"],
        contact_uid=row["contact_uid"],
        reference=row["reference"],
        direction=row["direction"],
        sender=row["sender"],
        sender_address=row["sender_address"],
        subject=row["subject"],
        dated_on=work.day(row["dated_on"]),
        received_on=date.fromisoformat(row["received_on"]),
        place=row["place"],
        words=row["words"],
        characters=row["characters"],
        removed=row["removed"],
        source=row["source"],
        sha256=row["sha256"],
        attachments=tuple(map(_attachment, letters.attachments(desk.store, row["id"]))),
        sent_at=parse_utc(row["sent_by_hand_at"]) if row["sent_by_hand_at"] else None,
    )
