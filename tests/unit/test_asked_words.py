from __future__ import annotations

import pytest

from enquiry_tui.domain.asked_words import kind_on, means
from enquiry_tui.domain.vocabulary import InfoClass, Kind


@pytest.mark.parametrize(
    ("kind", "digit", "said"),
    [
        ("elected-representative", 2, "Case: how far it is, of their constituent"),
        ("elected-representative", 3, "Case: contents, of their constituent"),
        ("elected-representative", 4, "Others, not their constituent"),
        ("solicitor", 3, "Case: contents, of their client"),
        ("solicitor", 4, "the other side"),
        ("relative", 2, "the person they help"),
        ("victim-service", 3, "the person they support"),
    ],
)
def test_whoever_acts_for_somebody_reads_whose_case_a_class_is(kind: str, digit: int, said: str):
    asked = InfoClass.from_digit(digit)
    assert asked is not None
    assert said in means(asked, Kind(kind))


def test_whoever_asks_for_themselves_needs_no_word():
    assert not any(means(item, Kind.MEMBER_OF_PUBLIC) for item in InfoClass)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Mr Patel of Harker Lowe Solicitors 01632 960444", "solicitor"),
        ("Tom from Rachel Lane MP ~ chasing", "elected-representative"),
        ("Kay Dunn, reporter ~ deadline 17:00", "media"),
        ("Janet Holt ~ parking", None),
        ("mpemba soliciting", None),
    ],
)
def test_a_line_suggests_the_kind_that_it_names(line: str, kind: str | None):
    assert kind_on(line) == kind
