"""What becomes of volunteered words before they are compared: some prove and cost nothing.

A miss stands against a caller for a day. Words that could match no record at all, and more words
about what has matched already, are neither: they are not compared, so nothing is learnt from them.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from enquiry_tui.domain.checks import StepName
from enquiry_tui.domain.compare import looks_like, says_something
from enquiry_tui.domain.references import read_code_word
from enquiry_tui.domain.text import fold_words

_A_STORY = 4  # words: shorter ones may be a name, a date, a postcode


class Hearing(StrEnum):
    """Whether words are compared, say too little, or are more of what has matched."""

    COMPARE = "compare"
    GENERAL = "general"
    ALREADY = "already"


def hearing(said: str, done: Collection[StepName], still: Collection[StepName]) -> Hearing:
    """Say what becomes of words, by their shape and never by what is held.

    `done` are the steps that have matched, `still` those that words can be compared with. A word
    that may be an agreed password or a code word is always compared.
    """
    if StepName.PASSWORD in still or looks_like(said) is not StepName.TOPIC:
        return Hearing.COMPARE
    if StepName.CODE_WORD in still and read_code_word(said) is not None:
        return Hearing.COMPARE
    if not says_something(said):
        return Hearing.GENERAL
    if StepName.TOPIC not in done:
        return Hearing.COMPARE
    a_name = StepName.SPOKEN_TO in still and len(fold_words(said)) < _A_STORY
    return Hearing.COMPARE if a_name else Hearing.ALREADY
