from __future__ import annotations

from datetime import date, timedelta

import pytest

from enquiry_tui.vault.errors import VettingOverByRecord
from enquiry_tui.vault.vault import (
    change_passphrase,
    recover,
    recover_account,
    renew_vetting,
    unlock,
)
from tests.vault.vaults import FLOOR, FOUNDER, NEWCOMER, Office

NEW = "walnut ferry copper lantern nine"


def test_the_key_puts_a_time_right_that_shuts_out_everybody_with_a_date(office: Office):
    with office.founder() as founder:
        uid = founder.account.uid
        renew_vetting(founder, uid, date(2027, 12, 31))
    with office.newcomer() as newcomer:  # vetted without a date
        change_passphrase(newcomer, office.temporary, NEW, memory_kib=FLOOR)
    right = office.clock.now()
    office.clock.set(right + timedelta(days=4000))
    unlock(office.folder, NEWCOMER, NEW, clock=office.clock).close()
    office.clock.set(right)
    with pytest.raises(VettingOverByRecord, match="ended on Fri 31 Dec 2027"):
        office.founder()
    with recover(office.folder, office.recovery_key, clock=office.clock) as key:
        recover_account(key, uid, NEW)  # no other date: by the clock the old one holds
    with unlock(office.folder, FOUNDER, NEW, clock=office.clock) as founder:
        assert founder.account.vetting_expires == date(2027, 12, 31)
