"""Suggestions from the words of a complaint: suggested, never required, never decided here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from enquiry_tui.domain.text import fold

# Whom a complaint may be about, by the names of `rule authority`. Strictest first: a complaint that
# names the chief and a constable goes to the chief's reader first.
_NO_DEPUTY = "(?<!deputy )(?<!assistant )"
_ABOUT: dict[str, tuple[str, ...]] = {
    "chief-constable": (
        rf"{_NO_DEPUTY}chief constables?",
        rf"{_NO_DEPUTY}chiefs?(?! (?:con|inspector|insp|super|supt|exec|officer|of ))",
    ),
    "pcc": ("d?pcc|d?pfcc|mayor", "commissioners?(?! (?:office|staff|team))"),
    "chief-executive": ("chief executive", "monitoring officer"),
    "opcc-staff": ("opcc", "(?:your|this) office", "commissioners (?:office|staff|team)"),
    "officer": (
        "officers?|police(?:man|men|woman|women)|constables?|sergeants?|sgt|inspectors?",
        "detectives?|superintendents?|pcsos?|pcs?|ds|dc|di|cops?|custody staff",
    ),
    "force-service": (
        "101|response|nobody came|no one came|never came|waited|waiting|no reply|no answer",
        "policy|policing|patrols?|the force|the police",
    ),
    "data": ("my data|personal data|data breach|subject access|data protection",),
}
_ABOUT_PATTERNS = {
    name: re.compile(rf"\b(?:{'|'.join(words)})\b") for name, words in _ABOUT.items()
}


def suggest_categories(words: str, catalogue: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the categories whose words stand in the text as whole words, most hits first.

    The catalogue is pack data: a category's code with its words and phrases. Folded on both sides.
    """
    folded = f" {fold(words)} "
    hits = {
        category: sum(f" {phrase} " in folded for phrase in _folded(tuple(phrases)))
        for category, phrases in catalogue.items()
    }
    return tuple(sorted((code for code, count in hits.items() if count), key=lambda c: -hits[c]))


@lru_cache(maxsize=256)
def _folded(phrases: tuple[str, ...]) -> frozenset[str]:
    """Fold the phrases of one category, without those that fold to nothing."""
    return frozenset(filter(None, map(fold, phrases)))


def suggest_about(words: str) -> tuple[str, ...]:
    """Return whom the words may be about, strictest first, in the names of `rule authority`.

    A suggestion for the officer's one question; the answer, and so a restriction, is the officer's.
    """
    folded = fold(words)
    return tuple(name for name, pattern in _ABOUT_PATTERNS.items() if pattern.search(folded))
