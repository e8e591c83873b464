from __future__ import annotations

import pytest

from enquiry_tui.domain.complaint_bound import grounds_forced, may_be_handled, says_crime
from enquiry_tui.policy.packs import load_shipped

BOOK = load_shipped().complaints.value.book


@pytest.mark.parametrize(
    ("answer", "open_ways"),
    [
        ("", {"otherwise", "investigation", "special"}),
        ("reasonable and proportionate handling", {"otherwise", "investigation", "special"}),
        ("local investigation", {"investigation", "special"}),
    ],
)
def test_the_iopcs_answer_leaves_these_ways_of_handling_open(
    answer: str, open_ways: set[str]
) -> None:
    ways = ("otherwise", "investigation", "special")
    assert {way for way in ways if may_be_handled(answer, way)} == open_ways


def test_each_line_that_is_a_ground_of_recording_forces_it_and_names_itself() -> None:
    for line in (line.id for line in BOOK.lines):
        forced = grounds_forced([line])
        assert set(forced) <= set(BOOK.grounds)
        assert set(forced.values()) <= {line}
        assert ("mandatory-referral" in forced) == (line not in {"called-in", "gravity"})
    assert "death-or-serious-injury" in grounds_forced(["death-or-serious-injury"])


def test_the_first_line_that_says_crime_or_discipline_is_named() -> None:
    assert says_crime(["same-incident", "serious-assault", "relevant-offence"]) == "serious-assault"
    assert says_crime(["same-incident", "gravity", "death-or-serious-injury"]) == ""
