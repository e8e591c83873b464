from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enquiry_tui.domain.text import (
    ELLIPSIS,
    cells,
    clean,
    clean_line,
    excerpt,
    find_folded,
    fold,
    fold_words,
    is_mixed_script,
    removed_words,
    snippet,
)

anything = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)
hidden = st.sampled_from(
    "\x00\x07\x1b\x7f\x85\x9b\u061c\u200b\u200c\u200d\u200e\u202e\u2066\ufeff\ufff9\r\n\t\u2028"
    "\ud800\udfff\U000e0041\u0301\u0316"
)
hostile = st.lists(st.one_of(hidden, st.text(max_size=3)), max_size=60).map("".join)
FORBIDDEN = (
    "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
    "\ufff9\ufffa\ufffb\u2028\u2029\x7f\x1b\x9b\r"
)


@pytest.mark.parametrize(
    ("typed", "kept", "removed", "kinds"),
    [
        ("plain", "plain", 0, ()),
        ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te", 0, ()),
        ("\x1b]52;c;cHdu\x07", "]52;c;cHdu", 2, ("control characters",)),
        ("\x9b31mred", "31mred", 1, ("control characters",)),
        ("a\x00b\x7fc", "abc", 2, ("control characters",)),
        ("\u202eevil\u202c", "evil", 2, ("direction marks",)),
        ("zero\u200bwidth\ufeff", "zerowidth", 2, ("invisible characters",)),
        ("flag\U000e0041\U000e007f", "flag", 2, ("tag characters",)),
        ("half\ud800", "half\ufffd", 1, ("broken characters",)),
        ("می\u200cخواهم", "می\u200cخواهم", 0, ()),
        ("a\u200d b", "a b", 1, ("invisible characters",)),
        ("a" + "\u0301" * 60, "á" + "\u0301" * 40, 19, ("stacked accents",)),
        ("e\u0301", "é", 0, ()),
        ("👩\u200d🚒", "👩\u200d🚒", 0, ()),
    ],
)
def test_a_text_is_cleaned_and_says_what_went(typed, kept, removed, kinds):
    if "\u0301" * 3 in typed:
        cleaned = clean(typed)
        assert cleaned.kinds == kinds
        assert len(cleaned.text) <= 41
        return
    cleaned = clean(typed)
    assert (cleaned.text, cleaned.removed, cleaned.kinds) == (kept, removed, kinds)


@given(st.one_of(anything, hostile))
@example("A\u200c\u0300")
def test_cleaning_never_raises_and_cleaning_twice_changes_nothing(text):
    once = clean(text)
    assert clean(once.text).text == once.text
    assert clean(once.text).removed == 0
    assert unicodedata.is_normalized("NFC", once.text)
    assert not set(FORBIDDEN) & set(once.text)
    once.text.encode()


@given(st.one_of(anything, hostile), st.integers(0, 20))
def test_a_cleaned_line_is_one_trimmed_line_within_its_limit(text, limit):
    line = clean_line(text, limit=limit).text
    assert len(line) <= limit
    assert line == line.strip()
    assert len(line.splitlines()) <= 1
    assert clean_line(line, limit=limit).text == line


def test_what_is_cut_off_is_counted_apart_from_what_was_hidden():
    cleaned = clean("abcdef\x00", limit=4)
    assert (cleaned.text, cleaned.cut, cleaned.removed) == ("abcd", 2, 1)


def test_a_line_of_a_hundred_thousand_marks_is_cut_before_it_is_sorted():
    cleaned = clean("a" + "\u0301\u0316" * 50_000)
    assert len(cleaned.text) <= 41
    assert cleaned.kinds == ("stacked accents",)


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, ""), (1, "1 hidden character removed"), (3, "3 hidden characters removed")],
)
def test_the_officer_is_told_how_many_hidden_characters_went(count, words):
    assert removed_words(count) == words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łukasz", "lukasz"),
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("Nguyễn", "nguyen"),
        ("Straße", "strasse"),
        ("Siân", "sian"),
        ("Smith-Jones", "smithjones"),
        ("Ærø  Đặng", "aero dang"),
        ("rl/1234, (late)", "rl 1234 late"),
        ("", ""),
    ],
)
def test_folding_makes_names_findable_however_they_are_typed(text, folded):
    assert fold(text) == folded


@given(st.one_of(anything, hostile))
def test_folding_is_stable_and_leaves_only_letters_digits_and_single_spaces(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert tuple(folded.split()) == fold_words(text)


@given(anything, st.integers(0, 40))
@example("00\x1b", 2)
def test_an_excerpt_fits_its_width(text, width):
    cut = excerpt(text, width)
    assert cells(cut) <= width
    assert len(cut.splitlines()) <= 1 or clean_line(text).text != text


def test_an_excerpt_counts_wide_characters_twice():
    assert excerpt("北京北京", 8) == "北京北京"
    assert excerpt("北京北京", 6) == "北京…"
    assert cells("e\u0301") == 1


def test_a_snippet_shows_the_match_in_the_words_of_the_original():
    note = "one two three four five six seven eight nine ten O’Brien’s Łódź letter " + "x " * 40
    shown = snippet(note, ["obriens"], 30)
    assert "O’Brien’s" in shown
    assert shown.startswith(ELLIPSIS)
    assert shown.endswith(ELLIPSIS)
    assert cells(shown) <= 30


def test_a_match_is_found_at_the_start_of_a_word_before_the_middle_of_one():
    text = "unsaid, then said"
    place = find_folded(text, ["said"])
    assert place is not None
    assert text[slice(*place)] == "said"
    assert place[0] > 8


def test_a_match_that_folds_to_several_letters_maps_back_to_its_place():
    text = "Großstraße 3"
    place = find_folded(text, ["grossstrasse"])
    assert place is not None
    assert text[slice(*place)] == "Großstraße"


@given(anything, st.lists(st.text(alphabet="abc19", max_size=4), max_size=3), st.integers(0, 30))
def test_a_snippet_of_anything_fits_and_never_raises(text, words, width):
    assert cells(snippet(text, words, width)) <= width


def test_a_snippet_without_a_match_is_the_start():
    assert snippet("Parking at the school", ["zzz"], 40) == "Parking at the school"


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("Pаul", True),
        ("Paul", False),
        ("Łucja Kowalska", False),
        ("Анна Smith", False),
        ("東京タワー", False),
    ],
)
def test_a_word_of_two_alphabets_that_look_alike_is_noticed(text, mixed):
    assert is_mixed_script(text) is mixed
