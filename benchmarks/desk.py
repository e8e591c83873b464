"""The desk: its first paint, its list, its search, and a summary as a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks import finding, matters, pages, paint, paper
from benchmarks.office import Office
from benchmarks.timing import Line
from benchmarks.vault import checked

_TURNS, _TYPED, _SMALL = 15, 40, 1_000  # with fewer matters the benchmark itself is tried out


def measure(folder: Path, sizes: tuple[int, ...]) -> Iterator[Line]:
    """Measure with each number of matters, in one vault that grows; each matter has a call."""
    office = Office(folder)
    yield from paint.measure(folder, office.folder, _TURNS if max(sizes) >= _SMALL else 1)
    least: pages.Walked | None = None
    for size in sizes:
        matters.fill(office, size)
        with office.signed_in() as desk:
            checked(desk, signatures=False)
        least = yield from pages.measure(office, size, least)
        yield from finding.measure(office, folder, size, _TYPED if size >= _SMALL else 4)
    yield from paper.measure(office)
