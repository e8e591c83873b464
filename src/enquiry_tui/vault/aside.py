"""Long jobs in short steps: what needs no open store runs on a thread that each step looks at."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

T = TypeVar("T")

_GLANCE = 0.02  # seconds that one step waits


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is: what it does now, and how many bytes of how many are done.

    `total` is 0 where it cannot be told.
    """

    what: str
    done: int = 0
    total: int = 0


Steps = Generator[Progress, None, None]


def told(call: Callable[[], T], progress: Callable[[], Progress]) -> Generator[Progress, None, T]:
    """Run a call on a thread of its own and tell how far it is, every 20 ms; gives its value.

    The call must not touch the open store. Where the steps are given up it is waited for.
    """
    thread = _Aside(call)
    thread.start()
    try:
        yield progress()
        while thread.is_alive():
            thread.join(_GLANCE)
            yield progress()
    finally:
        thread.join()
    if thread.error is not None:
        raise thread.error
    return cast("T", thread.value)


class _Aside(threading.Thread, Generic[T]):
    def __init__(self, call: Callable[[], T]) -> None:
        super().__init__(daemon=True)
        self.call = call
        self.value: T | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.value = self.call()
        except BaseException as error:  # noqa: BLE001 (raised again where it was asked for)
            self.error = error
