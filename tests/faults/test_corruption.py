"""Damage to any file of an office is refused, reported, or repaired from the copy: never silent."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.faults.breakages import SILENCES, broken
from tests.faults.corrupting import Corruptions, corruptions, scene

LANES = 4
NUMBER = {"short": 400, "long": 5000}


@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("lane", range(LANES))
def test_no_damage_is_silent(
    lane: int, founded, quick: Path, rng: random.Random, long: bool, record_property
) -> None:
    begun, tally = time.monotonic(), Corruptions()
    number = NUMBER["long" if long else "short"] // LANES
    scenery = scene(founded, quick, rng)
    for found in corruptions(scenery, quick, rng, number):
        tally = found
    record_property(
        "told",
        f"corruption lane {lane}: {tally.done} files, {dict(sorted(tally.outcomes.items()))},"
        f" {time.monotonic() - begun:.0f} s",
    )
    assert not tally.silent, tally.silent[:10]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", SILENCES)
def test_silent_damage_is_found(
    name: str, founded, quick: Path, rng: random.Random, record_property
) -> None:
    tally, scenery = Corruptions(), scene(founded, quick, rng)
    with broken(name, SILENCES):
        for found in corruptions(scenery, quick, rng, 300, only="vault.db"):
            tally = found
            if tally.silent:
                break
    record_property("told", f"{name}: file {tally.done}: {tally.silent}")
    assert tally.silent
