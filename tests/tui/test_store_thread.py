from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from enquiry_tui.tui.store_thread import (
    Priority,
    StoreLocked,
    StoreThread,
    Superseded,
    is_superseded,
)


@pytest.fixture
def store() -> Iterator[StoreThread]:
    thread = StoreThread()
    thread.unlock()
    yield thread
    assert thread.stop()


class Gate:
    def __init__(self) -> None:
        self.entered = threading.Event()
        self.release = threading.Event()

    def __call__(self) -> str:
        self.entered.set()
        assert self.release.wait(5)
        return "through"

    async def hold(self, store: StoreThread) -> asyncio.Task[str]:
        task = asyncio.create_task(store.run(self))
        await asyncio.to_thread(self.entered.wait, 5)
        return task


async def test_a_value_comes_back_and_an_error_is_raised_again(store):
    assert await store.run(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        await store.run(divmod, 7, 0)


async def test_everything_runs_on_the_one_thread(store):
    names = await asyncio.gather(
        *(store.run(lambda: threading.current_thread().name) for _ in range(20))
    )
    assert set(names) == {"store"}


async def test_what_waits_runs_in_the_order_of_its_importance(store):
    gate = Gate()
    order: list[str] = []
    held = await gate.hold(store)
    jobs = [
        asyncio.create_task(store.run(order.append, priority.name, priority=priority))
        for priority in (Priority.BACKGROUND, Priority.READ, Priority.SAVE, Priority.LOCK)
    ]
    await asyncio.sleep(0)
    gate.release.set()
    await asyncio.gather(held, *jobs)
    assert order == ["LOCK", "SAVE", "READ", "BACKGROUND"]


async def test_a_newer_read_of_the_same_kind_takes_the_place_of_the_older_ones(store):
    gate = Gate()
    ran: list[object] = []
    held = await gate.hold(store)
    old = asyncio.create_task(store.run(ran.append, "old", token="list"))
    await asyncio.sleep(0)
    new = asyncio.create_task(store.run(ran.append, "new", token="list"))
    await asyncio.sleep(0)
    gate.release.set()
    await asyncio.gather(held, new)
    with pytest.raises(Superseded):
        await old
    assert ran == ["new"]


async def test_a_running_search_learns_that_a_newer_one_has_come(store):
    started, seen = threading.Event(), threading.Event()

    def search() -> str:
        started.set()
        while not is_superseded():
            seen.wait(0.001)
        return "stale"

    old = asyncio.create_task(store.run(search, token="search"))
    await asyncio.to_thread(started.wait, 5)
    assert await store.run(lambda: "fresh", token="search") == "fresh"
    with pytest.raises(Superseded):
        await old


async def test_a_save_is_never_dropped_for_a_newer_one(store):
    gate = Gate()
    ran: list[object] = []
    held = await gate.hold(store)
    saves = [
        asyncio.create_task(store.run(ran.append, at, priority=Priority.SAVE, token="draft"))
        for at in range(3)
    ]
    await asyncio.sleep(0)
    gate.release.set()
    await asyncio.gather(held, *saves)
    assert ran == [0, 1, 2]


async def test_a_save_runs_even_if_whoever_waits_for_it_goes_away(store):
    gate = Gate()
    ran: list[object] = []
    held = await gate.hold(store)
    save = asyncio.create_task(store.run(ran.append, "saved", priority=Priority.SAVE))
    await asyncio.sleep(0)
    save.cancel()
    gate.release.set()
    await held
    await store.idle()
    assert ran == ["saved"]


async def test_locking_finishes_saves_drops_reads_and_then_refuses(store):
    gate = Gate()
    ran: list[object] = []
    held = await gate.hold(store)
    read = asyncio.create_task(store.run(ran.append, "read"))
    save = asyncio.create_task(store.run(ran.append, "save", priority=Priority.SAVE))
    await asyncio.sleep(0)
    lock = asyncio.create_task(store.lock(lambda: ran.append("closed")))
    await asyncio.sleep(0)
    gate.release.set()
    await asyncio.gather(held, save, lock)
    with pytest.raises(StoreLocked):
        await read
    assert ran == ["save", "closed"]
    for priority in (Priority.SAVE, Priority.READ, Priority.BACKGROUND):
        with pytest.raises(StoreLocked):
            await store.run(ran.append, "late", priority=priority)
    assert await store.run(lambda: "in", priority=Priority.LOCK) == "in"
    store.unlock()
    assert await store.run(lambda: "again") == "again"


async def test_a_store_starts_locked():
    fresh = StoreThread()
    with pytest.raises(StoreLocked):
        await fresh.run(lambda: None)
    assert fresh.stop()


async def test_long_work_runs_in_slices_with_reads_between_them(store):
    order: list[object] = []

    def steps() -> Iterator[int]:
        for at in range(3):
            order.append(at)
            yield at

    async for at in store.slices(steps):
        await store.run(order.append, f"read {at}")
    assert order == [0, "read 0", 1, "read 1", 2, "read 2"]


async def test_stopping_finishes_saves_joins_and_refuses(store):
    gate = Gate()
    ran: list[object] = []
    held = await gate.hold(store)
    save = asyncio.create_task(store.run(ran.append, "save", priority=Priority.SAVE))
    read = asyncio.create_task(store.run(ran.append, "read"))
    await asyncio.sleep(0)
    gate.release.set()
    assert await asyncio.to_thread(store.stop)
    await asyncio.gather(held, save, return_exceptions=True)
    await asyncio.gather(read, return_exceptions=True)
    assert "save" in ran
    with pytest.raises(StoreLocked):
        await store.run(lambda: None)


async def test_the_event_loop_goes_on_while_the_store_is_busy(store):
    gate = Gate()
    held = await gate.hold(store)
    turns = 0
    for _ in range(10):
        await asyncio.sleep(0)
        turns += 1
    assert turns == 10
    assert not held.done()
    gate.release.set()
    assert await held == "through"
