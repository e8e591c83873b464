"""What the verbs of everyday work share: the contact they bind to, states, stored times."""

from __future__ import annotations

import re
from datetime import date, datetime

from enquiry_tui.desk import steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import MaskedNow, ReasonTooShort
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.text import clean, clean_line
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.errors import Refused
from enquiry_tui.records.base import Row

LINE = 500  # characters of a one-line field
WORDS = 20_000  # characters of an account, a message, a complaint
_WORD = re.compile(r"[^\W\d_]{3}")


class OtherMatter(Refused):
    """What is to be recorded names one matter, and the contact it came in belongs to another."""

    def __init__(self) -> None:
        super().__init__(
            "This contact belongs to another matter.",
            "Say which you mean: this call or that row; or move the contact first (e).",
        )


class WrongState(Refused):
    """The thing has moved on, or is not there yet."""

    def __init__(self, what: str, state: str, hint: str) -> None:
        super().__init__(f"This {what} is {state}.", hint)


class WordsMissing(Refused):
    """Something cannot be recorded without words; `what` names the field."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Nothing is written under {what} yet.", f"Fill in {what}, then save.")


def contact_for(desk: Desk, contact_uid: str, matter: Row) -> Row | None:
    """Find the contact something came in; none is fine. Raises NotFound, OtherMatter."""
    if not contact_uid:
        return None
    row: Row = steps.contact(desk, contact_uid)
    if row["enquiry_id"] not in {None, matter["id"]}:
        raise OtherMatter
    return row


def line(words: str) -> str:
    """Clean one line that somebody typed. Raises MaskedNow for a mask: it is nobody's words."""
    return _unmasked(clean_line(words, limit=LINE).text)


def reason_in_words(words: str) -> str:
    """Clean a reason for what moves a date in law or a rule: it needs one word of three letters.

    Raises ReasonMissing, ReasonTooShort.
    """
    reason: str = steps.reason(words)
    if not has_word(reason):
        raise ReasonTooShort
    return reason


def has_word(words: str) -> bool:
    """Say whether one word of three letters is among them."""
    return _WORD.search(words) is not None


def text(words: str) -> str:
    """Clean a text of several lines that somebody typed. Raises MaskedNow for a mask."""
    return _unmasked(clean(words, limit=WORDS).text.strip())


def _unmasked(words: str) -> str:
    if MASK in words:  # a form was filled from a view: saved, it would take the place of the words
        raise MaskedNow
    return words


def moment(stored: str | None) -> datetime | None:
    """Read a stored moment that may be absent."""
    return parse_utc(stored) if stored else None


def day(stored: str | None) -> date | None:
    """Read a stored day that may be absent."""
    return date.fromisoformat(stored) if stored else None
