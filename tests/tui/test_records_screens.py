from __future__ import annotations

from pathlib import Path

from enquiry_tui.desk import policy
from enquiry_tui.policy.packs import load_shipped, shipped_bytes
from enquiry_tui.tui.screens.clocks import ClocksScreen
from enquiry_tui.tui.screens.enquiry import MatterScreen
from enquiry_tui.tui.screens.policy import PolicyScreen
from tests.desk.matters import new_matter
from tests.desk.offices import MONITOR, OFFICER, SUPERVISOR, TestOffice, passphrase_of
from tests.tui.work_app import HOSTILE, Work, working

BANNER = "STOP (monitoring officer) since 24 Nov: no outcome, export, closing, disposal"


async def filled(work: Work, **values: str) -> None:
    for name, words in values.items():
        work.fill(f"f-{name}", words)
    last = work.screen._fields[-1].id
    work.field(f"f-{last}").focus()
    await work.press("enter")


async def test_the_stop_stands_on_every_screen_of_its_matter_until_it_was_considered(
    office: TestOffice,
):
    desk = office.sign_in(OFFICER)
    matter, other = new_matter(desk), new_matter(desk, "Lost property")
    async with working(office, MONITOR) as work:
        await work.open(MatterScreen(matter))
        assert "RETAIN 2y corresp" in work.text
        await work.press("a", "y", "e")
        await filled(work, why=HOSTILE)
        assert BANNER in work.text
        assert "STOP, monitoring officer" in work.text
        for key in ("k", "l", "C", "f5", "f6", "f7"):
            await work.press(key)
            assert not isinstance(work.screen, MatterScreen)
            assert BANNER in work.text, key
            await work.press("escape")
            if not isinstance(work.screen, MatterScreen):
                await work.press("escape")
        await work.press("a", "y", "l")
        await filled(work, on="25 nov 2026", why="considered")
        assert "still to come" in work.text
        await filled(work, on="today", why="considered")
        assert "STOP stands to the end of 25 Nov" in work.text
        await work.press("escape")
        await work.open(ClocksScreen("", other))
        assert "STOP" not in work.text


async def test_a_pack_is_checked_previewed_and_installed_on_its_screen(
    office: TestOffice, tmp_path: Path
):
    file = tmp_path / "clocks.toml"
    file.write_bytes(shipped_bytes("clocks").replace(b"length = 20", b"lenght = 20", 1))
    async with working(office, SUPERVISOR) as work:
        await work.open(PolicyScreen())
        shipped = load_shipped()
        for pack in shipped.all():
            assert f"{pack.name:<11} {pack.version}" in work.text
        await work.press("i")
        work.fill("prompt-line", str(file))
        await work.press("enter")
        assert "rules.foi.lenght: unknown key" in work.text
        assert "Did you mean length?" in work.text
        file.write_bytes(shipped_bytes("clocks").replace(b"length = 20", b"length = 25", 1))
        await work.press("i")
        await work.press("enter")
        assert "rules.foi.length: 20 → 25" in work.text
        assert "No open matter is touched." in work.text
        work.fill("prompt-line", "the board decided it")
        await work.press("enter")
        work.fill("prompt-secret", passphrase_of(SUPERVISOR))
        await work.press("enter")
        assert "is in force." in work.text
        (now, before) = await work.ask(policy.pack_history, "clocks")
        assert (now.source, before.hash) == ("office", shipped.clocks.hash)
