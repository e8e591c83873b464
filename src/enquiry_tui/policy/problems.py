"""What is wrong with a pack, with the file, the key and the nearest key that would be right."""

from __future__ import annotations

from difflib import get_close_matches
from typing import NoReturn

from enquiry_tui.errors import EnquiryError


class PackError(EnquiryError):
    """A pack cannot be used: which file, which key, what was expected there."""


def nearest(word: str, known: list[str]) -> str:
    """Return the known word most like this one, or nothing."""
    found = get_close_matches(word, known, n=1, cutoff=0.5)
    return found[0] if found else ""


def refuse(
    file: str, key: str, what: str, word: str = "", known: list[str] | None = None
) -> NoReturn:
    """Raise PackError for a key; names the nearest known word where there is one."""
    close = nearest(word, known) if known else ""
    if close:
        hint = f"Did you mean {close}?"
    elif known and len(known) <= 16:
        hint = "Known here: " + ", ".join(known) + "."
    else:
        hint = "Put it right in the file and load it again."
    raise PackError(f"{file}: {key}: {what}.", hint)
