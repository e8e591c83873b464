from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.flags import HARD, Advice, Flag, Flags
from enquiry_tui.policy.packs import load_shipped

SOFT = [flag for flag in Flag if not flag.hard]


def on(*flags):
    marked = Flags()
    for flag in flags:
        marked = marked.put_on(flag)
    return marked


def test_there_are_five_hard_flags_and_five_soft_ones():
    assert len(HARD) == 5
    assert len(SOFT) == 5
    assert "".join(flag.key for flag in Flag) == "1234567890"


def test_one_hard_flag_stops():
    for flag in HARD:
        assert on(flag).advice is Advice.STOP


def test_three_soft_flags_mean_ring_back_and_two_do_not():
    assert on(*SOFT[:2]).advice is Advice.NONE
    assert on(*SOFT[:3]).advice is Advice.RING_BACK
    assert on(*SOFT).advice is Advice.RING_BACK
    assert on(*SOFT[:3]).take_off(SOFT[0]).advice is Advice.NONE


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(Flag))))
def test_taking_a_flag_off_never_revives_a_stopped_check(presses):
    marked, stopped = Flags(), False
    for put, flag in presses:
        marked = marked.put_on(flag) if put else marked.take_off(flag)
        stopped = stopped or (put and flag.hard)
        assert (marked.advice is Advice.STOP) is stopped


def test_every_flag_has_words_and_a_withheld_number_is_none():
    book = load_shipped().flags.value
    assert set(book.flags) == set(Flag)
    assert any("withheld" in text for text in book.not_flags)
    assert not any("withheld" in words.label for words in book.flags.values())
