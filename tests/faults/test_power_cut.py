"""The power goes at any moment of a recorded run: what was acknowledged is there, or it shows."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest

from tests.faults.cutting import Cuts, cuts
from tests.faults.inspecting import inspect_founding
from tests.faults.offices import Founded, quick_folder

LANES = 4
STATES = {"short": 1500, "long": 10_000}
ACTS = {"short": 25, "long": 80}


def test_strace_is_there_to_record_a_run() -> None:
    assert shutil.which("strace"), (
        "WITHOUT STRACE NO POWER CUT IS SIMULATED: install strace and run this again"
    )


@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("lane", range(LANES))
def test_a_power_cut_loses_nothing_that_was_acknowledged(
    lane: int, founded, rng: random.Random, long: bool, record_property
) -> None:
    form = "long" if long else "short"
    begun, tally, states = time.monotonic(), Cuts(), STATES[form] // LANES
    with quick_folder() as where:
        for found in cuts(founded, where, rng, states, {"count": ACTS[form]}):
            tally = found
            assert not tally.wrong, tally.wrong
    record_property(
        "told",
        f"power cut lane {lane}: {tally.states} states over {tally.acknowledged} acts,"
        f" {time.monotonic() - begun:.0f} s",
    )
    assert tally.states == states


@pytest.mark.timeout(3600)
def test_a_power_cut_while_founding_leaves_a_vault_or_none(
    quick: Path, rng: random.Random, long: bool, record_property
) -> None:
    begun, states = time.monotonic(), 600 if long else 40
    empty = Founded(quick / "empty")
    empty.vault.mkdir(mode=0o700, parents=True)
    tally = Cuts()
    for found in cuts(empty, quick, rng, states, {"act": "found"}, inspect_founding):
        tally = found
        assert not tally.wrong, tally.wrong
    record_property(
        "told", f"power cut while founding: {states} states, {time.monotonic() - begun:.0f} s"
    )
