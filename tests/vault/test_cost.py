from __future__ import annotations

import errno
import functools
from types import SimpleNamespace
from typing import Any

import pytest

from enquiry_tui.vault import kdf, session
from enquiry_tui.vault.accounts import change_passphrase
from enquiry_tui.vault.errors import NotEnoughMemory, WrongPassphrase
from enquiry_tui.vault.header import read_header
from enquiry_tui.vault.vault import unlock
from tests.vault.vaults import OFFICER, OFFICER_PASSPHRASE, Office, actions

FLOOR = kdf.FLOOR_KIB


def cost(office: Office) -> int:
    user = read_header(office.folder).by_handle(OFFICER)
    assert user is not None
    return user.kdf.memory_kib


def outcomes(unlocked: session.Unlocked) -> list[str]:
    rows = unlocked.store.query("SELECT outcome FROM event WHERE action = 'account.changed'")
    return [row["outcome"] for row in rows]


def test_a_record_below_the_floor_is_raised_at_sign_in_and_nobody_is_asked(
    office: Office, monkeypatch
):
    before = read_header(office.folder)
    monkeypatch.setattr(kdf, "FLOOR_KIB", 2 * FLOOR)
    monkeypatch.setattr("enquiry_tui.vault.accounts.FLOOR_KIB", 2 * FLOOR)
    with office.officer() as officer:
        assert outcomes(officer) == ["kdf raised"]
        assert actions(officer)[-1] == "account.changed"
        assert officer.verify().verified
    assert cost(office) == 2 * FLOOR
    after = read_header(office.folder)
    assert [uid for uid in after.users if after.users[uid] != before.users[uid]] == [
        officer.account.uid
    ]
    with office.officer() as officer:
        assert outcomes(officer) == ["kdf raised"]
    with pytest.raises(WrongPassphrase):
        unlock(office.folder, OFFICER, "not the passphrase", clock=office.clock)


def test_a_temporary_passphrase_stays_temporary_when_its_cost_is_raised(
    office: Office, monkeypatch
):
    monkeypatch.setattr(kdf, "_PASSES", 4)
    for _ in range(2):
        with office.newcomer() as newcomer:
            assert newcomer.account.must_change
            assert outcomes(newcomer) == ["kdf raised"]


@pytest.mark.parametrize("refused", ["disk", "memory"])
def test_a_sign_in_is_not_barred_where_the_cost_cannot_be_raised(
    office: Office, monkeypatch, refused: str
):
    def refuses(*args: Any) -> None:
        raise OSError(errno.ENOSPC, "no room") if refused == "disk" else NotEnoughMemory

    with monkeypatch.context() as patch:
        patch.setattr(kdf, "_PASSES", 4)
        if refused == "disk":
            patch.setattr(session, "write_header", refuses)
        else:
            patch.setattr("enquiry_tui.vault.accounts.derive", refuses)
        with office.officer() as officer:
            assert outcomes(officer) == []
    with office.officer() as officer:
        assert officer.verify().verified


def test_the_cost_is_measured_anew_when_a_passphrase_is_changed(office: Office, monkeypatch):
    monkeypatch.setattr(kdf, "_seconds", lambda memory: memory / FLOOR * 0.6)
    new = "a passphrase of my own"
    with office.officer() as officer:
        change_passphrase(officer, OFFICER_PASSPHRASE, new)
    assert cost(office) == 2 * FLOOR
    with unlock(office.folder, OFFICER, new, clock=office.clock) as officer:
        change_passphrase(officer, new, OFFICER_PASSPHRASE, memory_kib=FLOOR)
    assert cost(office) == FLOOR


def test_calibration_goes_by_what_it_measures_and_not_by_what_it_expected(monkeypatch):
    monkeypatch.setattr(kdf, "_memory_kib", lambda: 16 * 1024 * 1024)
    mib = {64: 0.1, 128: 0.5, 256: 0.9, 512: 1.3, 1024: 2.5}
    assert kdf.calibrate(lambda memory: mib[memory // 1024]) == 256 * 1024
    mib = {64: 0.5, 128: 0.6, 256: 0.7, 512: 1.1, 1024: 2.5}
    assert kdf.calibrate(lambda memory: mib[memory // 1024]) == 512 * 1024
    mib = {64: 0.6, 128: 1.21, 256: 0.7, 512: 1.1, 1024: 2.5}
    assert kdf.calibrate(lambda memory: mib[memory // 1024]) == FLOOR


def test_the_median_of_three_decides(monkeypatch):
    for runs, within in (((1.0, 2.0, 1.1), True), ((1.0, 1.3, 1.4), False), ((1.2, 1.2), True)):
        clock = iter([moment for run in runs for moment in (0.0, run)])
        ticking = SimpleNamespace(perf_counter=functools.partial(next, clock))
        monkeypatch.setattr(kdf, "time", ticking)
        monkeypatch.setattr(kdf, "derive", lambda *_: None)
        assert (MEASURE(FLOOR) <= 1.2) is within


MEASURE = kdf._seconds
