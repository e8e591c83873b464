"""Text that came from outside: cleaned on the way in, folded for search, cut to fit a screen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from anyascii import anyascii

MARKS_A_BASE = 40
LONGEST = 2_000_000
ELLIPSIS = "…"


class Hidden(StrEnum):
    """What kind of character was taken out, in words that an officer can read."""

    CONTROL = "control characters"
    DIRECTION = "direction marks"
    INVISIBLE = "invisible characters"
    TAG = "tag characters"
    BROKEN = "broken characters"
    STACKED = "stacked accents"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text; how many hidden characters went, of which kinds; how many were cut off."""

    text: str
    removed: int = 0
    kinds: tuple[str, ...] = ()
    cut: int = 0


_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_DROPS: tuple[tuple[Hidden, re.Pattern[str]], ...] = (
    (Hidden.CONTROL, re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")),
    (Hidden.DIRECTION, re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")),
    (Hidden.INVISIBLE, re.compile("[\u200b\u2060-\u2065\ufeff\ufff9-\ufffb]")),
    (Hidden.TAG, re.compile("[\U000e0000-\U000e007f]")),
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_JOINERS = re.compile("[\u200c\u200d]")
_BREAKS = str.maketrans("\n\t", "  ")


def clean(text: str, *, lines: bool = True, limit: int = LONGEST) -> Cleaned:
    """Make text fit to store: NFC, LF line ends, nothing hidden; at most `limit` characters.

    Never raises. An escape sequence loses its escape character and leaves the printable rest in
    view, so that an officer can see that somebody tried.
    """
    counts: dict[Hidden, int] = {}
    text = _LINE_ENDS.sub("\n", text)
    if not lines:
        text = text.translate(_BREAKS)
    for kind, pattern in _DROPS:
        text, counts[kind] = pattern.subn("", text)
    if not text.isascii():
        text, counts[Hidden.BROKEN] = _SURROGATES.subn("\ufffd", text)
        text, joiners = _unjoin(text)
        text, early = _unstack(text)  # first: NFC sorts a long run of marks in quadratic time
        text, late = _unstack(unicodedata.normalize("NFC", text))
        counts[Hidden.STACKED] = early + late
        counts[Hidden.INVISIBLE] += joiners
    cut = max(0, len(text) - limit)
    text = text[: len(text) - cut].rstrip("\u200c\u200d") if cut else text
    kinds = tuple(kind.value for kind in Hidden if counts.get(kind))
    return Cleaned(text if lines else text.strip(), sum(counts.values()), kinds, cut)


def clean_line(text: str, *, limit: int = LONGEST) -> Cleaned:
    """Make one line: as `clean`, with line ends and tabs made spaces, and trimmed. Never raises."""
    return clean(text, lines=False, limit=limit)


def removed_words(count: int) -> str:
    """Tell the officer about hidden characters: empty where there were none."""
    if count <= 0:
        return ""
    return f"{count} hidden character{'' if count == 1 else 's'} removed"


def _unstack(text: str) -> tuple[str, int]:
    """Cut combining marks beyond forty on one base; also says how many went."""
    kept: list[str] = []
    run = 0
    for character in text:
        if character < "\u0300" or unicodedata.category(character)[0] != "M":
            run = 0
        else:
            run += 1
        if run <= MARKS_A_BASE:
            kept.append(character)
    return ("".join(kept), len(text) - len(kept)) if len(kept) < len(text) else (text, 0)


def _unjoin(text: str) -> tuple[str, int]:
    """Drop joiners, except where they stand between letters (Persian and Indic names, emoji)."""

    def keep(match: re.Match[str]) -> str:
        before = text[match.start() - 1] if match.start() else " "
        after = text[match.end()] if match.end() < len(text) else " "
        joins = _joinable(before, "LMS") and _joinable(after, "LS")
        return match.group() if joins else ""

    kept = _JOINERS.sub(keep, text)
    return kept, len(text) - len(kept)


def _joinable(character: str, classes: str) -> bool:
    """Tell whether a joiner may touch this character: a letter, its mark, or a pictograph."""
    category = unicodedata.category(character)
    return category[0] in classes and category not in {"Sc", "Sm"}


_VANISH = frozenset("'’‘ʼʻ`´′＇՚-‐‑–\u00ad﹣－")


class _Folds(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = "".join(map(_fold_one, _compatible(chr(code))))
        self[code] = folded
        return folded


def _compatible(character: str) -> str:
    """Return the NFKD form of one character; the vanishing ones stay as they are."""
    return character if character in _VANISH else unicodedata.normalize("NFKD", character)


def _fold_one(character: str) -> str:
    """Give ASCII letters and digits, a space for what divides words, nothing for marks."""
    category = unicodedata.category(character)
    if character in _VANISH or unicodedata.combining(character) or category == "Cf":
        return ""
    if category[0] not in "LNM":
        return " "
    plain = "".join(filter(str.isalnum, anyascii(character))).casefold()
    return plain if plain or category[0] == "M" else " "


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Fold text for search: `Łukasz` is `lukasz`, `O'Brien` is `obrien`; a–z, 0–9, spaces."""
    return " ".join(text.translate(_FOLDS).split())


def fold_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, in their order."""
    return tuple(text.translate(_FOLDS).split())


def cells(text: str) -> int:
    """Count the terminal cells of a text: wide characters two, marks and joiners none."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def _cell(character: str) -> int:
    """Count the cells of one character."""
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def excerpt(text: str, width: int) -> str:
    """Return the start of a text on one line of at most `width` cells, with `…` where cut."""
    line = " ".join(text.split())
    if len(line) <= width and cells(line) <= width:
        return line
    if width < 1:
        return ""
    used, kept, end = 0, 0, 0
    for index, character in enumerate(line):
        used += _cell(character)
        if used > width:
            return line[:end].rstrip() + ELLIPSIS
        if used <= width - 1:
            end = index + 1
        kept = index + 1
    return line[:kept]


def find_folded(text: str, words: Sequence[str]) -> tuple[int, int] | None:
    """Find where in the original text the first of these folded words begins and ends."""
    folds = [_FOLDS[ord(character)] for character in text]
    folded = "".join(folds)
    wanted = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
    if not wanted:
        return None
    found = re.search(f"(?<![a-z0-9])(?:{wanted})", folded) or re.search(wanted, folded)
    if found is None:
        return None
    at, start, end = 0, 0, len(text)
    for index, piece in enumerate(folds):
        if at <= found.start() < at + len(piece):
            start = index
        if at < found.end() <= at + len(piece):
            end = index + 1
            break
        at += len(piece)
    return start, end


def snippet(text: str, folded_query_words: Sequence[str], width: int) -> str:
    """Return one line of at most `width` cells around the first match, from the original text."""
    place = find_folded(text, folded_query_words)
    if place is None or cells(" ".join(text[: place[1]].split())) < width:
        return excerpt(text, width)
    start = max(0, place[0] - width // 3)
    gap = text.find(" ", start, place[0])
    start = gap + 1 if gap >= 0 else place[0]
    return ELLIPSIS + excerpt(text[start:], width - 1) if width > 1 else excerpt(text, width)


# Scripts with letters that look alike: two of them in one word is how a name is faked.
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})


def is_mixed_script(text: str) -> bool:
    """Tell whether some word mixes scripts that look alike, such as Latin with Cyrillic letters."""
    if text.isascii():
        return False
    return any(len(_scripts(word)) > 1 for word in text.split() if not word.isascii())


def _scripts(word: str) -> set[str]:
    """Return the look-alike scripts of a word's letters."""
    letters = filter(str.isalpha, word)
    return {unicodedata.name(letter, "").split(" ")[0] for letter in letters} & _ALIKE
