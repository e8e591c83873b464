from __future__ import annotations

import re
from collections.abc import Callable
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


def listened(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, job: Callable[[], object]
) -> list[tuple[str, Any]]:
    asked: list[tuple[str, Any]] = []
    with monkeypatch.context() as patched:
        for name in ("query", "one"):
            plain = getattr(desk.store, name)

            def listening(sql: str, values: Any = (), plain: Any = plain) -> Any:
                asked.append((sql, values))
                return plain(sql, values)

            patched.setattr(desk.store, name, listening)
        job()
    return asked


def planned(desk: Desk, asked: list[tuple[str, Any]]) -> list[str]:
    return [
        str(row["detail"])
        for sql, values in asked
        for row in desk.store.query(f"EXPLAIN QUERY PLAN {sql}", values)
    ]


def plan(desk: Desk, queue: str, owner: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked = listened(desk, monkeypatch, lambda: lists.queue_keys(desk, queue, mine=bool(owner)))
    assert len(asked) == 1
    return planned(desk, asked)


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


@pytest.mark.parametrize("mine", [False, True])
def test_slices_of_a_queue_are_the_whole_in_order(
    desk: Desk, mine: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        new_matter(desk, f"Vans {number}")
    monkeypatch.setattr(lists, "SLICE", 3)
    found: list[int] = []
    part, end = lists.queue_slice(desk, "everything", mine=mine)
    while part:
        assert len(part) <= 3
        found += part
        part, end = lists.queue_slice(desk, "everything", end, mine=mine)
    assert found == lists.queue_keys(desk, "everything", mine=mine)
    assert len(found) == 7


@pytest.mark.parametrize("mine", [False, True])
@pytest.mark.parametrize("queue", sorted(records.STRETCHES))
def test_a_slice_begins_at_its_place_and_not_at_the_start_of_the_queue(
    desk: Desk, queue: str, mine: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = listened(desk, monkeypatch, lambda: lists.queue_slice(desk, queue, ("2", 5), mine=mine))
    sql = asked[0][0]
    assert sql.count(">") == 1  # the place is the one bound from below: it is what is sought
    (taken, *_) = planned(desk, asked)
    assert re.match(r"SEARCH e USING COVERING INDEX \S+ \(.*desk_key>\?", taken), taken


def test_a_page_and_the_lines_below_it_are_looked_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = new_matter(desk, "Vans")
    keys = lists.queue_keys(desk, "everything")
    for job in (lambda: lists.queue_rows(desk, keys), lambda: lists.footing(desk, matter)):
        steps = planned(desk, listened(desk, monkeypatch, job))
        assert {step for step in steps if step.startswith("SCAN")} <= {"SCAN v"}
