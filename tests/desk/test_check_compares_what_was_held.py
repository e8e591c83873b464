from __future__ import annotations

import pytest

from enquiry_tui.desk import checks, contacts, enquiries, listening, people, quicklog
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.people import NewPerson
from enquiry_tui.domain.listening import Question
from enquiry_tui.domain.vocabulary import CheckOutcome
from enquiry_tui.errors import Refused
from tests.desk.calls import LOW, PHONE, Known, call_from, known_caller
from tests.desk.offices import TestOffice


@pytest.fixture
def known(desk: Desk, office: TestOffice) -> Known:
    return known_caller(desk, office)


def reference(desk: Desk, known: Known) -> str:
    row = desk.store.one("SELECT reference FROM enquiry WHERE uid = ?", (known.enquiry,))
    assert row is not None
    return str(row["reference"])


def call_with_line(desk: Desk, known: Known, line: str) -> str:
    begun = quicklog.log_line(
        desk,
        quicklog.LineRequest(line, person_uid=known.person, enquiry_uid=known.enquiry, end=False),
    )
    return begun.contact_uid


def passed(view: object) -> list[str]:
    return [step.step for step in view.steps if step.passed]  # type: ignore[attr-defined]


def test_a_reference_that_the_officer_typed_on_the_line_ticks_nothing(
    desk: Desk, known: Known
) -> None:
    call = call_with_line(desk, known, f"{reference(desk, known)} Janet Holt")
    check = checks.open_check(desk, call)
    assert not check.steps
    after = checks.try_step(desk, check.uid, "the parking", until=LOW)
    assert passed(after) == ["topic"]
    assert after.outcome is None


def test_a_reference_that_the_caller_gives_in_the_check_counts_with_the_topic(
    desk: Desk, known: Known
) -> None:
    call = call_with_line(desk, known, f"{reference(desk, known)} Janet Holt")
    check = checks.open_check(desk, call)
    checks.try_step(desk, check.uid, "the parking", until=LOW)
    after = checks.try_step(desk, check.uid, reference(desk, known), until=LOW)
    assert after.outcome is CheckOutcome.PASSED


def test_a_code_word_passes_beside_the_reference_on_the_line(desk: Desk, known: Known) -> None:
    call = call_with_line(desk, known, reference(desk, known))
    check = checks.open_check(desk, call)
    after = checks.try_step(desk, check.uid, known.word, until=LOW)
    assert after.outcome is CheckOutcome.PASSED


def test_what_was_taken_down_in_this_very_call_proves_nobody(desk: Desk) -> None:
    call = quicklog.log_line(
        desk,
        quicklog.LineRequest(
            "Mr Patel, Harker Lowe Solicitors 01632 960444 ~ disclosure of logs", end=False
        ),
    )
    check = checks.open_check(desk, call.contact_uid)
    assert not {"number", "topic", "code-word", "reference"} & set(check.available)
    word = desk.store.one("SELECT code_word FROM enquiry ORDER BY id DESC LIMIT 1")
    assert word is not None
    for said in ("01632 960444", "disclosure of logs", str(word["code_word"])):
        with pytest.raises(Refused, match="held before"):
            checks.try_step(desk, check.uid, said, until=LOW)
    row = desk.store.one("SELECT misses FROM identity_check WHERE uid = ?", (check.uid,))
    assert row is not None and row["misses"] == 0


def test_a_number_a_name_and_a_word_of_this_call_are_not_compared_on_an_older_matter(
    desk: Desk, office: TestOffice, known: Known
) -> None:
    call = call_from(desk, known)
    office.clock.advance(seconds=30)
    people.add_contact_point(desk, known.person, "phone", "07700 900555", "given in this call")
    people.note_details(desk, known.person, born="1961-05-04", postcode="CM17 9AA")
    enquiries.amend_enquiry(desk, known.enquiry, "more exact", subject="donkeys")
    new_word = enquiries.replace_code_word(desk, known.enquiry)
    check = checks.open_check(desk, call)
    for said in ("07700 900555", "4 May 1961"):
        assert not passed(checks.try_step(desk, check.uid, said))
    assert "code-word" not in check.available
    office.clock.advance(seconds=30)
    again = checks.open_check(desk, call_from(desk, known))
    assert "code-word" in again.available
    assert new_word != known.word


def test_what_the_matter_was_called_before_the_call_is_still_compared(
    desk: Desk, office: TestOffice, known: Known
) -> None:
    call = call_from(desk, known)
    office.clock.advance(seconds=30)
    enquiries.amend_enquiry(desk, known.enquiry, "more exact", subject="donkeys")
    check = checks.open_check(desk, call)
    assert not passed(checks.try_step(desk, check.uid, "donkeys"))
    assert passed(checks.try_step(desk, check.uid, "parking")) == ["topic"]


def test_somebody_made_in_this_call_is_not_compared_with_what_they_just_gave(
    desk: Desk, office: TestOffice, known: Known
) -> None:
    call = call_from(desk, known)
    office.clock.advance(seconds=30)
    contacts.pick_person(desk, call, NewPerson("Piotr Lis", phone=PHONE))
    check = checks.open_check(desk, call)
    assert "number" not in check.available
    assert "topic" in check.available


def test_alone_is_said_only_where_it_was_asked_and_answered(desk: Desk, known: Known) -> None:
    call = call_from(desk, known)
    assert not contacts.view(desk, call).asked_alone
    listening.answered(desk, call, Question.SAFE, answer=True)
    assert not contacts.view(desk, call).asked_alone
    listening.answered(desk, call, Question.SOMEBODY, answer=False)
    assert contacts.view(desk, call).asked_alone
    contacts.set_circumstance(desk, call, "accompanied", on=True)
    assert not contacts.view(desk, call).asked_alone
    assert contacts.set_circumstance(desk, call, "accompanied", on=False).asked_alone


def test_general_words_and_more_of_what_matched_are_no_miss(desk: Desk, known: Known) -> None:
    check = checks.open_check(desk, call_from(desk, known))
    with pytest.raises(Refused, match="Too general"):
        checks.try_step(desk, check.uid, "a complaint")
    checks.try_step(desk, check.uid, "parking")
    for said in ("school", "lost my coat in the custody suite"):
        with pytest.raises(Refused, match="matched already"):
            checks.try_step(desk, check.uid, said)
    assert checks.try_step(desk, check.uid, "football").misses == 1
