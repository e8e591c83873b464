"""Telephone numbers as people say them: kept as heard, read where possible, never rejected."""

from __future__ import annotations

import re
from dataclasses import dataclass

from enquiry_tui.domain.text import fold

MASKED_EMPTY = "••••• ••••••"
NOT_CONFIRMED = "NOT CONFIRMED"
# Short numbers that reach the same service everywhere (Ofcom, National Telephone Numbering Plan).
_NATIONWIDE = re.compile(r"999|112|101|105|111|119|159|116\d{3}|18000|85258", re.ASCII)
_WITHHELD = frozenset({"withheld", "wh", "number withheld", "no number", "private number"})


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as heard, its international form where one can be made, and its last nine digits."""

    raw: str
    e164: str | None = None
    last9: str = ""
    extension: str = ""
    withheld: bool = False

    @property
    def shown(self) -> str:
        """`01632 960 491`, with `ext 12` where there is one; as heard where it cannot be read."""
        return show_phone(self)

    @property
    def masked(self) -> str:
        """`••••• •••491`: one width for every number, so that nothing shows but three digits."""
        return f"••••• •••{self.last9[-3:]}" if len(self.last9) > 5 else MASKED_EMPTY


@dataclass(frozen=True, slots=True)
class PhoneSpan:
    """A number found in a line, and where: characters `start` to `end`."""

    start: int
    end: int
    phone: Phone


@dataclass(frozen=True, slots=True)
class NumberPart:
    """What was typed of a number, as digits: its end, and what its last nine may begin with."""

    tail: str
    heads: tuple[str, ...] = ()


WITHHELD = Phone("withheld", withheld=True)

_GAP = r"[ ().\-‐–/]{0,3}"
_EXTENSION = r"(?:,?\s{0,2}(?:ext(?:ension|n)?\b\.?|x|#)\s{0,2}:?\s{0,2}(\d{1,6}))?"
_END = r"(?![\d\w])"
_DATE = r"(?!\(?\d{1,2}[/.\- ](?:0?[1-9]|1[0-2])[/.\- ](?:20)?\d\d(?!\d))"
_NUMBER = re.compile(
    rf"(?<![\w+/.\-#]){_DATE}("
    rf"(?:\+|00 ?)44{_GAP}0?(?:{_GAP}\d){{9,10}}"
    rf"|(?:\+|00 ?)(?!44)[1-9](?:[ ().\-]{{0,2}}\d){{7,14}}"
    rf"|\(?0(?:{_GAP}[1235789])(?:{_GAP}\d){{7,9}}"
    rf"|0800 1111|0845 ?46 ?47"
    rf"){_EXTENSION}{_END}",
    re.ASCII | re.IGNORECASE,
)
# A short number (101, 960491) is one only where somebody says so.
_SAID = re.compile(
    rf"(?<!\w)(?:tel|phone|ph|mob|mobile|ring|call) ?[:.]?\s{{0,2}}"
    rf"(\+?\d(?:[ \-]?\d){{2,14}}){_EXTENSION}{_END}",
    re.ASCII | re.IGNORECASE,
)


_PART = re.compile(r"\+?[\d ().\-‐–/]{3,40}", re.ASCII)
_FEWEST = 3  # digits with which a search begins
_MOST_DIGITS = 15


def may_be_an_example(number: str, *, confirmed: bool) -> bool:
    """Say whether a directory's number is one that the office has not said to be its own.

    The numbers that ship are placeholders; those that are the same everywhere need nobody's word.
    """
    digits = re.sub(r"\D", "", number)
    return bool(number) and not confirmed and _NATIONWIDE.fullmatch(digits) is None


def listed_number(number: str, *, confirmed: bool) -> str:
    """Return a directory's number as it is shown: with NOT CONFIRMED where nobody confirmed it."""
    if may_be_an_example(number, confirmed=confirmed):
        return f"{number} {NOT_CONFIRMED}"
    return number


def is_withheld(text: str) -> bool:
    """Tell whether these words say that the number was withheld."""
    return fold(text) in _WITHHELD


def read_phone(text: str) -> Phone:
    """Read one number. What cannot be read keeps its words; never raises and never rejects."""
    raw = text.strip()
    if is_withheld(raw):
        return WITHHELD
    found = _NUMBER.search(raw) or _SAID.search(raw)
    if found:
        return _made(raw, found[1], found[2] or "")
    split = re.split(
        r"\s*(?:\bext\w*\.?|[x#])\s*(?=\d{1,6}\s*$)", raw, maxsplit=1, flags=re.IGNORECASE
    )
    digits, extension = split[0], (split[1] if len(split) > 1 else "")
    return _made(raw, digits, extension)


def read_part(text: str) -> NumberPart | None:
    """Read three digits or more of a number: its end, or after a 0 or +44 its beginning.

    None where anything but digits and what parts them was typed.
    """
    if not _PART.fullmatch(text.strip()):
        return None
    digits = re.sub(r"^(?:\+|00)44\(?0?", "0", re.sub(r"[^\d+]", "", text))
    digits = digits.removeprefix("+")
    if len(digits) < _FEWEST or len(digits) > _MOST_DIGITS:
        return None
    heads: tuple[str, ...] = ()
    if digits.startswith("0") and len(digits) > _FEWEST:
        # Of eleven digits the last nine are kept, of ten as well: both are looked for.
        heads = (digits[2:11], digits[1:10])
    return NumberPart(digits[-9:], heads)


def find_phones(line: str) -> tuple[PhoneSpan, ...]:
    """Find every telephone number in a line, in order. Dates and references are left alone."""
    spans = [_span(line, found) for found in _NUMBER.finditer(line)]
    taken = [(span.start, span.end) for span in spans]
    for found in _SAID.finditer(line):
        if not any(found.start(1) < end and start < found.end() for start, end in taken):
            phone = _made(line[found.start(1) : found.end()], found[1], found[2] or "")
            spans.append(PhoneSpan(found.start(1), found.end(), phone))
    return tuple(sorted(spans, key=lambda span: span.start))


def _span(line: str, found: re.Match[str]) -> PhoneSpan:
    """Take one number, without a last group that is not part of it (`0800 123456 3 calls`)."""
    number, end = found[1], found.end()
    while not found[2] and (shorter := _shorter(number)):
        end -= len(number) - len(shorter)
        number = shorter
    return PhoneSpan(found.start(), end, _made(line[found.start() : end], number, found[2] or ""))


def _shorter(number: str) -> str | None:
    """Drop the last group of digits where the rest alone is the likelier number; else None."""
    parts = re.fullmatch(r"(.*\d)\s+(\d{1,6})", number, re.DOTALL)
    if parts is None:
        return None
    if _digits(number).lstrip("0").startswith("44") and number[0] in "+0" and number[:2] != "04":
        return None
    if number.lstrip("(").startswith("0") and not number.startswith("00"):
        return parts[1] if len(parts[2]) == 1 and len(_digits(parts[1])) >= 10 else None
    good = _parsed(number)
    return parts[1] if not (good and good[1]) and len(_digits(parts[1])) >= 8 else None


def _digits(text: str) -> str:
    """Keep the ASCII digits of a text."""
    return "".join(character for character in text if character in "0123456789")


def _made(raw: str, number: str, extension: str) -> Phone:
    """Make a phone from its digits, with the international form where the length is right."""
    parsed = _parsed(number)
    e164 = parsed[0] if parsed else None
    if e164 is None and len(number) > 60:
        return Phone(raw)
    digits = _digits(e164 or number)
    if e164 and e164.startswith("+44"):
        digits = "0" + e164[3:]
    return Phone(raw.strip(), e164, digits[-9:], extension)


def _parsed(number: str) -> tuple[str, bool] | None:
    """Return the E.164 form, and whether its plan knows it; None where the length is wrong.

    Numbers made for drama are unknown to every plan, so only the length decides.
    """
    if len(_digits(number)) < 8 or len(number) > 60:
        return None
    import phonenumbers  # noqa: PLC0415 - 40 ms that sign-in must not pay

    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    text: str = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return text, bool(phonenumbers.is_valid_number(parsed))


def show_phone(phone: Phone) -> str:
    """Group a number so that it can be read aloud: `01632 960 491`, `020 7946 0123`, `+33 1 …`."""
    if phone.withheld:
        return "withheld"
    tail = f" ext {phone.extension}" if phone.extension else ""
    if phone.e164 is None:
        return phone.raw
    if not phone.e164.startswith("+44"):
        return _international(phone.e164) + tail
    national = "0" + phone.e164[3:]
    return " ".join(_groups(national)) + tail


def _groups(national: str) -> tuple[str, ...]:
    """Cut a UK number into the groups of its area."""
    if len(national) < 10:
        return (national[:4], national[4:])
    if len(national) != 11:
        return (national[:4], national[4:7], national[7:])
    if national.startswith("02"):
        return (national[:3], national[3:7], national[7:])
    four = national[1] in "389" or national[1:3] == "11" or national[1:4:2] == "11"
    return (national[:4], national[4:7], national[7:]) if four else _mobile(national)


def _mobile(national: str) -> tuple[str, str, str]:
    """Cut into five, three, three: mobiles and most towns."""
    return national[:5], national[5:8], national[8:]


def _international(e164: str) -> str:
    """Group a foreign number as its own country groups it."""
    import phonenumbers  # noqa: PLC0415 - as above

    parsed = phonenumbers.parse(e164)
    shown: str = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return shown
