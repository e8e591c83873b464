"""Which step to take next: only steps that can reach what is needed here, quickest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations

from enquiry_tui.domain.checks import Catalogue, Step, StepKind, StepName, recognition
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.vocabulary import Channel, Proof, Recognition

_MOST_STEPS = 3
_RECOGNISING = frozenset(
    {
        StepKind.MATTER,
        StepKind.PERSON,
        StepKind.REFERENCE,
        StepKind.PASSWORD,
        StepKind.RING,
        StepKind.PRESENCE,
    }
)


@dataclass(frozen=True, slots=True)
class Way:
    """One set of steps that reaches a need: nothing in it can be left out."""

    steps: tuple[Step, ...]

    @property
    def seconds(self) -> int:
        """Return how long all of it takes."""
        return sum(step.seconds for step in self.steps)


def plan(
    needed: Iterable[Need],
    channel: Channel,
    done: Collection[StepName],
    available: Collection[StepName],
    catalogue: Catalogue,
) -> tuple[Step, ...]:
    """Return the steps worth taking, quickest way first; none where no step can reach it.

    `done` are the steps that passed; `available` those that can be tried at all: not failed, and
    with something held to compare with or ring. Address and purpose are no steps and count as met.
    """
    best: dict[Step, int] = {}
    for way in ways(needed, channel, done, available, catalogue):
        for step in way.steps:
            best[step] = min(best.get(step, way.seconds), way.seconds)
    return tuple(sorted(best, key=lambda step: (best[step], step.seconds, step.name)))


def reachable(need: Need, channel: Channel, catalogue: Catalogue) -> bool:
    """Say whether the steps that work on this channel can reach the need, with all records held."""
    return not need.asks_level or bool(ways((need,), channel, (), tuple(StepName), catalogue))


def ways(
    needed: Iterable[Need],
    channel: Channel,
    done: Collection[StepName],
    available: Collection[StepName],
    catalogue: Catalogue,
) -> tuple[Way, ...]:
    """Return every smallest set of further steps that reaches one of the needs, quickest first."""
    open_steps = [
        step for step in catalogue.on(channel) if step.name in available and step.name not in done
    ]
    found = {way for need in needed for way in _ways_to(need, frozenset(done), open_steps)}
    return tuple(sorted(found, key=lambda way: (way.seconds, len(way.steps))))


def _ways_to(need: Need, done: frozenset[StepName], steps: list[Step]) -> list[Way]:
    fixed: list[Step] = []
    have = {name.gives for name in done}
    for authority in need.authorities - have:
        giving = [step for step in steps if step.name.gives is authority]
        if not giving:
            return []
        fixed.append(giving[0])
    if need.proof is not Proof.NONE and StepName.PHOTO_IDENTITY not in done:
        seeing = [step for step in steps if step.name is StepName.PHOTO_IDENTITY]
        if not seeing or need.proof is not Proof.LOW:
            return []
        fixed += seeing
    recognising = [step for step in steps if step.name.kind in _RECOGNISING]
    return [
        Way(tuple(sorted((*fixed, *more), key=lambda step: (step.seconds, step.name))))
        for more in _recognising_sets(need.recognition, done, recognising)
        if fixed or more
    ]


def _recognising_sets(
    wanted: Recognition, done: frozenset[StepName], steps: list[Step]
) -> list[tuple[Step, ...]]:
    found: list[tuple[Step, ...]] = []
    for size in range(_MOST_STEPS + 1):
        for combination in combinations(steps, size):
            if any(set(smaller) <= set(combination) for smaller in found):
                continue
            if recognition(done | {step.name for step in combination}).reaches(wanted):
                found.append(combination)
    return found
