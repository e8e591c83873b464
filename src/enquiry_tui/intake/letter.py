"""A letter as it was read, the limits it must keep to, and the refusal that a reader can act on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from enquiry_tui.errors import EnquiryError

MAX_FILE_BYTES = 40 * 1024 * 1024
MAX_ATTACHMENT_BYTES = 25 * 1024 * 1024
MAX_TEXT_CHARACTERS = 2_000_000
MAX_PARTS = 500
MAX_DEPTH = 20
MAX_SUBJECT_CHARACTERS = 1_000
MAX_NAME_CHARACTERS = 200

Source = Literal["eml", "text"]


class LetterRefused(EnquiryError):
    """The file cannot be stored as a letter; the title says why, the hint what to bring instead."""


@dataclass(frozen=True, slots=True)
class AttachmentIn:
    """One enclosure: its name is only words to show, never a path; its data is as it was sent."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class LetterIn:
    """A letter read from bytes.

    `dated` is UTC or None; `characters` counts the text before any of it was moved to an
    attachment; `came_in` gives the moments (UTC) of an e-mail's arrival, best first, each with the
    header line that says so; `removed` counts hidden characters taken out; `sha256` is of the
    file as given.
    """

    source: Source
    sender_name: str
    sender_address: str
    subject: str
    dated: datetime | None
    text: str
    characters: int
    removed: int
    attachments: tuple[AttachmentIn, ...]
    sha256: str
    notes: tuple[str, ...]
    came_in: tuple[tuple[datetime, str], ...] = ()
