from __future__ import annotations

import hashlib
import os
import stat
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from enquiry_tui.desk import clock_letters, clocks, hold_steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.enclosures import Damaged, enclosure_of, export_enclosure
from enquiry_tui.desk.hold_steps import HoldInForce
from enquiry_tui.desk.letters import (
    Duplicate,
    Imported,
    LetterDay,
    TypedLetter,
    came_in,
    import_letter,
    letters_of,
    open_letter,
    type_letter,
)
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.search import search
from enquiry_tui.desk.steps import enquiry
from enquiry_tui.desk.work import WordsMissing
from enquiry_tui.documents.deliver import FileExists
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.holds import HoldKind
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.vocabulary import Kind
from enquiry_tui.errors import NotPermitted
from enquiry_tui.intake.letter import LetterRefused
from enquiry_tui.records import contacts
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.errors import WrongPassphrase
from tests.desk.matters import new_matter, new_person
from tests.desk.offices import (
    AUDITOR,
    OFFICER,
    TestOffice,
    count_events,
    last_event,
    passphrase_of,
)


def mail(words: str = "The vans are back.", enclosure: bytes = b"") -> bytes:
    message = EmailMessage()
    message["From"] = "Siân O'Brien <sian@example.org>"
    message["To"] = "office@example.org"
    message["Subject"] = "Parking at the school"
    message["Date"] = "Tue, 03 Nov 2026 09:15:00 +0000"
    message.set_content(words)
    if enclosure:
        message.add_attachment(
            enclosure, maintype="image", subtype="jpeg", filename="../../van\u202e.jpg"
        )
    return bytes(message)


def brought_in(desk: Desk, data: bytes) -> Imported:
    result = import_letter(desk, data, "letter.eml")
    assert isinstance(result, Imported)
    return result


def test_a_letter_opens_a_matter_with_a_date_for_the_reply(desk: Desk) -> None:
    result = import_letter(desk, mail(), "letter.eml", received_on=date(2026, 11, 3))
    assert isinstance(result, Imported)
    assert last_event(desk)["action"] == "letter.import"
    matter = enquiry(desk, result.enquiry_uid)
    assert (matter["subject"], matter["received_on"]) == ("Parking at the school", "2026-11-03")
    assert (matter["due_on"], matter["due_why"]) == (
        "2026-12-01",
        "20 working days from Tue 3 Nov 2026",
    )
    assert result.from_ == "Siân O'Brien"
    assert result.sha256 == hashlib.sha256(mail()).hexdigest()
    letter = letters_of(desk, result.enquiry_uid)[0]
    assert (letter.dated_on, letter.source) == (date(2026, 11, 3), "eml")


@pytest.mark.parametrize(
    ("head", "day", "line"),
    [
        ("Date: Sat, 21 Nov 2026 10:00", "2026-11-21", "Date"),
        ("Date: Tue, 3 Nov 2026 09:00 +0000", "2026-11-03", "Date"),
        ("Date: Fri, 1 May 2026 09:00 +0100", "2026-05-01", "Date"),
        (
            """Received: from b by a; Sun, 22 Nov 2026 23:30 -0500
Received: from c by b; Sat, 21 Nov 2026 10:00 +0000
Date: Sat, 21 Nov 2026 09:59 +0000""",
            "2026-11-23",
            "Received",
        ),
        (
            "Received: by a; Fri, 1 Jan 2027 10:00 +0000\nDate: Mon, 23 Nov 2026 23:59 +0000",
            "2026-11-23",
            "Date",
        ),
        ("Received: nonsense\nDate: Wed, 25 Nov 2026 10:00 +0000", "2026-11-24", ""),
        ("Subject: no date at all", "2026-11-24", ""),
    ],
)
def test_an_email_came_in_on_its_own_day_and_its_clocks_start_from_that(desk, head, day, line):
    data = f"From: Ann <ann@example.org>\n{head}\n\nThe vans.\n".encode()
    result = brought_in(desk, data)
    assert (result.received.day.isoformat(), result.received.line) == (day, line)
    assert enquiry(desk, result.enquiry_uid)["received_on"] == day
    starts = {clock.start.isoformat() for clock in clocks.clocks_of(desk, result.enquiry_uid)}
    assert starts == {day}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("This is a Freedom of\nInformation request.", ["foi"]),
        ("I make a SUBJECT ACCESS request for my file.", ["sar"]),
        ("Under the Environmental Information Regulations, please.", ["eir"]),
        ("How many were stopped last year? I ask under FOI.", ["foi"]),
        ("Folk in foial hats asked for information freely.", []),
    ],
)
def test_a_letter_that_asks_for_information_suggests_its_clock_and_begins_none(desk, words, names):
    matter = brought_in(desk, mail(words)).enquiry_uid
    assert [rule.name for rule in clock_letters.asked_for(desk, matter)] == names
    ran = {clock.rule for clock in clocks.clocks_of(desk, matter)}
    assert ran == {"letter-acknowledge", "letter-reply"}
    for name in names:
        clocks.begin_clock(desk, matter, name, date(2026, 11, 3))
    assert clock_letters.asked_for(desk, matter) == ()


def test_a_day_of_arrival_long_ago_says_how_long(desk: Desk) -> None:
    data = b"From: a@example.org\nDate: Fri, 1 May 2026 09:00 +0100\n\nThe vans.\n"
    said = came_in(desk, data, "letter.eml").words(desk.today())
    assert said == "came Fri 1 May 2026 (its Date line, 207 days ago)"
    typed = type_letter(desk, TypedLetter(sender="Ann", dated_on=date(2026, 11, 3)))
    assert isinstance(typed, Imported)
    assert typed.received.day == desk.today()


def test_its_contact_waits_for_the_answer_and_its_writer_is_linked_with_nobody(
    desk: Desk,
) -> None:
    new_person(desk, "Siân O'Brien")
    result = brought_in(desk, mail())
    contact = contacts.by_uid(desk.store, result.contact_uid)
    assert contact is not None
    assert (contact["state"], contact["channel"], contact["person_id"]) == ("held", "email", None)
    assert (contact["who_said"], contact["possible"]) == ("Siân O'Brien", 1)


def test_the_same_bytes_are_offered_as_a_duplicate(desk: Desk) -> None:
    first = brought_in(desk, mail())
    before = count_events(desk)
    again = import_letter(desk, mail(), "copy.eml")
    assert isinstance(again, Duplicate)
    assert (again.reference, again.letter_uid) == (first.reference, first.letter_uid)
    assert count_events(desk) == before
    assert isinstance(import_letter(desk, mail(), "copy.eml", duplicate_ok=True), Imported)


def test_a_letter_can_join_a_matter(desk: Desk) -> None:
    matter = new_matter(desk)
    result = import_letter(desk, mail(), "letter.eml", enquiry_uid=matter)
    assert result.enquiry_uid == matter
    with pytest.raises(NotFound):
        import_letter(desk, mail("other"), "letter.eml", enquiry_uid="nothing")


def test_enclosures_are_kept_in_chunks_and_come_back_as_they_were(
    desk: Desk, tmp_path: Path
) -> None:
    data = os.urandom(700_000)
    result = brought_in(desk, mail(enclosure=data))
    letter = letters_of(desk, result.enquiry_uid)[0]
    rows = desk.store.query("SELECT length(body) AS n FROM attachment_chunk ORDER BY number")
    assert [row["n"] for row in rows] == [262_144, 262_144, 175_712]
    found = letter.attachments[0]
    assert "/" not in found.name
    assert "\u202e" not in found.name
    done = export_enclosure(desk, found.uid, tmp_path / "van.jpg", passphrase_of(OFFICER))
    assert done.file.read_bytes() == data
    assert stat.S_IMODE(done.file.stat().st_mode) == 0o600
    event = last_event(desk)
    assert event["action"] == "export"
    assert event["detail"]["written"]["sha256"] == hashlib.sha256(data).hexdigest()
    with pytest.raises(FileExists):
        export_enclosure(desk, found.uid, done.file, passphrase_of(OFFICER))
    assert enclosure_of(desk, result.reference, 1) == found.uid
    with pytest.raises(NotFound):
        enclosure_of(desk, result.reference, 2)


def test_nothing_enclosed_leaves_while_a_hold_stands_or_the_passphrase_is_wrong(
    desk: Desk, tmp_path: Path
) -> None:
    result = brought_in(desk, mail(enclosure=b"0123456789"))
    uid = letters_of(desk, result.enquiry_uid)[0].attachments[0].uid
    out = tmp_path / "van.jpg"
    with pytest.raises(WrongPassphrase):
        export_enclosure(desk, uid, out, "not the passphrase at all")
    with desk.act(Action.ENQUIRY_AMEND) as act:
        stop = hold_steps.place(
            act, result.enquiry_uid, HoldKind.MONITORING_OFFICER, "Being looked into"
        )
        act.event("hold", stop)
    with pytest.raises(HoldInForce):
        export_enclosure(desk, uid, out, passphrase_of(OFFICER))
    assert list(tmp_path.glob("*.jpg")) == []
    assert list(tmp_path.glob("*.part")) == []


def test_a_damaged_enclosure_is_not_handed_out(desk: Desk, tmp_path: Path) -> None:
    result = brought_in(desk, mail(enclosure=b"0123456789"))
    uid = letters_of(desk, result.enquiry_uid)[0].attachments[0].uid
    with desk.store.transaction() as tx:
        tx.execute("UPDATE attachment_chunk SET body = x'00'")
        tx.event(Entry("letter.import"), desk.unlocked.keys)
    with pytest.raises(Damaged):
        export_enclosure(desk, uid, tmp_path / "van.jpg", passphrase_of(OFFICER))
    assert not (tmp_path / "van.jpg").exists()


def test_a_letter_is_found_by_its_words_and_read_with_an_event(desk: Desk) -> None:
    result = brought_in(desk, mail("Łukasz nearly hit by a van"))
    assert [item.enquiry_uid for item in search(desk, "lukasz van")] == [result.enquiry_uid]
    assert letters_of(desk, result.enquiry_uid)[0].words == MASK
    assert "Łukasz" in open_letter(desk, result.letter_uid).words
    assert last_event(desk)["action"] == "letter.consult"


def test_hostile_text_of_a_letter_is_cleaned(desk: Desk) -> None:
    result = brought_in(desk, mail("pay \u202eereh\u202c and \x1b]52;c;aGk=\x07 stop"))
    words = open_letter(desk, result.letter_uid).words
    assert "\x1b" not in words
    assert "\u202e" not in words
    assert result.removed >= 3


def test_what_is_no_letter_is_refused_and_leaves_nothing(desk: Desk) -> None:
    before = count_events(desk)
    with pytest.raises(LetterRefused):
        import_letter(desk, b"PK\x03\x04" + bytes(200), "letter.docx")
    with pytest.raises(LetterDay):
        import_letter(desk, mail(), "letter.eml", received_on=date(2026, 11, 25))
    assert count_events(desk) == before


def test_paper_is_written_down_in_four_fields(desk: Desk) -> None:
    typed = TypedLetter(
        sender="Rachel Lane MP",
        subject="Speeding on the A414",
        kind=Kind.ELECTED_REPRESENTATIVE,
        place="red tray",
        copies=4,
        for_whom="staff officer",
        dated_on=date(2026, 11, 20),
    )
    result = type_letter(desk, typed)
    assert isinstance(result, Imported)
    assert last_event(desk)["action"] == "letter.post"
    assert enquiry(desk, result.enquiry_uid)["due_on"] == "2026-12-08"
    letter = letters_of(desk, result.enquiry_uid)[0]
    assert (letter.place, letter.source, letter.dated_on) == (
        "red tray",
        "typed",
        date(2026, 11, 20),
    )
    contact = contacts.by_uid(desk.store, result.contact_uid)
    assert contact is not None
    assert (contact["kind"], contact["for_whom"]) == ("elected-representative", "staff officer")
    assert contact["note"] == "4 identical copies came in"
    assert isinstance(type_letter(desk, typed), Duplicate)


def test_an_empty_letter_is_refused(desk: Desk) -> None:
    with pytest.raises(WordsMissing):
        type_letter(desk, TypedLetter(place="red tray"))


def test_an_auditor_brings_nothing_in_and_reads_masked(office: TestOffice, tmp_path: Path) -> None:
    desk = office.sign_in(OFFICER)
    result = brought_in(desk, mail(enclosure=b"0123456789"))
    enclosure = letters_of(desk, result.enquiry_uid)[0].attachments[0].uid
    auditor = office.sign_in(AUDITOR)
    with pytest.raises(NotPermitted):
        import_letter(auditor, mail("other"), "letter.eml")
    assert open_letter(auditor, result.letter_uid).words == MASK
    with pytest.raises(NotPermitted):
        export_enclosure(auditor, enclosure, tmp_path / "van.jpg", passphrase_of(AUDITOR))


def test_a_clock_of_a_letter_counts_from_the_day_the_letter_came(desk: Desk) -> None:
    matter = brought_in(desk, mail("A Freedom of Information request.")).enquiry_uid
    assert clock_letters.letter_came_on(desk, matter, "foi") == date(2026, 11, 3)
    later = date(2026, 11, 20)
    import_letter(desk, mail("Vans again."), "b.eml", received_on=later, enquiry_uid=matter)
    assert clock_letters.letter_came_on(desk, matter, "foi") == date(2026, 11, 3)
    assert clock_letters.letter_came_on(desk, matter, "mp-letter") == date(2026, 11, 20)
    assert clock_letters.letter_came_on(desk, matter, "dp-complaint") == date(2026, 11, 20)
    assert clock_letters.letter_came_on(desk, matter, "complaint-update") is None
    assert clock_letters.letter_came_on(desk, new_matter(desk), "foi") is None
