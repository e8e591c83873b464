from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.phones import (
    MASKED_EMPTY,
    WITHHELD,
    NumberPart,
    find_phones,
    is_withheld,
    listed_number,
    read_part,
    read_phone,
)


@pytest.mark.parametrize(
    "heard",
    [
        "01632 960491",
        "01632/960491",
        "01632-960-491",
        "(01632) 960491",
        "01632960491",
        "+44 (0)1632 960491",
        "+441632960491",
        "0044 1632 960491",
        "01632.960.491",
    ],
)
def test_one_number_is_read_alike_however_it_is_said(heard):
    phone = read_phone(heard)
    assert phone.raw == heard
    assert phone.e164 == "+441632960491"
    assert phone.last9 == "632960491"
    assert phone.shown == "01632 960 491"
    assert [span.phone.e164 for span in find_phones(f"Siân {heard} ~ no reply")] == [phone.e164]


@pytest.mark.parametrize(
    ("heard", "shown"),
    [
        ("07700-900123", "07700 900 123"),
        ("020 7946 0123", "020 7946 0123"),
        ("0161 496 0123", "0161 496 0123"),
        ("0800 1111", "0800 1111"),
        ("+33 1 23 45 67 89", "+33 1 23 45 67 89"),
        ("01632 960491 x1234", "01632 960 491 ext 1234"),
        ("01632 960491 ext. 12", "01632 960 491 ext 12"),
        ("0300 123 1234", "0300 123 1234"),
    ],
)
def test_a_number_is_shown_in_groups_that_can_be_read_aloud(heard, shown):
    assert read_phone(heard).shown == shown


@pytest.mark.parametrize("heard", ["101", "999", "960491", "the usual one", "", "ext 12"])
def test_a_number_that_no_plan_knows_is_kept_as_heard(heard):
    phone = read_phone(heard)
    assert (phone.raw, phone.e164) == (heard, None)
    assert phone.shown == heard


@pytest.mark.parametrize("words", ["withheld", "Withheld", "wh", "WH", "number withheld"])
def test_a_withheld_number_is_kept_as_such(words):
    assert is_withheld(words)
    assert read_phone(words) == WITHHELD
    assert WITHHELD.shown == "withheld"


def test_a_masked_number_shows_three_digits_and_always_the_same_width():
    assert read_phone("07700 900412").masked == "••••• •••412"
    assert read_phone("999").masked == MASKED_EMPTY
    assert len(MASKED_EMPTY) == len(read_phone("+33 1 23 45 67 89").masked)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("ring 07700 900111 or 01632 960491", ["07700 900111", "01632 960491"]),
        ("07700 900111 07700 900222", ["07700 900111", "07700 900222"]),
        ("18001 01632 960491", ["01632 960491"]),
        ("letter of 03/11/2026 16:00", []),
        ("03.11.2026 and 26-118 and OPCC-2026-000118", []),
        ("fined £1,000,000 on 4 12 26", []),
        ("0800 123456 3 calls", ["0800 123456"]),
        ("she dialled 999 and then 101", []),
        ("tel 960491", ["960491"]),
        ("+44 (0)1632 960491 118", ["+44 (0)1632 960491"]),
        ("01632 960491,ext 4 please", ["01632 960491,ext 4"]),
    ],
)
def test_numbers_are_found_in_a_line_and_nothing_else_is(line, found):
    assert [line[span.start : span.end] for span in find_phones(line)] == found


@given(st.text(alphabet=st.one_of(st.sampled_from("0123456789 +()-/.x"), st.characters())))
def test_any_line_can_be_searched_and_its_numbers_lie_in_order_without_overlap(line):
    spans = find_phones(line)
    ends = [0, *(span.end for span in spans)]
    assert all(before <= span.start < span.end for before, span in zip(ends, spans, strict=False))
    read_phone(line)


def test_a_long_line_of_half_numbers_is_searched_once():
    assert find_phones("0 4 " * 20_000) == ()


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("123", NumberPart("123")),
        ("960 123", NumberPart("960123")),
        ("01632", NumberPart("01632", ("632", "1632"))),
        ("+44 1632", NumberPart("01632", ("632", "1632"))),
        ("07700 900123", NumberPart("700900123", ("700900123", "770090012"))),
    ],
)
def test_a_part_of_a_number_is_its_end_or_after_a_nought_its_beginning(typed, part):
    assert read_part(typed) == part


@pytest.mark.parametrize("typed", ["", "12", "26-118 vans", "१२३", "1" * 16, "Holt 123"])
def test_what_is_no_part_of_a_number_is_none(typed):
    assert read_part(typed) is None


@given(st.text(max_size=60))
def test_any_text_is_read_as_a_part_of_a_number_or_not(text):
    part = read_part(text)
    assert part is None or (part.tail.isascii() and part.tail.isdigit())


@pytest.mark.parametrize("number", ["999", "112", "101", "111", "116 123", "85258", ""])
def test_a_number_that_is_the_same_everywhere_needs_nobodys_word(number):
    assert listed_number(number, confirmed=False) == number


@pytest.mark.parametrize("number", ["01632 960999", "0300 123 1212", "4471", "116 12", "2 999"])
def test_any_other_number_of_a_directory_says_so_until_it_is_confirmed(number):
    assert listed_number(number, confirmed=False) == f"{number} NOT CONFIRMED"
    assert listed_number(number, confirmed=True) == number
