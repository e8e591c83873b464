from __future__ import annotations

from datetime import date

import pytest

from enquiry_tui.desk import clocks, contacts, corrections, enquiries, letters, opening, search
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.letters import Imported, TypedLetter
from enquiry_tui.desk.problems import MatterClosed, ReasonMissing
from enquiry_tui.errors import Refused
from tests.desk.matters import new_matter


def letter_in(desk: Desk, words: str = "The vans are back.", matter: str = "") -> Imported:
    typed = TypedLetter(sender="Siân O'Brien", subject="Parking", words=words, enquiry_uid=matter)
    kept = letters.type_letter(desk, typed)
    assert isinstance(kept, Imported)
    return kept


def open_rules(desk: Desk, matter: str) -> set[str]:
    return {item.rule for item in clocks.clocks_of(desk, matter) if item.is_open}


def due_on(desk: Desk, matter: str) -> date | None:
    return opening.refresh(desk, matter).due_on


def test_a_moved_letter_takes_its_words_its_clocks_and_its_date_along(desk: Desk) -> None:
    kept, other = letter_in(desk), new_matter(desk)
    due = due_on(desk, kept.enquiry_uid)
    corrections.move_contact(desk, kept.contact_uid, other, "wrong matter")
    assert [item.uid for item in letters.letters_of(desk, other)] == [kept.letter_uid]
    assert letters.letters_of(desk, kept.enquiry_uid) == ()
    assert open_rules(desk, other) == {"letter-acknowledge", "letter-reply"}
    assert open_rules(desk, kept.enquiry_uid) == set()
    assert (due_on(desk, other), due_on(desk, kept.enquiry_uid)) == (due, None)
    assert [found.enquiry_uid for found in search.search(desk, "vans")] == [other]


def test_a_clock_that_runs_where_the_letter_goes_is_not_started_twice(desk: Desk) -> None:
    first, second = letter_in(desk), letter_in(desk, "And again.")
    corrections.move_contact(desk, second.contact_uid, first.enquiry_uid, "same thing")
    assert len([c for c in clocks.clocks_of(desk, first.enquiry_uid) if c.is_open]) == 2
    assert open_rules(desk, second.enquiry_uid) == set()


def test_a_legal_clock_goes_with_its_letter_with_the_date_it_had(desk: Desk) -> None:
    kept, other = letter_in(desk), new_matter(desk)
    begun = clocks.begin_clock(desk, kept.enquiry_uid, "foi", desk.today())
    corrections.move_contact(desk, kept.contact_uid, other, "wrong matter")
    (moved,) = [item for item in clocks.clocks_of(desk, other) if item.rule == "foi"]
    assert (moved.uid, moved.legal) == (begun.uid, begun.legal)


def test_clocks_that_count_from_another_letter_of_the_day_stay_with_it(desk: Desk) -> None:
    first, other = letter_in(desk), new_matter(desk)
    second = letter_in(desk, "And again.", first.enquiry_uid)
    corrections.move_contact(desk, second.contact_uid, other, "wrong matter")
    both = {"letter-acknowledge", "letter-reply"}
    assert open_rules(desk, first.enquiry_uid) == open_rules(desk, other) == both


def test_an_acknowledgement_goes_with_its_letter(desk: Desk) -> None:
    kept, other = letter_in(desk), new_matter(desk)
    enquiries.mark_sent(desk, kept.enquiry_uid, "acknowledgement", acknowledgement=True)
    corrections.move_contact(desk, kept.contact_uid, other, "wrong matter")
    said = [line.label for line in opening.refresh(desk, other).may_be_told]
    assert "sent" in said and open_rules(desk, other) == {"letter-reply"}
    left = [line.label for line in opening.refresh(desk, kept.enquiry_uid).may_be_told]
    assert "sent" not in left


def test_a_letter_that_was_answered_stays_and_the_refusal_says_why(desk: Desk) -> None:
    kept, other = letter_in(desk), new_matter(desk)
    enquiries.mark_sent(desk, kept.enquiry_uid, "reply")
    for correct in (
        lambda: corrections.move_contact(desk, kept.contact_uid, other, "wrong matter"),
        lambda: corrections.strike_contact(desk, kept.contact_uid, "twice"),
    ):
        with pytest.raises(Refused, match="it was answered in this matter"):
            correct()


def test_a_letter_does_not_go_onto_a_closed_matter(desk: Desk) -> None:
    kept, other = letter_in(desk), new_matter(desk)
    enquiries.close_enquiry(desk, other, "done")
    with pytest.raises(MatterClosed):
        corrections.move_contact(desk, kept.contact_uid, other, "wrong matter")


def test_a_struck_letter_ends_with_its_clocks_and_shows_struck(desk: Desk) -> None:
    kept = letter_in(desk)
    with pytest.raises(ReasonMissing):
        corrections.strike_contact(desk, kept.contact_uid, " ")
    corrections.strike_contact(desk, kept.contact_uid, "brought in twice")
    assert open_rules(desk, kept.enquiry_uid) == set()
    (line,) = opening.refresh(desk, kept.enquiry_uid).timeline
    assert line.struck and contacts.view(desk, kept.contact_uid).state == "ended"
    assert contacts.letter_to_answer(desk, kept.enquiry_uid) == ""


def test_a_letter_a_legal_clock_counts_from_is_not_struck(desk: Desk) -> None:
    kept = letter_in(desk)
    clocks.begin_clock(desk, kept.enquiry_uid, "foi", desk.today())
    with pytest.raises(Refused, match="counts from it"):
        corrections.strike_contact(desk, kept.contact_uid, "twice")
