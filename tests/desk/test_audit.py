from __future__ import annotations

import pytest

from enquiry_tui.desk.audit import VAULT_ACTS, events, vault_events, verify_record
from enquiry_tui.desk.complaints import ComplaintIntake, log_complaint
from enquiry_tui.desk.recovery import Paper, issue_recovery_key, open_with_key
from enquiry_tui.errors import NotPermitted
from tests.desk.matters import new_matter
from tests.desk.offices import (
    AUDITOR,
    MONITOR,
    OFFICER,
    SECOND,
    SUPERVISOR,
    TestOffice,
    last_event,
    passphrase_of,
)


def test_the_record_verifies_and_says_that_it_was_verified(office: TestOffice) -> None:
    desk = office.sign_in(OFFICER)
    new_matter(desk)
    found = verify_record(desk)
    assert found.verified
    assert found.failures == ()
    event = last_event(desk)
    assert (event["action"], event["outcome"]) == ("audit.verified", "verified")


def test_an_officer_reads_the_own_acts_only(office: TestOffice) -> None:
    new_matter(office.sign_in(SECOND))
    desk = office.sign_in(OFFICER)
    new_matter(desk)
    assert {item.handle for item in events(desk)} == {OFFICER}
    assert last_event(desk)["action"] == "audit.read"


def test_a_supervisor_reads_the_teams_acts(office: TestOffice) -> None:
    new_matter(office.sign_in(OFFICER))
    new_matter(office.sign_in(SECOND))
    handles = {item.handle for item in events(office.sign_in(SUPERVISOR), limit=500)}
    assert {OFFICER, SECOND, SUPERVISOR} <= handles


@pytest.mark.parametrize("handle", [MONITOR, AUDITOR])
def test_monitoring_officer_and_auditor_read_all(office: TestOffice, handle: str) -> None:
    new_matter(office.sign_in(OFFICER))
    seen = events(office.sign_in(handle), limit=500)
    assert {"enquiry.open", "account.added", "session.sign-in"} <= {item.action for item in seen}
    assert seen[0].seq > seen[-1].seq


def test_a_page_goes_on_where_the_last_one_ended(office: TestOffice) -> None:
    desk = office.sign_in(OFFICER)
    for number in range(5):
        new_matter(desk, f"Matter {number}")
    first = events(desk, limit=3)
    second = events(desk, limit=3, offset=4)  # reading the first page is one event more
    seqs = [item.seq for item in (*first, *second)]
    assert seqs == list(range(seqs[0], seqs[0] - 6, -1))


def test_the_acts_on_vault_and_accounts_are_the_administrators(office: TestOffice) -> None:
    seen = vault_events(office.sign_in(SUPERVISOR), limit=500)
    assert {item.action for item in seen} <= set(VAULT_ACTS)
    assert "account.added" in {item.action for item in seen}
    with pytest.raises(NotPermitted):
        vault_events(office.sign_in(OFFICER))


def test_what_was_done_with_the_recovery_key_says_so(office: TestOffice) -> None:
    supervisor = office.sign_in(SUPERVISOR)
    key = issue_recovery_key(supervisor, passphrase_of(SUPERVISOR)).recovery_key
    office.sign_out()
    open_with_key(office.folder, Paper(key), office.clock).close()
    seen = events(office.sign_in(SUPERVISOR), 10)
    assert [view.handle for view in seen if view.action == "session.recovery"] == ["RECOVERY"]
    assert all(view.handle for view in seen)


def test_what_is_read_holds_no_words(office: TestOffice) -> None:
    desk = office.sign_in(OFFICER)
    new_matter(desk, "Parking at the school gates")
    assert "Parking" not in repr(events(desk))


def test_events_of_a_restricted_matter_are_not_in_a_non_readers_list(office: TestOffice) -> None:
    desk = office.sign_in(OFFICER)
    matter = new_matter(desk)
    named = ComplaintIntake(
        matter, "Rude on the phone", about="this-office", about_whom="Ann Okafor"
    )
    complaint = log_complaint(desk, named)
    objects = {item.object_uid for item in events(office.sign_in(SUPERVISOR), limit=500)}
    assert not {matter, complaint.uid} & objects
    objects = {item.object_uid for item in events(office.sign_in(MONITOR), limit=500)}
    assert {matter, complaint.uid} <= objects
