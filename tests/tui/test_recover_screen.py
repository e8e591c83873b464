from __future__ import annotations

from contextlib import closing
from functools import partial

from enquiry_tui.desk import recovery
from enquiry_tui.desk.recovery import Administrator, Found
from enquiry_tui.errors import UsageError
from enquiry_tui.tui.screens.accounts import AccountsScreen
from enquiry_tui.tui.screens.first_run import RecoveryScreen
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.screens.recover import RecoverScreen, RenewScreen
from enquiry_tui.tui.screens.sign_in import SignInScreen
from enquiry_tui.vault.errors import PassphraseRefused
from tests.desk.offices import SUPERVISOR, TestOffice, passphrase_of
from tests.tui.fakes import RECOVERY_KEY, FakeDoor, make_app, screen_text
from tests.tui.test_door_screens import NEW, fill, settled
from tests.tui.test_office_screens import fill as fill_form
from tests.tui.work_app import working


async def test_an_administrator_is_let_in_again_with_the_key_from_the_sign_in():
    door = FakeDoor()
    app = make_app(door, officer="PB-0142")
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Esc, then r: the recovery key" in screen_text(app)
        await pilot.press("escape", "r")
        await pilot.pause()
        assert isinstance(app.screen, RecoverScreen)
        fill(app, key="sheet a")
        await pilot.press("enter")
        await settled(app, pilot)
        assert "That is sheet A of two" in screen_text(app)
        assert app.focused.id == "other"
        fill(app, key=RECOVERY_KEY)
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, RenewScreen)
        shown = screen_text(app)
        assert "lock" not in door.calls
        for words in ("7QD9-2MX4-T8W1-5C3F", "PB-0107", "Nell Garrow", "ENDED Tue 3 Nov 2026"):
            assert words in shown
        await pilot.press("2", "enter")
        fill(app, until="3 dec 2027", new=NEW, again="something else altogether")
        app.screen.query_one("#again").focus()
        await pilot.press("enter")
        assert "differ" in screen_text(app)
        fill(app, again=NEW)
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, SignInScreen)
        assert app.screen.query_one("#handle").value == "PB-0300"
        answers = door.recovered[0]
        assert (answers.handle, answers.passphrase) == ("PB-0300", NEW)
        assert answers.vetted_until == "3 dec 2027"
        assert NEW not in repr(answers)
        assert [call for call in door.calls if call != "look sheet a"] == [
            f"look {RECOVERY_KEY}",
            "lock",
        ]
        assert app.locked


async def test_a_long_notice_is_shown_whole_with_every_field_in_sight():
    words = " ".join(f"word{at:02}" for at in range(1, 46)) + " the-last-word."
    held = "The record contradicts what was seen of it. " * 3
    administrators = tuple(
        Administrator(f"PB-01{at:02}", f"Ann Number{at}", "in force", expired=False)
        for at in range(4)
    )
    found = Found("7QD9-2MX4", administrators, held=held)
    for make, field in ((RecoverScreen, "key"), (partial(RenewScreen, found), "new")):
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            app.show_only(make)
            await pilot.pause()
            app.screen.failed(UsageError("Not taken.", words), field)
            await pilot.pause()
            shown = screen_text(app)
            assert "Not taken." in shown and "the-last-word." in shown
            for row in app.screen.query(FormRow):
                assert row._label in shown


async def test_a_key_left_on_the_screen_goes_when_nobody_is_there():
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("escape", "r")
        await pilot.pause()
        fill(app, key=RECOVERY_KEY)
        app.forget_typed()
        await pilot.pause()
        assert isinstance(app.screen, SignInScreen)
        assert RECOVERY_KEY not in screen_text(app)


async def test_where_no_administrator_is_left_one_is_made():
    door = FakeDoor(administrators=())
    app = make_app(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape", "r")
        await pilot.pause()
        fill(app, key=RECOVERY_KEY)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "No administrator is left" in screen_text(app)
        fill(app, who="PB 0400", name="Ed Fox", new=NEW, again=NEW)
        app.screen.query_one("#again").focus()
        door.refuses = UsageError("That is not a handle")
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.focused.id == "who"
        fill(app, who="PB-0400")
        door.refuses = PassphraseRefused("The passphrase is too short")
        await pilot.press("enter", "enter", "down", "up", "enter", "enter", "enter")
        await settled(app, pilot)
        assert app.focused.id == "new"
        assert app.screen.query_one("#again").value == ""
        fill(app, new=NEW, again=NEW)
        await pilot.press("enter", "enter")
        await settled(app, pilot)
        assert (door.recovered[0].handle, door.recovered[0].name) == ("PB-0400", "Ed Fox")


async def test_a_new_key_is_shown_once_or_written_to_a_file(office: TestOffice, tmp_path):
    own = passphrase_of(SUPERVISOR)
    async with working(office, SUPERVISOR) as work:
        await work.open(AccountsScreen())
        await work.press("s")
        await fill_form(work, file="", passphrase=own)
        assert isinstance(work.screen, RecoveryScreen)
        await work.press("escape")
        assert isinstance(work.screen, RecoveryScreen)
        work.fill("groups", work.screen._key[-9:].lower().replace("-", " "))
        await work.press("enter")
        await work.settle()
        assert isinstance(work.screen, AccountsScreen)
        await work.press("s")
        await fill_form(work, file=str(tmp_path / "sheet.txt"), two="2", passphrase=own)
        assert "recovery-check, lock away, delete" in work.text
        await work.app.save_before_end()
    keys = [(tmp_path / f"sheet-{part}.txt").read_text().splitlines()[0] for part in "AB"]
    opened = recovery.open_with_key(office.folder, recovery.Paper(*keys), office.clock)
    with closing(opened) as key:
        assert SUPERVISOR in [one.handle for one in key.found().administrators]
