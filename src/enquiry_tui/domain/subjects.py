"""What a matter is about, from the first note of a call: without numbers, addresses and birthdays.

The subject stands in every list, unmasked; what it leaves out stands in the note, which is masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquiry_tui.domain.phones import find_phones
from enquiry_tui.domain.spoken_dates import read_date

LEFT_OUT = "…"
NOTHING_LEFT = "(in the note)"
_SHORTEST_NUMBER = 6  # digits: 101 and 999 are nobody's own
_RECENT = 1  # years back: so old a day may well be a letter's, an older one a birthday
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.ASCII | re.IGNORECASE)
_E_MAIL = re.compile(r"[^\s@<>,;:()]+@[^\s@<>,;:()]+\.[^\s@<>,;:()]*\w", re.ASCII)
_WAY = (
    "street|st|road|rd|lane|ln|avenue|ave|close|drive|way|crescent|court|gardens|grove|terrace"
    "|place|square|hill|row|walk|mews|park|green|house|view|rise"
)
# A number in front of one of these counts something; behind one of the others no street is named.
_COUNTED = (
    r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|times?|calls?|letters?"
    r"|people|men|women|children|kids|vans?|cars?|officers?|others?|of|more|in|at|on|am|pm)\b"
)
_NO_NAME = r"(?:in|at|on|of|by|to|from|near|and|for|with|was|were|is|are|my|his|her|their)\b"
_ADDRESS = re.compile(
    r"\b(?:(?:flat|apartment|apt|unit) ?\d{1,4}[a-z]?\b,? ?(?:at )?)?"
    rf"\d{{1,4}}[a-z]?,? (?!{_COUNTED})(?:the |(?:(?!{_NO_NAME})[^\W\d_][\w'’.-]* ){{1,3}})"
    rf"(?:{_WAY})\b\.?"
    r"|\b(?:flat|apartment|apt) ?\d{1,4}[a-z]?\b",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DAY = (
    r"(?:\d{1,2}[/.\-]\d{1,2}(?:[/.\-](?:\d{4}|\d\d))?|\d{4}-\d{1,2}-\d{1,2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ \-]{_MONTH}(?:,?[ \-](?:\d{{4}}|\d\d))?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?)(?!\w)"
)
_DATE = re.compile(rf"(?<![\w/.\-]){_DAY}", re.ASCII | re.IGNORECASE)
_BORN = re.compile(
    rf"\b(?:born|dob|d\.o\.b\.?|date of birth|birthday)\b[ :,]*(?:is |on |the ){{0,2}}{_DAY}",
    re.ASCII | re.IGNORECASE,
)


def subject_of(note: str, this_year: int) -> str:
    """Give the words of a note in which no number, address, postcode or birthday stands.

    A date is taken for a birthday where the note says so, or where its year is more than one
    before `this_year`. What is left out shows as an ellipsis.
    """
    cut = sorted(_private(note, this_year))
    kept, at = [], 0
    for start, end in cut:
        if start >= at:
            kept += [note[at:start], LEFT_OUT]
        at = max(at, end)
    words = " ".join("".join((*kept, note[at:])).split())
    words = re.sub(rf"{LEFT_OUT}(?:[\s,;]*{LEFT_OUT})+", LEFT_OUT, words)
    return words if re.search(r"\w", words) or not cut else NOTHING_LEFT


def _private(note: str, this_year: int) -> Iterator[tuple[int, int]]:
    """Find where what is masked elsewhere stands, in no order."""
    for phone in find_phones(note):
        if len(phone.phone.last9) >= _SHORTEST_NUMBER or phone.phone.e164:
            yield phone.start, phone.end
    for pattern in (_POSTCODE, _E_MAIL, _ADDRESS, _BORN):
        yield from (found.span() for found in pattern.finditer(note))
    for found in _DATE.finditer(note):
        heard = read_date(found.group().replace(",", ""))
        year = heard[2] if heard is not None else None
        if year is not None and _whole(year, this_year) < this_year - _RECENT:
            yield found.span()


def _whole(year: int, this_year: int) -> int:
    """Give a year of two digits its century: the nearest that is not to come."""
    if year >= 100:
        return year
    century = this_year - this_year % 100
    return century + year if year <= this_year % 100 + _RECENT else century - 100 + year
