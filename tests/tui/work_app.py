"""An app over a real vault, with a home below the screens of work that says what reached it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen

from enquiry_tui.tui.app import EnquiryApp
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.door import VaultDoor
from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.screens.base import EnquiryScreen
from tests.desk.matters import new_call, new_matter
from tests.desk.offices import OFFICER, TestOffice, passphrase_of
from tests.tui.settling import settle

HOSTILE = "[@click=app.bell]x[/] \x1b]52;c;eA==\x07 \u202egnp [/]=1+1"


class Home(EnquiryScreen):
    PLACE = Place.ENQUIRY
    HEADING = "26-1"

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.results: list[object] = []

    def body(self) -> ComposeResult:
        yield NoMarkup("home")

    def action_end_call(self) -> None:
        self.done.append("end")

    def action_who(self) -> None:
        self.done.append("who")

    def action_say(self) -> None:
        self.done.append("say")


class Work:
    """The running app with its pilot, for one test."""

    def __init__(self, app: EnquiryApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def home(self) -> Home:
        home = self.app.screen_stack[0]
        assert isinstance(home, Home)
        return home

    @property
    def screen(self) -> Any:
        return self.app.screen

    @property
    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line) for line in strips)

    async def open(self, screen: Screen[Any]) -> Any:
        await self.app.push_screen(screen, self.home.results.append)
        await self.settle()
        return screen

    async def settle(self) -> None:
        await settle(self.app, self.pilot)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    def field(self, field: str) -> Any:
        return self.app.screen.query_one(f"#{field}")

    def fill(self, field: str, words: str) -> None:
        widget = self.field(field)
        if hasattr(widget, "load_text"):
            widget.load_text(words)
        else:
            widget.value = words

    async def ask(self, verb: Any, *args: object, **options: object) -> Any:
        return await self.app.store.run(lambda: verb(self.app.session, *args, **options))


@asynccontextmanager
async def working(
    office: TestOffice, handle: str = OFFICER, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Work]:
    office.sign_out()
    app = EnquiryApp(VaultDoor(office.folder, office.clock), Home, clock=office.clock.now)
    async with app.run_test(size=size) as pilot:
        await app.sign_in(handle, passphrase_of(handle))
        await pilot.pause()
        yield Work(app, pilot)


def a_call(
    office: TestOffice, note: str = "Rude at the counter", phone: str = "07700 900111"
) -> tuple[str, str]:
    """A live call in a new matter: contact and matter."""
    desk = office.sign_in(OFFICER)
    matter = new_matter(desk, note)
    contact = new_call(desk, matter, phone=phone)
    from enquiry_tui.desk import contacts

    contacts.save_note(desk, contact, note)
    office.sign_out()
    return contact, matter
