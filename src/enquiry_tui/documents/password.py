"""A password for one protected document: short words, to be told by telephone and kept nowhere."""

from __future__ import annotations

import secrets
from functools import cache

from enquiry_tui.machine.words import plain_words

LENGTH = 32  # characters at most: some readers refuse longer ones
_LETTERS = 4
_WORDS = 6


@cache
def password_words() -> tuple[str, ...]:
    """Give the bundled words that are short enough: lower-case ASCII, at most four letters."""
    return tuple(word for word in plain_words() if len(word) <= _LETTERS)


def generate_password() -> str:
    """Give six words and a two-digit number with dashes between: ASCII, at most 32 characters.

    From the system's random source; over 60 bits with the bundled list.
    """
    words = [secrets.choice(password_words()) for _ in range(_WORDS)]
    return "-".join([*words, f"{secrets.randbelow(100):02}"])
