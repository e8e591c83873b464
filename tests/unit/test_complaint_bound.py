from __future__ import annotations

import pytest

from enquiry_tui.domain.complaint_bound import may_be_handled


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
