from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from enquiry_tui.desk import session
from enquiry_tui.desk.audit import EventView
from enquiry_tui.tui.app import EnquiryApp
from enquiry_tui.tui.door import VaultDoor
from enquiry_tui.tui.screens.audit import AuditScreen, _at
from enquiry_tui.tui.screens.desk import DeskScreen
from tests.desk.matters import new_matter
from tests.desk.offices import SUPERVISOR, TestOffice, passphrase_of
from tests.tui.work_app import Home, Work


def put_back(office: TestOffice, anchors: Path) -> None:
    """Work once more, with anchors, and put the vault back to before."""
    older = shutil.copytree(office.folder, office.folder.with_name("older"))
    words = passphrase_of(SUPERVISOR)
    desk = session.sign_in(office.folder, SUPERVISOR, words, office.clock, anchors=anchors)
    new_matter(desk, "Not in the older copy")
    session.sign_out(desk)
    shutil.rmtree(office.folder)
    older.rename(office.folder)


def test_an_event_of_another_year_shows_the_year_and_an_altered_time_says_so() -> None:
    event = EventView(1, datetime(2037, 11, 4, 9, 0, tzinfo=UTC), *("x",) * 10)
    assert _at(event, 2037) == "4 Nov 09:00"
    assert _at(event, 2026) == "4 Nov 2037"
    assert _at(replace(event, at=None), 2026) == "cannot read"


async def test_a_vault_put_back_says_so_on_every_screen_until_it_is_accepted(
    office: TestOffice, tmp_path: Path
) -> None:
    anchors = tmp_path / "anchors"
    put_back(office, anchors)
    door = VaultDoor(office.folder, office.clock, anchors=lambda: anchors)
    app = EnquiryApp(door, Home, clock=office.clock.now)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.sign_in(SUPERVISOR, passphrase_of(SUPERVISOR))
        app.clear_notifications()
        await pilot.pause()
        work = Work(app, pilot)
        await work.open(DeskScreen())
        work.screen.note_request()
        await work.settle()
        # The list says nothing of the event that it could not leave.
        assert not [
            item for item in app._notifications if "is read only" in f"{item.title} {item.message}"
        ]
        await work.open(AuditScreen())
        assert "READ ONLY: the record contradicts what was seen of it" in work.text
        assert "ROLLED-BACK: This machine saw the record at event" in work.text
        await work.press("v")
        assert "NOT VERIFIED: rolled-back" in work.text
        await work.press("a")
        assert "cannot be known here: a newer backup tells" in " ".join(work.text.split())
        app.focused.value = "Put back after a fault"  # type: ignore[union-attr]
        await work.press("enter")
        app.focused.value = passphrase_of(SUPERVISOR)  # type: ignore[union-attr]
        await work.press("enter")
        assert "Accepted, and on the record" in work.text
        assert "record.accepted" in work.text
        words = " ".join(work.text.split())
        assert "recovery sheets are again as they were on Tue 24 Nov 2026" in words
        assert "then k new keys and s a new recovery sheet." in words
        await work.press("v")
        assert "VERIFIED:" in work.text
        assert "NOT VERIFIED" not in work.text
        await app.save_before_end()
