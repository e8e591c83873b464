from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from enquiry_tui.desk.bring_forwards import (
    bring_forwards_of,
    finish_bring_forward,
    set_bring_forward,
)
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import ReasonMissing
from enquiry_tui.desk.promises import (
    MakePromise,
    PastTime,
    SafeNumberOnly,
    keep_promise,
    make_promise,
    move_promise,
    my_promises,
    promises_of,
    release_promise,
)
from enquiry_tui.desk.steps import enquiry
from enquiry_tui.desk.work import OtherMatter, WrongState
from enquiry_tui.errors import NotPermitted
from tests.desk.matters import new_call, new_matter, new_person, set_marker
from tests.desk.offices import AUDITOR, OFFICER, TestOffice, last_event

FOUR = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


def promise(desk: Desk, matter: str, due: datetime = FOUR) -> str:
    return make_promise(desk, MakePromise(matter, "ring with a name", due)).uid


def test_a_promise_puts_its_matter_at_the_top_by_time(desk: Desk) -> None:
    matter = new_matter(desk)
    made = make_promise(desk, MakePromise(matter, "ring with a name", FOUR, to_whom="Mrs Holt"))
    assert (made.state, made.due_at, made.to_whom, made.moved) == ("open", FOUR, "Mrs Holt", 0)
    assert last_event(desk)["action"] == "promise.make"
    assert enquiry(desk, matter)["desk_key"].startswith("1 2026-11-24T16:00")
    assert [item.uid for item in my_promises(desk)] == [made.uid]


def test_moving_keeps_the_first_time_and_whether_they_were_told(desk: Desk) -> None:
    uid = promise(desk, new_matter(desk))
    tomorrow = FOUR + timedelta(days=1)
    moved = move_promise(desk, uid, tomorrow, "no answer yet", told=False)
    assert (moved.due_at, moved.first_due_at, moved.moved) == (tomorrow, FOUR, 1)
    assert not moved.told_of_move
    assert last_event(desk)["detail"]["why"] == "no answer yet"
    again = move_promise(desk, uid, tomorrow + timedelta(hours=1), "still none", told=True)
    assert (again.first_due_at, again.moved, again.told_of_move) == (FOUR, 2, True)


def test_a_move_needs_a_reason_and_a_time_to_come(desk: Desk) -> None:
    uid = promise(desk, new_matter(desk))
    with pytest.raises(ReasonMissing):
        move_promise(desk, uid, FOUR + timedelta(days=1), "  ", told=True)
    with pytest.raises(PastTime):
        move_promise(desk, uid, FOUR - timedelta(days=1), "earlier", told=True)


def test_a_promise_in_the_past_is_refused(desk: Desk) -> None:
    with pytest.raises(PastTime):
        promise(desk, new_matter(desk), FOUR - timedelta(hours=3))


def test_a_promise_is_settled_once(desk: Desk) -> None:
    matter = new_matter(desk)
    uid = promise(desk, matter)
    assert keep_promise(desk, uid, "rang at 15:50").settled_how == "rang at 15:50"
    assert last_event(desk)["action"] == "promise.keep"
    with pytest.raises(WrongState):
        release_promise(desk, uid, "not needed")
    assert not enquiry(desk, matter)["desk_key"].startswith("1 ")


def test_letting_a_promise_go_needs_a_reason(desk: Desk) -> None:
    uid = promise(desk, new_matter(desk))
    with pytest.raises(ReasonMissing):
        release_promise(desk, uid, "")
    assert release_promise(desk, uid, "they rang themselves").state == "released"
    assert last_event(desk)["action"] == "promise.drop"


def test_the_marked_safe_number_is_the_one_to_ring(desk: Desk) -> None:
    person = new_person(desk)
    set_marker(desk, person, "safe-contact-only", safe_number="07700 900555")
    set_marker(desk, person, "no-voicemail")
    matter = new_matter(desk)
    call = new_call(desk, matter, person=person)
    made = make_promise(desk, MakePromise(matter, "ring", FOUR, contact_uid=call))
    assert made.safe_number == "07700 900555"
    assert made.safe_only
    assert made.no_voicemail
    assert made.to_whom == "Janet Holt"


def test_another_number_than_the_safe_one_is_refused(desk: Desk) -> None:
    person = new_person(desk)
    set_marker(desk, person, "safe-contact-only", safe_number="07700 900555")
    matter = new_matter(desk)
    call = new_call(desk, matter, person=person)
    wrong = MakePromise(matter, "ring", FOUR, contact_uid=call, safe_number="07700 900111")
    with pytest.raises(SafeNumberOnly):
        make_promise(desk, wrong)
    same = MakePromise(matter, "ring", FOUR, contact_uid=call, safe_number="+44 7700 900555")
    assert make_promise(desk, same).safe_number == "+44 7700 900555"


def test_a_promise_binds_to_its_own_call(desk: Desk) -> None:
    call = new_call(desk, new_matter(desk, "One"))
    other = new_matter(desk, "Another")
    with pytest.raises(OtherMatter):
        make_promise(desk, MakePromise(other, "ring", FOUR, contact_uid=call))
    assert promises_of(desk, other) == ()


def test_a_matter_comes_forward_on_its_day_until_it_is_done(desk: Desk) -> None:
    matter = new_matter(desk)
    made = set_bring_forward(desk, matter, date(2026, 11, 27), "chase Estates")
    assert last_event(desk)["action"] == "bring-forward.set"
    assert enquiry(desk, matter)["desk_key"].startswith("2 2026-11-27")
    assert finish_bring_forward(desk, made.uid).state == "done"
    assert last_event(desk)["action"] == "bring-forward.done"
    assert enquiry(desk, matter)["desk_key"].startswith("2 9999")
    with pytest.raises(WrongState):
        finish_bring_forward(desk, made.uid)
    assert [item.state for item in bring_forwards_of(desk, matter)] == ["done"]


def test_an_auditor_promises_nothing(office: TestOffice) -> None:
    matter = new_matter(office.sign_in(OFFICER))
    desk = office.sign_in(AUDITOR)
    with pytest.raises(NotPermitted):
        promise(desk, matter)
    with pytest.raises(NotPermitted):
        set_bring_forward(desk, matter, date(2026, 11, 27), "chase")
