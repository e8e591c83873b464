from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.checks import StepName
from enquiry_tui.domain.compare import compare
from enquiry_tui.domain.hearing import Hearing, hearing

T, S, P, C = StepName.TOPIC, StepName.SPOKEN_TO, StepName.PASSWORD, StepName.CODE_WORD
D, Z = StepName.LETTER_DATE, StepName.POSTCODE


@pytest.mark.parametrize(
    ("said", "done", "still", "heard"),
    [
        ("complaint", [], [T, D], "general"),
        ("my complaints", [], [T, D], "general"),
        ("the letter I wrote to you", [], [T, S], "general"),
        ("property", [], [T], "compare"),
        ("complaint about property", [], [T], "compare"),
        ("lost my coat in custody", [T], [S, D], "already"),
        ("coat", [T], [D, Z], "already"),
        ("coat", [T], [S, D], "compare"),
        ("Anita Patel", [T], [S], "compare"),
        ("third of November", [T], [D], "compare"),
        ("CM17 9AA", [T], [Z], "compare"),
        ("07700 900111", [T], [StepName.NUMBER], "compare"),
        ("lost my coat in custody", [], [T], "compare"),
        ("complaint", [], [T, P], "compare"),
        ("lost my coat in custody", [T], [P], "compare"),
        ("THAT", [], [T, C], "compare"),
    ],
)
def test_words_are_compared_unless_they_say_nothing_or_nothing_more(said, done, still, heard):
    assert hearing(said, done, still) is Hearing(heard)


@given(st.text(max_size=40), st.text(max_size=40))
def test_words_that_are_too_general_match_no_record(said, held):
    if hearing(said, [], [T, S]) is Hearing.GENERAL:
        assert not compare(T, said, held) and not compare(S, said, held)


@pytest.mark.parametrize("said", ["complaint", "complaints", "letters", "officers"])
def test_a_general_word_is_no_topic_however_it_ends(said):
    assert not compare(T, said, "Complaints: letters from officers")
