"""A restricted matter is not there for anybody but its named readers, by any way in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from enquiry_tui.desk import (
    audit,
    checks,
    clocks,
    complaints,
    contacts,
    emergencies,
    enquiries,
    incidents,
    lists,
    messages,
    opening,
    people,
    promises,
    quicklog,
    referrals,
    revealing,
    search,
)
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound, SecondOfficerNeeded
from enquiry_tui.domain.flags import Flag
from enquiry_tui.domain.vocabulary import MarkerKind
from enquiry_tui.errors import EnquiryError
from tests.desk.offices import DEPUTY, OFFICER, SECOND, TestOffice

CANARY = "Zanzibarcanary"


@pytest.fixture
def hidden(office: TestOffice) -> quicklog.Logged:
    desk = office.sign_in(OFFICER)
    line = f"{CANARY} Holt 07700 900111 >Staffoffice #{CANARY} due:+1d cb:16:30 ~ {CANARY} words"
    done = quicklog.log_line(desk, quicklog.LineRequest(line))
    enquiries.amend_enquiry(desk, done.enquiry_uid, "why", their_reference=f"{CANARY}/1")
    enquiries.restrict_enquiry(desk, done.enquiry_uid, "about a colleague", ())
    return done


def ways(desk: Desk, done: quicklog.Logged) -> dict[str, Callable[[], Any]]:
    uid = done.enquiry_uid
    return {
        "open": lambda: opening.open_enquiry(desk, uid),
        "reveal": lambda: revealing.reveal(desk, revealing.Reveal(uid, done.person_uid, 1, "why")),
        "footing": lambda: lists.footing(desk, uid),
        "reference": lambda: enquiries.find_reference(desk, done.reference),
        "contact": lambda: contacts.view(desk, done.contact_uid),
        "again": lambda: contacts.same_caller_again(desk, uid),
        "attach": lambda: contacts.begin_contact(desk, enquiry_uid=uid),
        "message": lambda: messages.message(desk, done.message_uid),
        "messages": lambda: messages.messages_of(desk, uid),
        "promise": lambda: promises.promise(desk, done.promise_uid),
        "referrals": lambda: referrals.referrals_of(desk, uid),
        "complaint": lambda: complaints.log_complaint(
            desk, complaints.ComplaintIntake(enquiry_uid=uid, words="x")
        ),
        "take": lambda: enquiries.take_enquiry(desk, uid),
        "close": lambda: enquiries.close_enquiry(desk, uid, "why", over=True),
    }


@pytest.mark.parametrize("handle", [SECOND, DEPUTY])
def test_no_verb_finds_it(handle: str, office: TestOffice, hidden: quicklog.Logged) -> None:
    desk = office.sign_in(handle)
    for name, way in ways(desk, hidden).items():
        with pytest.raises(NotFound):
            way()
        assert name


@pytest.mark.parametrize("handle", [SECOND, DEPUTY])
def test_lists_counts_search_and_suggestions_do_not_know_it(
    handle: str, office: TestOffice, hidden: quicklog.Logged
) -> None:
    desk = office.sign_in(handle)
    assert set(lists.queue_counts(desk).values()) == {0}
    for queue in (*lists.LABELS, "open", "closed"):
        assert lists.queue_rows(desk, lists.queue_keys(desk, queue)) == ()
    for words in (CANARY, hidden.reference, "26-1", f"{CANARY}/1", "Holt"):
        assert search.search(desk, words) == ()
    assert people.suggest(desk, f"{CANARY} Holt", "07700 900111") == ()


def test_its_readers_see_it_as_restricted_rows_without_name_or_subject(
    office: TestOffice, hidden: quicklog.Logged
) -> None:
    desk = office.sign_in(OFFICER)
    (row,) = lists.queue_rows(desk, lists.queue_keys(desk, "restricted"))
    assert (row.uid, row.who, row.about) == (hidden.enquiry_uid, "restricted", "restricted")


def test_quoting_its_number_makes_a_new_matter_that_says_nothing(
    office: TestOffice, hidden: quicklog.Logged
) -> None:
    desk = office.sign_in(SECOND)
    never = quicklog.log_line(desk, quicklog.LineRequest("26-999 chasing"))
    quoted = quicklog.log_line(desk, quicklog.LineRequest("26-1 chasing"))
    assert quoted.enquiry_uid != hidden.enquiry_uid
    assert (quoted.possible, quoted.person_uid) == (never.possible, never.person_uid)


def test_who_logs_the_same_caller_unknowingly_raises_a_quiet_note_to_the_readers(
    office: TestOffice, hidden: quicklog.Logged
) -> None:
    desk = office.sign_in(SECOND)
    done = quicklog.log_line(
        desk, quicklog.LineRequest("about a parking fine", person_uid=hidden.person_uid)
    )
    assert done.enquiry_uid != hidden.enquiry_uid
    assert desk.store.query("SELECT 1 FROM visible_enquiry WHERE restricted <> ''") == []
    reader = office.sign_in(OFFICER)
    lines = reader.store.query("SELECT why FROM bring_forward")
    assert [line["why"] for line in lines] == [
        "Somebody with a part in this matter was in touch with another officer."
    ]


def test_who_rings_is_looked_up_among_its_people_for_their_readers_only(
    office: TestOffice, hidden: quicklog.Logged
) -> None:
    line = quicklog.LineRequest(f"{CANARY} Holt 07700 900111 about a parking fine")
    desk = office.sign_in(SECOND)
    done = quicklog.log_line(desk, line)
    assert done.possible == 0
    assert done.person_uid not in {"", hidden.person_uid}
    call = contacts.begin_contact(desk)
    contacts.pick_person(desk, call.uid, people.NewPerson("Zanzibarcanary Holt"))
    reader = office.sign_in(OFFICER)
    notes = reader.store.query("SELECT why FROM bring_forward")
    assert {note["why"] for note in notes} == {
        "Somebody who may have a part in this matter was in touch with another officer."
    }
    assert len(notes) == 2
    found = people.suggest(reader, f"{CANARY} Holt", "07700 900111")
    assert hidden.person_uid in {suggestion.person_uid for suggestion in found}


def test_a_marker_that_protects_one_of_its_people_is_still_there_for_everybody(
    office: TestOffice, hidden: quicklog.Logged
) -> None:
    desk = office.sign_in(OFFICER)
    kind = MarkerKind.SAFE_CONTACT_ONLY
    people.set_marker(
        desk,
        people.NewMarker(
            kind, "safe number only", "asked", desk.today(), person_uid=hidden.person_uid
        ),
    )
    (found,) = people.suggest(office.sign_in(SECOND), f"{CANARY} Holt", "07700 900111")
    assert (found.marker, found.matters) == ("safe number only", ())


def test_a_complaint_about_the_chief_constable_is_restricted_from_its_first_words(
    office: TestOffice,
) -> None:
    desk = office.sign_in(OFFICER)
    done = quicklog.log_line(desk, quicklog.LineRequest("wants to complain about the Chief"))
    complaints.log_complaint(
        desk,
        complaints.ComplaintIntake(
            enquiry_uid=done.enquiry_uid, words="he lied", about="chief-constable"
        ),
    )
    other = office.sign_in(SECOND)
    with pytest.raises(NotFound):
        opening.open_enquiry(other, done.enquiry_uid)


def test_owners_and_readers_are_named_only_among_those_who_may_read(
    office: TestOffice, hidden: quicklog.Logged
) -> None:
    desk = office.sign_in(OFFICER)
    with pytest.raises(EnquiryError, match="not a reader"):
        enquiries.give_enquiry(desk, hidden.enquiry_uid, office.uids[SECOND])


def test_a_supervisor_reads_no_act_of_it_in_the_audit(
    office: TestOffice, hidden: quicklog.Logged
) -> None:
    desk = office.sign_in(OFFICER)
    before = desk.store.head()[0]
    uid, person = hidden.enquiry_uid, hidden.person_uid
    other = quicklog.log_line(desk, quicklog.LineRequest("Bright, Tom about a fine"))
    seen = desk.store.head()[0]
    enquiries.link_enquiries(desk, other.enquiry_uid, uid, "same-person")
    clocks.begin_clock(desk, uid, "foi", desk.today())
    people.note_details(desk, person, needs="large print")
    people.add_contact_point(desk, person, "address", "1 Road", "given")
    call = contacts.begin_contact(desk, enquiry_uid=uid, person_uid=person)
    emergencies.begin_urgent(desk, call.uid)
    last = desk.store.head()[0]
    deputy = office.sign_in(DEPUTY)
    told = {event.seq for event in audit.events(deputy, limit=500)}
    assert told & set(range(before + 1, seen + 1))
    assert told & set(range(seen + 1, last)) == set()


def test_nothing_that_hangs_on_it_is_there_for_who_knows_its_number(
    office: TestOffice, hidden: quicklog.Logged
) -> None:
    desk = office.sign_in(OFFICER)
    call = contacts.begin_contact(
        desk, enquiry_uid=hidden.enquiry_uid, person_uid=hidden.person_uid
    )
    urgent = emergencies.begin_urgent(desk, call.uid).uid
    on_it = people.NewMarker(
        MarkerKind.PROTECTED_ADDRESS,
        "say nothing of where",
        "told us",
        desk.today(),
        enquiry_uid=hidden.enquiry_uid,
    )
    marker = people.set_marker(desk, on_it)
    check = checks.open_check(desk, call.uid).uid
    slip = incidents.Slip("too much", "a neighbour", enquiry_uid=hidden.enquiry_uid)
    incident = incidents.record_incident(desk, slip)
    deputy = office.sign_in(DEPUTY)
    for way in (
        lambda: emergencies.held_details(deputy, urgent),
        lambda: emergencies.set_incident(deputy, urgent, number="1"),
        lambda: people.remove_marker(deputy, marker, "why"),
        lambda: checks.set_flag(deputy, check, Flag.REFUSES_RING_BACK, True),
        lambda: checks.suspect_pretext(deputy, check),
        lambda: incidents.annotate_incident(deputy, incident, "more"),
    ):
        before = deputy.store.head()[0]
        with pytest.raises(NotFound):
            way()
        assert deputy.store.head()[0] == before


def test_an_address_protected_in_one_matter_is_protected_in_every_other(
    office: TestOffice, hidden: quicklog.Logged
) -> None:
    desk = office.sign_in(OFFICER)
    point = people.add_contact_point(desk, hidden.person_uid, "address", "1 Road", "given")
    on_it = people.NewMarker(
        MarkerKind.PROTECTED_ADDRESS,
        "say nothing of where",
        "told us",
        desk.today(),
        enquiry_uid=hidden.enquiry_uid,
    )
    people.set_marker(desk, on_it)
    other = office.sign_in(SECOND)
    done = quicklog.log_line(
        other, quicklog.LineRequest("about a fine", person_uid=hidden.person_uid)
    )
    with pytest.raises(SecondOfficerNeeded):
        revealing.reveal(other, revealing.Reveal(done.enquiry_uid, point, 1, "why"))
