from __future__ import annotations

import pytest

from enquiry_tui.desk import enquiries, incidents, lists
from enquiry_tui.desk.audit import verify_record
from enquiry_tui.desk.complaints import ComplaintIntake, log_complaint
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.messages import (
    MessageStopped,
    TakeMessage,
    answer_message,
    messages_of,
    pass_message,
    take_message,
    tell_caller,
    withdraw_message,
)
from enquiry_tui.desk.problems import NotFound, ReasonTooShort
from enquiry_tui.desk.work import WordsMissing, WrongState
from enquiry_tui.errors import NotPermitted, Refused
from tests.desk.matters import new_call, new_matter
from tests.desk.offices import (
    AUDITOR,
    OFFICER,
    SECOND,
    SUPERVISOR,
    TestOffice,
    count_events,
    last_event,
)


def take(desk: Desk, matter: str, for_whom: str = "Press Office") -> str:
    return take_message(desk, TakeMessage(matter, for_whom, "Please ring Kay Dunn")).uid


def test_a_message_goes_from_taken_to_told_with_an_event_at_each_step(desk: Desk) -> None:
    uid = take(desk, new_matter(desk))
    assert last_event(desk)["action"] == "message.take"
    assert last_event(desk)["detail"]["to"] == "Press Office"
    assert pass_message(desk, uid, "by telephone").state == "passed"
    assert last_event(desk)["action"] == "message.pass"
    assert answer_message(desk, uid, "They will ring her at 16:00").state == "answered"
    assert last_event(desk)["action"] == "message.answer"
    told = tell_caller(desk, uid)
    assert (told.state, told.answer) == ("told", "They will ring her at 16:00")
    assert last_event(desk)["action"] == "message.caller-told"


def test_steps_are_taken_in_their_order_only(desk: Desk) -> None:
    uid = take(desk, new_matter(desk))
    before = count_events(desk)
    with pytest.raises(WrongState):
        answer_message(desk, uid, "too early")
    with pytest.raises(WrongState):
        tell_caller(desk, uid)
    pass_message(desk, uid, "")
    with pytest.raises(WrongState):
        pass_message(desk, uid, "")
    assert count_events(desk) == before + 1


def test_a_directory_entry_gives_its_name_when_nobody_is_named(desk: Desk) -> None:
    request = TakeMessage(new_matter(desk), "", "Please ring", entry_key="press-office")
    assert take_message(desk, request).for_whom == "Press office"


@pytest.mark.parametrize(("for_whom", "words"), [("", "Please ring"), ("Press Office", " \n ")])
def test_a_message_needs_somebody_and_words(desk: Desk, for_whom: str, words: str) -> None:
    with pytest.raises(WordsMissing):
        take_message(desk, TakeMessage(new_matter(desk), for_whom, words))


@pytest.mark.parametrize(
    "for_whom", ["CC", "the Chief", "Chief Constable", "staff officer", "chief  constable "]
)
def test_nothing_about_the_chief_goes_to_the_chief(desk: Desk, for_whom: str) -> None:
    matter = new_matter(desk)
    log_complaint(desk, ComplaintIntake(matter, "He lied", about="chief-constable"))
    with pytest.raises(MessageStopped):
        take(desk, matter, for_whom)
    assert take(desk, matter, "Monitoring officer")


@pytest.mark.parametrize("for_whom", ["PC Dunn", "Sgt Ravi Dunn", "dunn", "Dunne, Ravi"])
def test_a_message_never_reaches_the_officer_complained_of(desk: Desk, for_whom: str) -> None:
    matter = new_matter(desk)
    about = ComplaintIntake(matter, "He swore", about="officer", about_whom="PC 1234 Ravi Dunn")
    log_complaint(desk, about)
    with pytest.raises(MessageStopped):
        take(desk, matter, for_whom)
    assert take(desk, matter, "PC Holt")


def test_a_complaint_that_came_later_stops_a_message_that_waits(desk: Desk) -> None:
    matter = new_matter(desk)
    uid = take(desk, matter, "CC")
    log_complaint(desk, ComplaintIntake(matter, "He lied", about="chief-constable"))
    with pytest.raises(MessageStopped):
        pass_message(desk, uid, "in the tray")


def test_hostile_text_is_cleaned_before_it_is_kept(desk: Desk) -> None:
    matter = new_matter(desk)
    words = "ring\x1b[2J her \u202eback\r\n[bold]now[/bold]"
    message = take_message(desk, TakeMessage(matter, "Press\x00\nOffice", words))
    assert message.words == "ring[2J her back\n[bold]now[/bold]"
    assert message.for_whom == "Press Office"


def test_an_auditor_takes_no_messages(office: TestOffice) -> None:
    matter = new_matter(office.sign_in(OFFICER))
    desk = office.sign_in(AUDITOR)
    with pytest.raises(NotPermitted):
        take(desk, matter)


def test_messages_of_a_restricted_matter_are_not_there_for_others(office: TestOffice) -> None:
    desk = office.sign_in(OFFICER)
    matter = new_matter(desk)
    uid = take(desk, matter)
    log_complaint(desk, ComplaintIntake(matter, "He lied", about="chief-constable"))
    assert len(messages_of(desk, matter)) == 1
    other = office.sign_in(SECOND)
    with pytest.raises(NotFound):
        pass_message(other, uid, "by hand")
    with pytest.raises(NotFound):
        messages_of(other, matter)


def test_a_message_taken_in_error_is_withdrawn_stays_readable_and_waits_for_nobody(
    office: TestOffice,
) -> None:
    desk = office.sign_in(OFFICER)
    matter = new_matter(desk)
    uid = take(desk, matter)
    key = lists.key_of(desk, matter)
    assert lists.queue_keys(desk, "messages") == [key]
    with pytest.raises(ReasonTooShort):
        withdraw_message(desk, uid, "x")
    with pytest.raises(NotPermitted):
        withdraw_message(office.sign_in(SECOND), uid, "not for them")
    desk = office.sign_in(OFFICER)
    gone = withdraw_message(desk, uid, "wrong tray")
    assert (gone.state, gone.words, gone.withdrawn_why) == (
        *("withdrawn", "Please ring Kay Dunn", "wrong tray"),
    )
    event = last_event(desk)
    assert (event["action"], event["detail"]["why"]) == ("message.withdrawn", "wrong tray")
    assert lists.queue_keys(desk, "messages") == []
    assert messages_of(desk, matter) == (gone,)
    for step in (pass_message, answer_message, withdraw_message):
        with pytest.raises(WrongState):
            step(desk, uid, "too late")
    enquiries.close_enquiry(desk, matter, "answered")
    other = take(desk, new_matter(desk))
    leader = office.sign_in(SUPERVISOR)
    assert withdraw_message(leader, other, "wrong tray").state == "withdrawn"
    assert verify_record(leader).verified


def test_what_tells_of_something_said_in_error_is_not_withdrawn(desk: Desk) -> None:
    matter = new_matter(desk)
    slip = incidents.Slip("her address", "her brother", enquiry_uid=matter)
    incidents.record_incident(desk, slip)
    (told,) = messages_of(desk, matter)
    with pytest.raises(Refused, match="not withdrawn"):
        withdraw_message(desk, told.uid, "wrong tray")


def test_the_queue_says_for_whom_a_message_is_and_in_which_words(desk: Desk) -> None:
    matter = new_matter(desk)
    uid = take(desk, matter)
    (row,) = lists.queue_rows(desk, lists.queue_keys(desk, "messages"))
    assert row.message_for == "Press Office"
    assert "Message for Press Office: Please ring Kay Dunn" in lists.footing(desk, matter).stands
    new_call(desk, new_matter(desk))
    assert "Kay Dunn" not in lists.footing(desk, matter).stands
    pass_message(desk, uid, "by telephone")
    (row,) = lists.queue_rows(desk, [lists.key_of(desk, matter)])
    assert not row.message_for
    assert "Message for" not in lists.footing(desk, matter).stands
