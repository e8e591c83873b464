"""The whole app over a real vault: sign in, press keys, read the screen and the record."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from textual.pilot import Pilot

from enquiry_tui.desk import quicklog
from enquiry_tui.desk.desk import Desk
from enquiry_tui.tui.app import EnquiryApp
from enquiry_tui.tui.door import VaultDoor
from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.start import home
from enquiry_tui.tui.store_thread import Superseded
from tests.desk.offices import OFFICER, TestOffice, passphrase_of
from tests.tui.settling import settle

T = TypeVar("T")
HOSTILE = "[@click=app.bell]x[/] \x1b]52;c;eA==\x07 \u202egnp [/]=1+1"


class DeskApp:
    """The running app with its pilot; `presses` counts every key that was pressed."""

    def __init__(self, app: EnquiryApp, pilot: Pilot[Any], office: TestOffice) -> None:
        self.app = app
        self.pilot = pilot
        self.office = office
        self.presses = 0

    @property
    def screen(self) -> Any:
        return self.app.screen

    @property
    def name(self) -> str:
        return type(self.app.screen).__name__

    @property
    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line) for line in strips)

    @property
    def foot(self) -> str:
        return str(self.screen.query_one("#foot", NoMarkup).render())

    @property
    def desk(self) -> Desk:
        desk = self.app.session
        assert isinstance(desk, Desk)
        return desk

    async def ask(self, verb: Callable[..., T], *args: object) -> T:
        return await self.app.store.run(verb, self.app.session, *args)

    async def rows(self, sql: str, *args: str) -> list[dict[str, Any]]:
        def read(desk: Desk) -> list[dict[str, Any]]:
            found = desk.store.query(sql, tuple(args))
            return [{name: row[name] for name in row.keys()} for row in found]  # noqa: SIM118

        return await self.ask(read)

    async def settle(self) -> None:
        await settle(self.app, self.pilot)

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.presses += 1
            await self.pilot.press(key)
            await self.settle()

    async def type(self, words: str) -> None:
        """Put words where the cursor is, as a paste: what is typed is not counted."""
        focused: Any = self.app.focused
        assert focused is not None, "nothing has the cursor"
        if hasattr(focused, "take"):
            focused.take(words)
        else:
            focused.insert(words)
        await self.settle()
        await self.say_back()

    async def say_back(self) -> None:
        """Have the call line read what stands in it now, without waiting for its timers."""
        screen: Any = self.app.screen
        if hasattr(screen, "_say_back") and screen.in_line:
            await _undisturbed(screen, screen._say_back)
            if screen._understood is not None:
                await _undisturbed(screen, lambda: screen._suggest(screen._understood))
            await self.settle()


async def _undisturbed(screen: Any, read: Callable[[], Awaitable[None]]) -> None:
    """Read with the screen's own timers stopped; one that had fired may still take its place."""
    while True:
        for timer in (screen._echo_timer, screen._people_timer):
            if timer is not None:
                timer.stop()
        try:
            return await read()
        except Superseded:
            continue


@asynccontextmanager
async def desk_app(
    office: TestOffice,
    handle: str = OFFICER,
    size: tuple[int, int] = (80, 24),
    *,
    messages: bool = False,
) -> AsyncIterator[DeskApp]:
    office.sign_out()
    door = VaultDoor(office.folder, office.clock)
    app = EnquiryApp(door, home, clock=office.clock.now)
    async with app.run_test(size=size, notifications=messages) as pilot:
        running = DeskApp(app, pilot, office)
        await app.sign_in(handle, passphrase_of(handle))
        await running.settle()
        yield running
        await running.settle()
        await app.save_before_end()


def logged(office: TestOffice, *lines: str, handle: str = OFFICER) -> list[quicklog.Logged]:
    desk = office.sign_in(handle)
    done = [quicklog.log_line(desk, quicklog.LineRequest(line)) for line in lines]
    office.sign_out()
    return done
