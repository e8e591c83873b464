from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.complaint_words import (
    looks_like_complaint,
    suggest_about,
    suggest_categories,
)
from enquiry_tui.domain.vocabulary import Office
from enquiry_tui.policy.packs import load_pack, load_shipped, shipped_bytes

NAMES = load_shipped().complaints.value.names
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
        ("the commissioner never answers", ("commissioner",)),
        ("the commissioner's office lost it", ("this-office",)),
        ("the chief executive of the PFCC", ("commissioner", "chief-executive")),
        ("I wrote to the Information Commissioner", ()),
        ("nobody came when I rang 101", ("service",)),
        ("parking", ()),
    ],
)
def test_whom_a_complaint_is_about_is_suggested_strictest_first(words, about):
    assert suggest_about(words, NAMES) == about


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("asks under FOI and complains PC Dunn swore at her", True),
        ("A COMPLAINT.", True),
        ("the sergeant was rude to my mother", True),
        ("the vans were rude and wrote nothing down", False),
        ("thank you to the officer who found our dog", False),
        ("", False),
    ],
)
def test_a_text_that_may_be_a_complaint_is_said_to_be_one(words, is_one):
    categories = {"H1": ("rude", "swore")}
    assert looks_like_complaint(words, categories, NAMES) is is_one


def test_who_follows_the_commissioners_is_written_in_one_file():
    body = shipped_bytes("complaints").replace(b'mentioned = ["pcc",', b'mentioned = ["board",', 1)
    names = load_pack("complaints", body).value.names
    assert suggest_about("the Board never answers", names) == ("commissioner",)
    assert suggest_about("the PCC never answers", names) == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Office of the Police, Fire and Crime Commissioner", Office.LOCAL_POLICING_BODY),
        ("Northmere Mayor's Office", Office.LOCAL_POLICING_BODY),
        ("OPCC Northmere", Office.LOCAL_POLICING_BODY),
        ("Northmere Combined Authority", Office.LOCAL_POLICING_BODY),
        ("Chief Constable, Northmere", Office.CHIEF_CONSTABLE),
        ("", Office.CHIEF_CONSTABLE),
    ],
)
def test_whose_office_it_is_is_told_from_its_name(name, kind):
    assert load_shipped().office.value.office_named(name) is kind


@given(st.text(), st.dictionaries(st.text(max_size=3), st.lists(st.text(max_size=5), max_size=3)))
def test_suggestions_never_raise_and_only_name_what_is_in_the_catalogue(words, catalogue):
    assert set(suggest_categories(words, catalogue)) <= set(catalogue)
    suggest_about(words, NAMES)
