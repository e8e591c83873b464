"""Power cuts over a recorded run: so many disks, each opened and held against what was said."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.breakages import broken
from tests.faults.disks import Disk, build
from tests.faults.inspecting import inspect
from tests.faults.offices import Founded
from tests.faults.recording import Recording, Said, record
from tests.faults.story import Story

_WHOLE_EVERY = 4  # one disk in so many has every page checked


@dataclass
class Cuts:
    """What the states came to."""

    states: int = 0
    acknowledged: int = 0
    wrong: list[str] = field(default_factory=list)


def cut_points(recording: Recording, rng: random.Random, states: int) -> list[int]:
    """Choose after which steps the power goes: half by step, half by act, so that none is missed.

    An act of few steps (a header renamed) would else drown among those of many pages.
    """
    total = len(recording.steps)
    said = [at for at, step in enumerate(recording.steps) if isinstance(step, Said)]
    spans = list(zip([0, *said], [*said, total], strict=True))
    points = [rng.randint(1, total) for _ in range(states // 2)]
    while len(points) < states:
        start, end = rng.choice(spans)
        points.append(rng.randint(start, end))
    return sorted(points)


def cuts(
    founded: Founded,
    where: Path,
    rng: random.Random,
    states: int,
    order: dict[str, object],
    look: Callable[..., list[str]] = inspect,
) -> Iterator[Cuts]:
    """Record one run and cut the power so many times; give the tally after each."""
    recording = record(founded, where, {"seed": rng.random(), **order})
    disk, taken, found = Disk(recording), 0, Cuts()
    for number, point in enumerate(cut_points(recording, rng, states)):
        for step in recording.steps[taken:point]:
            disk.step(step)
        taken = point
        root = where / "disk"
        build(disk.left(rng), root)
        story = Story.of(recording.before, disk.said)
        left = Founded(root, founded.vault_id, founded.recovery_key)
        with broken(str(order.get("broken", ""))):
            lines = look(left, story, whole=number % _WHOLE_EVERY == 0)
        for line in lines:
            act = (story.trying or {}).get("op", "between")
            found.wrong.append(f"cut after step {point}, in {act}: {line}")
        found.states += 1
        found.acknowledged = story.acknowledged
        shutil.rmtree(root)
        yield found
