from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.vault.encoding import CROCKFORD, plain_crockford
from enquiry_tui.vault.recovery import NotARecoveryKey, in_two, new_recovery_key, normalised


@given(st.builds(new_recovery_key), st.randoms())
def test_two_sheets_in_either_order_make_the_key_and_neither_does_alone(key, random):
    sheet_a, sheet_b = in_two(key)
    assert normalised(sheet_a, sheet_b) == normalised(sheet_b, sheet_a) == key
    assert normalised(key.lower().replace("-", " ")) == key
    for sheet in (sheet_a, sheet_b):
        with pytest.raises(NotARecoveryKey, match="of two"):
            normalised(sheet)
        with pytest.raises(NotARecoveryKey, match="Both are sheet"):
            normalised(sheet, sheet)
        with pytest.raises(NotARecoveryKey, match="slip"):
            normalised(key, sheet)
    assert len({key, sheet_a, sheet_b, *in_two(key)}) == 5


@given(st.data())
def test_one_wrong_symbol_is_told_wherever_it_is(data):
    key = plain_crockford(new_recovery_key())
    at = data.draw(st.integers(0, len(key) - 1))
    wrong = data.draw(st.sampled_from(CROCKFORD.replace(key[at], "")))
    with pytest.raises(NotARecoveryKey, match="slip"):
        normalised(key[:at] + wrong + key[at + 1 :])


@given(st.data())
def test_two_neighbours_swapped_are_told(data):
    key = plain_crockford(new_recovery_key())
    at = data.draw(st.integers(0, len(key) - 2))
    swapped = key[:at] + key[at + 1] + key[at] + key[at + 2 :]
    if swapped != key:
        with pytest.raises(NotARecoveryKey):
            normalised(swapped)


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_is_a_key_or_refused(typed, other):
    with suppress(NotARecoveryKey):
        assert normalised(typed, other)
