from __future__ import annotations

from email.message import EmailMessage

from enquiry_tui.desk import opening
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.letters import Imported, TypedLetter, import_letter, type_letter
from tests.desk.calls import known_caller
from tests.desk.matters import new_matter
from tests.desk.offices import TestOffice


def test_an_email_stands_in_the_history_as_an_email_and_paper_as_a_letter(desk: Desk) -> None:
    message = EmailMessage()
    message["From"] = "Siân O'Brien <sian@example.org>"
    message["Subject"] = "Parking at the school"
    message.set_content("The vans are back.")
    done = import_letter(desk, bytes(message), "letter.eml")
    assert isinstance(done, Imported)
    (line,) = opening.refresh(desk, done.enquiry_uid).timeline
    assert line.what == "e-mail in"
    matter = new_matter(desk)
    type_letter(desk, TypedLetter(sender="Ann Mercer", words="Thank you", enquiry_uid=matter))
    assert "letter in" in [line.what for line in opening.refresh(desk, matter).timeline]


def test_a_reply_that_is_late_is_said_to_be_late(desk: Desk, office: TestOffice) -> None:
    known = known_caller(desk, office)
    due = {line.label: line for line in opening.refresh(desk, known.enquiry).may_be_told}
    assert due["reply due"].sentence.startswith("You should have a reply by ")
    office.clock.advance(seconds=30 * 86_400)
    due = {line.label: line for line in opening.refresh(desk, known.enquiry).may_be_told}
    assert "It is late" in due["reply due"].sentence
