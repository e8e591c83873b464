"""The quick line: one line typed during a call, understood as it is typed, never rejected."""

from __future__ import annotations

import re
from datetime import datetime

from enquiry_tui.domain.phones import find_phones
from enquiry_tui.domain.quickecho import EchoPart, echo
from enquiry_tui.domain.quickfields import read_fields
from enquiry_tui.domain.quicksheet import Sheet
from enquiry_tui.domain.quickvalues import Claim, Direction, Part, QuickLine, Request
from enquiry_tui.domain.quickwho import WhoFound, can_be_named, find_who, goes_before
from enquiry_tui.domain.text import clean_line
from enquiry_tui.domain.vocabulary import Channel
from enquiry_tui.domain.when import LONDON
from enquiry_tui.domain.workdays import WorkCalendar

__all__ = ["Claim", "Direction", "EchoPart", "Part", "QuickLine", "Request", "echo", "parse"]

_ALARM = re.compile(r"\s*!!")
_MARKS = re.compile(r"(?<!\S)(?:!!?|!w)(?!\S)", re.IGNORECASE)
_FOR = re.compile(r'(?<!\S)>(?:"([^"]{1,80})"|([^\W_](?:\S*\w)?))[,;]?(?!\S)')
_TOPIC = re.compile(r"(?<!\S)#((?=\S*[^\W\d])\w(?:\S*\w)?)[,;]?(?!\S)")
_REQUEST = re.compile(r"(?<!\S)\$([fsc])(?!\S)", re.IGNORECASE)
_NAMED = re.compile(r"(?<!\S)@(?=[^\W\d_])")
_ANON = re.compile(r"(?<!\S)anon[.,;]?(?!\S)", re.IGNORECASE)
_WITHHELD = re.compile(r"(?<!\S)(?:(number )?withheld|(wh))[,;]?(?!\S)", re.IGNORECASE)
_CHANNELS = {
    "letter": Channel.LETTER,
    "email": Channel.EMAIL,
    "e-mail": Channel.EMAIL,
    "visit": Channel.IN_PERSON,
    "voicemail": Channel.VOICEMAIL,
}
_REQUESTS = {
    "f": Request.FREEDOM_OF_INFORMATION,
    "s": Request.SUBJECT_ACCESS,
    "c": Request.DATA_COMPLAINT,
}
# In front of one of these a number counts something: `3 weeks ago`, `12 people`.
_COUNTED = re.compile(
    r"\s+(?:(?:second|minute|min|hour|hr|day|week|month|year|time|call|letter|person|car|van"
    r"|other|complaint)s?|people|men|man|women|woman|children|am|pm|x|of|more)\b",
    re.IGNORECASE,
)


def parse(line: str, *, now: datetime, calendar: WorkCalendar, own_prefix: str) -> QuickLine:
    """Understand one line. `now` is aware, `calendar` counts `10wd`. Loses no word."""
    sheet = Sheet(clean_line(line).text, now.astimezone(LONDON), calendar, own_prefix)
    if alarm := _ALARM.match(sheet.head):
        sheet.take(alarm.end() - 2, alarm.end(), Part.EMERGENCY, emergency=True, urgent=True)
    read_fields(sheet)
    _read_phone(sheet)
    _read_signs(sheet)
    start = _read_start(sheet)
    _read_withheld(sheet, start)
    _read_who(sheet, start)
    _say_elsewhere(sheet, start)
    return sheet.result()


def _read_phone(sheet: Sheet) -> None:
    """Claim the first number in the head; further ones stay in the note."""
    for span in find_phones(sheet.head):
        if sheet.is_free(span.start, span.end):
            comma = sheet.head[span.end : span.end + 1] in {",", ";"}
            sheet.take(span.start, span.end + comma, Part.PHONE, phone=span.phone)
            return


def _read_signs(sheet: Sheet) -> None:
    """Claim `! !! > # $` and `anon`; a second `>` or `$` stays in the note."""
    for found in sheet.unclaimed(_MARKS):
        alarm = {"emergency": True} if found.group() == "!!" else {}
        part = Part.EMERGENCY if alarm else Part.URGENT
        sheet.take(found.start(), found.end(), part, urgent=True, **alarm)
    for found in sheet.unclaimed(_FOR)[:1]:
        end = _for_until(sheet, found)
        whom = found[1] or " ".join([found[2], *sheet.head[found.end() : end].split()])
        sheet.take(found.start(), end, Part.FOR_WHOM, for_whom=whom.rstrip(",;.:"))
    topics = sheet.unclaimed(_TOPIC)
    names = tuple(dict.fromkeys(found[1] for found in topics))
    for found in topics:
        sheet.take(found.start(), found.end(), Part.TOPIC)
    sheet.set(topics=names)
    for found in sheet.unclaimed(_REQUEST)[:1]:
        request = _REQUESTS[found[1].casefold()]
        sheet.take(found.start(), found.end(), Part.REQUEST, request=request)
    for found in sheet.unclaimed(_ANON)[:1]:
        sheet.take(found.start(), found.end(), Part.ANONYMOUS, anonymous=True)


def _for_until(sheet: Sheet, found: re.Match[str]) -> int:
    """Return where an addressee ends: a rank in front of a name belongs to it, `Supt Cole`."""
    end, rank = found.end(), found[2] or ""
    for word in sheet.words(end):
        bare = word.group().rstrip(",;.:")
        is_name = sheet.is_free(word.start(), word.end()) and can_be_named(bare)
        if not is_name or not goes_before(rank, bare):
            break
        end, rank = word.end(), bare
    return end if not goes_before(rank, "Name") else found.end()


def _read_start(sheet: Sheet) -> int:
    """Claim channel, direction and reference at the start; return where free words begin."""
    linked = False
    for word in sheet.words():
        if not sheet.is_free(word.start(), word.end()):
            continue
        bare = word.group().rstrip(",;:")
        if linked and bare.casefold() in {"from", "to"} and _who_at(sheet, word.end()):
            sheet.take(word.start(), word.end(), Part.CHANNEL)
            return word.end()
        channel = _CHANNELS.get(bare.casefold())
        if channel and sheet.found.channel is Channel.TELEPHONE:
            sheet.take(word.start(), word.end(), Part.CHANNEL, channel=channel)
            linked = True
        elif bare in {"in", "out"} and _is_direction(sheet, word.end()):
            sheet.take(word.start(), word.end(), Part.CHANNEL, direction=Direction(bare))
            linked = True
        elif _read_matter(sheet, bare, word):
            linked = False
        else:
            return word.start()
    return len(sheet.head)


def _say_elsewhere(sheet: Sheet, start: int) -> None:
    """Say of a reference of these two years behind the start that it leads nowhere there."""
    for word in sheet.words(start) if sheet.found.matter is None else ():
        bare = word.group().strip(",;:.()")
        reference = sheet.reference(bare) if "-" in bare else None
        if reference and sheet.now.year - reference.year <= 1 and sheet.found.line:
            sheet.unread(f"{bare} is the matter at the start only, or as ref:{bare}")


def _is_direction(sheet: Sheet, end: int) -> bool:
    """Say whether `in` or `out` at the start says which way it went: no sentence goes on there."""
    following = next(sheet.words(end), None)
    if following is None or not sheet.is_free(following.start(), following.end()):
        return True
    text = following.group()
    if text.casefold() in {*_CHANNELS, "from", "to", "withheld", "wh"} or text[0] in "@?":
        return True
    return _who_at(sheet, end) is not None or sheet.reference(text.rstrip(",;:")) is not None


def _read_matter(sheet: Sheet, bare: str, word: re.Match[str]) -> bool:
    """Claim a reference at the start, unless the number counts something."""
    if sheet.found.matter or (bare.isdigit() and _COUNTED.match(sheet.head, word.end())):
        return False
    reference = sheet.reference(bare)
    if reference:
        sheet.take(word.start(), word.end(), Part.MATTER, matter=reference)
    return reference is not None


def _read_withheld(sheet: Sheet, start: int) -> None:
    """Claim `withheld` where it is said of the number: in front of `~`, or behind the name."""
    for index, found in enumerate(sheet.unclaimed(_WITHHELD)):
        said = sheet.has_tilde or found[1] or found[2]
        if said or (index == 0 and _only_a_name(sheet, start, found.start())):
            sheet.take(found.start(), found.end(), Part.PHONE, withheld=True)
            return


def _only_a_name(sheet: Sheet, start: int, end: int) -> bool:
    """Say whether nothing but a name, or nothing at all, is free between two places."""
    name = _who_at(sheet, start, end)
    rest = sheet.head[name.end if name else start : end]
    return not rest.strip()


def _read_who(sheet: Sheet, start: int) -> None:
    """Claim the name behind `@`, or the one that the first free words are, if they are one."""
    named = sheet.unclaimed(_NAMED)
    found = _who_at(sheet, named[0].start() if named else start)
    if found:
        sheet.take(found.start, found.end, Part.WHO, who=found.name, unsure=found.unsure)


def _who_at(sheet: Sheet, start: int, end: int | None = None) -> WhoFound | None:
    """Look for a name in the free stretch that begins here."""
    stop = sheet.free_until(start) if end is None else min(end, sheet.free_until(start))
    bounded = stop < len(sheet.head) or sheet.has_tilde
    return find_who(sheet.head[start:stop], start, bounded=bounded)
