from __future__ import annotations

from datetime import date

import pytest

from enquiry_tui.domain.told import Reply, reply_stands, told_sentence


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("received_on", "2 November", "You were first in touch with us on 2 November."),
        ("held_by", "Estates", "It is with Estates."),
        ("held_by", "Estates, since 9 November", "It has been with Estates since 9 November."),
        ("held_by", "this office", "It is with us."),
        ("held_by", "this office, since 3 May", "It has been with us since 3 May."),
        ("due_on", "1 December", "You should have a reply by 1 December."),
        (
            "sent_on",
            "acknowledgement, 5 November",
            "We sent you an acknowledgement on 5 November.",
        ),
        ("sent_on", "reply, 5 November 2025", "We sent you a reply on 5 November 2025."),
        ("sent_on", "our reply, 5 November", "We sent you our reply on 5 November."),
        ("sent_on", "application forms, 5 May", "We sent you application forms on 5 May."),
        ("sent_on", "5 May", "We wrote to you on 5 May."),
    ],
)
def test_each_line_that_may_be_told_is_one_good_sentence(field: str, words: str, said: str) -> None:
    assert told_sentence(f"enquiry.{field}", words) == said


def test_a_letter_is_called_a_letter() -> None:
    said = told_sentence("enquiry.received_on", "2 November", by_letter=True)
    assert said == "Your letter reached us on 2 November."


def test_what_is_no_such_line_is_never_said() -> None:
    with pytest.raises(KeyError):
        told_sentence("person.address", "1 Fenwick Road")


@pytest.mark.parametrize(
    ("day", "sent", "stands"),
    [(18, False, "awaited"), (19, False, "awaited"), (20, False, "late"), (20, True, "sent")],
)
def test_a_reply_is_late_from_the_day_after_it_was_due(day: int, sent: bool, stands: str) -> None:
    due = date(2026, 11, 19)
    assert reply_stands(due, date(2026, 11, day), sent=sent) is Reply(stands)
    assert reply_stands(None, date(2026, 11, day), sent=False) is Reply.AWAITED


def test_a_day_that_is_past_is_never_promised() -> None:
    late = told_sentence("enquiry.due_on", "19 November", reply=Reply.LATE)
    assert late == (
        "You should have had a reply by 19 November. It is late, and I am sorry;"
        " I have no new date to give you."
    )
    gone = told_sentence("enquiry.due_on", "19 November", reply=Reply.SENT)
    assert gone == "The reply was due by 19 November."
