from __future__ import annotations

from datetime import timedelta

import pytest

from enquiry_tui.desk import (
    bring_forwards,
    contacts,
    corrections,
    emergencies,
    entries,
    lists,
    notices,
    opening,
    promises,
    revealing,
)
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.emergencies import UrgentView
from enquiry_tui.desk.search import search
from enquiry_tui.desk.timeline import URGENT
from enquiry_tui.desk.views import DeskRow
from enquiry_tui.errors import Refused
from enquiry_tui.tui.screens.desk_rows import due_of
from tests.desk.matters import new_matter
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice


def begun(desk: Desk) -> UrgentView:
    urgent = emergencies.begin_urgent(desk)
    emergencies.set_place(desk, urgent.uid, "railway footbridge, Mill Lane")
    return emergencies.urgent_line(desk, urgent.uid, "girl about 15, red anorak")


def ended(desk: Desk, urgent: UrgentView) -> None:
    emergencies.end_urgent(desk, urgent.uid, "help is with them", well="shaken")
    contacts.end_contact(desk, urgent.contact_uid)


def matter_of(desk: Desk, urgent: UrgentView) -> str:
    return contacts.view(desk, urgent.contact_uid).enquiry_uid


def test_the_place_the_log_and_the_incident_lead_to_the_matter(desk: Desk) -> None:
    urgent = begun(desk)
    emergencies.set_incident(desk, urgent.uid, number="NM-551", taken_by="Op. Reed")
    ended(desk, urgent)
    for words in ("railway footbridge", "red anorak", "NM-551", "footbridge reed"):
        assert [item.enquiry_uid for item in search(desk, words)] == [matter_of(desk, urgent)]
    assert "railway footbridge" in search(desk, "railway")[0].snippet


def test_an_urgent_log_is_found_in_the_matter_its_call_was_moved_to(desk: Desk) -> None:
    urgent = begun(desk)
    ended(desk, urgent)
    other = new_matter(desk, "Worry about a neighbour")
    corrections.move_contact(desk, urgent.contact_uid, other, "the same girl")
    assert [item.enquiry_uid for item in search(desk, "anorak")] == [other]


def test_the_history_names_the_place_and_its_log_is_read_there(desk: Desk) -> None:
    urgent = begun(desk)
    ended(desk, urgent)
    matter = matter_of(desk, urgent)
    page = opening.refresh(desk, matter)
    (line,) = [line for line in page.timeline if line.what == URGENT]
    assert line.at == urgent.started_at
    assert line.words == ("railway footbridge, Mill Lane · NO INCIDENT NUMBER · help is with them")
    words = str(entries.entry(desk, matter, urgent.uid))
    assert "girl about 15, red anorak" in words and "where: railway footbridge" in words


def test_the_log_is_masked_in_another_call_until_it_is_revealed(desk: Desk) -> None:
    urgent = begun(desk)
    ended(desk, urgent)
    matter = matter_of(desk, urgent)
    contacts.begin_contact(desk)
    page = opening.refresh(desk, matter)
    (line,) = [line for line in page.timeline if line.what == URGENT]
    assert line.masked and "footbridge" not in line.words
    assert "red anorak" not in str(entries.entry(desk, matter, urgent.uid))
    assert "red anorak" in revealing.reveal(desk, revealing.Reveal(matter, urgent.uid, 1))


def test_an_urgent_call_presses_first_on_the_supervisors_desk_until_it_is_looked_at(
    office: TestOffice,
) -> None:
    desk = office.sign_in(OFFICER)
    promised = new_matter(desk, "Ring Mrs Holt")
    promises.make_promise(
        desk, promises.MakePromise(promised, "ring", desk.now() + timedelta(hours=1))
    )
    urgent = begun(desk)
    matter = matter_of(desk, urgent)
    assert notices.urgent_calls(desk) == ()
    ended(desk, urgent)
    leading = office.sign_in(SUPERVISOR)
    for queue in ("today", "everything"):
        first = lists.queue_rows(leading, lists.queue_keys(leading, queue))[0]
        assert (first.uid, first.due_kind) == (matter, "urgent")
    kept = lists.queue_rows(leading, lists.queue_keys(leading, "promises"))
    assert [row.uid for row in kept] == [promised]
    told = notices.urgent_calls(leading)
    assert told == ("URGENT call (F9) to be looked at: 26-2.",)
    for brought in bring_forwards.bring_forwards_of(leading, matter):
        bring_forwards.finish_bring_forward(leading, brought.uid)
    assert notices.urgent_calls(leading) == ()
    assert lists.queue_rows(leading, lists.queue_keys(leading, "today"))[0].uid == promised


def test_an_urgent_call_in_a_matter_that_was_there_presses_in_it(desk: Desk) -> None:
    matter = new_matter(desk, "Parking")
    call = contacts.begin_contact(desk, enquiry_uid=matter)
    emergencies.begin_urgent(desk, call.uid)
    (row,) = lists.queue_rows(desk, lists.queue_keys(desk, "today"))
    assert (row.uid, row.due_kind) == (matter, "urgent")


def test_the_call_of_an_urgent_call_ends_only_through_its_own_form(
    desk: Desk, office: TestOffice
) -> None:
    urgent = begun(desk)
    assert contacts.view(desk, urgent.contact_uid).urgent
    office.clock.advance(seconds=86_400)
    assert contacts.overdue(desk) == ()
    for how in ("ended", "abandoned"):
        with pytest.raises(Refused, match="urgent call"):
            contacts.end_contact(desk, urgent.contact_uid, how)
    ended(desk, urgent)
    assert contacts.view(desk, urgent.contact_uid).state == "ended"


def test_words_without_a_digit_are_no_incident_number(desk: Desk) -> None:
    urgent = begun(desk)
    with pytest.raises(Refused, match="no digit"):
        emergencies.set_incident(desk, urgent.uid, number="girl about fifteen")
    assert emergencies.set_incident(desk, urgent.uid, number="NM-551").incident_number == "NM-551"


def test_a_ring_back_that_was_promised_on_f9_is_a_promise_and_late_like_any_other(
    office: TestOffice,
) -> None:
    desk = office.sign_in(OFFICER)
    urgent = begun(desk)
    matter, others = matter_of(desk, urgent), new_matter(desk, "Ring Mrs Holt")
    for where, minutes in ((matter, 2), (others, 1)):
        due = desk.now() + timedelta(minutes=minutes)
        promises.make_promise(desk, promises.MakePromise(where, "ring back", due))
    new_matter(desk, "Nothing promised")
    begun_only = [lists.queue_counts(desk)[name] for name in ("promises", "overdue")]
    assert begun_only == [2, 0]
    office.clock.advance(seconds=180)
    rows: tuple[DeskRow, ...] = ()
    for mine in (False, True):
        for queue in ("promises", "overdue"):
            rows = lists.queue_rows(desk, lists.queue_keys(desk, queue, mine=mine))
            assert [row.uid for row in rows] == [matter, others]
            assert lists.queue_counts(desk, mine=mine)[queue] == 2
        places, _ = lists.queue_slice(desk, "promises", mine=mine)
        assert list(places) == lists.queue_keys(desk, "promises", mine=mine)
    assert due_of(desk, rows[0], desk.now()) == "URGENT LATE"
    assert due_of(desk, rows[1], desk.now()).startswith("LATE")
