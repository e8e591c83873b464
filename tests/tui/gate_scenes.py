from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from textual.app import ComposeResult

from enquiry_tui.desk import contacts, enquiries, people, quicklog
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.when import show_day
from enquiry_tui.tui.app import EnquiryApp
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.door import VaultDoor
from enquiry_tui.tui.screens.base import EnquiryScreen
from enquiry_tui.tui.safe import NoMarkup
from tests.desk.offices import OFFICER, TestOffice, passphrase_of

T = TypeVar("T")


@dataclass
class Scene:
    """A matter three weeks old with its enquirer, and the words that only they know."""

    office: TestOffice
    matter: str
    reference: str
    code_word: str
    person: str
    point: str

    @property
    def folder(self) -> Path:
        return self.office.folder


def set_scene(office: TestOffice, line: str = "Siân O'Brien 07700 900412 ~ parking") -> Scene:
    desk = office.sign_in(OFFICER)
    done = quicklog.log_line(desk, quicklog.LineRequest(line))
    row = desk.store.one("SELECT * FROM enquiry WHERE uid = ?", (done.enquiry_uid,))
    assert row is not None
    point = desk.store.one("SELECT uid FROM contact_point LIMIT 1")
    assert point is not None
    people.confirm_contact_point(desk, point["uid"], "letter of 5 Nov")
    due = desk.calendar.add_working_days(desk.today(), 5)
    enquiries.set_due(desk, done.enquiry_uid, due, f"20 working days, {show_day(due)}")
    office.clock.advance(seconds=86_400)
    scene = Scene(
        office, done.enquiry_uid, row["reference"], row["code_word"], done.person_uid, point["uid"]
    )
    office.sign_out()
    return scene


class Below(EnquiryScreen):
    """The screen under the gate's: it counts what is handed on to it."""

    PLACE = Place.ENQUIRY
    HEADING = "26-118"

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def body(self) -> ComposeResult:
        yield NoMarkup("below")

    def action_end_call(self) -> None:
        self.done.append("end")

    def action_say(self) -> None:
        self.done.append("say")

    def action_refer(self) -> None:
        self.done.append("refer")


def make_app(office: TestOffice) -> EnquiryApp:
    door = VaultDoor(office.folder, office.clock)
    return EnquiryApp(door, Below, clock=office.clock.now)


async def sign_in(app: EnquiryApp, pilot: Any, handle: str = OFFICER) -> None:
    await app.sign_in(handle, passphrase_of(handle))
    await pilot.pause()


async def on_store(app: EnquiryApp, verb: Callable[..., T], *args: Any, **named: Any) -> T:
    return await app.store.run(partial(verb, app.session, *args, **named))


async def begin(app: EnquiryApp, scene: Scene, **named: Any) -> str:
    named.setdefault("person_uid", scene.person)
    named.setdefault("enquiry_uid", scene.matter)
    view = await on_store(app, contacts.begin_contact, **named)
    return view.uid


def rows(desk: Desk, sql: str) -> list[Any]:
    return desk.store.query(sql)


async def settle(app: EnquiryApp, pilot: Any) -> None:
    await app.store.idle()
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
