from __future__ import annotations

from datetime import date
from pathlib import Path

from textual.events import Paste

from enquiry_tui.desk import drafts, enquiries, letters, opening
from enquiry_tui.tui.screens.complaint import ComplaintScreen
from enquiry_tui.tui.screens.enquiry import MatterScreen
from enquiry_tui.tui.screens.letter import LetterScreen
from enquiry_tui.tui.screens.post import PostScreen
from enquiry_tui.tui.widgets.path_input import PathSuggester
from tests.desk.matters import new_matter
from tests.desk.offices import OFFICER, TestOffice
from tests.tui.work_app import HOSTILE, working

MAIL = (
    b"From: Ann Mercer <ann@example.org>\r\nSubject: The f\xc3\xaate\r\n"
    b"Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n\r\nA FOI\xe2\x80\xae request.\r\n"
)


def written(office: TestOffice, words: str = "Dear Chief,\nthe vans.") -> str:
    desk = office.sign_in(OFFICER)
    typed = letters.TypedLetter(sender="Ann Mercer", subject="Vans", words=words, place="tray 2")
    kept = letters.type_letter(desk, typed)
    assert isinstance(kept, letters.Imported)
    office.sign_out()
    return kept.enquiry_uid


async def test_an_item_takes_four_keys_and_what_sticks_stays(office: TestOffice):
    async with working(office) as work:
        await work.open(PostScreen())
        work.fill("place", "tray 3")
        for sender, about, whom, kind in (
            ("Ann Mercer", "Thank-you", "chief", ""),
            ("Lane MP", "Speeding", '"', "e *4"),
        ):
            work.fill("from", sender)
            await work.press("tab")
            work.fill("about", about)
            await work.press("tab")
            work.fill("for", whom)
            await work.press("tab")
            work.fill("kind", kind)
            await work.press("enter")
            assert work.screen.focused.id == "from"
        assert "26-1" in work.text
        assert "26-2" in work.text
        assert work.field("place").value == "tray 3"
        uid = await work.ask(enquiries.find_reference, "26-2")
        (letter,) = await work.ask(letters.letters_of, uid)
        assert letter.place == "tray 3"
        shown = await work.ask(opening.refresh, uid)
        assert "10 working days" in shown.due_why


async def test_enter_goes_on_and_what_is_kept_says_what_its_words_suggest(office: TestOffice):
    about = "wants stop and search figures under FOI and complains PC Dunn swore at her"
    async with working(office) as work:
        await work.open(PostScreen())
        work.fill("from", "Rita Moss")
        await work.press("enter")
        assert work.screen.focused.id == "about"
        work.fill("about", about)
        await work.press("enter", "enter")
        assert work.screen.focused.id == "kind"
        await work.press("enter")
        assert "26-1 kept. Next." in work.text
        assert "suggest freedom of information (k, s), a complaint (F6): open it" in work.text
        await work.press("A")
        assert "kept. Next." not in work.text
        uid = await work.ask(enquiries.find_reference, "26-1")
        await work.open(MatterScreen(uid))
        assert "FOI  k clocks" in work.text and "a complaint?  F6" in work.text
        await work.open(ComplaintScreen("", uid))
        assert work.screen.value("happened").startswith("wants stop and search")


async def test_a_letter_with_nothing_but_a_sender_is_not_kept_without_a_question(
    office: TestOffice,
):
    async with working(office) as work:
        await work.open(PostScreen())
        work.fill("from", "Rita Moss")
        await work.press("f12", "n")
        assert work.screen.focused.id == "about"
        assert work.screen.query_one("#kept").total == 0
        await work.press("f12", "y")
        assert work.screen.query_one("#kept").total == 1


async def test_a_file_is_brought_in_and_what_was_taken_out_of_it_is_said(
    office: TestOffice, tmp_path: Path
):
    mail = tmp_path / "post.eml"
    mail.write_bytes(MAIL)
    async with working(office) as work:
        screen = await work.open(PostScreen())
        work.fill("file", str(mail))
        screen.query_one("#file").focus()
        await work.press("enter")
        assert "It came Mon 23 Nov 2026 (its Date line)" in work.text
        await work.press("n")
        assert "Not kept yet" in work.text
        assert work.screen.focused.id == "received"
        screen.query_one("#file").focus()
        await work.press("enter", "y")
        assert "Ann Mercer" in work.text
        assert "Its words suggest freedom of information (k, s): open it below." in work.text
        uid = await work.ask(enquiries.find_reference, "26-1")
        (letter,) = await work.ask(letters.letters_of, uid)
        assert letter.received_on == date(2026, 11, 23)
        assert "1 hidden character removed" in work.text
        work.fill("file", str(mail))
        await work.press("enter", "y")
        assert "held already, in 26-1" in work.text
        await work.press("n")
        assert "Not kept again" in work.text
        work.fill("file", str(tmp_path / "nothing.eml"))
        await work.press("enter")
        assert "cannot be read" in work.text


async def test_the_folder_is_offered_while_a_path_is_typed(tmp_path: Path):
    (tmp_path / "letter one.eml").write_bytes(b"")
    (tmp_path / ".hidden").write_bytes(b"")
    offered = await PathSuggester().get_suggestion(f"{tmp_path}/le")
    assert offered == f"{tmp_path}/letter one.eml"
    assert await PathSuggester().get_suggestion(f"{tmp_path}/zz") is None
    assert await PathSuggester().get_suggestion("/no/such/folder/x") is None


async def test_a_letter_of_a_hundred_pasted_lines_arrives_whole(office: TestOffice):
    lines = "\n".join(f"line {number}" for number in range(100))
    async with working(office) as work:
        screen = await work.open(PostScreen())
        work.fill("from", HOSTILE)
        area = screen.query_one("#letter")
        area.focus()
        work.app.post_message(Paste(lines))
        await work.settle()
        await work.press("f12")
        uid = await work.ask(enquiries.find_reference, "26-1")
        (listed,) = await work.ask(letters.letters_of, uid)
        assert (await work.ask(letters.open_letter, listed.uid)).words == lines
        assert "\x1b" not in work.text


async def test_escape_half_way_keeps_the_item(office: TestOffice):
    async with working(office) as work:
        await work.open(PostScreen())
        work.fill("from", "Half a name")
        await work.settle()
        await work.press("escape")
        await work.app.drafts.flush()
        assert await work.ask(drafts.draft, "post", "")
        await work.open(PostScreen())
        assert work.field("from").value == "Half a name"


async def test_a_letter_is_read_only_when_it_is_opened(office: TestOffice):
    uid = written(office)
    async with working(office) as work:
        await work.open(LetterScreen("", uid))
        assert "the vans." not in work.text
        await work.press("enter")
        assert "the vans." in work.text
        assert "paper in tray 2" in work.text
        await work.press("s", "a", "enter")
        assert "Sent today: acknowledgement" in work.text
        told = (await work.ask(opening.refresh, uid)).may_be_told
        assert any(line.field == "enquiry.sent_on" for line in told)


async def test_a_matter_says_which_clock_its_letter_asks_for(office: TestOffice):
    matter = written(office, "A subject access request, please.")
    async with working(office) as work:
        await work.open(MatterScreen(matter))
        assert "SAR  k clocks" in work.text


async def test_a_letter_goes_onto_the_matter_it_names_and_a_closed_one_is_asked_about(
    office: TestOffice,
):
    desk = office.sign_in(OFFICER)
    first, closed = new_matter(desk, "Noise at the quay"), new_matter(desk, "Old noise")
    enquiries.close_enquiry(desk, closed, "done")
    office.sign_out()
    async with working(office) as work:
        await work.open(PostScreen())
        work.fill("from", "Ann Mercer")
        work.fill("about", "26-1 noise again")
        await work.press("f12")
        (letter,) = await work.ask(letters.letters_of, first)
        assert letter.subject == "noise again"
        work.fill("from", "Ann Mercer")
        work.fill("about", "Old trouble")
        work.fill("onto", "26-9")
        await work.press("f12")
        assert "No such matter" in work.text
        work.fill("onto", "26-2")
        await work.settle()
        assert "onto 26-2 · CLOSED · Old noise" in work.text
        await work.press("f12")
        assert "26-2 is closed" in work.text
        await work.press("n")
        fresh = await work.ask(enquiries.find_reference, "26-3")
        links = (await work.ask(opening.refresh, fresh)).links
        assert [(kind, reference[-1]) for kind, reference, _ in links] == [("follows", "2")]
        assert await work.ask(letters.letters_of, closed) == ()
