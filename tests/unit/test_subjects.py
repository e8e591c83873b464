from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.subjects import NOTHING_LEFT, subject_of


@pytest.mark.parametrize(
    ("note", "subject"),
    [
        (
            "vans at the school, ring 07700 900111 after four",
            "vans at the school, ring … after four",
        ),
        ("Janet Holt 01632 960491", "Janet Holt …"),
        ("+44 1632 960491 about vans", "… about vans"),
        ("lives at 12 High Street, CM17 9AA, vans", "lives at …, vans"),
        ("flat 4 12a Mill Lane: noise", "…: noise"),
        ("write to ann.field@example.org please", "write to … please"),
        ("her son, born 3 March 2014, is missing", "her son, …, is missing"),
        ("at 3 The Green or 14 St Mary's Close", "at … or …"),
        ("dob 12/3 or so", "… or so"),
        ("Tom Bright 12/3/81 asks for his file", "Tom Bright … asks for his file"),
        ("custody on 3 Nov 2019", "custody on …"),
        ("07700 900111, cm17 9aa", NOTHING_LEFT),
        ("", ""),
    ],
)
def test_the_subject_leaves_out_what_is_masked_elsewhere(note, subject):
    assert subject_of(note, 2026) == subject


@pytest.mark.parametrize(
    "note",
    [
        "letter of 3 November, ours 26-118, heard nothing for 3 weeks",
        "stopped on the A414 on Fri 20 Nov 2026 at 14:05",
        "letter dated 12/12/25 about 14 vans",
        "told to call 101 and nobody rang in 40 minutes",
        "Operation 12 in Harlow, 20 people, £1,200 spent",
        "in the park by the green, house on fire",
        "3 men in the park, 20 minutes walk from court, 2 vans blocking the drive",
        "1 man on the green, 4 dogs at his house",
    ],
)
def test_what_says_what_it_is_about_stays(note):
    assert subject_of(note, 2026) == note


@given(st.text(max_size=80))
def test_no_number_stands_in_a_subject_and_no_note_breaks_it(words):
    assert "07700 900111" not in subject_of(f"{words} 07700 900111 ", 2026)
