from __future__ import annotations

from datetime import timedelta

import pytest

from enquiry_tui.desk import (
    bring_forwards,
    contacts,
    directory,
    emergencies,
    lists,
    notices,
    promises,
)
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.emergencies import UrgentView
from enquiry_tui.domain.emergency import FIND_OUT, RING_BACK, Ending
from enquiry_tui.errors import Refused
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice


def rung(desk: Desk) -> UrgentView:
    urgent = emergencies.begin_urgent(desk)
    return emergencies.urgent_line(desk, urgent.uid, "Dave Marsh 07700 900321")


def matter_of(desk: Desk, urgent: UrgentView) -> str:
    return contacts.view(desk, urgent.contact_uid).enquiry_uid


def promise_to_ring(desk: Desk, urgent: UrgentView) -> None:
    due = desk.now() + timedelta(minutes=2)
    request = promises.MakePromise(matter_of(desk, urgent), RING_BACK, due, urgent.contact_uid)
    promises.make_promise(desk, request)


def open_promises(desk: Desk, urgent: UrgentView) -> list[str]:
    found = promises.promises_of(desk, matter_of(desk, urgent))
    return [promise.what for promise in found if promise.state == "open"]


def test_who_rings_is_taken_from_the_log_into_the_row_and_the_promise(desk: Desk) -> None:
    urgent = rung(desk)
    call = contacts.view(desk, urgent.contact_uid)
    assert (call.who, call.unsure, call.phone) == ("Dave Marsh", True, "07700 900321")
    assert call.person_uid == ""
    promise_to_ring(desk, urgent)
    (row,) = lists.queue_rows(desk, lists.queue_keys(desk, "promises"))
    assert row.who == "Dave Marsh"
    emergencies.urgent_line(desk, urgent.uid, "name Kim, 07700 900322")
    assert contacts.view(desk, urgent.contact_uid).who == "Dave Marsh"


def test_a_nameless_caller_is_shown_by_the_masked_end_of_the_number(desk: Desk) -> None:
    urgent = emergencies.begin_urgent(desk)
    emergencies.set_place(desk, urgent.uid, "roof of the town hall, 07700 900321")
    (row,) = lists.queue_rows(desk, lists.queue_keys(desk, "today"))
    assert row.who == "••••• •••321"


def test_the_number_of_the_control_room_is_not_the_callers(desk: Desk) -> None:
    urgent = emergencies.begin_urgent(desk)
    after = emergencies.urgent_line(desk, urgent.uid, "control room 01632 960999 has it")
    assert after.phone == ""


def test_the_incident_and_who_took_it_are_taken_from_the_log_once(desk: Desk) -> None:
    urgent = rung(desk)
    for words in ("4471 PC Shah", "4472 PC Reed"):
        urgent = emergencies.urgent_line(desk, urgent.uid, words)
    assert (urgent.incident_number, urgent.taken_by) == ("4471", "PC Shah")


def test_nobody_ends_an_urgent_call_without_saying_how(desk: Desk) -> None:
    urgent = rung(desk)
    with pytest.raises(Refused, match="How did it end"):
        emergencies.end_urgent(desk, urgent.uid, " ")
    assert emergencies.view(desk, urgent.uid).ended_at is None


@pytest.mark.parametrize("ending", [Ending.LINE_LOST, Ending.HUNG_UP])
@pytest.mark.parametrize("promised", [False, True])
def test_an_outcome_that_nobody_knows_presses_until_somebody_does(
    office: TestOffice, ending: Ending, promised: bool
) -> None:
    desk = office.sign_in(OFFICER)
    urgent = rung(desk)
    if promised:
        promise_to_ring(desk, urgent)
    emergencies.end_urgent(desk, urgent.uid, ending)
    contacts.end_contact(desk, urgent.contact_uid, ending.contact)
    assert open_promises(desk, urgent) == [RING_BACK if promised else FIND_OUT]
    office.clock.advance(seconds=16 * 60)
    leading = office.sign_in(SUPERVISOR)
    looks = bring_forwards.bring_forwards_of(leading, matter_of(leading, urgent))
    assert [brought.why.startswith("OUTCOME NOT KNOWN") for brought in looks] == [True]
    bring_forwards.finish_bring_forward(leading, looks[0].uid)
    for queue in ("today", "promises", "overdue"):
        (row,) = lists.queue_rows(leading, lists.queue_keys(leading, queue))
        assert row.due_kind == "promise"


@pytest.mark.parametrize("ending", [Ending.HELP_THERE, Ending.CONTROL_ROOM, Ending.MISTAKE])
def test_a_ring_back_goes_once_it_is_known_how_they_are(desk: Desk, ending: Ending) -> None:
    urgent = rung(desk)
    promise_to_ring(desk, urgent)
    assert emergencies.view(desk, urgent.uid).ring_back_at is not None
    emergencies.end_urgent(desk, urgent.uid, ending)
    (promise,) = promises.promises_of(desk, matter_of(desk, urgent))
    assert (promise.state, promise.settled_how) == ("released", ending)


def test_words_of_the_officers_own_let_a_promised_ring_back_stand(desk: Desk) -> None:
    urgent = rung(desk)
    promise_to_ring(desk, urgent)
    emergencies.end_urgent(desk, urgent.uid, "gone quiet")
    assert open_promises(desk, urgent) == [RING_BACK]


def test_the_log_says_since_when_the_screen_stood_before_it_began(desk: Desk) -> None:
    opened = desk.now() - timedelta(seconds=9)
    urgent = emergencies.begin_urgent(desk, opened_at=opened)
    assert urgent.log[0][1] == "started; F9 open since 13:59:51"


def test_it_is_told_at_sign_in_until_the_control_rooms_number_is_confirmed(desk: Desk) -> None:
    assert any("control room's number is NOT CONFIRMED" in words for words in notices.due(desk))
    directory.confirm_entry(desk, "control-room", "rung from the printed list")
    assert not any("control room" in words for words in notices.due(desk))
