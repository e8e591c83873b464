from __future__ import annotations

from datetime import date

import pytest

from enquiry_tui.desk import accounts, enquiries, notices, promises, session
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.rights import Role
from enquiry_tui.errors import NotPermitted, Refused
from enquiry_tui.vault.errors import WrongPassphrase
from enquiry_tui.vault.vetting import VettingState
from tests.desk.matters import new_matter
from tests.desk.offices import (
    AUDITOR,
    DEPUTY,
    MONITOR,
    OFFICER,
    SECOND,
    SUPERVISOR,
    TestOffice,
    count_events,
    last_event,
    passphrase_of,
)

OWN = passphrase_of(SUPERVISOR)
VETTED = date(2029, 1, 31)


def remove(desk: Desk, uid: str, passphrase: str) -> None:
    for _ in accounts.remove_officer(desk, uid, passphrase):
        pass


def every_change(desk: Desk, uid: str, passphrase: str):
    yield lambda: accounts.reset_officer(desk, uid, passphrase)
    yield lambda: accounts.renew_vetting(desk, uid, VETTED, passphrase)
    yield lambda: accounts.certify_officer(desk, uid, passphrase, role="supervisor")
    yield lambda: remove(desk, uid, passphrase)
    new = session.NewOfficer("PB-0999", "Kit Nolan", "officer")
    yield lambda: session.add_officer(desk, new, passphrase)


@pytest.mark.parametrize("handle", [OFFICER, DEPUTY, MONITOR, AUDITOR])
def test_no_role_changes_accounts(office: TestOffice, handle: str):
    desk = office.sign_in(handle)
    before = count_events(desk)
    for change in every_change(desk, office.uids[SECOND], passphrase_of(handle)):
        with pytest.raises(NotPermitted):
            change()
    assert not accounts.may_change_accounts(desk)
    assert count_events(desk) == before + 1
    assert last_event(desk)["action"] == "access.refused"


def test_every_change_wants_the_administrators_own_passphrase(office: TestOffice, supervisor: Desk):
    before = count_events(supervisor)
    for change in every_change(supervisor, office.uids[SECOND], "not the passphrase at all"):
        with pytest.raises((WrongPassphrase, Refused)):
            change()
        office.clock.advance(seconds=3600)  # failed tries make the next one wait
    assert count_events(supervisor) == before


def test_an_administrator_with_any_role_changes_accounts(office: TestOffice, supervisor: Desk):
    uid = office.uids[AUDITOR]
    accounts.certify_officer(supervisor, uid, OWN, administrator=True)
    desk = office.sign_in(AUDITOR)
    own = passphrase_of(AUDITOR)
    accounts.renew_vetting(desk, office.uids[SECOND], VETTED, own)
    rows = {row.handle: row for row in accounts.account_rows(desk)}
    assert rows[SECOND].vetting.expires == VETTED
    assert desk.officer.role is Role.AUDITOR
    assert not accounts.may_reallocate(desk)


def test_an_officer_sees_who_has_an_account_and_not_when_they_signed_in(desk: Desk):
    rows = {row.handle: row for row in accounts.account_rows(desk)}
    assert rows[SUPERVISOR].administrator
    assert rows[SUPERVISOR].last_signed_in is None
    assert accounts.account_of(desk, "pb-0142").name == "Bo Ellery"
    with pytest.raises(NotFound):
        accounts.account_of(desk, "PB-9999")


def test_an_administrator_sees_sign_ins_and_what_was_lent(office: TestOffice, supervisor: Desk):
    accounts.reset_officer(supervisor, office.uids[SECOND], OWN)
    rows = {row.handle: row for row in accounts.account_rows(supervisor)}
    assert rows[OFFICER].last_signed_in is not None
    assert rows[OFFICER].temporary_until is None
    assert rows[SECOND].temporary_until is not None
    assert rows[SECOND].vetting.state is VettingState.OK


def test_a_new_name_stands_beside_what_the_officer_did(office: TestOffice, supervisor: Desk):
    uid = office.uids[SECOND]
    accounts.certify_officer(supervisor, uid, OWN, name="Jaya\x1b Patel-Reid")
    assert ("PB-0150", "Jaya Patel-Reid") in [
        (row.handle, row.name) for row in accounts.account_rows(supervisor)
    ]
    assert (uid, "Jaya Patel-Reid") in enquiries.colleagues(supervisor)


def test_rights_that_were_laid_down_end_in_the_same_session(office: TestOffice, supervisor: Desk):
    accounts.certify_officer(supervisor, office.uids[DEPUTY], OWN, administrator=True)
    own = supervisor.officer.uid
    accounts.certify_officer(supervisor, own, OWN, role="officer", administrator=False)
    assert supervisor.officer.role is Role.OFFICER
    with pytest.raises(NotPermitted):
        accounts.renew_vetting(supervisor, own, VETTED, OWN)


def test_a_removed_officer_leaves_a_name_and_open_work_that_can_be_given(office: TestOffice):
    matter = new_matter(office.sign_in(OFFICER), "Noise at night")
    desk = office.sign_in(SUPERVISOR)
    uid, deputy = office.uids[OFFICER], office.uids[DEPUTY]
    work = accounts.demand_removable(desk, uid)
    assert (work.enquiries, work.words()) == (1, "1 open matter")
    remove(desk, uid, OWN)
    assert OFFICER not in {row.handle for row in accounts.account_rows(desk)}
    assert uid not in dict(enquiries.colleagues(desk))
    with pytest.raises(NotFound):
        accounts.reallocate_all(desk, deputy, uid)
    left = accounts.reallocate_all(desk, uid, deputy)
    assert not left
    assert last_event(desk)["action"] == "enquiry.reallocate"
    row = desk.store.one("SELECT owner FROM enquiry WHERE uid = ?", (matter,))
    assert row is not None
    assert row["owner"] == deputy
    assert desk.unlocked.verify().verified
    with pytest.raises(WrongPassphrase):
        office.sign_in(OFFICER)


def test_promises_go_with_what_is_given(office: TestOffice):
    desk = office.sign_in(OFFICER)
    matter = new_matter(desk, "Ring back about the letter")
    promises.make_promise(
        desk,
        promises.MakePromise(
            enquiry_uid=matter, what="ring back", due_at=office.clock.now().replace(hour=16)
        ),
    )
    desk = office.sign_in(SUPERVISOR)
    uid = office.uids[OFFICER]
    assert accounts.open_work(desk, uid).words() == "1 open matter, 1 promise"
    accounts.reallocate_all(desk, uid, office.uids[SECOND])
    assert accounts.open_work(desk, office.uids[SECOND]).words() == "1 open matter, 1 promise"


def test_a_restricted_matter_stays_with_its_reader(office: TestOffice):
    desk = office.sign_in(OFFICER)
    matter = new_matter(desk, "About this office")
    enquiries.restrict_enquiry(desk, matter, "about this office", (office.uids[OFFICER],))
    desk = office.sign_in(SUPERVISOR)
    uid = office.uids[OFFICER]
    assert not accounts.open_work(desk, uid)
    with pytest.raises(Refused, match="restricted"):
        accounts.demand_removable(desk, uid)
    with pytest.raises(Refused, match="restricted"):
        remove(desk, uid, OWN)


def test_only_who_may_reallocate_gives_a_colleagues_work_away(office: TestOffice, desk: Desk):
    with pytest.raises(NotPermitted):
        accounts.reallocate_all(desk, office.uids[SECOND], office.uids[OFFICER])


def test_vetting_is_told_at_sign_in(office: TestOffice, supervisor: Desk):
    assert accounts.vetting_notices(supervisor) == ()
    accounts.renew_vetting(supervisor, office.uids[OFFICER], date(2026, 12, 4), OWN)
    accounts.renew_vetting(supervisor, office.uids[SECOND], date(2026, 11, 24), OWN)
    new = session.NewOfficer("PB-0999", "Kit Nolan", "officer")
    session.add_officer(supervisor, new, OWN)
    assert accounts.vetting_notices(supervisor) == (
        "2 accounts' vetting ends within 30 days: Office, accounts.",
    )
    told = accounts.vetting_notices(office.sign_in(OFFICER))
    assert told[0].startswith("Your vetting ends in 10 days, after Fri 4 Dec 2026.")
    office.clock.advance(seconds=24 * 3600)
    told = accounts.vetting_notices(office.sign_in(SUPERVISOR))
    assert told == (
        "1 account's vetting ends within 30 days: Office, accounts.",
        "1 account's vetting has ended, sign-in is shut: Office, accounts.",
    )


def test_a_temporary_passphrase_does_nothing_but_change(office: TestOffice, supervisor: Desk):
    added = accounts.reset_officer(supervisor, office.uids[SECOND], OWN)
    office.sign_out()
    desk = session.sign_in(office.folder, SECOND, added.temporary, office.clock)
    try:
        with pytest.raises(NotPermitted, match="temporary"):
            accounts.account_rows(desk)
        assert "No end date" not in " ".join(accounts.vetting_notices(desk))
    finally:
        session.sign_out(desk)


def test_a_slip_in_a_confirmation_is_told_at_the_next_sign_in_as_a_wrong_passphrase(
    office: TestOffice, supervisor: Desk
):
    with pytest.raises(WrongPassphrase, match="That is not your passphrase"):
        accounts.renew_vetting(supervisor, office.uids[SECOND], VETTED, "not mine at all")
    session.sign_out(supervisor)
    told = notices.failed_sign_ins(office.sign_in(SUPERVISOR))
    assert [words.split(", the latest")[0] for words in told] == [
        "1 wrong passphrase for your account since your last sign-in"
    ]
