"""An officer whose own account's event was attacked: who still gets a verdict, and by which way."""

from __future__ import annotations

from datetime import date

import pytest

from enquiry_tui.vault.errors import NotVouchedFor, VaultTampered
from enquiry_tui.vault.vault import recover, recover_account, renew_vetting, reset_account, unlock
from enquiry_tui.vault.verdicts import Verdict
from tests.vault.vaults import FOUNDER, OFFICER, Office, raw

NEW = "walnut ferry copper lantern nine"


def attacked(office: Office, sql: str, *parameters: str) -> None:
    with raw(office) as connection:
        kept = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in kept:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(sql, parameters)
        for _, made in kept:
            connection.execute(made)


def uid_of(office: Office, handle: str) -> str:
    with office.founder() as founder:
        return next(item.uid for item in founder.accounts() if item.handle == handle)


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE event SET object = 'x' WHERE object = ? AND action = 'account.added'",
        "UPDATE event SET action = 'enquiry.reveal' WHERE object = ? AND action = 'account.added'",
        "UPDATE event SET actor = object WHERE object = ? AND action = 'account.added'",
    ],
)
def test_a_colleague_gets_the_verdict_and_the_administrator_puts_the_account_right(
    office: Office, attack: str
) -> None:
    uid = uid_of(office, OFFICER)
    attacked(office, attack, uid)
    with pytest.raises(NotVouchedFor) as refused:
        office.officer()
    assert "enquiry-tui --officer THEIR-HANDLE audit verify" in refused.value.hint
    with office.founder() as founder:
        assert Verdict.ALTERED in founder.verify().verdicts
        lent = reset_account(founder, uid).temporary
    unlock(office.folder, OFFICER, lent, clock=office.clock).close()


def test_where_the_only_administrator_is_shut_out_the_recovery_key_leads_to_the_verdict(
    office: Office,
) -> None:
    with office.founder() as founder:
        uid = founder.account.uid
        renew_vetting(founder, uid, date(2027, 12, 31))
    attacked(office, "UPDATE event SET object = 'x' WHERE action = 'account.renewed'")
    with pytest.raises(NotVouchedFor) as refused:
        office.founder()
    assert "vault recover" in refused.value.hint
    with recover(office.folder, office.recovery_key, clock=office.clock) as key:
        recover_account(key, uid, NEW)
    with unlock(office.folder, FOUNDER, NEW, clock=office.clock) as founder:
        assert Verdict.ALTERED in founder.verify().verdicts


@pytest.mark.parametrize(
    "utc", ["zzz", "2026-99-99T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z"]
)
@pytest.mark.parametrize("table", ["event", "checkpoint"])
def test_a_time_that_cannot_be_read_keeps_nobody_from_the_verdict(
    office: Office, table: str, utc: str
) -> None:
    attacked(office, f"UPDATE {table} SET utc = ? WHERE seq > 1", utc)
    with office.officer() as officer:
        found = officer.verify()
        assert Verdict.CHECKPOINT_GONE in found.verdicts
        assert (Verdict.ALTERED in found.verdicts) == (table == "event")
        assert all("zzz" not in words for words in officer.proof.warnings)


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE meta SET value = 'x' WHERE key = 'header_seq'",
        "DELETE FROM meta WHERE key = 'header_seq'",
    ],
)
def test_a_database_that_names_no_header_is_refused_in_words(office: Office, attack: str) -> None:
    attacked(office, attack)
    with pytest.raises(VaultTampered, match="does not say which key header"):
        office.officer()
