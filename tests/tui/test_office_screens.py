from __future__ import annotations

from datetime import date
from pathlib import Path

from enquiry_tui.desk import accounts
from enquiry_tui.tui.screens.accounts import AccountsScreen
from enquiry_tui.tui.screens.audit import AuditScreen
from enquiry_tui.tui.screens.machine import MachineScreen
from enquiry_tui.tui.screens.office import OfficeScreen
from tests.desk.matters import new_matter
from tests.desk.offices import DEPUTY, OFFICER, SECOND, SUPERVISOR, TestOffice, passphrase_of
from tests.tui.work_app import working


async def fill(work, **values: str) -> None:
    """Fill the fields of a form; Enter in the last one hands it in."""
    for name, words in values.items():
        work.fill(f"f-{name}", words)
    work.field(f"f-{list(values)[-1]}").focus()
    await work.press("enter")
    form = [worker for worker in work.app.workers if worker.group == "prompt"]
    if form:
        await work.app.workers.wait_for_complete(form)
    await work.settle()


async def choose(work, handle: str) -> None:
    """Put the cursor onto an account."""
    accounts_list = work.field("accounts")
    await work.press("home")
    for _ in range(12):
        if accounts_list.current is not None and handle in accounts_list.current.cells:
            return
        await work.press("down")
    raise AssertionError(handle)


async def test_the_office_is_a_menu_of_what_is_there(office: TestOffice):
    async with working(office, SUPERVISOR) as work:
        await work.open(OfficeScreen())
        assert "1  Accounts" in work.text
        assert "2  Backups" in work.text
        assert "No backup yet" in work.text
        await work.press("1")
        assert isinstance(work.screen, AccountsScreen)
        await work.press("escape")
        assert isinstance(work.screen, OfficeScreen)
        await work.press("escape")
        assert not isinstance(work.screen, OfficeScreen)


async def test_this_machine_is_looked_at_the_worst_first(office: TestOffice):
    async with working(office, OFFICER) as work:
        await work.open(OfficeScreen())
        await work.press("4")
        assert isinstance(work.screen, MachineScreen)
        while "looked at" not in work.text:  # its own thread tries Argon2 and the disk
            await work.settle()
        lines = work.text.splitlines()
        worst = next(line for line in lines if "backup: none yet" in line)
        assert "BAD" in worst
        assert lines.index(worst) < next(n for n, line in enumerate(lines) if "core dumps" in line)


async def test_a_new_officer_gets_a_passphrase_that_is_shown_once(office: TestOffice):
    async with working(office, SUPERVISOR) as work:
        await work.open(AccountsScreen())
        assert "PB-0142" in work.text
        await work.press("a")
        await fill(work, handle="PB-0777", name="Kit Nolan", passphrase="not the passphrase")
        assert "That is not your passphrase" in work.text
        office.clock.advance(seconds=60)
        await fill(work, day="4 dec 2027", passphrase=passphrase_of(SUPERVISOR))
        assert "shown this once" in work.text
        rows = {row.handle: row for row in await work.ask(accounts.account_rows)}
        assert rows["PB-0777"].vetting.expires == date(2027, 12, 4)
        assert "temporary" in work.text
        await work.press("escape")
        assert isinstance(work.screen, AccountsScreen)
        assert "shown this once" not in work.text
        await work.press("escape")
        assert not isinstance(work.screen, AccountsScreen)
        await work.open(AccountsScreen())
        assert "shown this once" not in work.text


async def test_an_officer_sees_the_accounts_and_changes_none(office: TestOffice):
    async with working(office, OFFICER) as work:
        await work.open(AccountsScreen())
        assert "PB-0001" in work.text
        assert "remove" not in work.text
        await work.press("a", "d")
        assert isinstance(work.screen, AccountsScreen)


async def test_an_account_is_renewed_changed_reset_and_removed(office: TestOffice):
    new_matter(office.sign_in(SECOND), "Noise at night")
    own = passphrase_of(SUPERVISOR)
    async with working(office, SUPERVISOR) as work:
        await work.open(AccountsScreen())
        await choose(work, SECOND)
        await work.press("v")
        await fill(work, day="30 nov 2026", passphrase=own)
        assert "! ends in 6 days" in work.text
        await work.press("e")
        await fill(work, role="2", right="y", passphrase=own)
        assert "supervisor · admin" in work.text
        await work.press("t")
        await fill(work, passphrase=own)
        assert "shown this once" in work.text
        await work.press("d")
        assert "no sign-in any more" in work.text
        assert "Copies of the folder and backups made before" in " ".join(work.text.split())
        await fill(work, passphrase="not the passphrase at all")
        assert work.field("f-passphrase").value == ""
        office.clock.advance(seconds=60)
        await fill(work, heir="PB-0002", passphrase=own)
        assert "is removed; the vault has new keys" in work.text
        assert (await work.ask(accounts.open_work, office.uids[DEPUTY])).enquiries == 1
        assert SECOND not in {row.handle for row in await work.ask(accounts.account_rows)}
        await choose(work, SUPERVISOR)
        await work.press("d")
        assert "cannot remove your own account" in work.text
        assert "last sign-in" in work.text
        await work.press("k")
        await fill(work, passphrase=own)
        assert "The vault has new keys." in work.text
        assert (await work.ask(lambda desk: desk.unlocked.ring.header.epoch)) == 3


async def test_own_events_are_read_and_the_record_is_verified(office: TestOffice):
    async with working(office) as work:
        await work.open(AuditScreen())
        assert "your own acts" in work.text
        assert "session.sign-in" in work.text
        await work.press("v")
        assert "VERIFIED" in work.text


async def test_the_recovery_sheet_says_whether_it_is_one_or_two(office: TestOffice, tmp_path: Path):
    own = passphrase_of(SUPERVISOR)
    async with working(office, SUPERVISOR) as work:
        await work.open(AccountsScreen())
        await work.press("s", *"x", "enter", "2", "enter")
        assert work.field("f-two").value == "two, both needed"
        await fill(work, file=str(tmp_path / "sheet.txt"), passphrase=own)
        said = " ".join(work.text.split())
        assert "Written, two sheets, both needed: sheet-A.txt and sheet-B.txt." in said
        await work.press("s")
        await fill(work, file=str(tmp_path / "one.txt"), passphrase=own)
        assert "Written, one sheet: one.txt." in work.text
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".txt") == [
        "one.txt",
        "sheet-A.txt",
        "sheet-B.txt",
    ]
