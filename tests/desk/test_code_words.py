from __future__ import annotations

from enquiry_tui.desk import contacts, opening, quicklog
from tests.desk.calls import call_from, known_caller, recognise
from tests.desk.offices import OFFICER, TestOffice


def test_the_code_word_is_told_at_the_end_of_the_call_that_began_the_matter(
    office: TestOffice,
) -> None:
    desk = office.sign_in(OFFICER)
    logged = quicklog.log_line(desk, quicklog.LineRequest("Ola Bremner ~ lost her purse"))
    assert logged.code_word == opening.open_enquiry(desk, logged.enquiry_uid).code_word


def test_an_unchecked_caller_on_an_older_matter_is_not_told_its_code_word(
    office: TestOffice,
) -> None:
    desk = office.sign_in(OFFICER)
    known = known_caller(desk, office)
    contact = call_from(desk, known)
    seen = opening.open_enquiry(desk, known.enquiry, contact_uid=contact)
    assert seen.word_to_tell == ""
    contacts.end_contact(desk, contact)
    matter = opening.refresh(desk, known.enquiry)
    again = quicklog.log_line(desk, quicklog.LineRequest(f"{matter.short} somebody ~ chasing"))
    assert again.enquiry_uid == known.enquiry and again.code_word == ""


def test_a_recognised_caller_may_be_told_the_code_word_again(office: TestOffice) -> None:
    desk = office.sign_in(OFFICER)
    known = known_caller(desk, office)
    contact = call_from(desk, known)
    recognise(desk, contact, known)
    seen = opening.open_enquiry(desk, known.enquiry, contact_uid=contact)
    assert seen.word_to_tell == known.word
