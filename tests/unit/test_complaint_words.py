from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.complaint_words import suggest_about, suggest_categories

CATALOGUE = {
    "A4": ["no reply", "waited"],
    "B4": ["hit", "force used"],
    "H1": ["rude", "swore", "language"],
}


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Your officer was rude and swore at me", ("H1",)),
        ("RUDE! and then he hit me, and swore", ("H1", "B4")),
        ("a white van", ()),
        ("There was no   reply.", ("A4",)),
        ("", ()),
    ],
)
def test_categories_are_suggested_from_whole_words(words, codes):
    assert suggest_categories(words, CATALOGUE) == codes


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("the Chief himself lied at that meeting", ("chief-constable",)),
        ("the Chief's fault, and PC 123's", ("chief-constable", "officer")),
        ("the deputy chief constable", ("officer",)),
        ("Chief Inspector Marsh was rude", ("officer",)),
        ("the commissioner never answers", ("pcc",)),
        ("the commissioner's office lost it", ("opcc-staff",)),
        ("nobody came when I rang 101", ("force-service",)),
        ("parking", ()),
    ],
)
def test_whom_a_complaint_is_about_is_suggested_strictest_first(words, about):
    assert suggest_about(words) == about


@given(st.text(), st.dictionaries(st.text(max_size=3), st.lists(st.text(max_size=5), max_size=3)))
def test_suggestions_never_raise_and_only_name_what_is_in_the_catalogue(words, catalogue):
    assert set(suggest_categories(words, catalogue)) <= set(catalogue)
    suggest_about(words)
