from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enquiry_tui.intake import LetterIn, LetterRefused, read_letter
from enquiry_tui.intake.letter import MAX_ATTACHMENT_BYTES, MAX_TEXT_CHARACTERS
from tests.unit.letter_corpus import HEAD, corpus, mail

CORPUS = corpus()
SMALL = [data for data in CORPUS.values() if len(data) < 20_000]


def sound(letter: LetterIn, data: bytes) -> None:
    assert letter.sha256 == hashlib.sha256(data).hexdigest()
    assert len(letter.text) <= MAX_TEXT_CHARACTERS
    assert letter.characters >= len(letter.text)
    assert sum(len(one.data) for one in letter.attachments) <= MAX_ATTACHMENT_BYTES
    shown = [letter.sender_name, letter.sender_address, letter.subject]
    shown += [one.name for one in letter.attachments]
    for line in shown:
        assert not any(unicodedata.category(one) in {"Cc", "Cs"} for one in line)
    for one in letter.attachments:
        assert one.name
        assert not set(one.name) & set("/\\")
        assert one.name not in {".", ".."}
    assert not any(unicodedata.category(one) == "Cs" for one in letter.text[:5000])
    assert "\x1b" not in letter.text
    assert "\x00" not in letter.text
    assert letter.dated is None or letter.dated.utcoffset() is not None


def stored_or_refused(data: bytes) -> LetterRefused | None:
    try:
        letter = read_letter(data)
    except LetterRefused as refusal:
        return refusal
    sound(letter, data)
    return None


def test_the_corpus_holds_more_than_a_hundred_different_odd_letters():
    assert len(set(CORPUS.values())) > 130


def test_at_least_95_of_100_odd_letters_are_stored():
    refused = []
    for name, data in CORPUS.items():
        try:
            sound(read_letter(data), data)
        except LetterRefused:
            refused.append(name)
    assert len(refused) * 20 <= len(CORPUS), refused


@pytest.mark.parametrize("name", sorted(CORPUS))
def test_every_odd_letter_ends_stored_or_refused_in_words(name):
    data = CORPUS[name]
    refusal = stored_or_refused(data)
    assert refusal is None or (refusal.title and refusal.hint)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_damaged_letters_raise_nothing_but_a_refusal(draw):
    one = bytearray(draw.draw(st.sampled_from(SMALL)))
    for _ in range(draw.draw(st.integers(0, 12))):
        if one:
            one[draw.draw(st.integers(0, len(one) - 1))] = draw.draw(st.integers(0, 255))
    cut = draw.draw(st.integers(0, len(one)))
    if draw.draw(st.booleans()):
        other = draw.draw(st.sampled_from(SMALL))
        data = bytes(one[:cut]) + other[draw.draw(st.integers(0, len(other))) :]
    else:
        data = bytes(one[:cut]) if draw.draw(st.booleans()) else bytes(one)
    stored_or_refused(data)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_under_a_head_raise_nothing_but_a_refusal(body):
    data = HEAD + body
    stored_or_refused(data)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="<>!-/[]&#;\"' abpi=\n", max_size=400))
def test_any_markup_raises_nothing(text):
    data = mail(b"Content-Type: text/html", body=text.encode())
    sound(read_letter(data), data)
