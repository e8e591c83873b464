from __future__ import annotations

import pytest

from enquiry_tui.desk import complaint_handling as handling
from enquiry_tui.desk import complaint_iopc as iopc
from enquiry_tui.desk import complaint_outcome as outcome
from enquiry_tui.desk.complaint_life import life
from enquiry_tui.desk.desk import Desk
from enquiry_tui.errors import Refused
from tests.desk.offices import SUPERVISOR, TestOffice
from tests.desk.test_complaint_life import BY, recorded, referred, told


@pytest.fixture
def desk(office: TestOffice) -> Desk:
    return office.sign_in(SUPERVISOR)


def test_the_form_of_handling_that_the_iopc_decided_binds(desk: Desk) -> None:
    uid = recorded(desk)
    referred(desk, uid)
    iopc.iopc_returns(desk, uid, "local investigation")
    handling.allocate(desk, uid, "Sgt Vane", ())
    with pytest.raises(Refused) as bound:
        handling.start_handling(desk, uid, "otherwise", by=BY)
    assert "decided on Tue 24 Nov 2026: local investigation" in bound.value.title
    assert "Sch 3 para 5" in bound.value.title
    handling.start_handling(desk, uid, "special", by=BY)
    with pytest.raises(Refused):
        handling.start_handling(desk, uid, "otherwise", by=BY, why="on reflection")


def test_sent_back_without_a_form_how_it_is_handled_is_the_authoritys(desk: Desk) -> None:
    uid = recorded(desk)
    referred(desk, uid)
    iopc.iopc_returns(desk, uid, "reasonable and proportionate handling")
    handling.allocate(desk, uid, "Sgt Vane", ())
    assert handling.start_handling(desk, uid, "otherwise", by=BY).state == "handling"


def test_a_recommendation_goes_with_the_one_outcome_of_a_review_that_has_it(desk: Desk) -> None:
    uid = told(desk)
    outcome.apply_for_review(desk, uid)
    for word in ("not-upheld", "upheld", "invalid"):
        with pytest.raises(Refused) as refused:
            outcome.decide_review(desk, uid, word, by=BY, recommends="write to her again")
        assert refused.value.hint.startswith("3 is upheld with a recommendation")
    outcome.decide_review(desk, uid, "recommended", by=BY, recommends="write to her again")
    assert "write to her again" in life(desk, uid).path[-1].words
