"""Suggestions from the words of a complaint: suggested, never required, never decided here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from enquiry_tui.domain.office_rules import SubjectName
from enquiry_tui.domain.text import fold

# Strictest first: a complaint that names the chief and a constable goes to the chief's reader
# first. The words by which each is known are data of the policy pack `complaints`.
STRICTEST_FIRST = (
    *("chief-constable", "commissioner", "chief-executive", "this-office"),
    *("officer", "service", "data"),
)


_COMPLAINS = re.compile(r"\bcomplain(?:s|ed|ing|t|ts|ant|ants)?\b")


def looks_like_complaint(
    words: str, catalogue: Mapping[str, Sequence[str]], names: Mapping[str, SubjectName]
) -> bool:
    """Say whether a text may be a complaint: it says so, or says of somebody what is one.

    A question for the officer and nothing more; catalogue and names are pack data.
    """
    if _COMPLAINS.search(fold(words)):
        return True
    return bool(suggest_categories(words, catalogue)) and "officer" in suggest_about(words, names)


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
    """Fold phrases, without those that fold to nothing."""
    return frozenset(filter(None, map(fold, phrases)))


def suggest_about(words: str, names: Mapping[str, SubjectName]) -> tuple[str, ...]:
    """Return whom the words may be about, strictest first, in the names of the desk.

    A suggestion for the officer's one question; the answer, and so a restriction, is the officer's.
    """
    folded = f" {fold(words)} "
    return tuple(
        name
        for name in STRICTEST_FIRST
        if (subject := names.get(name)) is not None and _stands_in(folded, subject)
    )


def _stands_in(folded: str, subject: SubjectName) -> bool:
    """Find one of the words, outside phrases that mean somebody else (`chief inspector`)."""
    for phrase in sorted(_folded(subject.but_not), key=len, reverse=True):
        folded = folded.replace(f" {phrase} ", " ")
    return any(f" {phrase} " in folded for phrase in _folded(subject.mentioned))
