"""The lines that may be told, as they are said: one sentence for each, made of safe fields."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

_HERE = "this office"
_OPEN_SOUNDS = frozenset("aeiou")
_SINCE = ", since "


class Reply(StrEnum):
    """How the reply stands on the day that it is told: awaited, late, or gone already."""

    AWAITED = "awaited"
    LATE = "late"
    SENT = "sent"


def reply_stands(due: date | None, today: date, *, sent: bool) -> Reply:
    """Say how a reply stands; on its last day it is not late yet. Days in London time."""
    if sent:
        return Reply.SENT
    return Reply.LATE if due is not None and due < today else Reply.AWAITED


def told_sentence(
    field: str, words: str, *, by_letter: bool = False, reply: Reply = Reply.AWAITED
) -> str:
    """Say a line that may be told as a sentence: who has it, since when, what was sent.

    `words` are those of the line, days written out in London time; `by_letter` where the matter
    began with one; `reply` keeps a day that is past from being promised. Raises KeyError for a
    field that is no such line.
    """
    match field:
        case "enquiry.received_on" if by_letter:
            return f"Your letter reached us on {words}."
        case "enquiry.received_on":
            return f"You were first in touch with us on {words}."
        case "enquiry.held_by":
            return _with(words)
        case "enquiry.due_on":
            return _due(words, reply)
        case "enquiry.sent_on":
            return _sent(words)
    raise KeyError(field)


def _due(words: str, reply: Reply) -> str:
    """Say when a reply is due, or honestly that it is late: no other day is held to promise."""
    match reply:
        case Reply.AWAITED:
            return f"You should have a reply by {words}."
        case Reply.LATE:
            return (
                f"You should have had a reply by {words}. It is late, and I am sorry;"
                " I have no new date to give you."
            )
        case Reply.SENT:
            return f"The reply was due by {words}."


def _with(words: str) -> str:
    who, since, day = words.partition(_SINCE)
    name = "us" if who == _HERE else who
    return f"It has been with {name} since {day}." if since else f"It is with {name}."


def _sent(words: str) -> str:
    what, comma, day = words.rpartition(", ")
    if not comma:
        return f"We wrote to you on {day}."
    return f"We sent you {_with_article(what)} on {day}."


def _with_article(what: str) -> str:
    """Put `a` or `an` before one thing that has no word before it yet."""
    first = what.split(" ", 1)[0].casefold()
    if first in {"a", "an", "the", "our", "your"} or what.endswith("s") or first.isdigit():
        return what
    return f"{'an' if first[:1] in _OPEN_SOUNDS else 'a'} {what}"
