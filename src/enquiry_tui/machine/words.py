"""Passphrases out of plain words, from the system's random source: easy to say, type and remember.

The list has 2,993 words of three to seven letters, so one word is worth 11.5 bits and six words
69 bits: more than anybody can try where each try costs Argon2 (NIST SP 800-63B-4 asks nothing of
how a secret is composed, only that it is long and cannot be guessed).
"""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path

PASSPHRASE_WORDS = 6


@cache
def plain_words() -> tuple[str, ...]:
    """Give the bundled words: lower-case ASCII, three to seven letters, none twice, in order."""
    path = Path(__file__).with_name("words.txt")
    return tuple(path.read_text("ascii").split())


def words_passphrase() -> str:
    """Make a passphrase of six random words with blanks between: 23 to 47 characters."""
    return " ".join(secrets.choice(plain_words()) for _ in range(PASSPHRASE_WORDS))
