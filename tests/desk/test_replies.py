from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from enquiry_tui.desk import (
    authorities,
    checks,
    contacts,
    enquiries,
    gate,
    gate_views,
    letters,
    people,
    replies,
)
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import GateShut, NotFound
from enquiry_tui.domain.authorities import AuthorityKind
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.vocabulary import Allowed, Authority, Decision, InfoClass, Kind
from enquiry_tui.errors import Refused
from tests.desk.calls import Known, confirmed, known_caller
from tests.desk.offices import TestOffice

PROGRESS = InfoClass.OWN_PROGRESS
CLIENT = Need(authorities=frozenset({Authority.CLIENT}))
LETTER = letters.TypedLetter(
    sender="Janet Holt", sender_address="Flat 4, Mill Lane", subject="Vans", words="Vans at school."
)


def letter_from(desk: Desk, person: str = "") -> str:
    done = letters.type_letter(desk, LETTER)
    assert isinstance(done, letters.Imported)
    if person:
        contacts.pick_person(desk, done.contact_uid, person)
    return done.contact_uid


def reply(
    contact: str, point: str, info_class: InfoClass = InfoClass.OWN_PROGRESS
) -> replies.Reply:
    return replies.Reply(contact, point, "Your letter is with Estates.", info_class)


def part(contact: str, point: str) -> replies.Reply:
    return replace(reply(contact, point), decision=Decision.PART)


def signed(known: Known, helper: str) -> authorities.NewAuthority:
    return authorities.NewAuthority(
        known.enquiry,
        AuthorityKind.LETTER,
        helper,
        known.person,
        "the parking complaint",
        (PROGRESS,),
        "letter of 3 Nov, in the file",
        date(2026, 11, 3),
        checked_how="signature compared",
    )


def test_a_reply_goes_to_an_address_held_and_confirmed_before_the_letter(
    desk: Desk, office: TestOffice
) -> None:
    known = known_caller(desk, office)
    held = people.add_contact_point(desk, known.person, "address", "Flat 4, Mill Lane", "letter")
    confirmed(desk, held)
    office.clock.advance(seconds=86_400)
    contact = letter_from(desk, known.person)
    uid = replies.write_reply(desk, reply(contact, held))
    line = desk.store.query("SELECT * FROM ledger WHERE route = 'written'")[0]
    assert (line["content"], line["decision"]) == (1, "release")
    replies.mark_reply_sent(desk, uid)
    assert contacts.view(desk, contact).state == "ended"
    with pytest.raises(Refused, match="marked as sent"):
        replies.mark_reply_sent(desk, uid)


def test_a_new_address_gets_nothing_confidential(desk: Desk, office: TestOffice) -> None:
    known = known_caller(desk, office)
    first = people.add_contact_point(desk, known.person, "address", "Flat 4, Mill Lane", "letter")
    confirmed(desk, first)
    office.clock.advance(seconds=86_400)
    contact = letter_from(desk, known.person)
    fresh = people.add_contact_point(desk, known.person, "address", "9 New Road", "this letter")
    with pytest.raises(GateShut):
        replies.write_reply(desk, reply(contact, fresh))
    confirmed(desk, fresh)
    with pytest.raises(GateShut):
        replies.write_reply(desk, reply(contact, fresh))


def test_a_first_letter_is_answered_to_the_address_on_it(desk: Desk) -> None:
    person = people.record_person(desk, people.NewPerson("Ann Mercer", address="1 High Street"))
    contact = letter_from(desk, person)
    point = desk.store.one("SELECT uid FROM contact_point")
    assert point is not None
    assert replies.write_reply(desk, reply(contact, point["uid"]))


def test_what_a_relative_writes_is_answered_to_the_person_they_act_for(
    desk: Desk, office: TestOffice
) -> None:
    known = known_caller(desk, office)
    helper = people.record_person(desk, people.NewPerson("Carl Holt", address="1 High Street"))
    held = people.add_contact_point(desk, known.person, "address", "Flat 4, Mill Lane", "letter")
    own = desk.store.one("SELECT uid FROM contact_point WHERE value = '1 High Street'")
    assert own is not None
    for point in (held, own["uid"]):
        confirmed(desk, point)
    office.clock.advance(seconds=86_400)
    letter = letters.type_letter(desk, replace(LETTER, enquiry_uid=known.enquiry))
    assert isinstance(letter, letters.Imported)
    contacts.pick_person(desk, letter.contact_uid, helper)
    contacts.set_kind(desk, letter.contact_uid, Kind.RELATIVE)
    allowed = gate.verdict(desk, letter.contact_uid, PROGRESS, point_uid=held).allowed
    assert allowed is Allowed.MESSAGE
    paper = authorities.add_authority(desk, signed(known, helper))
    check = checks.open_check(desk, letter.contact_uid).uid
    authorities.take_authority(desk, check, paper.uid, PROGRESS, until=CLIENT)
    seen = gate_views.say(desk, letter.contact_uid, PROGRESS)
    assert [(item.uid, item.whose) for item in seen.addresses] == [(held, "Janet Holt")]
    with pytest.raises(GateShut):
        replies.write_reply(desk, part(letter.contact_uid, own["uid"]))
    assert replies.write_reply(desk, part(letter.contact_uid, held))


@pytest.mark.parametrize(
    "info_class", [InfoClass.THIRD_PARTY, InfoClass.SENSITIVE, InfoClass.OPERATIONAL]
)
def test_a_letter_never_tells_what_no_letter_may(
    desk: Desk, office: TestOffice, info_class: InfoClass
) -> None:
    known = known_caller(desk, office)
    held = people.add_contact_point(desk, known.person, "address", "Flat 4, Mill Lane", "letter")
    confirmed(desk, held)
    office.clock.advance(seconds=86_400)
    contact = letter_from(desk, known.person)
    with pytest.raises(GateShut):
        replies.write_reply(desk, reply(contact, held, info_class))


def test_a_call_is_not_answered_in_writing_and_a_reply_needs_words(desk: Desk) -> None:
    call = contacts.begin_contact(desk).uid
    with pytest.raises(Refused, match="no letter"):
        replies.write_reply(desk, reply(call, ""))
    with pytest.raises(Refused, match="no reply"):
        replies.write_reply(desk, replies.Reply(letter_from(desk), "", " \n "))
    with pytest.raises(NotFound):
        replies.mark_reply_sent(desk, "no such letter")


def test_after_ten_working_days_a_reply_opens_a_contact_of_its_own(
    desk: Desk, office: TestOffice
) -> None:
    person = people.record_person(desk, people.NewPerson("Ann Mercer", address="1 High Street"))
    contact = letter_from(desk, person)
    office.clock.advance(seconds=86_400 * 20)
    point = desk.store.one("SELECT uid FROM contact_point")
    assert point is not None
    answer = replies.Reply(contact, point["uid"], "We have it.", InfoClass.PUBLIC, Decision.RELEASE)
    assert replies.write_reply(desk, answer)
    rows = desk.store.query("SELECT direction FROM contact ORDER BY id")
    assert [row["direction"] for row in rows] == ["in", "out"]


def test_a_letter_waits_in_the_post_queue_until_its_reply_is_sent(desk: Desk) -> None:
    person = people.record_person(desk, people.NewPerson("Ann Mercer", address="1 High Street"))
    contact = letter_from(desk, person)
    matter = contacts.view(desk, contact).enquiry_uid
    assert enquiries.closing_blocks(desk, matter)
    point = desk.store.one("SELECT uid FROM contact_point")
    assert point is not None
    uid = replies.write_reply(desk, reply(contact, point["uid"]))
    replies.mark_reply_sent(desk, uid)
    row = desk.store.one("SELECT sent_on FROM enquiry WHERE uid = ?", (matter,))
    assert row is not None
    assert row["sent_on"] == "2026-11-24"
