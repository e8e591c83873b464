"""Names as heard: doubt kept, folded and sounding keys, likeness, read-back letter by letter."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from rapidfuzz import fuzz

from enquiry_tui.domain.sounds import sound_words
from enquiry_tui.domain.text import clean_line, fold, fold_words

# Ways of address that say nothing about who it is. Ranks stay: `DI Marsh` may be all there is.
_ADDRESS = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "rev",
    }
)
_NATO = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            *("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India"),
            *("Juliet", "Kilo", "Lima", "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo"),
            *("Sierra", "Tango", "Uniform", "Victor", "Whiskey", "X-ray", "Yankee", "Zulu"),
        ),
        strict=True,
    )
)
_SIGNS = {" ": "space", "-": "hyphen", "'": "apostrophe", "’": "apostrophe", ".": "full stop"}
_JOINS = str.maketrans("'’-", "   ")
_SOUND_WEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class HeardName:
    """A name as it was heard, and whether its spelling is in doubt."""

    text: str
    unsure: bool = False

    def __str__(self) -> str:
        return f"{self.text}?" if self.unsure else self.text


def read_name(text: str) -> HeardName:
    """Read a typed name; a `?` at its end means that the spelling is not sure."""
    line = clean_line(text).text
    bare = line.rstrip("? ")
    return HeardName(bare, unsure="?" in line[len(bare) :])


def name_key(text: str) -> str:
    """Return the folded name without a way of address: `Mrs Siân O'Brien?` is `sian obrien`."""
    words = fold_words(text)
    kept = [word for word in words if word not in _ADDRESS]
    return " ".join(kept or words)


def name_words(text: str) -> frozenset[str]:
    """Return the folded words a name is looked up by: `O'Brien-Lane` also by its three parts."""
    parted = text.translate(_JOINS)
    return frozenset(w for w in (*fold_words(text), *fold_words(parted)) if len(w) > 1)


def sound_key(text: str) -> str:
    """Return the sounds of the words in alphabetical order, so that `Pell, Ryan` is `Ryan Pell`."""
    return " ".join(sorted(sound_words(name_key(text))))


def likeness(first: str, second: str) -> int:
    """Score how alike two names are, 0 to 100: by spelling, raised where words sound the same."""
    one, other = sorted((name_key(first), name_key(second)))
    if not one:
        return 0
    spelling = fuzz.WRatio(one, other)
    shared = _shared_sounds(one, other)
    if shared == 0 or spelling >= 100:
        return round(spelling)
    return round(min(99.0, spelling + (100 - spelling) * _SOUND_WEIGHT * shared))


def _shared_sounds(one: str, other: str) -> float:
    """Return the share of the longer name's words whose sound is in the other too."""
    left, right = list(sound_words(one)), list(sound_words(other))
    longer = max(len(left), len(right))
    shared = 0
    for sound in left:
        if sound in right:
            right.remove(sound)
            shared += 1
    return shared / longer if longer else 0.0


def listed(name: str) -> str:
    """Turn a name round for lists: `Holt, Janet`; one word, or one with a comma, stays."""
    first, _, last = name.strip().rpartition(" ")
    return name.strip() if not first or "," in name else f"{last}, {first.strip()}"


def alphabet(name: str) -> str:
    """Spell a name in the spelling alphabet: `M for Mike, C for Charlie`."""
    return ", ".join(filter(None, map(_said, unicodedata.normalize("NFC", name.strip()))))


def _said(character: str) -> str:
    """Say one character: a letter, its accent, a digit, or what the sign is called."""
    if character in _SIGNS:
        return _SIGNS[character]
    letters = fold(character)
    if not letters:
        return ""
    if letters.isdigit():
        return letters
    said = ", ".join(
        f"{letter.upper()} for {_NATO[letter]}" for letter in letters if letter in _NATO
    )
    _, with_accent, accent = unicodedata.name(character, "").partition(" WITH ")
    return f"{said} with {accent.lower()}" if with_accent and said else said
