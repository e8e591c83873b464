from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.machine.words import PASSPHRASE_WORDS, plain_words
from enquiry_tui.vault import kdf
from enquiry_tui.vault.encoding import (
    CROCKFORD,
    crockford,
    framed,
    from_crockford,
    new_uid,
    unpacked,
    utc_moment,
    utc_text,
)
from enquiry_tui.vault.errors import NotEnoughMemory, PassphraseRefused, VaultTampered
from enquiry_tui.vault.kdf import CEILING_KIB, FLOOR_KIB, KdfParameters, calibrate, derive
from enquiry_tui.vault.keys import MasterKey, PrivateBundle
from enquiry_tui.vault.passphrase import blocked, demand_strong, secret_bytes, temporary
from enquiry_tui.vault.recovery import NotARecoveryKey, new_recovery_key, normalised
from tests.vault.vaults import START


@pytest.mark.parametrize(
    "text",
    [
        "fourteen chars",
        "x" * 129,
        "aaaaaaaaaaaaaaaaaaaa",
        "abababababababababab",
        "Password Password 1",
        "Correct-Horse-Battery-Staple",
        "PB0142 PB0142 PB0142",
        "with a \x00 in the middle",
        "with a \ud800 in the middle",
        "Chief Constable 1",
        "P4ssw0rd-W3lcome-2026",
        "2026 summer liverpool",
        "may the force be with you!",
        "3456789012345678",
        "lkjhgfdsapoiuytrewq",
        "one two one two one two",
        "Ann Okafor, PB-0142",
        "Northmere enquiry desk NM 2026",
    ],
)
def test_a_weak_or_odd_passphrase_is_refused(text: str):
    with pytest.raises(PassphraseRefused) as refused:
        demand_strong(text, "PB-0142", "Ann Okafor", "Chief Constable, Northmere", "NM")
    assert text not in refused.value.title + refused.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "fifteen chars ok",
        "x1y2z3w4" * 16,
        "five plain words all lower",
        "слово ещё слово и ещё",
        "7394-1028-5561-9930",
        "!&%#^*)(_+=-{}[]<>",
        "police heron lamp tundra",
    ],
)
def test_no_composition_is_asked_for(text: str):
    demand_strong(text, "PB-0142", "Ann Okafor", "Chief Constable, Northmere", "NM")


def test_the_list_of_known_passphrases_is_long_and_bare():
    assert len(blocked()) > 3000
    assert all(text.isalnum() and text == text.casefold() for text in blocked())


def test_the_words_of_generated_passphrases_are_many_short_and_plain():
    words = plain_words()
    assert len(words) == len(set(words)) == 2993
    assert all(re.fullmatch("[a-z]{3,7}", word) for word in words)
    assert len(words) ** PASSPHRASE_WORDS > 2**69


def test_a_generated_passphrase_passes_the_rules_and_never_repeats():
    made = {temporary() for _ in range(50)}
    assert len(made) == 50
    for text in made:
        demand_strong(text)


def test_length_is_counted_after_composition():
    with pytest.raises(PassphraseRefused):
        demand_strong("e\u0301" * 5 + "abcde")
    assert secret_bytes("cafe\u0301") == "caf\u00e9".encode()


@given(st.text())
def test_any_text_gives_bytes_to_try(text: str):
    assert isinstance(secret_bytes(text), bytes)


def test_a_recovery_key_is_read_however_it_is_typed():
    key = new_recovery_key()
    assert [len(group) for group in key.split("-")] == [4] * 8
    assert normalised(key.lower().replace("-", " ")) == key
    assert normalised(key.replace("0", "o").replace("1", "l")) == key


@given(st.integers(0, 31), st.integers(1, 31))
def test_one_wrong_symbol_in_a_recovery_key_is_found(at: int, by: int):
    symbols = list("K7QD9M2X4T8W1B6PZ3HC5RNV8YJG2F4A")
    number = from_crockford("".join(symbols)) >> 20
    from enquiry_tui.vault.recovery import _Kind, _written

    good = _written(number, _Kind.WHOLE).replace("-", "")
    wrong = CROCKFORD[(CROCKFORD.index(good[at]) + by) % 32]
    with pytest.raises(NotARecoveryKey, match="slip"):
        normalised(good[:at] + wrong + good[at + 1 :])


@pytest.mark.parametrize("text", ["", "K7QD", "U" * 32, "é" * 32, "K7QD-" * 9])
def test_what_is_no_recovery_key_is_said_at_once(text: str):
    with pytest.raises(NotARecoveryKey, match="not a recovery key"):
        normalised(text)


@given(st.integers(0, 2**60 - 1))
def test_crockford_goes_there_and_back(number: int):
    assert from_crockford(crockford(number, 12)) == number


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_framed_lists_never_collide(first: list[bytes], second: list[bytes]):
    assert (framed("x", *first) == framed("x", *second)) == (first == second)


@given(st.one_of(st.none(), st.integers(), st.text(max_size=20)))
def test_what_is_not_base64_is_a_value_error(value: object):
    try:
        unpacked(value, 16)
    except ValueError:
        return
    assert isinstance(value, str)


def test_uids_sort_by_time_and_moments_go_there_and_back():
    import uuid
    from datetime import timedelta

    uids = [new_uid(START + timedelta(milliseconds=step)) for step in range(50)]
    assert uids == sorted(uids)
    assert {uuid.UUID(uid).version for uid in uids} == {7}
    assert {uuid.UUID(uid).variant for uid in uids} == {uuid.RFC_4122}
    assert utc_moment(utc_text(START)) == START


@pytest.mark.parametrize("memory", [0, 1024, FLOOR_KIB - 1, 4 * 1024 * 1024 + 1, 1 << 60])
def test_argon2_memory_out_of_bounds_is_refused(memory: int):
    with pytest.raises(ValueError):
        KdfParameters.fresh(memory)


def test_calibration_takes_the_largest_memory_within_the_time(monkeypatch):
    monkeypatch.setattr(kdf, "_memory_kib", lambda: 16 * 1024 * 1024)
    assert calibrate(lambda memory: memory / (512 * 1024)) == 512 * 1024
    assert calibrate(lambda _: 9.0) == FLOOR_KIB
    assert calibrate(lambda _: 0.1) == CEILING_KIB
    monkeypatch.setattr(kdf, "_memory_kib", lambda: 1024 * 1024)
    assert calibrate(lambda _: 0.1) == 256 * 1024


def test_too_little_memory_is_said_and_not_a_crash(monkeypatch):
    from argon2.exceptions import HashingError

    def full(*args, **kwargs):
        raise HashingError("Memory allocation error")

    monkeypatch.setattr(kdf, "hash_secret_raw", full)
    with pytest.raises(NotEnoughMemory):
        derive(b"x", KdfParameters.fresh(FLOOR_KIB))


def test_the_raw_key_has_the_one_form_that_is_not_a_passphrase():
    key = MasterKey("vault", 1, bytes(range(32))).database_key()
    assert len(key) == 67
    assert key[:2] == b"x'"
    assert key[-1:] == b"'"
    assert len(bytes.fromhex(key[2:-1].decode())) == 32
    assert key != MasterKey("vault", 2, bytes(range(32))).database_key()
    assert key != MasterKey("other", 1, bytes(range(32))).database_key()


def test_an_envelope_opens_for_its_officer_vault_and_epoch_only():
    bundle = PrivateBundle.fresh()
    master = MasterKey("vault", 1, bytes(range(32)))
    sealed = master.sealed_to("uid", bundle.exchange_public)
    opened = MasterKey.opened("vault", 1, "uid", sealed, bundle.exchange)
    assert opened.database_key() == master.database_key()
    other = PrivateBundle.fresh()
    for vault, epoch, uid, key in (
        ("other", 1, "uid", bundle),
        ("vault", 2, "uid", bundle),
        ("vault", 1, "else", bundle),
        ("vault", 1, "uid", other),
    ):
        with pytest.raises(VaultTampered):
            MasterKey.opened(vault, epoch, uid, sealed, key.exchange)
    with pytest.raises(VaultTampered):
        MasterKey.opened("vault", 1, "uid", sealed[:20], bundle.exchange)


def test_a_wiped_bundle_holds_no_key():
    bundle = PrivateBundle.fresh()
    bundle.wipe()
    assert not any(bundle.exchange)
    assert not any(bundle.seed)
    assert "exchange" not in repr(bundle)
