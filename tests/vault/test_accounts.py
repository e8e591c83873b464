# ruff: noqa: PT012  # what is undone at the end of a block is the point of these tests
from __future__ import annotations

from datetime import date

import pytest

from enquiry_tui.errors import NotPermitted, Refused, UsageError, VaultUnavailable
from enquiry_tui.vault.errors import PassphraseRefused, WrongPassphrase
from enquiry_tui.vault.header import read_header, write_header
from enquiry_tui.vault.tries import read_tries
from enquiry_tui.vault.vault import (
    add_account,
    change_passphrase,
    prove_again,
    second_key,
    unlock,
)
from tests.vault.vaults import (
    FOUNDER,
    FOUNDER_PASSPHRASE,
    NEWCOMER,
    OFFICER,
    OFFICER_PASSPHRASE,
    Office,
    actions,
    last_detail,
)


def test_a_temporary_passphrase_opens_and_must_be_changed(office: Office):
    with office.newcomer() as unlocked:
        assert unlocked.account.must_change
        change_passphrase(unlocked, office.temporary, "a passphrase of my own")
        assert not unlocked.account.must_change
    with unlock(office.folder, NEWCOMER, "a passphrase of my own", clock=office.clock) as again:
        assert not again.account.must_change
    with pytest.raises(WrongPassphrase):
        office.newcomer()


def test_a_temporary_passphrase_runs_out_after_a_day(office: Office):
    office.clock.advance(seconds=24 * 3600 + 1)
    with pytest.raises(VaultUnavailable, match="run out"):
        office.newcomer()


def test_vetting_that_has_expired_shuts_the_door_on_the_day_after(office: Office):
    with office.founder() as founder:
        added = add_account(
            founder,
            handle="PB-0300",
            name="Di Holt",
            role="officer",
            vetting_expires=date(2026, 11, 24),
        )
    unlock(office.folder, "PB-0300", added.temporary, clock=office.clock).close()
    office.clock.advance(seconds=15 * 3600 + 1)  # past midnight in London
    with pytest.raises(VaultUnavailable, match="vetting"):
        unlock(office.folder, "PB-0300", added.temporary, clock=office.clock)


def test_nobody_gets_an_account_whose_vetting_is_over(office: Office):
    with office.founder() as founder, pytest.raises(UsageError, match="over"):
        add_account(
            founder,
            handle="PB-0300",
            name="Di Holt",
            role="officer",
            vetting_expires=date(2026, 11, 23),
        )


def test_only_an_administrator_adds_accounts(officer):
    with pytest.raises(NotPermitted):
        add_account(officer, handle="PB-0300", name="Di Holt", role="officer")


@pytest.mark.parametrize(
    ("handle", "name", "role", "error"),
    [
        ("pb-0142", "Di Holt", "officer", Refused),
        ("RECOVERY", "Di Holt", "officer", UsageError),
        ("has space", "Di Holt", "officer", UsageError),
        ("", "Di Holt", "officer", UsageError),
        ("PB-1", " ", "officer", UsageError),
        ("PB-1", "Di\x1b[31m", "officer", UsageError),
        ("PB-1", "Di Holt", "administrator", UsageError),
        ("PB-1", "Di Holt", "recovery", UsageError),
    ],
)
def test_an_account_needs_a_sound_handle_name_and_role(office: Office, handle, name, role, error):
    with office.founder() as founder:
        before = founder.store.head()
        with pytest.raises(error):
            add_account(founder, handle=handle, name=name, role=role)
        assert founder.store.head() == before


def test_an_administrator_other_than_the_founder_can_vouch(office: Office):
    with office.founder() as founder:
        second = add_account(
            founder, handle="PB-0300", name="Di Holt", role="supervisor", administrator=True
        )
    with unlock(office.folder, "PB-0300", second.temporary, clock=office.clock) as unlocked:
        with pytest.raises(NotPermitted):
            add_account(unlocked, handle="PB-0400", name="Ed Rowe", role="officer")
        change_passphrase(unlocked, second.temporary, "a passphrase of my own")
        third = add_account(unlocked, handle="PB-0400", name="Ed Rowe", role="officer")
    with unlock(office.folder, "PB-0400", third.temporary, clock=office.clock) as unlocked:
        assert unlocked.account.name == "Ed Rowe"
        assert len(unlocked.accounts()) == 5
        assert unlocked.verify().verified


def test_changing_the_passphrase_wants_the_old_one(officer):
    with pytest.raises(WrongPassphrase):
        change_passphrase(officer, "not the passphrase", "a passphrase of my own")
    with pytest.raises(Refused):
        change_passphrase(officer, OFFICER_PASSPHRASE, OFFICER_PASSPHRASE)
    with pytest.raises(PassphraseRefused):
        change_passphrase(officer, OFFICER_PASSPHRASE, "short")


def test_an_account_and_a_passphrase_leave_events(office: Office):
    with office.founder() as founder:
        add_account(founder, handle="PB-0300", name="Di Holt", role="officer")
        change_passphrase(founder, FOUNDER_PASSPHRASE, "a passphrase of my own")
        assert actions(founder)[-2:] == ["account.added", "account.passphrase"]
        assert last_detail(founder, "account.added")["name"] == "Di Holt"
        assert founder.verify().verified


@pytest.mark.parametrize("where", ["before", "after"])
def test_a_kill_around_the_header_leaves_one_passphrase_that_opens(
    office: Office, monkeypatch, where: str
):
    from enquiry_tui.vault import session

    class KilledError(BaseException):
        pass

    def killed(*args):
        if where == "after":
            real(*args)
        raise KilledError

    new = "a passphrase of my own"
    unlocked = office.officer()
    real = write_header
    with monkeypatch.context() as patch, pytest.raises(KilledError):
        patch.setattr(session, "write_header", killed)
        change_passphrase(unlocked, OFFICER_PASSPHRASE, new)
    unlocked.store.close()
    unlocked._lock.release()
    opens, refused = (new, OFFICER_PASSPHRASE) if where == "after" else (OFFICER_PASSPHRASE, new)
    with pytest.raises(WrongPassphrase):
        unlock(office.folder, OFFICER, refused, clock=office.clock)
    with unlock(office.folder, OFFICER, opens, clock=office.clock) as again:
        owed = last_detail(again, "account.changed")
        seq = read_header(office.folder).seq
        assert owed == ({"header": [seq - 1, seq]} if where == "after" else None)
        assert again.verify().verified


def test_a_second_officer_lends_a_signature_for_one_event(officer):
    from enquiry_tui.vault.chain import Entry

    with second_key(officer, FOUNDER, FOUNDER_PASSPHRASE) as second:
        assert second.account.role == "supervisor"
        with officer.store.transaction() as tx:
            tx.event(Entry("ledger.override"), officer.keys, second.keys)
    assert second.keys.wiped
    found = officer.verify()
    assert found.verified
    assert found.signatures == found.events + 1


def test_nobody_countersigns_for_himself_or_with_a_temporary_passphrase(office: Office, officer):
    with pytest.raises(Refused):
        second_key(officer, OFFICER, OFFICER_PASSPHRASE)
    with pytest.raises(Refused):
        second_key(officer, NEWCOMER, office.temporary)
    with pytest.raises(WrongPassphrase):
        second_key(officer, FOUNDER, "not the passphrase")
    assert len(read_tries(office.folder).counts) == 1


def test_typing_the_passphrase_once_more_proves_who_is_there(office: Office, officer):
    prove_again(officer, OFFICER_PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        prove_again(officer, FOUNDER_PASSPHRASE)
    assert [tries.count for tries in read_tries(office.folder).counts.values()] == [1]
