from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.names import alphabet, likeness, listed, name_key, read_name, sound_key
from enquiry_tui.domain.sounds import sound_words


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("Makgillicuddy", "McGillycuddy"),
        ("Mcgilicudy", "McGillycuddy"),
        ("Shivawn", "Siobhan"),
        ("Neeve", "Niamh"),
        ("Kathryn", "Catherine"),
        ("Steven", "Stephen"),
        ("Jeffrey", "Geoffrey"),
        ("Reece", "Rhys"),
        ("Fillips", "Phillips"),
        ("Macdonald", "McDonald"),
        ("Nolan Knight", "Nolan Night"),
        ("Sian Obrien", "O'Brien, Siân"),
        ("Lukash", "Łukasz"),
    ],
)
def test_a_name_heard_sounds_like_the_name_written(heard, written):
    assert sound_key(heard) == sound_key(written)
    assert likeness(heard, written) >= 75


@pytest.mark.parametrize(
    ("one", "other"), [("Janet Holt", "Ryan Pell"), ("Ann Mercer", "Tom Bright"), ("", "Ann")]
)
def test_different_names_are_not_alike(one, other):
    assert likeness(one, other) < 60


def test_likeness_of_a_name_with_itself_is_full_whatever_the_accents():
    assert likeness("Siân O’Brien", "sian obrien") == 100
    assert likeness("Mrs Holt", "Holt") == 100


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_the_same_both_ways_and_in_range(one, other):
    score = likeness(one, other)
    assert score == likeness(other, one)
    assert 0 <= score <= 100


@given(st.text(max_size=60))
def test_sounds_of_anything_are_words(text):
    assert all(sound and " " not in sound for sound in sound_words(text))
    alphabet(text)
    listed(text)


def test_a_question_mark_keeps_the_doubt():
    assert str(read_name("Shivawn Mcgilicudy?")) == "Shivawn Mcgilicudy?"
    assert read_name("Shivawn Mcgilicudy ?").text == "Shivawn Mcgilicudy"
    assert read_name("Holt").unsure is False


def test_a_way_of_address_is_no_part_of_the_key_unless_it_is_all_there_is():
    assert name_key("Mrs Siân O'Brien") == "sian obrien"
    assert name_key("Rev") == "rev"
    assert name_key("DI Marsh") == "di marsh"


def test_a_name_is_spelt_back_letter_by_letter():
    assert alphabet("Mc") == "M for Mike, C for Charlie"
    assert alphabet("Łu-á") == (
        "L for Lima with stroke, U for Uniform, hyphen, A for Alpha with acute"
    )


def test_lists_put_the_surname_first():
    assert listed("Janet Holt") == "Holt, Janet"
    assert listed("O'Brien, Siân") == "O'Brien, Siân"
    assert listed("Holt") == "Holt"
