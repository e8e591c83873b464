"""An auditor sees records masked, by any way in: what was done and when, not what was said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from enquiry_tui.desk import (
    authorities,
    authority_lists,
    complaint_reading,
    complaints,
    contacts,
    messages,
    opening,
    people,
    previews,
    quicklog,
    referrals,
)
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.authorities import AuthorityKind
from enquiry_tui.domain.vocabulary import InfoClass
from enquiry_tui.errors import NotPermitted
from tests.desk.offices import AUDITOR, OFFICER, TestOffice

CANARY = "Zanzibarcanary"


@pytest.fixture
def seen(office: TestOffice) -> tuple[Desk, dict[str, Callable[[], Any]]]:
    desk = office.sign_in(OFFICER)
    line = quicklog.LineRequest(f"Janet Holt 07700 900111 ~ parking {CANARY}")
    done = quicklog.log_line(desk, line)
    uid = done.enquiry_uid
    firm = people.record_person(desk, people.NewPerson("Adeyemi & Co"))
    authorities.add_authority(
        desk,
        authorities.NewAuthority(
            enquiry_uid=uid,
            kind=AuthorityKind.LETTER,
            holder_uid=firm,
            whose=done.person_uid,
            scope=CANARY,
            classes=(InfoClass.OWN_PROGRESS,),
            evidence=CANARY,
            dated_on=desk.today(),
        ),
    )
    told = f"{CANARY} words"
    messages.take_message(desk, messages.TakeMessage(uid, "Staff office", told, call_back=told))
    intake = complaints.ComplaintIntake(
        enquiry_uid=uid, words=told, when_where=told, about_whom=told
    )
    complaint = complaints.log_complaint(desk, intake)
    office.clock.advance(seconds=86_400)
    auditor = office.sign_in(AUDITOR)
    return auditor, {
        "messages": lambda: messages.messages_of(auditor, uid),
        "complaints": lambda: complaint_reading.complaints_of(auditor, uid),
        "referrals": lambda: referrals.referrals_of(auditor, uid),
        "contact": lambda: contacts.view(auditor, done.contact_uid),
        "authorities": lambda: authority_lists.authorities_of(auditor, uid),
        "matter": lambda: opening.open_enquiry(auditor, uid).code_word,
        "read back": lambda: complaint_reading.read_back(auditor, complaint.uid),
        "referral": lambda: previews.referral_text(auditor, "any"),
        "suggested": lambda: people.suggest(auditor, "Janet Holt", "07700 900111"),
    }


def test_no_words_and_no_code_word_reach_an_auditor(
    seen: tuple[Desk, dict[str, Callable[[], Any]]],
) -> None:
    desk, ways = seen
    word = desk.store.query("SELECT code_word FROM enquiry")[0]["code_word"]
    for name in ("messages", "complaints", "referrals", "contact", "authorities", "matter"):
        found = repr(ways[name]())
        assert CANARY not in found, name
        assert word not in found, name
    assert ways["suggested"]() == ()
    for name in ("read back", "referral"):
        with pytest.raises(NotPermitted):
            ways[name]()
