from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.errors import MustWait
from enquiry_tui.vault.encoding import utc_text
from enquiry_tui.vault.errors import NotYourPassphrase, VettingExpired, WrongPassphrase
from enquiry_tui.vault.tries import UNKNOWN, Tries, TriesBook, read_tries, write_tries
from enquiry_tui.vault.vault import prove_again, renew_vetting, unlock
from tests.vault.vaults import OFFICER, OFFICER_PASSPHRASE, START, Office


def fail(office: Office, handle: str = OFFICER) -> None:
    with pytest.raises(WrongPassphrase):
        unlock(office.folder, handle, "not the passphrase", clock=office.clock)


def failed(office: Office, count: int, handle_uid: str) -> None:
    book = TriesBook({handle_uid: Tries(count, utc_text(office.clock.now()))})
    write_tries(office.folder, book)


def officer_uid(office: Office) -> str:
    from enquiry_tui.vault.header import read_header

    user = read_header(office.folder).by_handle(OFFICER)
    assert user is not None
    return user.uid


def test_the_wait_doubles_from_the_third_failure_up_to_thirty_seconds():
    waits = [Tries(count, utc_text(START)).wait(START) for count in range(10)]
    assert waits == [0, 0, 0, 1, 2, 4, 8, 16, 30, 30]
    assert Tries(10**30, utc_text(START)).wait(START) == 30


@given(st.integers(0, 50), st.floats(-1e9, 1e9))
def test_the_wait_only_ever_shrinks_with_time_that_really_passed(count, seconds):
    tries = Tries(count, utc_text(START))
    whole, wait = tries.wait(START), tries.wait(START + timedelta(seconds=seconds))
    assert 0 <= wait <= whole
    if seconds <= 0:
        assert wait == whole
    if seconds >= 30:
        assert wait == 0


@pytest.mark.parametrize("handle", [OFFICER, "PB-9999"])
def test_after_three_failures_even_the_right_passphrase_waits(office: Office, handle):
    for _ in range(3):
        fail(office, handle)
    with pytest.raises(MustWait) as soon:
        unlock(office.folder, handle, OFFICER_PASSPHRASE, clock=office.clock)
    assert (soon.value.seconds, soon.value.exit_code) == (1, 3)
    assert soon.value.hint == "Wait 1 second and try again."
    office.clock.advance(seconds=1)
    fail(office, handle)
    with pytest.raises(MustWait, match="Too many") as later:
        unlock(office.folder, handle, "whatever is typed", clock=office.clock)
    assert later.value.hint == "Wait 2 seconds and try again."


def test_a_try_that_came_too_soon_is_not_counted_and_costs_no_argon2(office: Office, monkeypatch):
    from enquiry_tui.vault import proof

    failed(office, 8, officer_uid(office))
    monkeypatch.setattr(proof, "derive", None)
    for _ in range(3):
        with pytest.raises(MustWait):
            unlock(office.folder, OFFICER, OFFICER_PASSPHRASE, clock=office.clock)
    assert read_tries(office.folder).counts[officer_uid(office)].count == 8


def test_a_wait_is_one_handle_s_own(office: Office):
    failed(office, 8, UNKNOWN)
    with pytest.raises(MustWait):
        unlock(office.folder, "PB-9999", "x", clock=office.clock)
    office.officer().close()


def test_a_clock_set_back_starts_the_wait_again_and_no_more(office: Office):
    failed(office, 8, officer_uid(office))
    office.clock.set(START - timedelta(days=1))
    with pytest.raises(MustWait) as soon:
        office.officer()
    assert soon.value.seconds == 30
    office.clock.advance(seconds=30)
    office.officer().close()


def test_a_passphrase_that_is_asked_for_again_waits_too(office: Office):
    with office.officer() as unlocked:
        for _ in range(3):
            with pytest.raises(NotYourPassphrase, match="That is not your passphrase"):
                prove_again(unlocked, "not the passphrase")
        with pytest.raises(MustWait) as soon:
            prove_again(unlocked, OFFICER_PASSPHRASE)
        assert soon.value.title == "Too many tries have failed"  # nobody was signing in
        office.clock.advance(seconds=1)
        prove_again(unlocked, OFFICER_PASSPHRASE)


def test_a_right_passphrase_that_is_refused_for_its_vetting_is_no_wrong_one(office: Office):
    uid = officer_uid(office)
    with office.founder() as founder:
        renew_vetting(founder, uid, date(2026, 11, 24))
    office.clock.advance(seconds=24 * 3600)
    with pytest.raises(VettingExpired):
        office.officer()
    assert read_tries(office.folder).counts == {}
