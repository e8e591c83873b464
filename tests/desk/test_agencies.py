from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from enquiry_tui.desk import agencies, contacts, directory, enquiries, referrals
from enquiry_tui.desk.agencies import NewRequest, TooWide
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.agencies import Asked, RequestOutcome, faults
from enquiry_tui.domain.closing import Block, may_close
from enquiry_tui.domain.vocabulary import InfoClass, Kind, Office
from enquiry_tui.errors import Refused
from enquiry_tui.policy.packs import load_shipped
from tests.desk.calls import Known, call_from, known_caller
from tests.desk.offices import TestOffice

RULES = load_shipped().authority.value.requests
ASKED = Asked(
    agency="Northmere Police",
    asked_by="DI Marsh 4471",
    purpose="offenders",
    about_whom="Dawn Pell",
    what="whether her letter of 3 November reached you",
    necessity="to time her statement",
    prejudice="the case falls without it",
    authorised_rank="inspector",
    authorised_by="Insp Vale",
)


@pytest.fixture
def known(desk: Desk, office: TestOffice) -> Known:
    return known_caller(desk, office)


def agency_call(desk: Desk, known: Known, kind: Kind = Kind.OTHER_AGENCY) -> str:
    call = call_from(desk, known)
    contacts.set_kind(desk, call, kind)
    return call


def taken(desk: Desk, known: Known, asked: Asked = ASKED) -> str:
    call = agency_call(desk, known)
    return agencies.take_request(desk, NewRequest(call, asked, InfoClass.SENSITIVE)).uid


def test_a_full_request_has_no_fault() -> None:
    assert faults(ASKED, RULES) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"what": "everything you have on her"},
        {"what": "Any information that may help"},
        {"what": "a list of callers last week"},
        {"about_whom": "anyone at that address"},
        {"about_whom": "all residents"},
    ],
)
def test_a_question_too_broad_is_a_trawl_and_is_refused_with_words(
    desk: Desk, known: Known, changed: dict[str, str]
) -> None:
    with pytest.raises(TooWide) as refused:
        taken(desk, known, replace(ASKED, **changed))
    assert RULES.too_wide_words in refused.value.hint
    assert desk.store.query("SELECT 1 FROM agency_request") == []


@pytest.mark.parametrize(
    "name",
    [
        *("agency", "asked_by", "purpose", "about_whom", "what", "necessity", "prejudice"),
        *("authorised_rank", "authorised_by"),
    ],
)
def test_whatever_is_missing_is_named(name: str) -> None:
    assert any("missing" in words for words in faults(replace(ASKED, **{name: " "}), RULES))


def test_an_office_that_needs_no_rank_says_so_in_its_pack() -> None:
    rules = replace(RULES, authoriser_required=False)
    assert faults(replace(ASKED, authorised_rank="", authorised_by=""), rules) == ()


def test_a_purpose_the_law_does_not_name_is_refused() -> None:
    assert faults(replace(ASKED, purpose="curiosity"), RULES)


def test_refusing_is_a_decision_on_the_ledger_with_its_basis(desk: Desk, known: Known) -> None:
    uid = taken(desk, known)
    done = agencies.settle_request(desk, uid, RequestOutcome.REFUSED, "not needed for that")
    line = desk.store.one("SELECT * FROM ledger ORDER BY id DESC")
    assert line is not None and line["content"] == 0 and line["decision"] == "refuse"
    assert "Sch 2 Pt 1 para 2" in line["basis"] and "not needed for that" in line["basis"]
    assert done.pack_hash == desk.packs.authority.hash
    with pytest.raises(Refused, match="outcome"):
        agencies.settle_request(desk, uid, RequestOutcome.PASSED, "again")


def test_a_request_without_outcome_keeps_its_matter_open(desk: Desk, known: Known) -> None:
    uid = taken(desk, known)
    matter = agencies.request(desk, uid).enquiry_uid
    assert Block.AGENCY_REQUEST in enquiries.closing_blocks(desk, matter)
    assert not may_close((Block.AGENCY_REQUEST,), over=True)
    agencies.settle_request(desk, uid, RequestOutcome.REFUSED, "not needed for that")
    assert Block.AGENCY_REQUEST not in enquiries.closing_blocks(desk, matter)


def test_passing_on_is_a_route_and_shares_nothing(desk: Desk, known: Known) -> None:
    agencies.settle_request(desk, taken(desk, known), RequestOutcome.PASSED, "they decide")
    line = desk.store.one("SELECT * FROM ledger ORDER BY id DESC")
    assert line is not None and line["decision"] == "route" and line["content"] == 0


def test_sharing_needs_the_form_and_a_referral_that_shared_something(
    desk: Desk, known: Known
) -> None:
    uid = taken(desk, known)
    with pytest.raises(Refused, match="before the written form"):
        agencies.settle_request(desk, uid, RequestOutcome.SHARED, "needed", "none")
    agencies.form_came(desk, uid, date(2026, 11, 24))
    with pytest.raises(Refused, match="No referral"):
        agencies.settle_request(desk, uid, RequestOutcome.SHARED, "needed", "none")
    request = referrals.ReferralRequest(
        enquiry_uid=known.enquiry,
        entry_key="control-room",
        kind="onward",
        request="please act",
        account="said so",
        fields=("enquiry.received_on",),
        basis="public-task",
        necessity="needed",
    )
    directory.confirm_entry(desk, "control-room", "rung on the published switchboard")
    sent = referrals.refer(desk, request)
    done = agencies.settle_request(desk, uid, RequestOutcome.SHARED, "needed", sent.uid)
    assert done.outcome is RequestOutcome.SHARED


def test_the_offices_own_force_needs_no_form_and_another_kind_has_none(
    desk: Desk, known: Known
) -> None:
    for kind, said in ((Kind.OWN_FORCE, "Your own force"), (Kind.MEDIA, "police and other")):
        call = agency_call(desk, known, kind)
        with pytest.raises(Refused, match=said):
            agencies.take_request(desk, NewRequest(call, ASKED, InfoClass.SENSITIVE))


def test_for_the_local_policing_body_the_force_is_another_controller() -> None:
    assert RULES.basis(Office.CHIEF_CONSTABLE, Kind.OWN_FORCE) == ""
    assert "para 2" in RULES.basis(Office.LOCAL_POLICING_BODY, Kind.OWN_FORCE)
