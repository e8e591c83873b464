"""The suites bite: every deliberate breakage of the product makes one of them find a violation.

Short form: the quickest. Long form: all. `docs/FAULTS.md` says what each did.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.breakages import DURABILITY
from tests.faults.cutting import Cuts, cuts
from tests.faults.inspecting import inspect_founding
from tests.faults.killing import Tally, nest, rounds
from tests.faults.offices import Founded

HEADERS: dict[str, object] = {"count": 12, "weights": {"passphrase": 3, "add": 1, "draft": 1}}
RECORDS: dict[str, object] = {"count": 12, "weights": {"log": 3, "letter": 1, "draft": 2}}
KEYS: dict[str, object] = {"count": 3, "weights": {"rotate": 1}}
MOST_STATES, MOST_FOUNDINGS, MOST_KILLS = 1500, 400, 60
BY_POWER_CUT: dict[str, dict[str, object]] = {
    "no_fsync_of_files": HEADERS,
    "no_fsync_of_folders": {"act": "found"},
    "header_in_place": HEADERS,
    "header_unlinked_first": HEADERS,
    "event_before_header": HEADERS,
    "no_repair_of_the_copy": HEADERS,
    "no_sweep": HEADERS,
    "no_sync_of_the_database": RECORDS,
    "normal_sync_of_the_database": RECORDS,
    "journal_in_memory": RECORDS,
    "event_outside_the_transaction": RECORDS,
    "a_write_ahead_log": RECORDS,
    "no_header_of_two_epochs": KEYS,
}
BY_KILL: dict[str, dict[str, int]] = {
    "told_before_it_is_done": {"draft": 1},
    "event_outside_the_transaction": {"log": 1, "letter": 1},
}
QUICK = {
    "no_fsync_of_files",
    "event_before_header",
    "no_sync_of_the_database",
    "normal_sync_of_the_database",
    "told_before_it_is_done",
}


def chosen(name: str, request: pytest.FixtureRequest) -> None:
    """Leave the slower breakages to the long form."""
    if not (request.config.option.long or name in QUICK):
        pytest.skip("a breakage of the long form")


def test_every_breakage_is_tried_by_a_suite() -> None:
    assert set(BY_POWER_CUT) | set(BY_KILL) == set(DURABILITY)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", BY_POWER_CUT)
def test_the_power_cut_suite_finds(
    name: str, request, founded, quick: Path, rng: random.Random, record_property
) -> None:
    chosen(name, request)
    order = {**BY_POWER_CUT[name], "broken": name}
    begun, tally = time.monotonic(), Cuts()
    runs: Iterator[Cuts] = cuts(founded, quick, rng, MOST_STATES, order)
    if order.get("act") == "found":
        empty = Founded(quick / "empty")
        empty.vault.mkdir(mode=0o700, parents=True)
        runs = cuts(empty, quick, rng, MOST_FOUNDINGS, order, inspect_founding)
    for found in runs:
        tally = found
        if tally.wrong:
            break
    told = f"{name}: state {tally.states}, {time.monotonic() - begun:.0f} s: {tally.wrong[:1]}"
    record_property("told", told)
    assert tally.wrong, f"{name} went unnoticed"


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", BY_KILL)
def test_the_kill_suite_finds(
    name: str, request, founded, quick: Path, rng: random.Random, record_property
) -> None:
    chosen(name, request)
    begun, tally = time.monotonic(), Tally()
    with nest(founded) as nested:
        for found in rounds(
            nested, founded, quick, rng, MOST_KILLS, broken=name, weights=BY_KILL[name]
        ):
            tally = found
            if tally.wrong:
                break
    told = f"{name}: kill {tally.kills}, {time.monotonic() - begun:.0f} s: {tally.wrong[:1]}"
    record_property("told", told)
    assert tally.wrong, f"{name} went unnoticed"
