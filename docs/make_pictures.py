"""Make the pictures of the README: the demonstration at a fixed hour, keys pressed, SVG written.

    python docs/make_pictures.py

It stands beside the pictures because nothing else uses it. The program itself never writes a
screen to a file; here textual is asked for it from outside, over fictional people only.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from enquiry_tui.demo.build import build_demo
from enquiry_tui.demo.stage import OFFICER
from enquiry_tui.machine.clock import FixedClock
from enquiry_tui.machine.temporary import passing_folder
from enquiry_tui.tui.app import EnquiryApp
from enquiry_tui.tui.door import VaultDoor
from enquiry_tui.tui.start import home, urgent

NOW = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
SIZE = (100, 30)
FOLDER = Path(__file__).parent / "pictures"
# A list presses keys, a text is typed, a number lets seconds pass, a Path takes the picture.
Move = Sequence[str] | str | int | Path
CALL = "Siân O'Brien 01632 960491 ~ no reply yet, van again Thursday"
STORY: tuple[Move, ...] = (
    Path("desk.svg"),
    ["n"],
    CALL,
    ["down", "enter"],
    33,
    ["f3"],
    "30 october",
    ["enter"],
    "EX4 1PQ",
    ["enter"],
    Path("identity.svg"),
    15,
    "NM1 9AA",
    ["enter"],
    Path("disclosure.svg"),
    ["enter"],
    20,
    ["f4", "5"],
    Path("refusal.svg"),
    ["enter", "escape", "f12"],
    240,
    ["f9"],
    "footbridge by the station",
    ["enter"],
    13,
    "says on the bridge, rings from 07700 900318",
    ["enter"],
    18,
    ["f5", "f3"],
    Path("urgent.svg"),
)
# The drawing asks for its font over the network; a picture in a repository must not.
_REMOTE_FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_REST = 0.6  # seconds until what is typed has been read and suggestions are there


async def make() -> None:
    """Build the office, sign in, and play the story."""
    clock = FixedClock(NOW)
    FOLDER.mkdir(exist_ok=True)
    with passing_folder("pictures") as folder:
        office = build_demo(folder / "vault", clock)
        app = EnquiryApp(
            VaultDoor(office.folder, clock), home, urgent=urgent(), clock=clock.now, demo=True
        )
        async with app.run_test(size=SIZE) as pilot:
            await settle(app, pilot)
            await app.sign_in(OFFICER.handle, OFFICER.passphrase)
            await settle(app, pilot)
            for move in STORY:
                await play(app, pilot, clock, move)
            await app.save_before_end()


async def play(app: EnquiryApp, pilot: Pilot[None], clock: FixedClock, move: Move) -> None:
    """Make one move, and wait until the screen shows it."""
    match move:
        case int():
            clock.advance(seconds=move)
        case Path():
            app.screen.refresh()
            await settle(app, pilot)
            drawing = _REMOTE_FONT.sub("", app.export_screenshot(title="enquiry-tui demo"))
            (FOLDER / move).write_text(drawing, "utf-8")
        case str():
            await pilot.press(*move)
            await settle(app, pilot)
        case _:
            for key in move:
                await pilot.press(key)
                await settle(app, pilot)


async def settle(app: EnquiryApp, pilot: Pilot[None]) -> None:
    """Wait until nothing is left to be done."""
    for _ in range(3):
        await pilot.pause()
        if not app.store.is_locked:
            await app.store.idle()
    await pilot.pause(_REST)


if __name__ == "__main__":
    asyncio.run(make())
