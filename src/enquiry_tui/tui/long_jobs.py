"""Long jobs on the store thread: one short step at a time, behind all else, given up cleanly."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui.store_thread import Priority, StoreThread

T = TypeVar("T")
Step = TypeVar("Step")


class GivenUp(EnquiryError):
    """Somebody did not want the job any more."""


@dataclass(frozen=True, slots=True)
class _End(Generic[T]):
    value: T


async def in_steps(
    store: StoreThread,
    make: Callable[[], Generator[Step, Any, T]],
    tell: Callable[[Step], None],
    wanted: Callable[[], bool],
) -> T:
    """Take a job's steps one by one, telling each, and give what the last one gives.

    Asks before every step whether it is still wanted. Given up, by that or by a lock or because
    the screen went, the job is closed on the store thread. Raises GivenUp and what the job raises.
    """
    steps = await store.run(make, priority=Priority.BACKGROUND)
    try:
        while wanted():
            step = await store.run(_next, steps, priority=Priority.BACKGROUND)
            if isinstance(step, _End):
                value: T = step.value
                return value
            tell(step)
    finally:
        store.submit(steps.close, Priority.LOCK)  # nothing, where it has come to its end
    raise GivenUp("It was given up.", "Nothing of it was kept.")


def _next(steps: Generator[Step, Any, T]) -> Step | _End[T]:
    try:
        return next(steps)
    except StopIteration as end:
        return _End(end.value)
