from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.vault.checkpoint import NoteRefused, read_note, signed_note, verify_note
from enquiry_tui.vault.keys import SigningKeys

HEAD = hashlib.sha256(b"head").digest()
KEYS = SigningKeys("someone", bytes(range(32)))
NOTE = signed_note("0190-vault", 4711, HEAD, "PB-0142", KEYS)


def test_a_note_says_vault_number_and_head_and_who_signed() -> None:
    lines = NOTE.split("\n")
    assert lines[:2] == ["enquiries/0190-vault", "4711"]
    assert lines[3] == ""
    assert lines[4].startswith("— PB-0142 ")
    assert NOTE.endswith("\n")
    found = verify_note(NOTE, [b"\0" * 32, KEYS.public])
    assert (found.vault_id, found.seq, found.head, found.name) == (
        "0190-vault",
        4711,
        HEAD,
        "PB-0142",
    )


def test_a_note_by_an_unknown_key_is_refused() -> None:
    other = SigningKeys("other", bytes(32))
    with pytest.raises(NoteRefused):
        verify_note(NOTE, [other.public])
    with pytest.raises(NoteRefused):
        verify_note(NOTE.replace("PB-0142", "PB-0143"), [KEYS.public])


@given(st.integers(0, len(NOTE) - 1), st.characters(codec="utf-8"))
def test_any_changed_character_is_refused(at: int, put: str) -> None:
    changed = NOTE[:at] + put + NOTE[at + 1 :]
    if changed == NOTE:
        return
    with pytest.raises(NoteRefused):
        verify_note(changed, [KEYS.public])


@given(st.text(max_size=300))
def test_other_text_is_no_note(text: str) -> None:
    with pytest.raises(NoteRefused):
        read_note(text)
