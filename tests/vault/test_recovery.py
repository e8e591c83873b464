from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from enquiry_tui.domain.audit import Action
from enquiry_tui.errors import MustWait, NotPermitted, Refused, UsageError
from enquiry_tui.vault.accounts import Person
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.errors import (
    AlreadyOpen,
    PassphraseRefused,
    VaultTampered,
    VettingExpired,
    WrongPassphrase,
    WrongRecoveryKey,
)
from enquiry_tui.vault.header import read_header
from enquiry_tui.vault.recovery import NotARecoveryKey, in_two, new_recovery_key
from enquiry_tui.vault.tries import read_tries
from enquiry_tui.vault.vault import (
    Unlocked,
    accept,
    add_account,
    administrators,
    change_passphrase,
    fingerprint_of,
    found_administrator,
    issue_recovery_key,
    recover,
    recover_account,
    recovery_opens,
    renew_vetting,
    second_key,
    unlock,
)
from enquiry_tui.vault.witnesses import Standing
from tests.vault.vaults import (
    FOUNDER,
    FOUNDER_PASSPHRASE,
    OFFICER,
    Office,
    actions,
    last_detail,
)

NEW = "walnut ferry copper lantern nine"


def recovered(office: Office, key: str = "", other: str = "") -> Unlocked:
    return recover(office.folder, key or office.recovery_key, other=other, clock=office.clock)


def founder_uid(unlocked: Unlocked) -> str:
    return administrators(unlocked)[0].uid


def test_the_recovery_key_gives_an_administrator_new_keys_and_a_passphrase(office: Office):
    old = read_header(office.folder).by_handle(FOUNDER)
    with recovered(office, office.recovery_key.lower()) as unlocked:
        uid = founder_uid(unlocked)
        recover_account(unlocked, uid, NEW)
    with pytest.raises(WrongPassphrase):
        office.founder()
    with unlock(office.folder, FOUNDER, NEW, clock=office.clock) as founder:
        assert founder.account.administrator
        assert not founder.account.must_change
        assert old is not None
        assert founder.keys.public != old.signing_public
        assert actions(founder)[-4:] == [
            "session.recovery",
            "account.recovered",
            "session.sign-out",
            "session.sign-in",
        ]
        assert founder.verify().verified
        add_account(founder, handle="PB-0300", name="Di Rowe", role="officer")
    office.officer().close()
    recovered(office).close()


def test_what_the_recovery_key_did_is_signed_by_it_alone(office: Office):
    with recovered(office) as unlocked:
        recover_account(unlocked, founder_uid(unlocked), NEW)
        row = unlocked.store.one("SELECT actor FROM event ORDER BY seq DESC")
        assert row is not None
        assert row["actor"] == unlocked.account.uid
        assert last_detail(unlocked, "account.recovered")["handle"] == FOUNDER


def test_two_sheets_open_as_the_key_does(office: Office):
    sheet_a, sheet_b = in_two(office.recovery_key)
    recovered(office, sheet_b, sheet_a).close()


def test_a_slip_in_the_key_costs_no_argon2_and_is_not_counted(office: Office, monkeypatch):
    from enquiry_tui.vault import proof

    monkeypatch.setattr(proof, "derive", None)
    slip = office.recovery_key[:-1] + ("0" if office.recovery_key[-1] != "0" else "1")
    for _ in range(4):
        with pytest.raises(NotARecoveryKey):
            recovered(office, slip)
    assert read_tries(office.folder).counts == {}


def test_another_vault_s_key_is_refused_counted_and_made_to_wait(office: Office):
    for _ in range(3):
        with pytest.raises(WrongRecoveryKey):
            recovered(office, new_recovery_key())
    with pytest.raises(MustWait):
        recovered(office)
    office.clock.advance(seconds=1)
    with recovered(office) as unlocked:
        assert last_detail(unlocked, "session.recovery")["failed"]["count"] == 3


def test_the_recovery_key_is_nobody_s_passphrase(office: Office):
    for handle in ("RECOVERY", FOUNDER):
        with pytest.raises(WrongPassphrase):
            unlock(office.folder, handle, office.recovery_key, clock=office.clock)


def test_only_an_administrator_s_account_is_recovered_and_only_with_a_good_passphrase(
    office: Office,
):
    with recovered(office) as unlocked:
        others = {account.handle: account.uid for account in unlocked.accounts()}
        with pytest.raises(Refused):
            recover_account(unlocked, others[OFFICER], NEW)
        with pytest.raises(PassphraseRefused):
            recover_account(unlocked, others[FOUNDER], "too short")
        with pytest.raises(Refused, match="has an administrator"):
            found_administrator(
                unlocked, Person("PB-0400", "Ed Fox", "supervisor", True, None), NEW
            )
    office.founder().close()


def test_an_officer_cannot_do_what_the_recovery_key_does(office: Office):
    with office.founder() as founder:
        with pytest.raises(NotPermitted):
            recover_account(founder, founder.account.uid, NEW)
        with pytest.raises(NotPermitted):
            found_administrator(founder, Person("PB-0400", "Ed Fox", "officer", True, None), NEW)


def test_the_last_administrator_s_vetting_is_renewed_with_the_key(office: Office):
    with office.founder() as founder:
        renew_vetting(founder, founder.account.uid, date(2026, 11, 30))
    office.clock.advance(seconds=10 * 86_400)
    with pytest.raises(VettingExpired):
        office.founder()
    with recovered(office) as unlocked:
        with pytest.raises(UsageError, match="ended on Mon 30 Nov 2026"):
            recover_account(unlocked, founder_uid(unlocked), NEW)
        recover_account(unlocked, founder_uid(unlocked), NEW, vetting_expires=date(2027, 11, 30))
    with unlock(office.folder, FOUNDER, NEW, clock=office.clock) as founder:
        assert founder.account.vetting_expires == date(2027, 11, 30)


def test_an_administrator_is_made_where_none_is_left(office: Office, monkeypatch):
    from enquiry_tui.vault import recovering

    monkeypatch.setattr(recovering, "administrators", lambda _: [])
    with recovered(office) as unlocked:
        with pytest.raises(Refused, match="taken"):
            found_administrator(unlocked, Person(OFFICER, "Ed Fox", "supervisor", False, None), NEW)
        found_administrator(unlocked, Person("PB-0400", "Ed Fox", "supervisor", False, None), NEW)
    with unlock(office.folder, "PB-0400", NEW, clock=office.clock) as made:
        assert made.account.administrator
        assert made.verify().verified


def test_a_new_recovery_key_ends_the_old_one(office: Office):
    with office.founder() as founder:
        issued = issue_recovery_key(founder)
        assert issued.vault_id == office.vault_id
        assert issued.recovery_key not in repr(issued)
        assert actions(founder)[-1] == "recovery.issued"
    with pytest.raises(WrongRecoveryKey):
        recovered(office)
    office.clock.advance(seconds=60)
    with recovered(office, issued.recovery_key) as unlocked:
        recover_account(unlocked, founder_uid(unlocked), NEW)
        assert unlocked.verify().verified


def test_only_an_administrator_issues_a_new_key(office: Office):
    with office.officer() as officer, pytest.raises(NotPermitted):
        issue_recovery_key(officer)


def test_the_old_recovery_record_put_back_is_noticed(office: Office):
    before = read_header(office.folder).recovery()
    assert before is not None
    with office.founder() as founder:
        issue_recovery_key(founder)
        header = founder.ring.header.with_user(before)
        founder.change_header(header, Entry(Action.ACCOUNT_CHANGED, outcome="done"))
    with pytest.raises(VaultTampered):
        recovered(office)


def test_a_recovered_account_countersigns_and_changes_its_passphrase(office: Office):
    with recovered(office) as unlocked:
        recover_account(unlocked, founder_uid(unlocked), NEW)
    with office.officer() as officer, second_key(officer, FOUNDER, NEW) as second:
        assert second.account.handle == FOUNDER
    with unlock(office.folder, FOUNDER, NEW, clock=office.clock) as founder:
        change_passphrase(founder, NEW, FOUNDER_PASSPHRASE)
    office.founder().close()


# Anchors, and a record that is held


@contextmanager
def let_in(office: Office, anchors: Path) -> Iterator[Unlocked]:
    with recover(
        office.folder, office.recovery_key, clock=office.clock, anchors=anchors
    ) as unlocked:
        yield unlocked


def anchored(anchors: Path) -> int:
    return sum(len(file.read_text("utf-8").splitlines()) for file in anchors.iterdir())


def test_a_recovery_leaves_its_anchors_as_a_sign_in_does(office: Office, tmp_path: Path):
    anchors = tmp_path / "anchors"
    with let_in(office, anchors) as unlocked:
        assert unlocked.proof.held is None
        begun = anchored(anchors)
    assert anchored(anchors) == begun + 1
    with unlock(
        office.folder, FOUNDER, FOUNDER_PASSPHRASE, clock=office.clock, anchors=anchors
    ) as founder:
        assert founder.proof.comparison.standing is Standing.AGREE


def test_a_held_vault_is_recovered_and_stays_held_until_it_is_accepted(
    office: Office, tmp_path: Path
):
    anchors, older = tmp_path / "anchors", tmp_path / "older"
    shutil.copytree(office.folder, older)
    for _ in range(2):
        unlock(
            office.folder, FOUNDER, FOUNDER_PASSPHRASE, clock=office.clock, anchors=anchors
        ).close()
    shutil.rmtree(office.folder)
    shutil.copytree(older, office.folder)
    told = anchored(anchors)
    office.clock.advance(seconds=60)
    with let_in(office, anchors) as unlocked:
        held = unlocked.proof.held
        assert held is not None
        assert last_detail(unlocked, "session.recovery")["held"]["ended"] == held.ends
        recover_account(unlocked, founder_uid(unlocked), NEW)
        checkpoints = unlocked.store.query("SELECT 1 FROM checkpoint WHERE seq > ?", (held.ends,))
        assert not checkpoints
    assert anchored(anchors) == told
    with unlock(office.folder, FOUNDER, NEW, clock=office.clock, anchors=anchors) as founder:
        assert founder.proof.held is not None
        assert "the last 2 under the recovery key. 4 events are missing" in founder.proof.held.words
        accept(founder, "Put back from an image")
        assert founder.verify().verified
    with unlock(office.folder, FOUNDER, NEW, clock=office.clock, anchors=anchors) as founder:
        assert founder.proof.held is None


def test_the_key_is_tried_out_without_changing_anything(office: Office):
    sheet_a, sheet_b = in_two(office.recovery_key)
    with office.founder() as founder:
        wanted = fingerprint_of(founder.ring.root)
        with pytest.raises(AlreadyOpen):
            recovery_opens(office.folder, office.recovery_key, clock=office.clock)
    before = {path.name: path.read_bytes() for path in office.folder.iterdir()}
    for sheets in ((office.recovery_key.lower(), ""), (sheet_b, sheet_a)):
        key, other = sheets
        assert recovery_opens(office.folder, key, other=other, clock=office.clock) == wanted
    assert {path.name: path.read_bytes() for path in office.folder.iterdir()} == before


def test_a_key_that_a_newer_one_ended_is_refused_and_counted_when_it_is_tried_out(office: Office):
    with office.founder() as founder:
        issue_recovery_key(founder)
    for _ in range(3):
        with pytest.raises(WrongRecoveryKey):
            recovery_opens(office.folder, office.recovery_key, clock=office.clock)
    with pytest.raises(MustWait):
        recovery_opens(office.folder, office.recovery_key, clock=office.clock)
