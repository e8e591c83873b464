"""What may be a passphrase, and the ones that the program makes itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from enquiry_tui.machine.words import words_passphrase
from enquiry_tui.vault.errors import PassphraseRefused

SHORTEST = 15  # characters; NIST SP 800-63B-4 and ASVS 5 for a single factor
LONGEST = 128
_DISTINCT = 5  # different characters
_LEFT = 6  # characters that must remain once the office's own words are taken out
_DATE = 8  # figures that add nothing to them
_WALKED = 12  # characters that follow one another on a keyboard or in the alphabet

# What everybody at such a desk has in mind anyway.
_OFFICE_WORDS = frozenset(
    {
        *("enquiry", "enquiries", "desk", "office", "police", "constable", "constabulary"),
        *("chief", "commissioner", "crime", "passphrase", "password"),
    }
)
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "1234567890",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
)
_UNMASKED = str.maketrans("013457@$", "oieastas")


def secret_bytes(passphrase: str) -> bytes:
    """Give the bytes that Argon2 sees: NFC (the same letters typed on another keyboard), UTF-8.

    A lone surrogate cannot be typed and is replaced; it never raises.
    """
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "replace")


def demand_strong(passphrase: str, *own: str) -> None:
    """Check a new passphrase: length and whether it would be guessed first; no composition rule.

    `own` are the words that belong to this officer and office: handle, name, office, prefix.
    Raises PassphraseRefused. 15 to 128 characters after NFC; a list of well-known ones and words
    of the context (ASVS 5, 6.2.1, 6.2.4, 6.2.9 and 6.2.11; NIST SP 800-63B-4, 3.1.1.2).
    """
    text = unicodedata.normalize("NFC", passphrase)
    if len(text) < SHORTEST:
        raise PassphraseRefused(
            "The passphrase is too short",
            f"At least {SHORTEST} characters: six unrelated words make a good one.",
        )
    if len(text) > LONGEST:
        raise PassphraseRefused("The passphrase is too long", f"At most {LONGEST} characters.")
    if any(unicodedata.category(symbol) in {"Cc", "Cs", "Cn"} for symbol in text):
        raise PassphraseRefused(
            "The passphrase holds characters that cannot be typed", "Use letters, figures, signs."
        )
    if _is_guessed_first(_bare(text)) or len(set(text.casefold())) < _DISTINCT:
        raise PassphraseRefused(
            "That passphrase is among the first that anybody would try",
            "Six unrelated words make a good one.",
        )
    if _is_of_own_words(_bare(text), own):
        raise PassphraseRefused(
            "That passphrase is made of words that belong to you or this office",
            "Six words that have nothing to do with either make a good one.",
        )


def temporary() -> str:
    """Make a passphrase of six words (69 bits) for another officer's first sign-in."""
    return words_passphrase()


@cache
def blocked() -> frozenset[str]:
    """Give the well-known long passphrases that are shipped, without case, blanks and signs."""
    path = Path(__file__).with_name("blocked.txt")
    return frozenset(path.read_text("ascii").split())


def _bare(text: str) -> str:
    return "".join(symbol for symbol in text.casefold() if symbol.isalnum())


def _is_guessed_first(bare: str) -> bool:
    """Tell whether it is on the list, with figures around or for letters; said twice; a walk."""
    core = bare.strip("0123456789")
    forms = {bare, core, bare.translate(_UNMASKED), core.translate(_UNMASKED)}
    if forms & blocked() or re.fullmatch(r"(.{1,7}?)\1+", bare):
        return True
    walks = [row * LONGEST for row in _ROWS]
    walks += [walk[::-1] for walk in walks]
    return any(len(form) >= _WALKED and form in walk for form in (bare, core) for walk in walks)


def _is_of_own_words(bare: str, own: Iterable[str]) -> bool:
    """Tell whether next to nothing is left once these words are taken out."""
    found = {_bare(part) for words in own for part in (words, *words.split())}
    left = bare
    for word in sorted(found | _OFFICE_WORDS, key=len, reverse=True):
        if len(word) > 1:
            left = left.replace(word, "")
    if left == bare:
        return False
    return len(left) < _LEFT or (left.isdigit() and len(left) <= _DATE)
