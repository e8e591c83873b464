from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from textual.app import ComposeResult

from enquiry_tui.desk.recovery import Administrator, Found
from enquiry_tui.errors import EnquiryError, MustWait, VaultUnavailable
from enquiry_tui.tui.app import EnquiryApp
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.ports import NewKey, NewVault, Recovered, SignedIn
from enquiry_tui.tui.screens.base import EnquiryScreen
from enquiry_tui.tui.widgets.entry import LineInput
from enquiry_tui.tui.widgets.note_area import NoteArea

PASSPHRASE = "plain words for a test vault"
RECOVERY_KEY = "K7QD-9M2X-4T8W-1B6P-Z3HC-5RNV-8YJG-2F4A"
NOON = datetime(2026, 11, 24, 14, 5, tzinfo=UTC)


@dataclass
class FakeDoor:
    made: bool = True
    must_change: bool = False
    is_demo: bool = False
    wait: int = 0
    idle_minutes: tuple[int, int] = (5, 30)
    administrators: tuple[Administrator, ...] = (
        Administrator("PB-0107", "Jaya Patel", "✓ Fri 3 Dec 2027", expired=False),
        Administrator("PB-0300", "Nell Garrow", "✗ ENDED Tue 3 Nov 2026", expired=True),
    )
    refuses: EnquiryError | None = None
    recovered: list[Recovered] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    drafts: dict[str, str] = field(default_factory=dict)
    requests: list[NewVault] = field(default_factory=list)

    def exists(self) -> bool:
        return self.made

    def office_line(self) -> str:
        return "Office of the Chief Constable of Northmere" if self.made else ""

    def create(self, request: NewVault) -> NewKey:
        self.calls.append("create")
        self.requests.append(request)
        self.made = True
        return NewKey("K7QD-2MNP-9RST-VWXY-3ABC-4DEF-5GHJ-6KMN", "7QD9-2MX4-T8W1-5C3F")

    def sign_in(self, handle: str, passphrase: str) -> SignedIn:
        self.calls.append(f"sign-in {handle}")
        if self.wait:
            raise MustWait(self.wait)
        if passphrase != PASSPHRASE:
            raise VaultUnavailable("Handle and passphrase do not go together.", "Try again.")
        return SignedIn(
            handle=handle,
            name="Okafor",
            role="officer",
            office=self.office_line(),
            session=f"session of {handle}",
            must_change_passphrase=self.must_change,
            is_demo=self.is_demo,
            idle_minutes=self.idle_minutes,
        )

    def change_passphrase(self, session: object, old: str, new: str) -> None:  # noqa: ARG002
        self.calls.append(f"change {session}")
        if old != PASSPHRASE:
            raise VaultUnavailable("That is not the present passphrase.", "Try again.")

    def look_with_key(self, key: str, other: str) -> Found:
        self.calls.append(f"look {key} {other}".strip())
        if key != RECOVERY_KEY:
            raise VaultUnavailable("That is sheet A of two", "Type the other one too.")
        return Found("7QD9-2MX4-T8W1-5C3F", self.administrators)

    def recover(self, answers: Recovered) -> None:
        if self.refuses is not None:
            refusal, self.refuses = self.refuses, None
            raise refusal
        self.recovered.append(answers)

    def lock(self) -> None:
        self.calls.append("lock")

    def save_draft(self, session: object, key: str, body: str) -> None:
        self.calls.append(f"draft {session}")
        self.drafts[key] = body


class HomeScreen(EnquiryScreen):
    PLACE = Place.ENQUIRY
    HEADING = "26-118 OPEN · Parking at school gates"

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def body(self) -> ComposeResult:
        yield LineInput("CANARY line", id="line")
        yield NoteArea("CANARY note", id="note")

    def action_who(self) -> None:
        self.done.append("who")

    def action_refer(self) -> None:
        self.done.append("refer")

    def action_complaint(self) -> None:
        self.done.append("complaint")

    def action_promise(self) -> None:
        self.done.append("promise")

    def action_end_call(self) -> None:
        self.done.append("end")


def make_app(door: FakeDoor | None = None, **options: Any) -> Any:
    options.setdefault("clock", lambda: NOON)
    return EnquiryApp(door or FakeDoor(), HomeScreen, **options)


async def sign_in(app: EnquiryApp, pilot: Any, handle: str = "PB-0142") -> None:
    await app.sign_in(handle, PASSPHRASE)
    await pilot.pause()


def screen_text(app: EnquiryApp) -> str:
    return "\n".join(
        "".join(segment.text for segment in line) for line in app.screen._compositor.render_strips()
    )
