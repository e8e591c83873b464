"""Medians, taken in turns so that a machine that is busy for a while is so for both sides."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One result: `value` in its unit, beside the baseline in the same unit, and the target."""

    what: str
    value: float
    unit: str
    baseline: float | None = None
    against: str = ""
    target: str = ""
    meets: bool | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the baseline it is."""
        return self.value / self.baseline if self.baseline else None


Clock = Callable[[], float]
WALL: Clock = time.perf_counter
CPU: Clock = time.process_time
"""For what waits for nothing but the processor: other programs at work falsify it least."""


def seconds(job: Callable[[], object], clock: Clock = WALL) -> float:
    """Run once and give the seconds."""
    start = clock()
    job()
    return clock() - start


def median(job: Callable[[], object], times: int, clock: Clock = WALL) -> float:
    """Run several times and give the median in seconds."""
    return statistics.median(seconds(job, clock) for _ in range(times))


def in_turns(jobs: Sequence[Callable[[], object]], times: int, clock: Clock = WALL) -> list[float]:
    """Run each once, and again, and again; gives the median of each in seconds."""
    took: list[list[float]] = [[] for _ in jobs]
    for _ in range(times):
        for number, job in enumerate(jobs):
            took[number].append(seconds(job, clock))
    return [statistics.median(each) for each in took]


def show(lines: list[Line]) -> str:
    """Put the lines into a table."""
    rows = [("what", "here", "baseline", "ratio", "target", "")]
    for line in lines:
        base = "" if line.baseline is None else f"{line.baseline:,.4g} {line.unit}"
        ratio = "" if line.ratio is None else f"{line.ratio:.2f}"
        verdict = {None: "", True: "met", False: "MISSED"}[line.meets]
        against = f" ({line.against})" if line.against else ""
        rows.append(
            (
                line.what,
                f"{line.value:,.4g} {line.unit}",
                base + against,
                ratio,
                line.target,
                verdict,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
