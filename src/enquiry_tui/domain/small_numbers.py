"""Small numbers in a published table: left out, and with them what would give them away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer with its number; None where it is left out."""

    answer: str
    count: int | None

    @property
    def words(self) -> str:
        """Return the number as it is shown."""
        return "left out" if self.count is None else str(self.count)


def suppressed(counts: Mapping[str, int], smallest: int) -> tuple[Cell, ...]:
    """Leave out every number from 1 up to below `smallest`, and never one of them alone.

    Where only one would be left out it could be had from a total, so the next smallest goes too.
    Nought stays: it says nothing about anybody.
    """
    out = {answer for answer, count in counts.items() if 0 < count < smallest}
    if len(out) == 1:
        rest = {a: c for a, c in counts.items() if c and a not in out}
        if rest:
            out.add(min(rest, key=lambda answer: rest[answer]))
    return tuple(Cell(answer, None if answer in out else n) for answer, n in counts.items())
