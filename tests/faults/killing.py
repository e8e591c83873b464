"""Rounds of work that end with SIGKILL at a random moment, or by themselves."""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from enquiry_tui.vault.header import read_header
from tests.faults.breakages import broken
from tests.faults.inspecting import inspect, opens
from tests.faults.offices import Founded
from tests.faults.story import Story

ROOT = Path(__file__).parents[2]
_PATIENCE = 30.0  # seconds without a word from the child


@dataclass
class Tally:
    """What the rounds came to."""

    kills: int = 0
    acknowledged: int = 0
    within: dict[str, int] = field(default_factory=dict)  # kills by the act they fell into
    wrong: list[str] = field(default_factory=list)


class Nest:
    """A process with everything imported, which forks a child for each round."""

    def __init__(self, founded: Founded) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        assert self.process.stdout is not None
        self._from = self.process.stdout.fileno()
        self._rest = b""
        self.order({"warm": founded.saved()})

    def order(self, order: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order | {"fork": True}).encode() + b"\n")
        self.process.stdin.flush()

    def lines(self, seconds: float = _PATIENCE) -> Iterator[str]:
        """Give what is said until nothing is for so many seconds."""
        end = time.monotonic() + seconds
        while True:
            while b"\n" in self._rest:
                line, self._rest = self._rest.split(b"\n", 1)
                yield line.decode()
            left = end - time.monotonic()
            if left <= 0 or not select.select([self._from], [], [], left)[0]:
                return
            data = os.read(self._from, 1 << 16)
            if not data:
                raise AssertionError("the nest has died")
            self._rest += data

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(_PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()


@contextmanager
def nest(founded: Founded) -> Iterator[Nest]:
    made = Nest(founded)
    try:
        yield made
    finally:
        made.close()


def one_life(
    nested: Nest,
    founded: Founded,
    story: Story,
    rng: random.Random,
    order: dict[str, object],
) -> bool:
    """Have a child work until it is killed; give whether it was (it may have been done)."""
    now = Founded(founded.root, founded.vault_id, founded.recovery_key, story.passphrases)
    nested.order({"founded": now.saved(), "seed": rng.random(), "count": 40, **order})
    words, grace = rng.randrange(0, 50), rng.uniform(0, 0.02)
    if words < 3:
        grace = rng.uniform(0, 0.25)  # in the middle of signing in
    process, ended = 0, False
    for heard, line in enumerate(nested.lines()):
        ended = ended or line.startswith("end")
        if line.startswith("pid"):
            process = int(line.split()[1])
        story.hear(line)
        if ended or heard >= words:
            break
    for line in nested.lines(grace):
        ended = ended or line.startswith("end")
        story.hear(line)
    if not ended:
        assert process, "the child never began"
        os.kill(process, signal.SIGKILL)
        for line in nested.lines():
            story.hear(line)
            if line.startswith("end"):
                return True
    return False


def rounds(
    nested: Nest,
    founded: Founded,
    where: Path,
    rng: random.Random,
    kills: int,
    **order: object,
) -> Iterator[Tally]:
    """Kill so many children, one vault for one to three of them; give the tally after each.

    `order` may name a breakage (`broken`) and the weights of the acts.
    """
    tally, number, act = Tally(), 0, ""
    while tally.kills < kills:
        number += 1
        copy = founded.copy(where / f"round-{number}")
        story = Story.of(copy)
        for _ in range(rng.randint(1, 3)):
            known = story.acknowledged
            if one_life(nested, copy, story, rng, order):
                tally.kills += 1
                act = (story.trying or {}).get("op", "between")
                tally.within[act] = tally.within.get(act, 0) + 1
            tally.acknowledged += story.acknowledged - known
            with broken(str(order.get("broken", ""))):
                wrong = inspect(copy, story)
            tally.wrong += [f"round {number}, in {act}: {text}" for text in wrong]
            yield tally
            if wrong:
                break
            _settle(copy, story)
        shutil.rmtree(copy.root)


def _settle(founded: Founded, story: Story) -> None:
    """Learn from the vault how the act that was cut off ended, before the next life."""

    header, trying = read_header(founded.vault), story.trying or {}
    for handle in list(story.passphrases):
        for words in story.candidates(handle):
            if opens(header, handle, words) and words != story.passphrases[handle]:
                story.former.append((handle, story.passphrases[handle]))
                story.passphrases[handle] = words
    if trying.get("place") in story.drafts:
        del story.drafts[trying["place"]]
    story.trying = None
