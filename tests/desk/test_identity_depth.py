from __future__ import annotations

from datetime import timedelta

import pytest

from enquiry_tui.desk import (
    agreed_passwords,
    bring_forwards,
    checks,
    contact_points,
    contacts,
    gate_views,
    listening,
    people,
    promises,
    ring_backs,
)
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.confirming import Way, ways
from enquiry_tui.domain.listening import Question, meaning
from enquiry_tui.domain.vocabulary import CheckOutcome, InfoClass, Kind, Recognition
from enquiry_tui.errors import Refused
from tests.desk.calls import LOW, MEDIUM, Known, allowed, call_from, known_caller, recognise
from tests.desk.offices import TestOffice, last_event

PASSWORD = "Purple Kettle"


@pytest.fixture
def known(desk: Desk, office: TestOffice) -> Known:
    return known_caller(desk, office)


def passed_at_medium(desk: Desk, known: Known) -> str:
    call = call_from(desk, known)
    check = checks.open_check(desk, call)
    checks.try_step(desk, check.uid, known.word)
    ring = ring_backs.RingBack(check.uid, point_uid=known.point, answered_by="her")
    assert ring_backs.ring_back(desk, ring, until=MEDIUM).outcome is CheckOutcome.PASSED
    return call


def reference(desk: Desk, known: Known) -> str:
    row = desk.store.one("SELECT reference FROM enquiry WHERE uid = ?", (known.enquiry,))
    assert row is not None
    return str(row["reference"])


def test_an_agreed_password_is_kept_as_an_argon2id_hash_and_nowhere_else(
    desk: Desk, known: Known
) -> None:
    agreed_passwords.agree_password(desk, passed_at_medium(desk, known), PASSWORD)
    row = desk.store.one("SELECT hash FROM agreed_password")
    assert row is not None and row["hash"].startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    for table in desk.store.query("SELECT name FROM sqlite_master WHERE type = 'table'"):
        for kept in desk.store.query(f'SELECT * FROM "{table["name"]}"'):
            assert "kettle" not in str(tuple(kept)).casefold()


def test_it_recognises_at_medium_with_the_reference_and_a_wrong_one_is_a_miss(
    desk: Desk, known: Known
) -> None:
    agreed_passwords.agree_password(desk, passed_at_medium(desk, known), PASSWORD)
    check = checks.open_check(desk, call_from(desk, known))
    assert checks.try_step(desk, check.uid, "purple cattle").misses_today == 1
    checks.try_step(desk, check.uid, "purple  KETTLE")
    done = checks.try_step(desk, check.uid, reference(desk, known), until=MEDIUM)
    assert done.outcome is CheckOutcome.PASSED and done.recognition is Recognition.MEDIUM
    assert {step.step for step in done.steps if step.passed} == {"password", "reference"}


def test_it_takes_a_contact_that_passed_at_medium(desk: Desk, known: Known) -> None:
    call = call_from(desk, known)
    recognise(desk, call, known)
    with pytest.raises(Refused, match="passed at medium"):
        agreed_passwords.agree_password(desk, call, PASSWORD)
    call = passed_at_medium(desk, known)
    contacts.set_circumstance(desk, call, "accompanied", True)
    with pytest.raises(Refused, match="nobody listening"):
        agreed_passwords.agree_password(desk, call, PASSWORD)


def test_what_a_letter_gives_away_or_a_short_word_is_no_password(desk: Desk, known: Known) -> None:
    call = passed_at_medium(desk, known)
    for bad in ("kettle", "", "Janet Holt", reference(desk, known)):
        with pytest.raises(Refused):
            agreed_passwords.agree_password(desk, call, bad)


def test_a_replaced_or_withdrawn_password_opens_nothing(desk: Desk, known: Known) -> None:
    call = passed_at_medium(desk, known)
    agreed_passwords.agree_password(desk, call, PASSWORD)
    agreed_passwords.agree_password(desk, call, "quiet harbour")
    check = checks.open_check(desk, call_from(desk, known))
    assert not checks.try_step(desk, check.uid, PASSWORD).steps[-1].passed
    agreed_passwords.withdraw_password(desk, known.person, "she asked")
    assert agreed_passwords.has_password(desk, known.person) == ""
    assert "password" not in checks.try_step(desk, check.uid, "quiet harbour").available
    with pytest.raises(NotFound):
        agreed_passwords.withdraw_password(desk, known.person, "again")


def test_a_number_the_call_itself_brought_is_neither_offered_nor_rung(
    desk: Desk, known: Known
) -> None:
    call = call_from(desk, known)
    contacts.set_kind(desk, call, Kind.OTHER_AGENCY)
    contacts.save_note(desk, call, "says ring him on 01632 960777, it is the switchboard")
    people.add_contact_point(desk, known.person, "phone", "01632 960888", "given")
    check = checks.open_check(desk, call).uid
    for number in ("01632 960777", "01632 960888"):
        with pytest.raises(Refused, match="the caller rang from or gave"):
            ring_backs.ring_back(
                desk, ring_backs.RingBack(check, number=number, source="web", answered_by="DI")
            )
    assert len(ring_backs.numbers_given(desk, check)) == 2


def test_the_callers_own_line_is_rung_only_after_the_packs_minutes(
    desk: Desk, office: TestOffice, known: Known
) -> None:
    call = call_from(desk, known)
    contacts.set_kind(desk, call, Kind.OTHER_AGENCY)
    check = checks.open_check(desk, call).uid
    ring = ring_backs.RingBack(
        check, number="01632 960250", source="register", answered_by="DI Marsh", same_line=True
    )
    with pytest.raises(Refused, match="5 minutes first"):
        ring_backs.ring_back(desk, ring)
    promises.make_promise(
        desk,
        promises.MakePromise(known.enquiry, "ring back", desk.now() + timedelta(minutes=9), call),
    )
    with pytest.raises(Refused, match="5 minutes first"):
        ring_backs.ring_back(desk, ring)
    office.clock.advance(seconds=301)
    assert ring_backs.ring_back(desk, ring).steps[-1].passed
    assert last_event(desk)["detail"]["same_line"] is True


def test_a_desk_telephone_waits_for_nothing(desk: Desk) -> None:
    assert ring_backs.wait_minutes(desk, same_line=False) == 0


def test_a_new_address_is_confirmed_only_by_a_second_channel_that_is_there(
    desk: Desk, known: Known
) -> None:
    point = people.add_contact_point(desk, known.person, "address", "2 New Lane", "given")
    assert set(contact_points.confirm_ways(desk, point)) == {
        Way.RUNG_HELD,
        Way.PUBLISHED,
        Way.IN_PERSON,
    }
    with pytest.raises(Refused, match="Not this way"):
        contact_points.confirm_by(desk, point, Way.LETTER_HELD)
    contact_points.ask_to_confirm(desk, point, known.enquiry, Way.RUNG_HELD)
    assert "Confirm the new address" in bring_forwards.bring_forwards_of(desk, known.enquiry)[0].why
    contact_points.confirm_by(desk, point, Way.RUNG_HELD, "24 Nov")
    with pytest.raises(Refused, match="confirmed"):
        contact_points.confirm_by(desk, point, Way.RUNG_HELD)


def test_a_letter_to_the_new_address_confirms_it_only_while_nothing_else_is_held() -> None:
    assert Way.FIRST_LETTER in ways(())
    assert Way.FIRST_LETTER not in ways({"phone"})


def test_a_change_just_before_the_question_is_pointed_out(
    desk: Desk, office: TestOffice, known: Known
) -> None:
    call = call_from(desk, known)
    assert gate_views.look(desk, call, InfoClass.OWN_PROGRESS).changed == ()
    people.add_contact_point(desk, known.person, "address", "2 New Lane", "given")
    (words,) = gate_views.look(desk, call, InfoClass.OWN_PROGRESS).changed
    assert "address new" in words and "not confirmed" in words
    office.clock.advance(seconds=86_400 * 15)
    call = call_from(desk, known)
    assert gate_views.look(desk, call, InfoClass.OWN_PROGRESS).changed == ()


def test_yes_and_no_set_what_shuts_the_gate_and_never_clear_it(desk: Desk, known: Known) -> None:
    call = call_from(desk, known)
    recognise(desk, call, known)
    assert allowed(desk, call, InfoClass.OWN_PROGRESS) == "release"
    listening.answered(desk, call, Question.SOMEBODY, answer=True)
    assert allowed(desk, call, InfoClass.OWN_PROGRESS) == "never"
    listening.answered(desk, call, Question.SOMEBODY, answer=False)
    listening.answered(desk, call, Question.SAFE, answer=False)
    row = contacts.view(desk, call)
    assert row.accompanied and row.under_duress


def test_every_question_has_its_words_and_hurt_or_police_mean_help_now(desk: Desk) -> None:
    assert set(desk.packs.say.value.questions) == set(Question)
    for question in (Question.HURT, Question.POLICE):
        assert meaning(question, answer=True).urgent
    assert meaning(Question.LATER, answer=True).ring_later


def test_safe_times_are_still_to_come_and_in_order(desk: Desk) -> None:
    times = listening.safe_times(desk)
    assert list(times) == sorted(set(times)) and times[0] > desk.now()


def test_the_code_word_alone_counts_again_only_where_today_went_well(
    desk: Desk, known: Known
) -> None:
    first = call_from(desk, known)
    recognise(desk, first, known)
    contacts.end_contact(desk, first)
    again = contacts.same_caller_again(desk, known.enquiry).uid
    check = checks.open_check(desk, again)
    assert checks.try_step(desk, check.uid, known.word, until=LOW).outcome is CheckOutcome.PASSED
    contacts.end_contact(desk, again)
    third = contacts.same_caller_again(desk, known.enquiry).uid
    check = checks.open_check(desk, third)
    checks.try_step(desk, check.uid, "about a dog")
    assert checks.try_step(desk, check.uid, known.word, until=LOW).outcome is None


def test_each_event_names_the_pack_whose_rules_it_followed(desk: Desk, known: Known) -> None:
    call = call_from(desk, known)
    checks.open_check(desk, call)
    packs = desk.packs
    seen = {row["action"]: row["pack"] for row in desk.store.query("SELECT * FROM event")}
    assert seen["check.open"] == packs.checks.hash
    assert seen["contact-point.confirm"] == packs.authority.hash
    assert seen["contact.begin"] == packs.disclosure.hash
