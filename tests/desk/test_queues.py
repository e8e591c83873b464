from __future__ import annotations

import re
from typing import Any

import pytest

from enquiry_tui.desk import lists
from enquiry_tui.desk.desk import Desk
from enquiry_tui.records import lists as records
from tests.desk.matters import new_matter

# Indexes that hold only what is still open in some way, and complaints, which are few.
FEW = (
    "contact_open|contact_unlinked|identity_check_open|message_waiting|referral_out"
    "|enquiry_restricted|enquiry_urgent|clock_open|complaint_enquiry"
)


def plan(desk: Desk, queue: str, owner: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[tuple[str, Any]] = []
    before = desk.store.query

    def listening(sql: str, values: Any = ()) -> Any:
        asked.append((sql, values))
        return before(sql, values)

    with monkeypatch.context() as patched:
        patched.setattr(desk.store, "query", listening)
        lists.queue_keys(desk, queue, mine=bool(owner))
    ((sql, values),) = asked
    rows = desk.store.query(f"EXPLAIN QUERY PLAN {sql}", values)
    return [str(row["detail"]) for row in rows]


@pytest.mark.parametrize("mine", [False, True])
@pytest.mark.parametrize("queue", sorted(records.QUEUES))
def test_no_queue_goes_through_the_matters(
    desk: Desk, queue: str, mine: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in plan(desk, queue, desk.officer.uid if mine else "", monkeypatch):
        if step.startswith("SCAN") and not re.match(r"SCAN (?:r|v|\(?subquery)", step):
            allowed = f"INDEX (?:{FEW})|COVERING INDEX enquiry_(?:desk|owner)"
            assert re.search(allowed, step), step
        if lists.is_sliced(queue):
            assert "TEMP B-TREE" not in step
            assert not re.match(r"(?:SCAN|SEARCH) e\b(?!.*COVERING)", step), step


def test_a_queue_is_counted_up_to_what_is_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        new_matter(desk, f"Vans {number}")
    monkeypatch.setattr(lists, "_MOST", 3)
    counts = lists.queue_counts(desk)
    assert (counts["today"], counts["everything"], counts["promises"]) == (4, 5, 0)
    assert lists.count_words("today", counts["today"]) == "3+"


@pytest.mark.parametrize(
    ("queue", "count", "words"),
    [
        ("today", 0, "0"),
        ("today", 999, "999"),
        ("today", 1_000, "999+"),
        ("everything", 1_204, "1204"),
        ("everything", 10_000, "10k+"),
    ],
)
def test_a_count_has_four_cells(queue: str, count: int, words: str) -> None:
    assert lists.count_words(queue, count) == words


def test_slices_of_a_queue_are_the_whole_in_order(desk: Desk) -> None:
    for number in range(7):
        new_matter(desk, f"Vans {number}")
    whole = lists.queue_keys(desk, "everything")
    parts = [lists.queue_keys(desk, "everything", limit=3, offset=at) for at in (0, 3, 6)]
    assert [len(part) for part in parts] == [3, 3, 1]
    assert [key for part in parts for key in part] == whole
