from __future__ import annotations

import pytest

from enquiry_tui.desk import directory, exports, previews, referrals
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.referrals import AddressNotConfirmed, ReferralIncomplete, ReferralRequest
from tests.desk.matters import new_matter
from tests.desk.offices import count_events


def request(matter: str, *, account: str = "", necessity: str = "theirs") -> ReferralRequest:
    return ReferralRequest(
        matter,
        "psd",
        request="Look into it",
        account=account,
        basis="Public task",
        necessity=necessity,
    )


def test_a_preview_is_the_text_that_is_then_recorded_and_leaves_nothing(desk: Desk) -> None:
    directory.confirm_entry(desk, "psd", "rang the switchboard")
    matter = new_matter(desk)
    before = count_events(desk)
    shown = previews.preview_referral(desk, request(matter, account="She was sworn at."))
    assert count_events(desk) == before
    assert referrals.referrals_of(desk, matter) == ()
    made = referrals.refer(desk, request(matter, account="She was sworn at."))
    recorded = previews.referral_text(desk, made.uid)
    without_code = [line for line in shown.splitlines() if "Audit code" not in line]
    assert without_code == [line for line in recorded.splitlines() if "Audit code" not in line]
    assert exports.summary_of(desk, made.uid).ask == "Look into it"


def test_a_preview_keeps_the_rules_of_a_referral(desk: Desk) -> None:
    matter = new_matter(desk)
    with pytest.raises(AddressNotConfirmed):
        previews.preview_referral(desk, request(matter))
    with pytest.raises(ReferralIncomplete):
        previews.preview_referral(desk, request(matter, necessity=""))
    assert referrals.referrals_of(desk, matter) == ()
