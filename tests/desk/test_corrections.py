from __future__ import annotations

import pytest

from enquiry_tui.desk import contacts, corrections, enquiries, entries, opening, quicklog
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import GateShut, MaskedNow, NotFound, ReasonMissing
from enquiry_tui.domain.masking import MASK
from enquiry_tui.errors import Refused
from tests.desk.calls import Known, call_from, known_caller, recognise, tell_received
from tests.desk.matters import new_matter
from tests.desk.offices import DEPUTY, TestOffice, last_event, passphrase_of


@pytest.fixture
def known(desk: Desk, office: TestOffice) -> Known:
    return known_caller(desk, office)


def ended_call(desk: Desk, known: Known) -> str:
    call = call_from(desk, known)
    contacts.save_note(desk, call, "no reply yet")
    contacts.end_contact(desk, call)
    return call


def test_an_amended_note_keeps_the_old_words_with_who_and_why(desk: Desk, known: Known) -> None:
    call = ended_call(desk, known)
    corrections.amend_note(desk, call, "no reply yet, rang twice", "left out")
    row = desk.store.query("SELECT * FROM amendment")[0]
    assert (row["old_value"], row["why"], row["by"]) == (
        "no reply yet",
        "left out",
        desk.officer.uid,
    )
    assert contacts.view(desk, call).note == "no reply yet, rang twice"


def test_a_note_is_offered_as_it_stands_and_both_versions_are_read_on_its_entry(
    desk: Desk, known: Known
) -> None:
    call = ended_call(desk, known)
    assert corrections.note_to_amend(desk, call) == "no reply yet"
    with pytest.raises(Refused, match="as it was"):
        corrections.amend_note(desk, call, "no reply yet", "nothing")
    corrections.amend_note(desk, call, "no reply yet, rang twice", "left out")
    read = {
        part.heading.split(" BEFORE")[0] + str(at): part.words
        for at, part in enumerate(
            part
            for part in entries.entry(desk, known.enquiry, call).parts
            if "NOTE" in part.heading
        )
    }
    assert read["NOTE0"] == "no reply yet, rang twice"
    assert "left out" in read["NOTE1"] and read["NOTE1"].endswith("no reply yet")


def test_a_note_that_is_masked_now_is_not_offered_for_amending(desk: Desk, known: Known) -> None:
    call = ended_call(desk, known)
    other = quicklog.log_line(desk, quicklog.LineRequest("Ryan Pell ~ custody"))
    contacts.begin_contact(desk, enquiry_uid=other.enquiry_uid)
    with pytest.raises(MaskedNow):
        corrections.note_to_amend(desk, call)
    shown = entries.entry(desk, known.enquiry, call)
    assert shown.line.masked
    assert "no reply yet" not in str(shown)
    with pytest.raises(MaskedNow):
        corrections.amend_note(desk, call, MASK, "left out")


def test_a_note_is_not_amended_without_a_reason(desk: Desk, known: Known) -> None:
    with pytest.raises(ReasonMissing):
        corrections.amend_note(desk, ended_call(desk, known), "other", " ")


def test_a_moved_contact_stands_in_the_new_matter_and_shuts_its_gate(
    desk: Desk, known: Known
) -> None:
    other = quicklog.log_line(desk, quicklog.LineRequest("Ryan Pell ~ custody"))
    call = call_from(desk, known)
    recognise(desk, call, known)
    corrections.move_contact(desk, call, other.enquiry_uid, "wrong person")
    assert contacts.view(desk, call).enquiry_uid == other.enquiry_uid
    with pytest.raises(GateShut):
        tell_received(desk, call)
    row = desk.store.query("SELECT * FROM amendment WHERE field = 'enquiry'")[0]
    assert row["old_value"] == "CCO-2026-000001"


def test_both_matters_tell_of_a_moved_contact_and_where_its_ledger_lines_are(
    desk: Desk, known: Known
) -> None:
    other = quicklog.log_line(desk, quicklog.LineRequest("Ryan Pell ~ custody"))
    call = call_from(desk, known)
    recognise(desk, call, known)
    tell_received(desk, call)
    contacts.end_contact(desk, call)
    corrections.move_contact(desk, call, other.enquiry_uid, "wrong matter")
    old, new = (opening.refresh(desk, uid) for uid in (known.enquiry, other.enquiry_uid))
    left = next(line for line in old.timeline if line.what == "moved")
    assert left.words.startswith("to 26-2 by ") and "call in of 25 Nov" in left.words
    came = next(line for line in new.timeline if line.uid == call)
    assert came.words.startswith("moved from 26-1") and "release" not in came.words
    assert (len(old.ledger), len(new.ledger)) == (1, 0)
    there = str(entries.entry(desk, known.enquiry, left.uid))
    assert "wrong matter" in there and "1 line of it stand here and stay" in there
    assert "1 ledger line of it, which stay there" in str(
        entries.entry(desk, other.enquiry_uid, call)
    )


def test_a_move_out_of_sight_names_no_matter(desk: Desk, office: TestOffice, known: Known) -> None:
    call, other = ended_call(desk, known), new_matter(desk, "Custody")
    corrections.move_contact(desk, call, other, "wrong matter")
    enquiries.restrict_enquiry(desk, other, "about the chief", ())
    seen = opening.refresh(office.sign_in(DEPUTY), known.enquiry)
    (left,) = [line for line in seen.timeline if line.what == "moved"]
    assert left.words.startswith("to another matter by ")


def test_a_struck_contact_is_shown_struck(desk: Desk, known: Known) -> None:
    call = ended_call(desk, known)
    corrections.strike_contact(desk, call, "entered twice")
    view = opening.open_enquiry(desk, known.enquiry)
    assert next(line for line in view.timeline if line.uid == call).struck


def test_a_running_contact_is_not_struck(desk: Desk, known: Known) -> None:
    with pytest.raises(Refused, match="still runs"):
        corrections.strike_contact(desk, call_from(desk, known), "why")


def test_the_wrong_person_is_unlinked_and_the_name_as_heard_stays(desk: Desk, known: Known) -> None:
    other = quicklog.log_line(desk, quicklog.LineRequest("Ryan Pell ~ custody"))
    call = contacts.begin_contact(desk, person_uid=known.person, enquiry_uid=other.enquiry_uid).uid
    contacts.attach_contact(desk, call, other.enquiry_uid)
    contacts.end_contact(desk, call)
    corrections.unlink_person(desk, call, "it was her sister")
    view = contacts.view(desk, call)
    assert (view.person_uid, view.who) == ("", "Janet Holt")
    names = [person.name for person in opening.open_enquiry(desk, other.enquiry_uid).people]
    assert names == ["Ryan Pell"]


def test_a_ledger_line_is_annotated_by_a_new_line_that_names_it(desk: Desk, known: Known) -> None:
    call = call_from(desk, known)
    recognise(desk, call, known)
    (told,) = tell_received(desk, call)
    uid = corrections.annotate_ledger(
        desk, corrections.Annotation(told, "it was the third of November")
    )
    rows = desk.store.query("SELECT uid, corrects_id, content FROM ledger ORDER BY id")
    assert [(row["uid"], row["corrects_id"], row["content"]) for row in rows] == [
        (told, None, 1),
        (uid, 1, 0),
    ]


def test_after_the_day_a_second_officer_signs_the_annotation(
    desk: Desk, office: TestOffice, known: Known
) -> None:
    call = call_from(desk, known)
    recognise(desk, call, known)
    (told,) = tell_received(desk, call)
    office.clock.advance(seconds=86_400)
    with pytest.raises(Refused, match="second officer"):
        corrections.annotate_ledger(desk, corrections.Annotation(told, "the third"))
    both = corrections.Annotation(told, "the third", DEPUTY, passphrase_of(DEPUTY))
    corrections.annotate_ledger(desk, both)
    assert last_event(desk)["second"]


def test_nothing_is_annotated_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound):
        corrections.annotate_ledger(desk, corrections.Annotation("no such line", "words"))
