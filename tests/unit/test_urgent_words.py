from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.emergency import Ending
from enquiry_tui.domain.urgent_words import Heard, hear, speaks_of_ringing


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("Dave Marsh 07700 900321", Heard("Dave Marsh", "07700 900321")),
        ("!Dave Marsh 07700 900321 on the roof", Heard("Dave Marsh", "07700 900321")),
        ("first name Kim", Heard("Kim")),
        ("her name is Kim, about 15", Heard("Kim")),
        ("rings from 07700 900318", Heard(phone="07700 900318")),
        ("4471 PC Shah", Heard(incident="4471", taken_by="PC Shah")),
        ("incident NM-0412, Sgt Ames", Heard(incident="NM-0412", taken_by="Sgt Ames")),
        ("Inc no. 4471", Heard(incident="4471")),
    ],
)
def test_a_line_of_the_log_names_who_rings_the_number_and_the_incident(line, heard):
    assert hear(line) == heard


@pytest.mark.parametrize(
    "line",
    [
        "Bridge Street by the church",
        "Says he is on the roof",
        "PC Shah 4471",
        "girl about 15, red anorak",
        "3 men with knives",
        "incident at the station",
        "his name is in the book",
    ],
)
def test_a_line_that_names_nobody_for_certain_names_nobody(line):
    assert hear(line) == Heard()


@given(st.text(max_size=80))
def test_any_line_is_heard_and_nothing_is_invented(line):
    heard = hear(line)
    assert all(part in line for part in (heard.incident, heard.taken_by))


def test_only_a_lost_line_and_a_hang_up_leave_the_outcome_open():
    assert {item for item in Ending if not item.is_known} == {Ending.HUNG_UP, Ending.LINE_LOST}


@pytest.mark.parametrize(
    ("line", "told"),
    [("rang back, no answer", True), ("on the line again", True), ("crying, alone", False)],
)
def test_a_line_that_tells_of_ringing_is_asked_about(line, told):
    assert speaks_of_ringing(line) is told
