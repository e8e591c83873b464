"""A password for one protected document: short words, to be told by telephone and kept nowhere."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path

LENGTH = 32  # characters at most: some readers refuse longer ones
_WORDS = 6


@cache
def password_words() -> tuple[str, ...]:
    """Give the bundled words: lower-case ASCII, at most four letters each, none twice."""
    path = Path(__file__).with_name("password_words.txt")
    return tuple(path.read_text("ascii").split())


def generate_password() -> str:
    """Give six words and a two-digit number with dashes between: ASCII, at most 32 characters.

    From the system's random source; over 60 bits with the bundled list.
    """
    words = [secrets.choice(password_words()) for _ in range(_WORDS)]
    return "-".join([*words, f"{secrets.randbelow(100):02}"])
