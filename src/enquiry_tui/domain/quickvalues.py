"""What a quick line says: every word of it is claimed by a field or stands in the note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from enquiry_tui.domain.phones import Phone
from enquiry_tui.domain.references import Reference
from enquiry_tui.domain.vocabulary import Channel


class Direction(StrEnum):
    """Which way a contact went."""

    IN = "in"
    OUT = "out"


class Request(StrEnum):
    """A right that the caller uses: its clock runs from the day it is made."""

    FREEDOM_OF_INFORMATION = "foi"
    SUBJECT_ACCESS = "subject-access"
    DATA_COMPLAINT = "data-complaint"

    @property
    def label(self) -> str:
        """Return the request in plain words."""
        return _REQUEST_LABELS[self]


_REQUEST_LABELS = {
    Request.FREEDOM_OF_INFORMATION: "freedom of information request",
    Request.SUBJECT_ACCESS: "subject access request",
    Request.DATA_COMPLAINT: "data protection complaint",
}


class Part(StrEnum):
    """What a stretch of the line was understood to be."""

    EMERGENCY = "emergency"
    CHANNEL = "channel"
    MATTER = "matter"
    WHO = "who"
    PHONE = "phone"
    ANONYMOUS = "anonymous"
    FOR_WHOM = "for"
    TOPIC = "topic"
    URGENT = "urgent"
    DUE = "due"
    AT = "at"
    ENTERED_BY = "by"
    CALL_BACK = "call-back"
    THEIR_REFERENCE = "their"
    REQUEST = "request"
    NOTE = "note"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Claim:
    """Characters `start` to `end` of the line belong to this part."""

    start: int
    end: int
    part: Part


@dataclass(frozen=True, slots=True)
class QuickLine:
    """One line of the desk, understood. `line` is the cleaned line that the claims point into.

    `due`, `at` and `call_back` come with the words that explain them; `unread` names what looked
    like a field and was not, and so stayed in the note.
    """

    line: str
    channel: Channel = Channel.TELEPHONE
    direction: Direction = Direction.IN
    who: str | None = None
    unsure: bool = False
    phone: Phone | None = None
    withheld: bool = False
    anonymous: bool = False
    matter: Reference | None = None
    for_whom: str | None = None
    topics: tuple[str, ...] = ()
    urgent: bool = False
    emergency: bool = False
    due: date | None = None
    due_words: str = ""
    at: datetime | None = None
    at_words: str = ""
    entered_by: str | None = None
    call_back: datetime | None = None
    call_back_words: str = ""
    their_reference: str | None = None
    request: Request | None = None
    note: str = ""
    unread: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
