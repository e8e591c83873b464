from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from enquiry_tui.vault.chain import START, Entry, Place, leaf_of, signed_event

TEXT = st.text(st.characters(codec="utf-8"), max_size=5)
FIELDS = st.tuples(
    TEXT,
    st.integers(1, 99),
    TEXT,
    st.integers(-9, 9999),
    *[TEXT] * 9,
    *[st.binary(max_size=3)] * 3,
)


@settings(max_examples=300, deadline=None)
@given(FIELDS, FIELDS)
def test_two_different_events_never_have_the_same_hash(first, second):
    assert (leaf_of(first) == leaf_of(second)) == (first == second)


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXT, min_size=13, max_size=13), st.integers(0, 11))
def test_moving_text_from_one_field_to_the_next_changes_the_hash(texts: list[str], at: int):
    def leaf(values: list[str]) -> bytes:
        vault, utc, *rest = values[:11]
        return leaf_of((vault, 1, utc, 1, *rest, b"", b"", b""))  # type: ignore[arg-type]

    moved = list(texts)
    moved[at], moved[at + 1] = "", texts[at] + texts[at + 1]
    if moved[:11] != texts[:11]:
        assert leaf(moved) != leaf(texts)


def test_an_entry_keeps_names_and_words_out_of_the_event_row():
    from enquiry_tui.vault.keys import SigningKeys

    keys = SigningKeys("uid", bytes(32))
    place = Place("v", 1, "u", 0, "s", START)
    event = signed_event(Entry("a", detail={"name": "CANARY"}), place, keys)
    assert "CANARY" not in repr(event.row)
    assert "CANARY" not in repr(event)
    again = signed_event(replace(Entry("a"), detail={"name": "CANARY"}), place, keys)
    assert again.row[13] != event.row[13]  # a salt of its own: equal words cannot be matched
