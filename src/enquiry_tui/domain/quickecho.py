"""What was understood of a quick line, said back under it while it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from enquiry_tui.domain.quickvalues import Direction, Part, QuickLine
from enquiry_tui.domain.text import excerpt
from enquiry_tui.domain.vocabulary import Channel

_NOTE_CELLS = 60
_CHANNEL_WORDS = {
    Channel.TELEPHONE: "call",
    Channel.LETTER: "letter",
    Channel.EMAIL: "e-mail",
    Channel.IN_PERSON: "visit",
    Channel.VOICEMAIL: "voicemail",
}


@dataclass(frozen=True, slots=True)
class EchoPart:
    """One thing that was understood, and its words."""

    kind: Part
    text: str


def echo(parsed: QuickLine, matched: str | None = None) -> tuple[EchoPart, ...]:
    """Say everything that was understood, and WHO none rather than a guess.

    `matched` is what tells the person apart (`3 earlier, last 12 Nov`), where somebody was found.
    """
    return tuple(EchoPart(kind, text) for kind, text in _parts(parsed, matched))


def _parts(parsed: QuickLine, matched: str | None) -> Iterator[tuple[Part, str]]:
    """Go through the parts in the order in which an officer checks them."""
    yield from _caller(parsed, matched)
    if parsed.for_whom:
        yield Part.FOR_WHOM, f"message for {parsed.for_whom}"
    if parsed.topics:
        yield Part.TOPIC, f"topic {', '.join(parsed.topics)}"
    if parsed.urgent and not parsed.emergency:
        yield Part.URGENT, "urgent"
    yield from _dates(parsed)
    if parsed.their_reference:
        yield Part.THEIR_REFERENCE, f"their reference {parsed.their_reference}"
    if parsed.request:
        yield Part.REQUEST, f"{parsed.request.label}: the clock runs from today"
    yield Part.NOTE, f"note {excerpt(parsed.note, _NOTE_CELLS)}" if parsed.note else "note none"
    for words in parsed.unread:
        yield Part.UNREAD, f"{words}; kept in the note"


def _caller(parsed: QuickLine, matched: str | None) -> Iterator[tuple[Part, str]]:
    """Say how it came, on what, from whom and from which number."""
    if parsed.emergency:
        yield Part.EMERGENCY, "URGENT HARM"
    yield Part.CHANNEL, _channel(parsed)
    if parsed.matter:
        typed_in_full = parsed.matter.prefix.casefold() in parsed.line.casefold()
        shown = parsed.matter.full if typed_in_full else parsed.matter.short
        yield Part.MATTER, f"matter {shown}"
    yield Part.WHO, _who(parsed, matched)
    if parsed.phone:
        known = "" if parsed.phone.e164 else ", as heard"
        yield Part.PHONE, f"phone {parsed.phone.shown}{known}"
    if parsed.withheld:
        yield Part.PHONE, "number withheld"


def _dates(parsed: QuickLine) -> Iterator[tuple[Part, str]]:
    """Say the days and times, and who took it down."""
    if parsed.due:
        yield Part.DUE, f"due {parsed.due_words}"
    if parsed.call_back:
        yield Part.CALL_BACK, f"ring back {parsed.call_back_words}"
    if parsed.at:
        yield Part.AT, f"was {parsed.at_words}, entered late"
    if parsed.entered_by:
        yield Part.ENTERED_BY, f"taken down by {parsed.entered_by}"


def _channel(parsed: QuickLine) -> str:
    """Say the channel and the way: `call in`, `letter out`, `visit`."""
    words = _CHANNEL_WORDS[parsed.channel]
    if parsed.channel is Channel.IN_PERSON and parsed.direction is Direction.IN:
        return words
    return f"{words} {parsed.direction.value}"


def _who(parsed: QuickLine, matched: str | None) -> str:
    """Say who, with the doubt and what tells them apart; nobody is said aloud."""
    if parsed.who is None:
        return "WHO anonymous" if parsed.anonymous else "WHO none"
    doubt = ", spelling not sure" if parsed.unsure else ""
    asked = ", asks to be anonymous" if parsed.anonymous else ""
    return f"who {parsed.who}{doubt}{asked}{f' ({matched})' if matched else ''}"
