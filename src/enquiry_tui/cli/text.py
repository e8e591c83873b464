"""What may reach a terminal or a pipe: text without anything that steers a screen."""

from __future__ import annotations

import unicodedata

_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")  # names in Persian and Indic scripts need them
_BREAKS = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_REPLACEMENT = "\ufffd"


def visible(text: str) -> str:
    """Put text on one line: breaks and tabs become a blank, all else that steers U+FFFD."""
    return text if text.isprintable() else "".join(map(_seen, text))


def _seen(char: str) -> str:
    if char in _BREAKS:
        return " "
    if char in _JOINERS or unicodedata.category(char) not in _STEERING:
        return char
    return _REPLACEMENT
