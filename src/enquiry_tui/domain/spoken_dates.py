"""A date as somebody says or types it, `third of November`, and whether it is the one held."""

from __future__ import annotations

import re
from datetime import date

from enquiry_tui.domain.text import fold

_MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        start=1,
    )
}
_UNITS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_DAY_WORDS: dict[str, int] = {
    **{word: number for number, word in enumerate(_UNITS, start=1)},
    **{f"twenty{word}": number + 20 for number, word in enumerate(_UNITS[:9], start=1)},
    "thirtieth": 30,
    "thirtyfirst": 31,
}


def same_date(said: str, held: str, *, year_needed: bool) -> bool:
    """Say whether a spoken or typed date is the held ISO date; day before month, as in Britain.

    A year may be left out unless it is needed; one of two digits stands for any century.
    """
    heard = read_date(said)
    try:
        day = date.fromisoformat(held[:10])
    except ValueError:
        return False
    if heard is None or heard[:2] != (day.day, day.month):
        return False
    year = heard[2]
    if year is None:
        return not year_needed
    return year == day.year or (year < 100 and year == day.year % 100)


def read_date(text: str) -> tuple[int, int, int | None] | None:
    """Read day, month and perhaps year: `3 nov`, `third of November`, `3/11/26`, `2026-11-03`."""
    text = text.strip()
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text, re.ASCII):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    numeric = r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})(?:\s*[-/. ]\s*(\d{4}|\d\d))?"
    if found := re.fullmatch(numeric, text, re.ASCII):
        return _day(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    return _spoken_date(fold(text.replace("-", "")))


def _spoken_date(text: str) -> tuple[int, int, int | None] | None:
    text = re.sub(
        r"\b(twenty|thirty) (first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b",
        r"\1\2",
        text,
    )
    text = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", text)
    day = month = year = None
    for word in text.split():
        if word.isdigit() and day is None and int(word) <= 31:
            day = int(word)
        elif word.isdigit() and year is None:
            year = int(word)
        elif word in _DAY_WORDS and day is None:
            day = _DAY_WORDS[word]
        elif month is None:
            month = _month(word)
    return _day(day, month, year) if day and month else None


def _month(word: str) -> int | None:
    if len(word) < 3:
        return None
    return next((number for name, number in _MONTHS.items() if name.startswith(word)), None) or (
        9 if word == "sept" else None
    )


def _day(day: int, month: int, year: int | None) -> tuple[int, int, int | None] | None:
    return (day, month, year) if 1 <= day <= 31 and 1 <= month <= 12 else None
