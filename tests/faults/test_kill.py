"""kill -9 at random moments over random operations: nothing acknowledged is lost, nothing torn."""

from __future__ import annotations

import random
import time

import pytest

from tests.faults.killing import Tally, nest, rounds
from tests.faults.offices import quick_folder

LANES = 4
KILLS = {"short": 60, "long": 2000}


@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("lane", range(LANES))
def test_a_kill_loses_nothing_that_was_acknowledged(
    lane: int, founded, rng: random.Random, long: bool, record_property
) -> None:
    kills = KILLS["long" if long else "short"] // LANES
    begun, tally = time.monotonic(), Tally()
    with quick_folder() as where, nest(founded) as nested:
        for found in rounds(nested, founded, where, rng, kills):
            tally = found
            assert not tally.wrong, tally.wrong
    record_property(
        "told",
        f"kill lane {lane}: {tally.kills} kills, {tally.acknowledged} acknowledged,"
        f" within {tally.within}, {time.monotonic() - begun:.0f} s",
    )
    assert tally.kills >= kills
