"""References and code words: made, read in any form that people say or type, said aloud."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_SEP = " ?[-/– ] ?"
_LONGEST = 40
_FULL = re.compile(rf"([A-Za-z][A-Za-z0-9]{{1,7}}){_SEP}(20\d\d){_SEP}(\d{{1,7}})", re.ASCII)
_SHORT = re.compile(rf"(?:20)?(\d\d){_SEP}(\d{{1,7}})", re.ASCII)
_BARE = re.compile(r"#?0*(\d{1,7})", re.ASCII)
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@dataclass(frozen=True, slots=True)
class Reference:
    """The number of an enquiry: the vault's prefix, the year (2000–2099), the number within it."""

    prefix: str
    year: int
    number: int

    @property
    def full(self) -> str:
        """Return `OPCC-2026-000118`, for paper."""
        return f"{self.prefix}-{self.year}-{self.number:06}"

    @property
    def short(self) -> str:
        """Return `26-118`, for the screen."""
        return f"{self.year % 100:02}-{self.number}"

    @property
    def spoken(self) -> str:
        """Return `twenty-six, one-one-eight`, for the telephone."""
        digits = "-".join(_DIGITS[int(digit)] for digit in str(self.number))
        return f"{_two_digits(self.year % 100)}, {digits}"

    def __str__(self) -> str:
        return self.full


def _two_digits(number: int) -> str:
    """Say a year: `twenty-six`, and `oh-seven` below ten."""
    if number < 10:
        return f"oh-{_DIGITS[number]}"
    if number < 20:
        return _TEENS[number - 10]
    tens = _TENS[number // 10 - 2]
    return f"{tens}-{_DIGITS[number % 10]}" if number % 10 else tens


def is_prefix(text: str) -> bool:
    """Tell whether a text can be a prefix: two to eight capitals and digits, a capital first."""
    return _PREFIX.fullmatch(text) is not None


def read_reference(text: str, *, this_year: int, own_prefix: str) -> Reference | None:
    """Read `OPCC-2026-000118`, `opcc/2026/118`, `26-118`, `26/118`, `#118` or `118` (this year's).

    None where the text is none of these. Numbers start at 1; a prefix of another vault is kept.
    """
    text = " ".join(text[: _LONGEST + 1].split())
    if len(text) > _LONGEST:
        return None
    if found := _FULL.fullmatch(text):
        return _made(found[1].upper(), int(found[2]), int(found[3]))
    if found := _SHORT.fullmatch(text):
        return _made(own_prefix, 2000 + int(found[1]), int(found[2]))
    if found := _BARE.fullmatch(text):
        return _made(own_prefix, this_year, int(found[1]))
    return None


def _made(prefix: str, year: int, number: int) -> Reference | None:
    """Make a reference, unless its number is nought."""
    return Reference(prefix, year, number) if number else None


# Crockford's 32 symbols. New words also leave out 0 and 1, which are said and written like other
# symbols, and vowels, and always hold a digit: no word of any language can come of it.
_CROCKFORD = frozenset("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_NEW = "23456789BCDFGHJKMNPQRSTVWXYZ"
_UNKIND = ("FCK", "CNT", "DCK", "KKK", "NGR", "PSS", "SHT", "TWT", "WNK", "SS")
_ALIKE = str.maketrans("OILU", "011V", " -.·\t")
CODE_LENGTH = 4


def new_code_word(choose: Callable[[str], str]) -> str:
    """Make the four characters of a new matter; give it `secrets.choice`. About 19 bits."""
    while True:
        word = "".join(choose(_NEW) for _ in range(CODE_LENGTH))
        if not word.isalpha() and not any(rude in word for rude in _UNKIND):
            return word


def read_code_word(text: str) -> str | None:
    """Read a code word: any case, `K-7-Q-D`, O for 0, I and L for 1; None where it is none."""
    word = text.strip().upper().translate(_ALIKE)
    return word if len(word) == CODE_LENGTH and set(word) <= _CROCKFORD else None


def spoken_code_word(word: str) -> str:
    """Say a code word letter by letter: `K-7-Q-D`."""
    return "-".join(word)
