from __future__ import annotations

import asyncio

import pytest

from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui.drafts import DELAY_SECONDS, DraftKeeper
from tests.tui.fakes import FakeDoor, make_app, sign_in


class Shelf:
    def __init__(self) -> None:
        self.kept: list[tuple[str, str]] = []
        self.failures: list[str] = []
        self.broken = False
        self.saved = asyncio.Event()

    async def save(self, key: str, body: str) -> None:
        if self.broken:
            raise EnquiryError("The disk is full.")
        self.kept.append((key, body))
        self.saved.set()

    def keeper(self, delay: float = 3_600.0) -> DraftKeeper:
        keeper = DraftKeeper(self.save, lambda error: self.failures.append(error.title), delay)
        keeper.open()
        return keeper


def test_a_draft_is_saved_within_a_second():
    assert DELAY_SECONDS < 1


async def test_what_is_typed_is_saved_once_the_delay_is_over():
    shelf = Shelf()
    keeper = shelf.keeper(0.0)
    keeper.note("note", "a")
    keeper.note("note", "ab")
    assert not keeper.is_clean
    await asyncio.wait_for(shelf.saved.wait(), 5)
    await keeper.flush()
    assert shelf.kept == [("note", "ab")]
    assert keeper.is_clean


async def test_typing_on_and_on_does_not_put_the_save_off():
    shelf = Shelf()
    keeper = shelf.keeper()
    keeper.note("note", "a")
    timer = keeper._timer
    keeper.note("note", "ab")
    assert keeper._timer is timer
    await keeper.flush()


async def test_a_flush_saves_every_entry_now_and_what_did_not_change_not_again():
    shelf = Shelf()
    keeper = shelf.keeper()
    keeper.note("a", "1")
    keeper.note("b", "2")
    assert await keeper.flush()
    keeper.note("a", "1")
    assert await keeper.flush()
    assert shelf.kept == [("a", "1"), ("b", "2")]


async def test_a_save_that_fails_is_told_and_tried_again():
    shelf = Shelf()
    keeper = shelf.keeper()
    shelf.broken = True
    keeper.note("a", "1")
    assert not await keeper.flush()
    assert shelf.failures == ["The disk is full."]
    assert not keeper.is_clean
    shelf.broken = False
    assert await keeper.flush()
    assert shelf.kept == [("a", "1")]


async def test_a_draft_that_became_an_entry_is_removed():
    shelf = Shelf()
    keeper = shelf.keeper()
    keeper.note("a", "1")
    await keeper.flush()
    keeper.discard("a")
    await keeper.flush()
    assert shelf.kept[-1] == ("a", "")


async def test_a_closed_keeper_takes_nothing_and_remembers_nothing():
    shelf = Shelf()
    keeper = shelf.keeper()
    keeper.note("a", "1")
    keeper.close()
    keeper.note("b", "2")
    assert keeper.is_clean
    assert await keeper.flush()
    assert shelf.kept == []


@pytest.mark.parametrize("way", ["lock", "leave"])
async def test_locking_and_leaving_save_the_draft_first(way):
    door = FakeDoor()
    app = make_app(door)
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        app.drafts._delay = 3_600.0
        app.drafts.note("note-1", "half a sentence")
        if way == "lock":
            app.lock_now("asked")
            await app._vault_closing
        else:
            await pilot.press("ctrl+q")
    assert door.drafts == {"note-1": "half a sentence"}
    assert door.calls[-2:] == ["draft session of PB-0142", "lock"]
