from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.post_line import Onto, read_onto, read_post_kind
from enquiry_tui.domain.promise_line import read_promise
from enquiry_tui.domain.vocabulary import Kind
from enquiry_tui.domain.workdays import england_and_wales

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
CALENDAR = england_and_wales(range(2025, 2029))


@pytest.mark.parametrize(
    ("line", "words", "what"),
    [
        ("16:00", "Tue 24 Nov 2026 16:00", ""),
        ("wed 11:00 say who has it", "Wed 25 Nov 2026 11:00", "say who has it"),
        ("4 dec 9am letter", "Fri 4 Dec 2026 09:00", "letter"),
        ("tomorrow at 10:00 ring", "Wed 25 Nov 2026 10:00", "ring"),
        ("fri", "Fri 27 Nov 2026", ""),
    ],
)
def test_the_longest_beginning_that_is_a_moment_is_the_moment(line: str, words: str, what: str):
    read = read_promise(line, NOW, CALENDAR)
    assert read.moment is not None
    assert (read.moment.words, read.what) == (words, what)


def test_a_line_without_a_moment_is_all_words():
    assert read_promise("ring her soon", NOW, CALENDAR).moment is None


@given(st.text(max_size=60))
def test_any_line_is_read_without_losing_its_last_word(line: str):
    read = read_promise(line, NOW, CALENDAR)
    words = line.split()
    assert read.moment is not None or read.what.split() == words


@pytest.mark.parametrize(
    ("typed", "kind", "copies", "unread"),
    [
        ("", Kind.MEMBER_OF_PUBLIC, 1, ""),
        ("e", Kind.ELECTED_REPRESENTATIVE, 1, ""),
        ("solicitor", Kind.SOLICITOR, 1, ""),
        ("m *4", Kind.MEMBER_OF_PUBLIC, 4, ""),
        ("*12", Kind.MEMBER_OF_PUBLIC, 12, ""),
        ("nonsense", Kind.MEMBER_OF_PUBLIC, 1, "nonsense"),
    ],
)
def test_a_kind_of_post_is_a_letter_a_word_or_copies(
    typed: str, kind: Kind, copies: int, unread: str
):
    read = read_post_kind(typed)
    assert (read.kind, read.copies, read.unread) == (kind, copies, unread)


@pytest.mark.parametrize(
    ("about", "reference", "rest", "is_named"),
    [
        ("26-6 noise again", "26-6", "noise again", False),
        ("ref:26-6, noise", "26-6", "noise", True),
        ("Ref: DEMO-2026-000006", "DEMO-2026-000006", "", True),
        ("26/118", "26/118", "", False),
        ("118 High Street, noise", "", "118 High Street, noise", False),
        ("24-hour helpline", "", "24-hour helpline", False),
        ("refund for 26-6", "", "refund for 26-6", False),
    ],
)
def test_a_reference_at_the_start_of_a_subject_names_the_matter_of_a_letter(
    about: str, reference: str, rest: str, is_named: bool
):
    assert read_onto(about) == Onto(reference, rest, is_named)
