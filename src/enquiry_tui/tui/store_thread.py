"""The one thread that owns the store, and the queue in front of it."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, TypeVar

from enquiry_tui.errors import EnquiryError

T = TypeVar("T")

_NOTHING_MORE: Any = object()
_current = threading.local()


class Priority(IntEnum):
    """What goes first. Only `LOCK` jobs run while the store is locked."""

    LOCK = 0
    SAVE = 1
    READ = 2
    BACKGROUND = 3
    IDLE = 9


class StoreLocked(EnquiryError):
    """The store is locked: nothing but signing in runs."""


class Superseded(EnquiryError):
    """A newer request took this one's place; whoever asked may forget about it."""


@dataclass(order=True, slots=True)
class _Job:
    priority: int
    number: int
    call: Callable[[], Any] = field(compare=False)
    future: Future[Any] = field(compare=False)
    token: str | None = field(compare=False, default=None)
    superseded: threading.Event = field(compare=False, default_factory=threading.Event)

    def is_stale(self) -> bool:
        """Say whether the answer is no longer wanted."""
        return self.token is not None and self.superseded.is_set()


def is_superseded() -> bool:
    """Say, inside a job, whether a newer one has taken its place: for progress handlers."""
    job: _Job | None = getattr(_current, "job", None)
    return job is not None and job.superseded.is_set()


class StoreThread:
    """Runs jobs one after the other on one thread, the most important first.

    It starts locked. `unlock` opens it after a sign-in; `lock` runs the saves that were accepted,
    drops the reads, runs the closing job and refuses whatever comes after.
    """

    def __init__(self) -> None:
        self._ready = threading.Condition()
        self._queue: list[_Job] = []
        self._numbers = itertools.count()
        self._running: _Job | None = None
        self._locked = True
        self._stopped = False
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._started = False

    @property
    def is_locked(self) -> bool:
        """Say whether only sign-in jobs are taken."""
        return self._locked

    def unlock(self) -> None:
        """Take all kinds of jobs from now on."""
        with self._ready:
            self._locked = False

    async def run(
        self,
        fn: Callable[..., T],
        *args: object,
        priority: Priority = Priority.READ,
        token: str | None = None,
    ) -> T:
        """Run `fn(*args)` on the store thread; return its value or raise what it raised.

        A later read with the same `token` takes the place of an earlier one, which then raises
        `Superseded`; saves are never dropped, and run to their end even if whoever waits is
        cancelled. Raises `StoreLocked` while locked, unless the priority is `LOCK`.
        """
        waiting = asyncio.wrap_future(self.submit(lambda: fn(*args), priority, token))
        if priority <= Priority.SAVE:
            return await asyncio.shield(waiting)
        return await waiting

    def submit(
        self, call: Callable[[], T], priority: Priority = Priority.READ, token: str | None = None
    ) -> Future[T]:
        """Put a call into the queue without waiting for it."""
        future: Future[T] = Future()
        with self._ready:
            if self._stopped or (self._locked and Priority.LOCK < priority < Priority.IDLE):
                future.set_exception(_locked())
                return future
            if priority <= Priority.SAVE:
                token = None
            if token is not None:
                self._supersede(token)
            job = _Job(int(priority), next(self._numbers), call, future, token)
            heapq.heappush(self._queue, job)
            self._start()
            self._ready.notify_all()
        return future

    async def lock(self, closing: Callable[[], T]) -> T:
        """Finish accepted saves, drop reads, run `closing`, and take nothing else from now on."""
        future: Future[T] = Future()
        with self._ready:
            if self._stopped:
                raise _locked()
            self._locked = True
            self._drop(lambda job: job.priority in {Priority.READ, Priority.BACKGROUND})
            if self._running is not None and self._running.priority > Priority.SAVE:
                self._running.superseded.set()
            job = _Job(int(Priority.SAVE), next(self._numbers), closing, future)
            heapq.heappush(self._queue, job)
            self._start()
            self._ready.notify_all()
        return await asyncio.shield(asyncio.wrap_future(future))

    async def slices(self, make: Callable[[], Iterator[T]]) -> AsyncIterator[T]:
        """Run a long job in slices, one step of its generator at a time, behind all else."""
        steps = await self.run(make, priority=Priority.BACKGROUND)
        while True:
            step: T = await self.run(next, steps, _NOTHING_MORE, priority=Priority.BACKGROUND)
            if step is _NOTHING_MORE:
                return
            yield step

    async def idle(self) -> None:
        """Wait until nothing is queued and nothing runs."""
        if self._started and not self._stopped:
            await asyncio.wrap_future(self.submit(lambda: None, Priority.IDLE))

    def stop(self, timeout: float = 5.0) -> bool:
        """Finish accepted saves, refuse the rest, join. Returns whether it ended in `timeout` s."""
        with self._ready:
            self._stopped = True
            self._drop(lambda job: job.priority > Priority.SAVE)
            if self._running is not None:
                self._running.superseded.set()
            self._ready.notify_all()
        if not self._started:
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _start(self) -> None:
        if not self._started:
            self._started = True
            self._thread.start()

    def _supersede(self, token: str) -> None:
        self._drop(lambda job: job.token == token, _superseded())
        if self._running is not None and self._running.token == token:
            self._running.superseded.set()

    def _drop(self, unwanted: Callable[[_Job], bool], why: EnquiryError | None = None) -> None:
        dropped = [job for job in self._queue if unwanted(job)]
        if not dropped:
            return
        self._queue = [job for job in self._queue if not unwanted(job)]
        heapq.heapify(self._queue)
        for job in dropped:
            if job.future.set_running_or_notify_cancel():
                job.future.set_exception(why or _locked())

    def _next(self) -> _Job | None:
        with self._ready:
            self._running = None
            while not self._queue:
                if self._stopped:
                    return None
                self._ready.wait()
            self._running = heapq.heappop(self._queue)
            return self._running

    def _work(self) -> None:
        while (job := self._next()) is not None:
            if not job.future.set_running_or_notify_cancel():
                continue
            _current.job = job
            self._carry_out(job)
            _current.job = None
            del job  # its call may hold a passphrase: keep nothing while waiting

    @staticmethod
    def _carry_out(job: _Job) -> None:
        try:
            value = job.call()
        except BaseException as error:  # noqa: BLE001 (raised again where the job was asked for)
            outcome: BaseException = _superseded() if job.is_stale() else error
            job.future.set_exception(outcome)
            return
        if job.is_stale():
            job.future.set_exception(_superseded())
        else:
            job.future.set_result(value)


def _superseded() -> Superseded:
    return Superseded("A newer request took its place.")


def _locked() -> StoreLocked:
    return StoreLocked("The store is locked.", "Sign in again.")
