"""The named fields of a quick line: `due: at: by: cb: ref: their:`."""

from __future__ import annotations

import re
from collections.abc import Callable

from enquiry_tui.domain.dates import read_day
from enquiry_tui.domain.moments import MomentRead, read_moment
from enquiry_tui.domain.quicksheet import Sheet
from enquiry_tui.domain.quickvalues import Part

_FIELD = re.compile(r"(?<!\S)(due|at|by|cb|ref|their):", re.IGNORECASE)
_VALUE = re.compile(r'"[^"]{1,120}"[,;]?|[^\s"]\S*')
_DAY_WORDS = 4
_WHY = {
    "due": "due: is no day I know, or a second one",
    "at": "at: needs a time, such as at:14:05",
    "cb": "cb: needs a time, such as cb:16:00 or cb:fri 10:00",
    "by": "by: needs a name",
    "ref": "ref: needs one reference",
    "their": "their: needs one reference",
}


def read_fields(sheet: Sheet) -> None:
    """Claim every field that can be read; the first of each kind counts, the rest stays a note."""
    readers: dict[str, Callable[[Sheet, int, int], bool]] = {
        "due": _due,
        "at": _at,
        "cb": _call_back,
        "by": _by,
        "ref": _ref,
        "their": _their,
    }
    for found in sheet.unclaimed(_FIELD):
        name = found[1].casefold()
        if sheet.is_free(found.start(), found.end()) and not readers[name](
            sheet, found.start(), found.end()
        ):
            sheet.unread(_WHY[name])


def _stretches(sheet: Sheet, start: int) -> list[tuple[str, int]]:
    """List what may be a day or time behind a field, longest first, with where it ends."""
    ends: list[int] = []
    for word in sheet.words(start):
        if len(ends) == _DAY_WORDS or not sheet.is_free(word.start(), word.end()):
            break
        ends.append(word.end())
    return [(sheet.head[start:end].strip(" ,;."), end) for end in reversed(ends)]


def _due(sheet: Sheet, start: int, value: int) -> bool:
    """Read a due day."""
    if sheet.found.due:
        return False
    for text, end in _stretches(sheet, value):
        if read := read_day(text, sheet.now.date(), sheet.calendar):
            words = _explained(read.words, read.note)
            sheet.take(start, end, Part.DUE, due=read.day, due_words=words)
            return True
    return False


def _moment(sheet: Sheet, value: int, *, past: bool) -> tuple[MomentRead, int] | None:
    """Read the longest moment, with a time, behind a field."""
    for text, end in _stretches(sheet, value):
        read = read_moment(text, sheet.now, sheet.calendar, past=past)
        if read and read.at:
            return read, end
    return None


def _at(sheet: Sheet, start: int, value: int) -> bool:
    """Read when it really was, for what is written up later."""
    if sheet.found.at or not (found := _moment(sheet, value, past=True)):
        return False
    read, end = found
    words = _explained(read.words, read.note)
    sheet.take(start, end, Part.AT, at=read.at, at_words=words)
    return True


def _call_back(sheet: Sheet, start: int, value: int) -> bool:
    """Read a promise to ring back, which needs a time of day."""
    if sheet.found.call_back or not (found := _moment(sheet, value, past=False)):
        return False
    read, end = found
    words = _explained(read.words, read.note)
    sheet.take(start, end, Part.CALL_BACK, call_back=read.at, call_back_words=words)
    return True


def _explained(words: str, note: str) -> str:
    """Put what is to be known about a day behind it."""
    return f"{words} ({note})" if note else words


def _text(sheet: Sheet, value: int) -> tuple[str, int] | None:
    """Read one word, or several in double quotes, that stand at once behind a field."""
    found = _VALUE.match(sheet.head, value)
    if found is None or not sheet.is_free(found.start(), found.end()):
        return None
    text = found.group().rstrip(",;").strip('"').strip()
    return (text, found.end()) if text else None


def _by(sheet: Sheet, start: int, value: int) -> bool:
    """Read who took it down on paper."""
    if sheet.found.entered_by or not (found := _text(sheet, value)):
        return False
    sheet.take(start, found[1], Part.ENTERED_BY, entered_by=found[0])
    return True


def _their(sheet: Sheet, start: int, value: int) -> bool:
    """Read the other side's reference."""
    if sheet.found.their_reference or not (found := _text(sheet, value)):
        return False
    sheet.take(start, found[1], Part.THEIR_REFERENCE, their_reference=found[0])
    return True


def _ref(sheet: Sheet, start: int, value: int) -> bool:
    """Read a reference of ours; one that is not ours is the other side's."""
    if not (found := _text(sheet, value)):
        return False
    reference = sheet.reference(found[0])
    if reference is None:
        return _their(sheet, start, value)
    if sheet.found.matter:
        return False
    sheet.take(start, found[1], Part.MATTER, matter=reference)
    return True
