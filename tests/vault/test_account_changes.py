# what is undone at the end of a block is the point of these tests
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from enquiry_tui.errors import NotPermitted, Refused, UsageError, VaultUnavailable
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.errors import (
    VaultTampered,
    VettingExpired,
    VettingOverByRecord,
    WrongPassphrase,
)
from enquiry_tui.vault.exported import verify_export
from enquiry_tui.vault.exporting import export_lines
from enquiry_tui.vault.header import Header, write_header
from enquiry_tui.vault.keys import SigningKeys
from enquiry_tui.vault.session import Unlocked
from enquiry_tui.vault.vault import (
    Certified,
    add_account,
    certify_account,
    change_passphrase,
    last_sign_in,
    removal,
    renew_vetting,
    reset_account,
    second_key,
    temporary_until,
    unlock,
)
from tests.vault import independent
from tests.vault.vaults import (
    FLOOR,
    FOUNDER,
    FOUNDER_PASSPHRASE,
    NEWCOMER,
    OFFICER,
    OFFICER_PASSPHRASE,
    START,
    Office,
    last_detail,
)

VETTED = date(2027, 11, 24)
COLLEAGUE = "six plain words that are new"


def uid_of(unlocked: Unlocked, handle: str) -> str:
    return next(account.uid for account in unlocked.accounts() if account.handle == handle)


def remove(unlocked: Unlocked, uid: str) -> None:
    for _ in removal(unlocked, uid):
        pass


def make_administrator(founder: Unlocked, handle: str) -> str:
    uid = uid_of(founder, handle)
    certify_account(founder, uid, Certified(administrator=True))
    return uid


def note(unlocked: Unlocked, keys: SigningKeys | None = None) -> None:
    with unlocked.store.transaction() as tx:
        tx.event(Entry("contact.log"), keys or unlocked.keys)


# Reset


def test_a_reset_gives_new_keys_and_what_was_signed_before_still_verifies(office: Office):
    with office.officer() as officer:
        note(officer)
        before = officer.keys.public
    with office.founder() as founder:
        uid = uid_of(founder, OFFICER)
        added = reset_account(founder, uid)
        assert added.uid == uid
        assert last_detail(founder, "account.reset")["handle"] == OFFICER
    with pytest.raises(WrongPassphrase):
        office.officer()
    with unlock(office.folder, OFFICER, added.temporary, clock=office.clock) as officer:
        assert officer.account.must_change
        assert officer.keys.public != before
        change_passphrase(officer, added.temporary, "a passphrase of my own", memory_kib=65536)
        note(officer)
        assert officer.verify().verified


def test_a_key_that_was_reset_signs_nothing_afterwards(office: Office):
    with office.officer() as officer:
        stolen = office_seed(officer)
    with office.founder() as founder:
        uid = uid_of(founder, OFFICER)
        reset_account(founder, uid)
        assert founder.verify().verified
        note(founder, SigningKeys(uid, stolen))
        found = founder.verify()
        assert not found.verified
        assert "not by its officer" in found.failures[-1]


def office_seed(unlocked: Unlocked) -> bytes:
    key = unlocked.keys._key
    assert key is not None
    return key.private_bytes_raw()


def test_a_key_from_a_reset_still_signs_after_the_account_was_changed_again(
    office: Office, tmp_path: Path
):
    with office.founder() as founder:
        uid = uid_of(founder, OFFICER)
        added = reset_account(founder, uid)
        renew_vetting(founder, uid, VETTED)
        certify_account(founder, uid, Certified(name="Bo Ellery-Marsh"))
    with unlock(office.folder, OFFICER, added.temporary, clock=office.clock) as officer:
        assert officer.verify().verified
    with office.founder() as founder:
        assert founder.verify().verified
        file = tmp_path / "record"
        file.write_bytes(b"".join(export_lines(founder)))
    assert verify_export(file).verification.verified
    independent.verify(file)


def test_a_reset_passphrase_runs_out_also_where_the_clock_is_set_back(office: Office):
    with office.founder() as founder:
        added = reset_account(founder, uid_of(founder, OFFICER))
    office.clock.advance(seconds=25 * 3600)
    office.founder().close()
    office.clock.set(START)
    with pytest.raises(VaultUnavailable, match="run out"):
        unlock(office.folder, OFFICER, added.temporary, clock=office.clock)


def test_nobody_resets_the_own_account_or_one_that_is_not_there(office: Office):
    with office.founder() as founder:
        for uid in (founder.account.uid, "nobody", recovery_uid(founder)):
            with pytest.raises(Refused):
                reset_account(founder, uid)


def recovery_uid(unlocked: Unlocked) -> str:
    recovery = unlocked.ring.header.recovery()
    assert recovery is not None
    return recovery.uid


# Vetting


def test_vetting_is_renewed_on_the_record_and_opens_the_account_again(office: Office):
    with office.founder() as founder:
        uid = uid_of(founder, OFFICER)
        renew_vetting(founder, uid, date(2026, 11, 24))
    office.clock.advance(seconds=24 * 3600)
    with pytest.raises(VettingExpired, match="Tue 24 Nov 2026"):
        office.officer()
    with office.founder() as founder:
        with pytest.raises(UsageError):
            renew_vetting(founder, uid, date(2026, 11, 24))
        renew_vetting(founder, uid, VETTED)
        told = last_detail(founder, "account.renewed")
        assert told["vetting_expires"] == ["2026-11-24", "2027-11-24"]
    with office.officer() as officer:
        assert officer.account.vetting_expires == VETTED


def test_setting_the_clock_back_does_not_bring_vetting_back(office: Office):
    with office.founder() as founder:
        renew_vetting(founder, uid_of(founder, OFFICER), date(2026, 11, 30))
    office.clock.advance(seconds=10 * 24 * 3600)
    with office.founder() as founder:
        office.clock.set(START)
        with pytest.raises(VettingExpired):
            second_key(founder, OFFICER, OFFICER_PASSPHRASE)
        office.clock.set(START + timedelta(days=10))
    office.clock.set(START)
    before = (office.folder / "vault.db").read_bytes()
    with pytest.raises(VettingExpired):
        office.officer()
    assert (office.folder / "vault.db").read_bytes() == before


def test_nor_does_it_where_a_colleague_has_signed_in_with_it_since(office: Office):
    with office.founder() as founder:
        renew_vetting(founder, uid_of(founder, OFFICER), date(2026, 11, 30))
    with office.newcomer() as newcomer:
        change_passphrase(newcomer, office.temporary, COLLEAGUE, memory_kib=FLOOR)
    for moment in (START + timedelta(days=10), START):
        office.clock.set(moment)
        unlock(office.folder, NEWCOMER, COLLEAGUE, clock=office.clock).close()
    with pytest.raises(VettingOverByRecord) as refused:
        office.officer()
    assert refused.value.title == "By the record your vetting is over: it ended on Mon 30 Nov 2026"
    assert (
        "The clock says Tue 24 Nov 2026, but the record has reached Fri 4 Dec 2026"
        in refused.value.hint
    )
    # An administrator, who could renew it as well, puts right a clock that stood in the future.
    office.clock.advance(seconds=60)
    office.founder().close()
    office.officer().close()


# Rights


def test_a_promotion_and_a_demotion_need_nobodys_passphrase(office: Office):
    with office.founder() as founder:
        uid = uid_of(founder, OFFICER)
        certify_account(founder, uid, Certified(name="Bo Ellery-Marsh", role="supervisor"))
        told = last_detail(founder, "account.certified")
        assert told["before"] == {"name": "Bo Ellery", "role": "officer", "administrator": False}
    with office.officer() as officer:
        assert (officer.account.name, officer.account.role) == ("Bo Ellery-Marsh", "supervisor")
    with office.founder() as founder:
        certify_account(founder, uid, Certified(role="officer"))
        assert founder.verify().verified
    with office.officer() as officer:
        assert officer.account.role == "officer"
        with pytest.raises(NotPermitted):
            certify_account(officer, uid, Certified(role="supervisor"))


def test_a_demoted_administrator_certifies_nobody_any_more(office: Office):
    with office.founder() as founder:
        make_administrator(founder, OFFICER)
    with office.officer() as officer:
        newcomer = uid_of(officer, NEWCOMER)
        certify_account(officer, newcomer, Certified(role="officer"))
    with office.founder() as founder:
        certify_account(founder, uid_of(founder, OFFICER), Certified(administrator=False))
        assert {a.handle: a.role for a in founder.accounts()}[NEWCOMER] == "officer"
    with office.officer() as officer:
        for change in (
            lambda: reset_account(officer, newcomer),
            lambda: renew_vetting(officer, newcomer, VETTED),
            lambda: remove(officer, newcomer),
            lambda: add_account(officer, handle="PB-9", name="Di Holt", role="officer"),
        ):
            with pytest.raises(NotPermitted):
                change()


def test_the_own_right_can_be_laid_down_and_is_gone_at_once(office: Office):
    with office.founder() as founder:
        make_administrator(founder, OFFICER)
        certify_account(founder, founder.account.uid, Certified(administrator=False))
        assert not founder.account.administrator
        with pytest.raises(NotPermitted):
            renew_vetting(founder, founder.account.uid, VETTED)


def with_certificate_of(header: Header, uid: str, sealed: bytes) -> Header:
    return header.with_user(replace(header.users[uid], certificate=sealed))


def test_an_earlier_certificate_that_is_put_back_is_noticed(office: Office):
    with office.founder() as founder:
        uid = make_administrator(founder, OFFICER)
        promoted = founder.ring.header.users[uid].certificate
        certify_account(founder, uid, Certified(administrator=False))
        note(founder)
        master = founder.ring.master
        forged = with_certificate_of(founder.ring.header, uid, promoted)
        with_both = forged.authenticated(master)
        dropped = replace(forged, past=founder.ring.header.past[:-1]).authenticated(master)
    for header in (with_both, dropped):
        write_header(office.folder, header)
        with pytest.raises(VaultTampered):
            office.officer()


# Removal


def test_a_removed_officer_cannot_sign_in_and_what_they_signed_stays(office: Office):
    with office.officer() as officer:
        note(officer)
    with office.founder() as founder:
        uid = uid_of(founder, OFFICER)
        epoch = founder.ring.master.epoch
        remove(founder, uid)
        assert founder.ring.master.epoch == epoch + 1
        assert OFFICER not in {account.handle for account in founder.accounts()}
        with pytest.raises(WrongPassphrase):
            second_key(founder, OFFICER, OFFICER_PASSPHRASE)
        assert last_detail(founder, "account.removed")["handle"] == OFFICER
        assert founder.verify().verified
    with pytest.raises(WrongPassphrase):
        office.officer()
    with office.founder() as founder:
        added = add_account(founder, handle=OFFICER, name="Bo Ellery", role="officer")
        assert added.uid != uid


def test_the_last_administrator_stays_and_keeps_the_right(office: Office):
    with office.founder() as founder:
        own = founder.account.uid
        with pytest.raises(Refused, match="last administrator"):
            certify_account(founder, own, Certified(administrator=False))
        with pytest.raises(Refused, match="your own account"):
            remove(founder, own)
        other = make_administrator(founder, OFFICER)
        renew_vetting(founder, other, date(2026, 11, 24))
        renew_vetting(founder, own, VETTED)
    office.clock.advance(seconds=24 * 3600)
    with office.founder() as founder:  # the other one's vetting is over: it does not count
        with pytest.raises(Refused, match="last administrator"):
            certify_account(founder, own, Certified(administrator=False))
        remove(founder, other)
        assert founder.verify().verified


# What the record says


def test_the_record_tells_the_last_sign_in_and_a_passphrase_that_was_lent(office: Office):
    with office.founder() as founder:
        newcomer = uid_of(founder, NEWCOMER)
        assert last_sign_in(founder.store, newcomer) is None
        assert temporary_until(founder.store, newcomer) == START + timedelta(hours=24)
        assert temporary_until(founder.store, uid_of(founder, OFFICER)) is None
        assert temporary_until(founder.store, founder.account.uid) is None
    office.newcomer().close()
    with office.founder() as founder:
        seen = last_sign_in(founder.store, newcomer)
        assert seen is not None
        assert seen.replace(microsecond=0) == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
        assert temporary_until(founder.store, newcomer) is not None


def test_a_wrong_change_changes_nothing(office: Office):
    with office.founder() as founder:
        uid, before = uid_of(founder, OFFICER), founder.store.head()
        for changes in (Certified(), Certified(role="officer"), Certified(role="chief")):
            with pytest.raises((Refused, UsageError)):
                certify_account(founder, uid, changes)
        with pytest.raises(UsageError):
            certify_account(founder, uid, Certified(name=" "))
        assert founder.store.head() == before
    with unlock(office.folder, FOUNDER, FOUNDER_PASSPHRASE, clock=office.clock) as founder:
        assert len(founder.accounts()) == 3
