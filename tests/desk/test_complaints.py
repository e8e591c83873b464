from __future__ import annotations

from dataclasses import replace

import pytest

from enquiry_tui.desk.complaints import (
    ABOUT,
    AddressNotConfirmed,
    ComplaintIncomplete,
    ComplaintIntake,
    amend_complaint,
    complaint,
    complaints_of,
    log_complaint,
    pass_complaint,
    read_back,
    suggestions,
)
from enquiry_tui.desk.contacts import end_contact
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.directory import confirm_entry
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.referrals import referrals_of
from enquiry_tui.desk.search import search
from enquiry_tui.desk.steps import enquiry
from enquiry_tui.desk.work import WordsMissing, WrongState
from enquiry_tui.errors import NotPermitted, Refused
from enquiry_tui.records import contacts, enquiries
from tests.desk.matters import new_call, new_matter, new_person
from tests.desk.offices import (
    AUDITOR,
    DEPUTY,
    MONITOR,
    OFFICER,
    SECOND,
    SUPERVISOR,
    TestOffice,
    last_event,
)


def full(matter: str, **changes: str) -> ComplaintIntake:
    values = {
        "about": "officer",
        "about_whom": "PC 1234, tall, at the counter",
        "when_where": "Mon 23 Nov, Harlow counter",
        "reach": "07700 900111 after 16:00",
        "wants": "an apology",
    }
    intake = ComplaintIntake(matter, "He was rude and swore at me.")
    return replace(intake, **{**values, **changes})  # type: ignore[arg-type]


def test_words_are_all_it_takes_to_log_a_complaint(desk: Desk) -> None:
    made = log_complaint(desk, ComplaintIntake(new_matter(desk), "He swore at me"))
    assert (made.state, made.about, made.authority) == ("logged", "", "")
    assert last_event(desk)["action"] == "complaint.log"
    assert "He swore" not in str(last_event(desk)["detail"])


def test_without_words_nothing_is_logged(desk: Desk) -> None:
    matter = new_matter(desk)
    with pytest.raises(WordsMissing):
        log_complaint(desk, ComplaintIntake(matter, " \x00\n"))
    assert complaints_of(desk, matter) == ()


def test_the_authority_and_a_category_are_suggested_from_the_words(desk: Desk) -> None:
    found = suggestions(desk, "The constable was rude and swore")
    assert (found.about, found.categories[0]) == ("officer", "H1")
    assert "Professional Standards" in found.authority
    assert found.source
    made = log_complaint(desk, full(new_matter(desk)))
    assert made.allegations[0].category == ""
    assert "H1" in made.allegations[0].suggested


@pytest.mark.parametrize("about", ["chief-constable", "commissioner", "this-office"])
def test_about_those_at_the_top_the_matter_is_restricted_at_once(
    office: TestOffice, about: str
) -> None:
    desk = office.sign_in(OFFICER)
    matter = new_matter(desk, "Meeting in the town hall")
    made = log_complaint(desk, ComplaintIntake(matter, "Lied at that meeting", about=about))
    assert made.restricted
    key = enquiry(desk, matter)["id"]
    readers = set(enquiries.readers(desk.store, key))
    assert readers == {office.uids[name] for name in (OFFICER, SUPERVISOR, DEPUTY, MONITOR)}
    other = office.sign_in(SECOND)
    with pytest.raises(NotFound):
        complaint(other, made.uid)
    with pytest.raises(NotFound):
        enquiry(other, matter)
    assert search(other, "meeting") == ()


def test_a_supervisor_who_is_complained_of_is_not_a_reader(office: TestOffice) -> None:
    desk = office.sign_in(OFFICER)
    matter = new_matter(desk)
    about = ComplaintIntake(matter, "Rude", about="this-office", about_whom="Ms Una Grieve")
    log_complaint(desk, about)
    assert office.uids[DEPUTY] not in enquiries.readers(desk.store, enquiry(desk, matter)["id"])


@pytest.mark.parametrize("about", ["officer", "service"])
def test_other_complaints_are_not_restricted(desk: Desk, about: str) -> None:
    assert not log_complaint(desk, full(new_matter(desk), about=about)).restricted


def test_amending_towards_the_chief_restricts_and_amending_back_does_not_open(
    desk: Desk,
) -> None:
    made = log_complaint(desk, full(new_matter(desk)))
    changed = amend_complaint(desk, made.uid, {"about": "chief-constable"}, "she said so later")
    assert changed.restricted
    assert "Local policing body" in changed.authority
    assert amend_complaint(desk, made.uid, {"about": "officer"}, "misheard").restricted


def test_old_values_are_kept_when_a_complaint_is_amended(desk: Desk) -> None:
    made = log_complaint(desk, full(new_matter(desk)))
    changed = amend_complaint(desk, made.uid, {"wants": "a call", "category": "H1"}, "as read back")
    assert (changed.wants, changed.allegations[0].category) == ("a call", "H1")
    kept = contacts.amendments(desk.store, made.uid)
    assert [(row["field"], row["old_value"]) for row in kept] == [("wants", "an apology")]
    assert last_event(desk)["action"] == "complaint.amend"


def test_passing_names_exactly_what_is_missing(desk: Desk) -> None:
    made = log_complaint(desk, ComplaintIntake(new_matter(desk), "He swore", about="officer"))
    with pytest.raises(ComplaintIncomplete) as refused:
        pass_complaint(desk, made.uid)
    assert refused.value.missing == (
        "which officer, or what they looked like",
        "how to reach them",
        "what they would like to happen",
    )
    assert made.missing == refused.value.missing


def test_it_is_passed_with_its_onward_referral_in_one_act(desk: Desk) -> None:
    matter = new_matter(desk)
    call = new_call(desk, matter, person=new_person(desk))
    made = log_complaint(desk, full(matter, contact_uid=call))
    with pytest.raises(AddressNotConfirmed):
        pass_complaint(desk, made.uid)
    assert complaint(desk, made.uid).state == "logged"
    confirm_entry(desk, "psd", "rang the switchboard")
    passed = pass_complaint(desk, made.uid)
    assert (passed.state, passed.passed_to) == ("passed", "Professional Standards")
    assert last_event(desk)["action"] == "complaint.pass"
    assert last_event(desk)["recipient"]
    end_contact(desk, call)
    sent = referrals_of(desk, matter)[0]
    assert (sent.entry_key, sent.kind, sent.account_kind) == ("psd", "onward", "allegation")
    assert "He was rude and swore at me." in sent.account
    assert "person.name" in sent.fields
    with pytest.raises(WrongState):
        pass_complaint(desk, made.uid)
    with pytest.raises(WrongState):
        amend_complaint(desk, made.uid, {"wants": "more"})


def test_a_complaint_about_the_chief_goes_to_the_local_policing_body(desk: Desk) -> None:
    matter = new_matter(desk)
    made = log_complaint(desk, full(matter, about="chief-constable", about_whom=""))
    confirm_entry(desk, "opcc-complaints", "rang the published number")
    assert pass_complaint(desk, made.uid).state == "passed"
    assert referrals_of(desk, matter)[0].entry_key == "opcc-complaints"


def test_the_read_back_is_made_of_what_was_taken_down(desk: Desk) -> None:
    matter = new_matter(desk)
    made = log_complaint(desk, full(matter))
    words = read_back(desk, made.uid)
    for part in ("Mon 23 Nov, Harlow counter", "rude and swore", "an apology", "twenty-six"):
        assert part in words
    code = enquiry(desk, matter)["code_word"]
    assert "-".join(code) in words
    assert amend_complaint(desk, made.uid, {"read_back": "agreed"}).read_back == "agreed"


def test_the_caller_becomes_the_complainant(desk: Desk) -> None:
    matter = new_matter(desk)
    call = new_call(desk, matter, person=new_person(desk))
    log_complaint(desk, ComplaintIntake(matter, "He swore", contact_uid=call))
    parts = enquiries.parts(desk.store, enquiry(desk, matter)["id"])
    assert {row["part"] for row in parts} == {"enquirer", "complainant"}


@pytest.mark.parametrize("changes", [{"about": "the-mayor"}, {"read_back": "perhaps"}])
def test_words_outside_the_vocabulary_are_refused(desk: Desk, changes: dict[str, str]) -> None:
    with pytest.raises(Refused):
        log_complaint(desk, full(new_matter(desk), **changes))
    assert "the-mayor" not in ABOUT


def test_an_auditor_takes_no_complaints(office: TestOffice) -> None:
    matter = new_matter(office.sign_in(OFFICER))
    with pytest.raises(NotPermitted):
        log_complaint(office.sign_in(AUDITOR), full(matter))
