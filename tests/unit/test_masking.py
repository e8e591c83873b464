from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.emergency import Acceptance, Aftermath, Card, EntryKind, may_receive
from enquiry_tui.domain.masking import MASK, is_open, mask
from enquiry_tui.domain.vocabulary import InfoClass

classes = st.sampled_from(InfoClass)


@given(st.text(), st.text(), classes, st.none() | classes)
def test_two_masked_values_cannot_be_told_apart(one, other, field_class, open_class):
    if not is_open(field_class, open_class):
        assert mask(one, field_class, open_class) == mask(other, field_class, open_class) == MASK
        assert mask("", field_class, open_class) == MASK
    else:
        assert mask(one, field_class, open_class) == one


@given(classes, classes)
def test_a_class_is_open_up_to_what_is_open(field_class, open_class):
    expected = field_class.digit <= open_class.digit or field_class is InfoClass.PUBLIC
    assert is_open(field_class, open_class) is expected


def test_with_nothing_open_only_public_things_are_seen():
    assert [item for item in InfoClass if is_open(item, None)] == [InfoClass.PUBLIC]


def test_only_an_emergency_entry_receives_an_emergency_release():
    assert [kind for kind in EntryKind if may_receive(kind)] == [EntryKind.EMERGENCY]


def test_the_cards_turn_in_a_ring():
    turned = [Card.SUICIDE]
    while (following := turned[-1].following()) is not Card.SUICIDE:
        turned.append(following)
    assert turned == list(Card)
    assert [card for card in Card if card.wants_exact_words] == [Card.BOMB, Card.THREAT]


def test_an_emergency_says_what_is_still_to_be_asked():
    assert len(Aftermath().outstanding()) == 5
    refused = Aftermath("26/0001", "Reid", Acceptance.REFUSED, "", True, True)
    assert refused.outstanding() == ("who owns it now, since it was refused",)
    owned = Aftermath("26/0001", "Reid", Acceptance.REFUSED, "ambulance, 14:20", True, True)
    assert owned.outstanding() == ()
