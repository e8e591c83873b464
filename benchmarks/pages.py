"""The desk list: opened whole, and paged through by what the screen itself reads its rows with."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tracemalloc
from collections.abc import Awaitable, Callable, Generator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.office import Office
from benchmarks.timing import CPU, Line, seconds
from enquiry_tui.desk.desk import Desk
from enquiry_tui.tui.screens.desk_rows import QueuePages
from enquiry_tui.tui.widgets.paging import PAGE_ROWS

_DOWN, _JUMPS = 40, 40
_QUEUE = "everything"
_ROOT = Path(__file__).parents[1]
_STATM = Path("/proc/self/statm")
_PAGE_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Walked:
    """What paging took: milliseconds of the processor, and bytes."""

    page: float
    slowest: float
    opening: float
    longest_job: float
    python: int
    resident: int


def measure(office: Office, size: int, least: Walked | None) -> Generator[Line, None, Walked]:
    """Page through everything; `least` is what the smallest vault of this run took."""
    walked = _in_a_process_of_its_own(office)
    first = least or walked
    yield Line(
        f"a page of the desk list, {size:,} matters",
        walked.page,
        "ms",
        first.page,
        "the same with the fewest",
        "≤ 10 ms",
        walked.page <= 10,
    )
    yield Line("  the slowest of all", walked.slowest, "ms", first.slowest, "the same")
    yield Line("  the list opened", walked.opening, "ms", first.opening, "the same")
    job = walked.longest_job
    yield Line("  its longest turn at the store", job, "ms", target="≤ 50", meets=job <= 50)
    more = (walked.resident - first.resident) / 1e6
    python = (walked.python - first.python) / 1e6
    if least is not None:
        yield Line("  memory beside the fewest", more, "MB", target="≤ 25", meets=more <= 25)
        yield Line("  of which Python's, at its highest", python, "MB")
    return first


def _in_a_process_of_its_own(office: Office) -> Walked:
    """Page through in a fresh process, whose memory holds nothing else."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.pages", str(office.folder.parent)],
        check=True,
        capture_output=True,
        cwd=_ROOT,
    )
    return Walked(**json.loads(done.stdout))


def walk(desk: Desk) -> Walked:
    """Open the list, go down page by page, then to places anywhere in it."""
    before, jobs = _resident(), [0.0]

    def run(verb: Callable[..., object], *given: Any) -> Awaitable[Any]:  # noqa: ANN401
        answer: list[object] = []
        jobs.append(1000 * seconds(lambda: answer.append(verb(desk, *given)), CPU))
        return _at_once(answer[0])

    async def pages() -> tuple[float, list[float]]:
        source = QueuePages(run, _QUEUE, mine=False, visitor=False)
        start = CPU()
        total = await source.count()
        opening, took = CPU() - start, []
        last = max(1, total // PAGE_ROWS)
        anywhere = [Random(5).randrange(last) for _ in range(_JUMPS)]
        for page in (*(number % last for number in range(_DOWN)), *anywhere):
            start = CPU()
            await source.page(page * PAGE_ROWS, PAGE_ROWS)
            took.append(1000 * (CPU() - start))
        return 1000 * opening, took

    opening, took = asyncio.run(pages())
    longest, resident = max(jobs), _resident() - before
    tracemalloc.start()
    asyncio.run(pages())
    python = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return Walked(statistics.median(took), max(took), opening, longest, python, resident)


async def _at_once(answer: object) -> object:
    return answer


def _resident() -> int:
    """Give the bytes of memory that the process has, where the system tells; else 0."""
    return int(_STATM.read_text().split()[1]) * _PAGE_BYTES if _STATM.exists() else 0


if __name__ == "__main__":
    with Office(Path(sys.argv[1])).signed_in() as signed_in:
        print(json.dumps(asdict(walk(signed_in))))
