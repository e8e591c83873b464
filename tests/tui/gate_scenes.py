"""A founded office with one matter, and the gate's screens over a stand-in for the desk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input, TextArea

from enquiry_tui.desk import contacts, enquiries, quicklog
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.vocabulary import Kind
from enquiry_tui.tui.app import EnquiryApp
from enquiry_tui.tui.calls import live_contact
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.door import VaultDoor
from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.screens.base import EnquiryScreen
from tests.desk.calls import confirmed
from tests.desk.offices import OFFICER, TestOffice, passphrase_of
from tests.tui.settling import settle

T = TypeVar("T")
HOSTILE = "[@click=app.bell]CANARY7741[/] \x1b]52;c;eA==\x07 \u202egnp [/foo]=1+1"


@dataclass
class Scene:
    """A matter three weeks old, its enquirer, and the words that only they know."""

    office: TestOffice
    matter: str
    reference: str
    code_word: str
    person: str
    point: str


def set_scene(
    office: TestOffice, line: str = "Siân O'Brien 07700 900412 ~ parking", *, confirm: bool = True
) -> Scene:
    desk = office.sign_in(OFFICER)
    done = quicklog.log_line(desk, quicklog.LineRequest(line))
    row = desk.store.one("SELECT * FROM enquiry WHERE uid = ?", (done.enquiry_uid,))
    point = desk.store.one("SELECT uid FROM contact_point LIMIT 1")
    assert row is not None and point is not None
    if confirm:
        confirmed(desk, point["uid"])
    due = desk.calendar.add_working_days(desk.today(), 20)
    enquiries.set_with(desk, done.enquiry_uid, "Estates")
    enquiries.set_due(desk, done.enquiry_uid, due, "20 working days")
    office.clock.advance(seconds=86_400)
    office.sign_out()
    return Scene(
        office, done.enquiry_uid, row["reference"], row["code_word"], done.person_uid, point["uid"]
    )


@pytest.fixture(scope="session")
def staged(founded: TestOffice, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return set_scene(founded.copy(tmp_path_factory.mktemp("staged") / "vault"))


@pytest.fixture
def scene(staged: Scene, tmp_path: Path) -> Iterator[Scene]:
    office = staged.office.copy(tmp_path / "vault")
    office.clock.advance(seconds=86_400)
    yield replace(staged, office=office)
    office.sign_out()


class Below(EnquiryScreen):
    """The screen under the gate's: it remembers what is handed on to it."""

    PLACE = Place.ENQUIRY
    HEADING = "26-118"

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def body(self) -> ComposeResult:
        yield NoMarkup("below")

    def action_end_call(self) -> None:
        self.done.append("end")

    def action_other_call(self) -> None:
        self.done.append("other")

    def action_say(self) -> None:
        self.done.append("say")

    def action_refer(self) -> None:
        self.done.append("refer")


class AtGate:
    """The running app with a live contact; `results` are what the screens left with."""

    def __init__(self, app: EnquiryApp, pilot: Any, scene: Scene) -> None:
        self.app = app
        self.pilot = pilot
        self.scene = scene
        self.results: list[object] = []
        self.contact = ""

    @property
    def screen(self) -> Any:
        return self.app.screen

    @property
    def name(self) -> str:
        return type(self.app.screen).__name__

    @property
    def below(self) -> Below:
        return next(item for item in self.app.screen_stack if isinstance(item, Below))

    @property
    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line) for line in strips)

    @property
    def words(self) -> str:
        """What every block of text on the screen says, however it was wrapped."""
        shown = [
            str(item.render())
            for item in self.app.screen.query(NoMarkup)
            if all(getattr(holder, "display", True) for holder in item.ancestors_with_self)
        ]
        return " ".join(" ".join(shown).split())

    async def settle(self) -> None:
        await settle(self.app, self.pilot)

    async def do(self, verb: Callable[..., T], *args: Any, **named: Any) -> T:
        return await self.app.store.run(partial(verb, self.app.session, *args, **named))

    async def rows(self, sql: str, *args: str) -> list[dict[str, Any]]:
        def read(desk: Desk) -> list[dict[str, Any]]:
            found = desk.store.query(sql, tuple(args))
            return [{name: row[name] for name in row.keys()} for row in found]  # noqa: SIM118

        return await self.do(read)

    async def ring(self, kind: Kind = Kind.MEMBER_OF_PUBLIC, **named: Any) -> str:
        """Begin a contact with the scene's person on the scene's matter."""
        named.setdefault("person_uid", self.scene.person)
        named.setdefault("enquiry_uid", self.scene.matter)
        view = await self.do(contacts.begin_contact, **named)
        if kind is not Kind.MEMBER_OF_PUBLIC:
            view = await self.do(contacts.set_kind, view.uid, kind)
        self.app.live.begin(live_contact(view), self.app.now())
        self.contact = view.uid
        return view.uid

    async def show(self, screen: Screen[Any]) -> None:
        self.app.push_screen(screen, self.results.append)
        await self.settle()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, words: str) -> None:
        focused = self.app.focused
        assert isinstance(focused, Input | TextArea), "nothing has the cursor"
        put: Any = getattr(focused, "take", focused.insert)
        put(words)
        await self.settle()

    async def fill(self, words: str) -> None:
        """Type a line and press Enter."""
        await self.type(words)
        await self.press("enter")

    async def everything_kept(self) -> str:
        """Every value of every table, to look for what should not be there."""

        def read(desk: Desk) -> str:
            names = [
                row["name"]
                for row in desk.store.query("SELECT name FROM sqlite_master WHERE type = 'table'")
                if not str(row["name"]).startswith("sqlite_")
            ]
            values: list[str] = []
            for name in names:
                for row in desk.store.query(f'SELECT * FROM "{name}"'):
                    values.extend(str(row[key]) for key in row.keys())  # noqa: SIM118
            return "\n".join(values)

        return await self.do(read)


@asynccontextmanager
async def at_gate(
    scene: Scene, handle: str = OFFICER, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[AtGate]:
    office = scene.office
    office.sign_out()
    app = EnquiryApp(VaultDoor(office.folder, office.clock), Below, clock=office.clock.now)
    async with app.run_test(size=size) as pilot:
        running = AtGate(app, pilot, scene)
        await app.sign_in(handle, passphrase_of(handle))
        await running.settle()
        yield running
        await running.settle()
        await app.save_before_end()
