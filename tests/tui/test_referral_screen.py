from __future__ import annotations

import json
from pathlib import Path

from enquiry_tui.desk import contacts, directory, drafts, referrals, telling
from enquiry_tui.domain.vocabulary import InfoClass, Kind
from enquiry_tui.tui.commands import registry
from enquiry_tui.tui.screens.directory import DirectoryScreen
from enquiry_tui.tui.screens.export import ExportScreen
from enquiry_tui.tui.screens.referral import ReferralScreen
from enquiry_tui.tui.screens.referral_form import ReferralFormScreen
from enquiry_tui.tui.screens.referral_preview import PreviewScreen
from tests.desk.offices import OFFICER, TestOffice, passphrase_of
from tests.tui.work_app import HOSTILE, a_call, working


async def test_typing_and_enter_gives_a_number_and_shares_nothing(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(ReferralScreen(contact, matter))
        work.fill("words", "victim")
        await work.press("enter")
        (made,) = await work.ask(referrals.referrals_of, matter)
        assert (made.kind, made.fields, made.account) == ("signpost", (), "")
        assert "NOT CONFIRMED. Do not read it out" in " ".join(work.text.split())
        assert "Nothing was shared" in work.text
        await work.ask(directory.confirm_entry, made.entry_key, "rung")
        work.fill("words", "victim")
        await work.press("enter")
        assert "READ OUT" in work.text and "Do not read it out" not in work.text
        await work.press("f12")
        assert work.home.done == ["end"]


async def test_enter_straight_after_typing_means_what_was_typed(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(ReferralScreen(contact, matter))
        for key in "samari":
            await work.pilot.press(key)
        await work.pilot.press("enter")
        await work.settle()
        (made,) = await work.ask(referrals.referrals_of, matter)
        assert "Samaritans" in made.entry_name


async def test_enter_with_nothing_typed_chooses_nobody(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(ReferralScreen(contact, matter))
        await work.press("enter")
        assert "Nobody is chosen yet" in work.text
        assert await work.ask(referrals.referrals_of, matter) == ()


async def test_space_ticks_several_in_the_list_and_enter_gives_them_all(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        screen = await work.open(ReferralScreen(contact, matter))
        work.fill("words", "victim")
        await work.settle()
        screen.query_one("#entries").focus()
        await work.press("space", "down", "space", "enter")
        assert len(await work.ask(referrals.referrals_of, matter)) == 2


async def confirmed(work, key: str = "psd") -> None:
    await work.ask(directory.confirm_entry, key, "rang the published switchboard")


def fill_form(work) -> None:
    work.fill("ask", "Please ring her about the counter.")
    work.fill("necessity", "Only they can look into it.")
    work.field("basis").value = work.field("basis").options[0][1]


async def test_identifiers_are_off_until_ticked_and_the_preview_is_what_leaves(
    office: TestOffice, tmp_path: Path
):
    contact, matter = a_call(office)
    async with working(office) as work:
        await confirmed(work)
        await work.open(ReferralScreen(contact, matter))
        work.fill("words", "professional standards")
        await work.press("f5")
        form = work.screen
        assert isinstance(form, ReferralFormScreen)
        assert not {"person.name", "contact_point.phone"} & set(work.field("fields").names)
        fill_form(work)
        await work.press("f5")
        assert isinstance(work.screen, PreviewScreen)
        shown = work.screen._words
        assert "Please ring her about the counter." in shown
        assert "07700" not in shown
        assert await work.ask(referrals.referrals_of, matter) == ()
        await work.press("enter")
        (made,) = await work.ask(referrals.referrals_of, matter)
        assert (made.kind, made.state) == ("onward", "sent")
        await work.press("f")
        assert isinstance(work.screen, ExportScreen)
        assert "LEAVES THIS MACHINE" in work.text
        target = tmp_path / "out.txt"
        work.field("format").value = "txt"
        await work.settle()
        work.fill("path", str(target))
        work.fill("passphrase", passphrase_of(OFFICER))
        work.field("passphrase").focus()
        await work.press("enter")
        assert "It has left this machine" in work.text
        leaves = [line for line in target.read_text().splitlines() if "counter" in line]
        assert leaves == [line for line in shown.splitlines() if "counter" in line]


async def test_typing_replaces_the_offered_file_and_a_wrong_folder_keeps_the_passphrase(
    office: TestOffice, tmp_path: Path
):
    _, matter = a_call(office)
    async with working(office) as work:
        await confirmed(work)
        made = await work.ask(
            referrals.refer,
            referrals.ReferralRequest(
                matter, "psd", request="Look", basis="Public task", necessity="theirs"
            ),
        )
        await work.open(ExportScreen(made))
        assert work.field("path").value.startswith("~")
        await work.press("slash", "n", "o", "slash", "x")
        assert work.field("path").value == "/no/x"
        work.fill("passphrase", passphrase_of(OFFICER))
        work.field("passphrase").focus()
        await work.press("enter")
        assert "There is no such folder: /no" in work.text
        assert work.field("passphrase").value == passphrase_of(OFFICER)
        work.fill("path", str(tmp_path / "out.pdf"))
        work.field("passphrase").focus()
        await work.press("enter")
        assert (tmp_path / "out.pdf").exists()


async def test_a_protected_file_shows_its_password_once(office: TestOffice, tmp_path: Path):
    _, matter = a_call(office)
    async with working(office) as work:
        await confirmed(work)
        made = await work.ask(
            referrals.refer,
            referrals.ReferralRequest(
                matter, "psd", request="Look", basis="Public task", necessity="theirs"
            ),
        )
        await work.open(ExportScreen(made))
        work.fill("path", str(tmp_path / "out.pdf"))
        work.fill("passphrase", "wrong passphrase entirely")
        work.field("passphrase").focus()
        await work.press("enter")
        assert not list(tmp_path.glob("*.pdf"))
        work.fill("passphrase", passphrase_of(OFFICER))
        await work.press("enter")
        assert "Shown this once" in work.text
        assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
        await work.press("escape")
        assert "Password" not in work.text


async def test_sending_to_an_unconfirmed_entry_asks_there_and_then_how_it_was_checked(
    office: TestOffice,
):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(ReferralFormScreen(contact, matter, "psd"))
        fill_form(work)
        await work.press("f5")
        assert "is not confirmed yet" in work.text
        await work.press("escape")
        assert "nothing was sent" in work.text
        assert work.field("ask").value == "Please ring her about the counter."
        await work.press("f5", *"rang them", "enter")
        assert isinstance(work.screen, PreviewScreen)
        assert (await work.ask(directory.entry, "psd")).confirmed_how == "rang them"
        assert "rang them" not in work.screen._words
        await work.press("enter")
        (made,) = await work.ask(referrals.referrals_of, matter)
        assert made.state == "sent"


async def test_escape_half_way_keeps_the_draft_and_f5_goes_on_with_it(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.open(ReferralScreen(contact, matter))
        work.fill("words", "professional standards")
        await work.press("f5")
        work.fill("ask", "half an ask")
        await work.settle()
        await work.press("escape")
        assert isinstance(work.screen, ReferralScreen)
        await work.app.drafts.flush()
        kept = await work.ask(drafts.draft, "referral", contact)
        assert json.loads(kept.body["text"])["ask"] == "half an ask"
        work.fill("words", "")
        await work.press("f5")
        assert work.field("ask").value == "half an ask"


async def test_what_became_of_a_referral_is_kept_step_by_step(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await confirmed(work)
        await work.ask(
            referrals.refer,
            referrals.ReferralRequest(
                matter, "psd", request="Look", basis="Public task", necessity="theirs"
            ),
        )
        screen = await work.open(ReferralScreen(contact, matter))
        screen.query_one("#so-far").focus()
        await work.press("a")
        work.fill("prompt-line", "Sgt Ames")
        await work.press("enter", "t")
        (item,) = await work.ask(referrals.referrals_of, matter)
        assert (item.state, item.answered_by) == ("told", "Sgt Ames")


async def test_hostile_words_in_every_field_are_only_words(office: TestOffice):
    contact, matter = a_call(office, note=HOSTILE)
    async with working(office) as work:
        await confirmed(work)
        await work.open(ReferralFormScreen(contact, matter, "psd"))
        fill_form(work)
        for field in ("ask", "account", "risk", "wants", "done", "left-out", "necessity", "tells"):
            work.fill(field, HOSTILE)
        await work.press("f5")
        assert isinstance(work.screen, PreviewScreen)
        assert "\x1b" not in work.text
        assert "\u202e" not in work.text


async def test_a_hundred_pasted_lines_all_arrive(office: TestOffice):
    contact, matter = a_call(office)
    lines = "\n".join(f"line {number}" for number in range(100))
    async with working(office) as work:
        from textual.events import Paste

        await work.open(ReferralFormScreen(contact, matter, "psd"))
        area = work.field("account")
        area.focus()
        area.load_text("")
        work.app.post_message(Paste(lines))
        await work.settle()
        assert area.text == lines
        field = work.field("ask")
        field.focus()
        work.app.post_message(Paste(lines))
        await work.settle()
        assert field.value.endswith("line 99")


async def test_the_cursor_goes_to_the_first_thing_that_is_missing(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await confirmed(work)
        await work.open(ReferralFormScreen(contact, matter, "psd"))
        work.fill("ask", "Look into it")
        await work.press("f5")
        assert "the lawful basis" in work.text
        assert work.app.focused is not None and work.app.focused.id == "basis"
        await work.press("1", "f5")
        now = work.app.focused
        assert now is not None
        assert now.id == "necessity"


async def test_the_doors_of_the_verdict_stand_first_until_something_is_typed(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        await work.ask(contacts.set_kind, contact, Kind.SOLICITOR)
        await work.ask(telling.ask, contact, InfoClass.SENSITIVE)
        await work.open(ReferralScreen(contact, matter))
        first = next(row for row in work.text.splitlines() if "service" in row.casefold())
        assert "Legal services" in first


async def test_the_directory_can_be_reached_from_the_form(office: TestOffice):
    contact, matter = a_call(office)
    async with working(office) as work:
        form = await work.open(ReferralFormScreen(contact, matter, "psd"))
        assert "directory" in {row.id for row in registry.available(work.app, form)}
        await work.app.run_action("directory", form)
        await work.settle()
        assert isinstance(work.screen, DirectoryScreen)
        await work.press("escape")
        assert work.screen is form
