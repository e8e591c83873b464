from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from enquiry_tui.desk import contacts, letters, opening, people
from enquiry_tui.tui.screens.letter import LetterScreen
from tests.desk.calls import confirmed, known_caller
from tests.desk.matters import new_matter
from tests.desk.offices import OFFICER, TestOffice, passphrase_of
from tests.tui.work_app import working


def answerable(office: TestOffice, *, held: bool) -> tuple[str, str]:
    """A letter from a known writer, with or without an address confirmed before it."""
    desk = office.sign_in(OFFICER)
    known = known_caller(desk, office)
    if held:
        point = people.add_contact_point(desk, known.person, "address", "Flat 4, Mill Lane", "x")
        confirmed(desk, point)
        office.clock.advance(seconds=86_400)
    done = letters.type_letter(desk, letters.TypedLetter(sender="Janet Holt", subject="Vans"))
    assert isinstance(done, letters.Imported)
    contacts.pick_person(desk, done.contact_uid, known.person)
    office.sign_out()
    return done.enquiry_uid, done.contact_uid


async def test_a_letter_is_answered_and_the_answer_marked_as_sent(office: TestOffice) -> None:
    matter, contact = answerable(office, held=True)
    async with working(office) as work:
        await work.open(LetterScreen("", matter))
        await work.press("f4", "2")
        assert "to the address confirmed " in " ".join(work.text.split())
        await work.press("enter")
        assert "Reply on the record" in work.text
        await work.press("escape")
        assert "not sent" in work.text
        rows = work.screen._letters
        await work.press(*["down"] * [item.direction for item in rows].index("out"), "s")
        assert "Marked as sent" in work.text and "not sent" not in work.text
        assert (await work.ask(contacts.view, contact)).state == "ended"
        told = (await work.ask(opening.refresh, matter)).may_be_told
        assert any(line.field == "enquiry.sent_on" for line in told)


async def test_a_matter_without_a_letter_says_where_letters_come_in(office: TestOffice) -> None:
    matter = new_matter(office.sign_in(OFFICER), "Vans")
    async with working(office) as work:
        await work.open(LetterScreen("", matter))
        assert "No letter in this matter." in work.text
        assert "Esc back to the desk, then p." in work.text


async def test_an_address_that_only_the_letter_gives_is_not_answered_to(office: TestOffice) -> None:
    matter, _ = answerable(office, held=False)
    async with working(office) as work:
        await work.open(LetterScreen("", matter))
        await work.press("f4", "2")
        assert "RELEASE" not in work.text
        await work.press("enter")
        assert "Reply on the record" not in work.text
        listed = await work.ask(letters.letters_of, matter)
        assert [item.direction for item in listed] == ["in"]


async def test_an_enclosure_is_written_to_a_file_with_the_passphrase(
    office: TestOffice, tmp_path: Path
) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Janet Holt <holt@example.invalid>", "The vans"
    message.set_content("A picture is enclosed.")
    message.add_attachment(b"as it was", maintype="image", subtype="jpeg", filename="../van.jpg")
    desk = office.sign_in(OFFICER)
    done = letters.import_letter(desk, message.as_bytes(), "letter.eml")
    assert isinstance(done, letters.Imported)
    office.sign_out()
    async with working(office) as work:
        await work.open(LetterScreen("", done.enquiry_uid))
        await work.press("x")
        assert "enclosure-1.jpg" in work.text
        work.fill("prompt-line", str(tmp_path / "out.jpg"))
        await work.press("enter")
        work.fill("prompt-secret", passphrase_of(OFFICER))
        await work.press("enter")
        await work.settle()
        assert "Written as it was sent" in work.text
    assert (tmp_path / "out.jpg").read_bytes() == b"as it was"
