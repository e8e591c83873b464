from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.checks import StepName
from enquiry_tui.domain.compare import compare
from enquiry_tui.domain.spoken_dates import read_date

LETTER = "2026-11-03"


@pytest.mark.parametrize(
    "said",
    [
        "3 nov",
        "3 November",
        "3rd of November",
        "third of november",
        "November the third",
        "Nov 3",
        "Tuesday 3 November 2026",
        "3/11",
        "03/11/26",
        "3.11.2026",
        "3-11-26",
        "2026-11-03",
        "3nov",
        "3 Nov '26",
    ],
)
def test_a_letter_date_matches_however_it_is_said(said):
    assert compare(StepName.LETTER_DATE, said, LETTER)


@pytest.mark.parametrize(
    "said",
    ["4 nov", "3 oct", "11/3", "3 nov 2025", "november", "3", "tuesday", "", "sometime", "99/99"],
)
def test_another_date_does_not_match(said):
    assert not compare(StepName.LETTER_DATE, said, LETTER)


def test_days_above_twenty_are_understood_in_words():
    assert compare(StepName.LETTER_DATE, "twenty-third of November", "2026-11-23")
    assert compare(StepName.LETTER_DATE, "the thirty first of May", "2026-05-31")
    assert compare(StepName.LETTER_DATE, "twentieth august", "2026-08-20")


def test_a_birth_date_wants_its_year():
    assert compare(StepName.BIRTH_DATE, "4 May 1961", "1961-05-04")
    assert compare(StepName.BIRTH_DATE, "4/5/61", "1961-05-04")
    assert not compare(StepName.BIRTH_DATE, "4 May", "1961-05-04")
    assert not compare(StepName.BIRTH_DATE, "4 May 1962", "1961-05-04")


@given(st.dates(min_value=date(1920, 1, 1), max_value=date(2099, 12, 31)))
def test_a_date_survives_its_usual_spellings(day):
    for said in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d %B %Y}", f"{day:%d %b %y}"):
        assert compare(StepName.BIRTH_DATE, said, day.isoformat()), said


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(StepName))
def test_no_text_breaks_the_compare(said, held, step):
    assert compare(step, said, held) in {True, False}
    assert not compare(step, "", held)
    assert not compare(step, said, " ")
    read_date(said)


@pytest.mark.parametrize("said", ["K7QD", "k7qd", "k-7-q-d", " K 7 Q D "])
def test_a_code_word_matches_in_any_spelling(said):
    assert compare(StepName.CODE_WORD, said, "K7QD")


def test_a_code_word_reads_look_alikes_as_one():
    assert compare(StepName.CODE_WORD, "KO1D", "K0ID")
    assert compare(StepName.CODE_WORD, "kl0d", "K10D")
    assert not compare(StepName.CODE_WORD, "K7QE", "K7QD")
    assert not compare(StepName.CODE_WORD, "K7Q", "K7QD")


@pytest.mark.parametrize("said", ["118", "26-118", "26/118", "OPCC-2026-000118", "#118"])
def test_a_reference_matches_in_any_form(said):
    assert compare(StepName.REFERENCE, said, "OPCC-2026-000118")


def test_another_reference_does_not_match():
    assert not compare(StepName.REFERENCE, "119", "OPCC-2026-000118")
    assert not compare(StepName.REFERENCE, "25-118", "OPCC-2026-000118")
    assert not compare(StepName.REFERENCE, "118", "no reference")


def test_a_postcode_matches_whole_or_not_at_all():
    assert compare(StepName.POSTCODE, "zz1 1aa", "ZZ1 1AA")
    assert compare(StepName.POSTCODE, "ZZ11AA", "zz1  1aa")
    assert not compare(StepName.POSTCODE, "ZZ1", "ZZ1 1AA")
    assert not compare(StepName.POSTCODE, "ZZ1 1AB", "ZZ1 1AA")


def test_a_number_matches_by_its_tail_of_six():
    assert compare(StepName.NUMBER, "07700 900318", "+44 7700 900318")
    assert compare(StepName.NUMBER, "900318", "07700900318")
    assert not compare(StepName.NUMBER, "318", "07700 900318")
    assert not compare(StepName.NUMBER, "900319", "07700 900318")


def test_what_it_was_about_matches_on_one_word_that_means_something():
    held = "Parking at school gates"
    assert compare(StepName.TOPIC, "the vans parked, no: parking outside", held)
    assert compare(StepName.TOPIC, "Schools", held)
    assert not compare(StepName.TOPIC, "my letter about the police", held)
    assert not compare(StepName.TOPIC, "letter to the chief constable", "Letter to the chief")
    assert not compare(StepName.TOPIC, "noise", held)


def test_whom_they_spoke_to_matches_by_name_or_by_sound():
    assert compare(StepName.SPOKEN_TO, "Mr Patel", "J Patel")
    assert compare(StepName.SPOKEN_TO, "patell", "J Patel")
    assert compare(StepName.SPOKEN_TO, "o'brien", "Siân O'Brien")
    assert not compare(StepName.SPOKEN_TO, "an officer", "Officer Reid")
    assert not compare(StepName.SPOKEN_TO, "Okafor", "J Patel")


def test_an_agreed_password_is_no_text_to_compare():
    assert not compare(StepName.PASSWORD, "blue kettle", "blue kettle")


def test_a_step_that_is_done_is_never_compared():
    assert not compare(StepName.RING_HELD, "yes", "yes")
    assert not compare(StepName.CLIENT_AUTHORITY, "seen", "seen")
