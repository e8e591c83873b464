from __future__ import annotations

import pytest

from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.drafts import (
    DraftTooLarge,
    discard_draft,
    draft,
    drafts,
    leave_with_matter,
    save_draft,
)
from tests.desk.offices import OFFICER, SECOND, TestOffice, count_events


def test_a_draft_is_saved_over_the_one_before_and_leaves_no_event(desk: Desk) -> None:
    before = count_events(desk)
    first = save_draft(desk, "call-line", {"line": "Jan"})
    again = save_draft(desk, "call-line", {"line": "Janet", "cursor": 5})
    assert first == again
    assert [item.body for item in drafts(desk)] == [{"line": "Janet", "cursor": 5}]
    assert count_events(desk) == before


def test_each_place_and_contact_has_its_own_draft(desk: Desk) -> None:
    save_draft(desk, "note", {"text": "a"}, "contact-1")
    save_draft(desk, "note", {"text": "b"}, "contact-2")
    save_draft(desk, "complaint", {"text": "c"}, "contact-1")
    found = draft(desk, "note", "contact-2")
    assert found is not None
    assert found.body == {"text": "b"}
    assert len(drafts(desk)) == 3
    assert draft(desk, "note") is None


def test_a_draft_survives_signing_out_and_is_its_officers_own(office: TestOffice) -> None:
    uid = save_draft(office.sign_in(OFFICER), "note", {"text": "mine"})
    other = office.sign_in(SECOND)
    assert drafts(other) == ()
    discard_draft(other, uid)
    desk = office.sign_in(OFFICER)
    assert [item.uid for item in drafts(desk)] == [uid]
    discard_draft(desk, uid)
    assert drafts(desk) == ()


def test_nobody_types_half_a_million_characters(desk: Desk) -> None:
    with pytest.raises(DraftTooLarge):
        save_draft(desk, "note", {"text": "x" * 500_000})


def test_what_a_call_leaves_unfinished_stays_with_its_matter(desk: Desk) -> None:
    save_draft(desk, "complaint", {"text": "older"}, "matter-1")
    save_draft(desk, "complaint", {"text": "newer"}, "contact-1")
    save_draft(desk, "note", {"text": "a"}, "contact-1")
    save_draft(desk, "complaint", {"text": "another's"}, "contact-2")
    forms = ("complaint", "promise")
    assert leave_with_matter(desk, "contact-1", "", forms) == ()
    assert leave_with_matter(desk, "contact-1", "matter-1", forms) == ("complaint",)
    kept = draft(desk, "complaint", "matter-1")
    assert kept is not None and kept.body == {"text": "newer"}
    assert draft(desk, "complaint", "contact-1") is None
    assert draft(desk, "note", "contact-1") is not None
    assert draft(desk, "complaint", "contact-2") is not None
    assert leave_with_matter(desk, "contact-1", "matter-1", forms) == ()
