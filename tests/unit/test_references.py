from __future__ import annotations

import random
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.references import (
    Reference,
    is_prefix,
    new_code_word,
    read_code_word,
    read_reference,
    spoken_code_word,
)

KNOWN = Reference("OPCC", 2026, 118)


def read(text):
    return read_reference(text, this_year=2026, own_prefix="OPCC")


@pytest.mark.parametrize(
    "typed",
    [
        *("OPCC-2026-000118", "opcc-2026-118", "OPCC/2026/000118", "opcc 2026 118"),
        *("26-118", "26/118", "2026-118", "118", "#118", " 118 ", "000118"),
    ],
)
def test_a_reference_is_read_in_every_form_people_use(typed):
    assert read(typed) == KNOWN


@pytest.mark.parametrize("typed", ["", "rl/1234", "0", "26-0", "K7QD", "07700900111", "3 Nov", "-"])
def test_what_is_no_reference_is_none(typed):
    assert read(typed) is None


def test_a_reference_of_another_office_keeps_its_prefix():
    assert read("cc-2025-7") == Reference("CC", 2025, 7)


def test_a_reference_has_a_form_for_paper_for_screen_and_for_the_telephone():
    assert KNOWN.full == str(KNOWN) == "OPCC-2026-000118"
    assert KNOWN.short == "26-118"
    assert KNOWN.spoken == "twenty-six, one-one-eight"
    assert Reference("CC", 2030, 40).spoken == "thirty, four-zero"


@given(st.integers(2000, 2099), st.integers(1, 9_999_999))
def test_every_form_that_is_shown_can_be_read_back(year, number):
    reference = Reference("OPCC", year, number)
    assert read(reference.full) == reference
    assert read(reference.short) == reference
    assert reference.spoken


@given(st.text())
def test_any_text_can_be_tried_as_a_reference_or_a_code_word(text):
    read(text)
    word = read_code_word(text)
    assert word is None or read_code_word(word) == word


@pytest.mark.parametrize(
    ("text", "good"),
    [("OPCC", True), ("CC", True), ("C", False), ("opcc", False), ("9CC", False), ("A" * 9, False)],
)
def test_a_prefix_is_short_capitals(text, good):
    assert is_prefix(text) is good


@pytest.mark.parametrize(
    ("heard", "word"),
    [
        *(("K7QD", "K7QD"), ("k7qd", "K7QD"), ("K-7-Q-D", "K7QD"), (" k7 qd ", "K7QD")),
        *(("Oil2", "0112"), ("K7Q", None), ("K7Q!", None), ("", None), ("K7QDD", None)),
    ],
)
def test_a_code_word_is_read_forgivingly(heard, word):
    assert read_code_word(heard) == word


@given(st.integers())
def test_a_new_code_word_has_no_look_alikes_and_spells_no_word(seed):
    word = new_code_word(random.Random(seed).choice)
    assert len(word) == 4
    assert not set(word) & set("01ILOUAE")
    assert not word.isalpha()
    assert read_code_word(word) == word
    assert read_code_word(spoken_code_word(word)) == word


def test_code_words_come_from_the_systems_own_chance():
    assert len({new_code_word(secrets.choice) for _ in range(50)}) > 45
