from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from enquiry_tui.vault.vetting import Vetting, VettingState, vetting_day

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("left", "state", "words"),
    [
        (31, VettingState.OK, "✓ Fri 25 Dec 2026"),
        (30, VettingState.SOON, "! ends in 30 days"),
        (1, VettingState.SOON, "! ends tomorrow"),
        (0, VettingState.SOON, "! ends today"),
        (-1, VettingState.EXPIRED, "✗ ENDED 23 Nov 2026"),
    ],
)
def test_vetting_stands_by_its_last_day(left: int, state: VettingState, words: str) -> None:
    vetting = Vetting(DAY + timedelta(days=left), DAY)
    assert (vetting.state, vetting.words()) == (state, words)
    assert bool(vetting.notice()) is (state is VettingState.SOON)


def test_no_date_is_allowed_and_said() -> None:
    vetting = Vetting(None, DAY)
    assert (vetting.state, vetting.words()) == (VettingState.UNKNOWN, "? no date")
    assert "No end date is recorded" in vetting.notice()


def test_a_clock_set_back_does_not_bring_a_day_back() -> None:
    now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert vetting_day(now) == DAY
    assert vetting_day(now, now + timedelta(days=400)) == DAY + timedelta(days=400)
    assert vetting_day(now, now - timedelta(days=400)) == DAY


def test_the_day_is_londons() -> None:
    assert vetting_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
