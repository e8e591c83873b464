from __future__ import annotations

from pathlib import Path

from enquiry_tui.desk import accounts, backups
from enquiry_tui.tui.screens.backups import BackupsScreen
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice, last_event, passphrase_of
from tests.tui.work_app import working


async def finished(work) -> None:
    for _ in range(400):
        await work.settle()
        if not work.screen._busy:
            return
        await work.pilot.pause(0.01)
    raise AssertionError("it runs on")


async def test_a_backup_is_made_listed_and_tried_out_on_screen(office: TestOffice, tmp_path: Path):
    place = tmp_path / "backups"
    place.mkdir(mode=0o700)
    async with working(office, SUPERVISOR) as work:
        screen = await work.open(BackupsScreen())
        assert "none yet" in work.text
        await work.press("m")
        work.fill("prompt-line", str(place))
        await work.press("enter")
        await finished(work)
        assert "whole, signed" in work.text
        assert "same device" in work.text
        row = await work.ask(accounts.account_of, OFFICER)
        await work.ask(accounts.reset_officer, row.uid, passphrase_of(SUPERVISOR))
        await work.press("d", "p")
        work.fill("prompt-secret", passphrase_of(SUPERVISOR))
        await work.press("enter")
        await finished(work)
        assert "would restore 0 contacts up to Tue 24 Nov 2026 14:00, record verified" in work.text
        assert "The drill is done" in work.text
        words = " ".join(work.text.split())
        assert f"as they were on Tue 24 Nov 2026. {OFFICER} has other keys there" in words
        assert "then `vault rotate` and print a new recovery sheet." in words
        found = await work.ask(backups.standing)
        assert found.words == ()
        assert found.last_drill is not None
        assert len(screen._shelf) == 1


async def test_escape_gives_a_backup_up_and_nothing_stays(
    office: TestOffice, tmp_path: Path, monkeypatch
):
    monkeypatch.setattr("enquiry_tui.vault.copying._SLICE", 1)
    place = tmp_path / "backups"
    place.mkdir(mode=0o700)
    async with working(office, SUPERVISOR) as work:
        screen = await work.open(BackupsScreen())
        tell = screen._tell

        def stop(step) -> None:
            tell(step)
            screen.step_back()

        screen._tell = stop
        await work.press("m")
        work.fill("prompt-line", str(place))
        await work.press("enter")
        await finished(work)
        assert "given up" in work.text
        assert list(place.iterdir()) == []
        assert (await work.ask(last_event))["action"] == "session.sign-in"


async def test_an_officer_sees_what_is_due_and_is_offered_no_making(office: TestOffice):
    async with working(office, OFFICER) as work:
        await work.open(BackupsScreen())
        assert "none yet" in work.text
        assert "an administrator's to make" in work.text
        assert "d try out" not in work.text
        await work.press("m")
        assert "Back up into" not in work.text
