"""The recovery key on paper: 140 random bits and a checksum, in groups that can be read aloud.

In two envelopes neither sheet tells anything: A is random, B is the key XOR A. The checksums of
key, A and B are made differently, so that one is never taken for another.
"""

from __future__ import annotations

import hashlib
import secrets
from enum import StrEnum

from enquiry_tui.errors import EnquiryError
from enquiry_tui.vault.encoding import crockford, from_crockford, grouped, plain_crockford

_PAYLOAD_BITS = 140
_CHECK_BITS = 20
_SYMBOLS = (_PAYLOAD_BITS + _CHECK_BITS) // 5


class _Kind(StrEnum):
    """What a row of symbols is, by its checksum."""

    WHOLE = "enquiry recovery v1"
    A = "enquiry recovery sheet A v1"
    B = "enquiry recovery sheet B v1"


class NotARecoveryKey(EnquiryError):
    """What was typed is not a recovery key, or has a slip in it."""


def new_recovery_key() -> str:
    """Make a recovery key: eight groups of four Crockford symbols."""
    return _written(secrets.randbits(_PAYLOAD_BITS), _Kind.WHOLE)


def in_two(key: str) -> tuple[str, str]:
    """Split a key over two sheets, A and B, of which both are needed. Raises NotARecoveryKey."""
    payload, _ = _read(key, (_Kind.WHOLE,))
    first = secrets.randbits(_PAYLOAD_BITS)
    return _written(first, _Kind.A), _written(payload ^ first, _Kind.B)


def normalised(typed: str, other: str = "") -> str:
    """Give the key in its printed form, whatever the case and spacing. Raises NotARecoveryKey.

    `other` is what stands on the second of two sheets, in either order. Checksums are tried before
    any costly work, so that a slip is told apart at once.
    """
    if not other.strip():
        payload, kind = _read(typed, tuple(_Kind))
        if kind is not _Kind.WHOLE:
            raise NotARecoveryKey(
                f"That is sheet {kind.name} of two", "Type what stands on the other sheet as well."
            )
        return _written(payload, kind)
    (first, one), (second, two) = (_read(part, (_Kind.A, _Kind.B)) for part in (typed, other))
    if one is two:
        raise NotARecoveryKey(
            f"Both are sheet {one.name}", "One sheet A and one sheet B make the key."
        )
    return _written(first ^ second, _Kind.WHOLE)


def _read(typed: str, kinds: tuple[_Kind, ...]) -> tuple[int, _Kind]:
    symbols = plain_crockford(typed)
    if len(symbols) != _SYMBOLS:
        raise NotARecoveryKey(
            "That is not a recovery key", f"It has {_SYMBOLS} letters and figures in eight groups."
        )
    try:
        number = from_crockford(symbols)
    except ValueError as error:
        raise NotARecoveryKey(
            "That is not a recovery key", "It has figures, and letters other than I, L, O and U."
        ) from error
    payload, check = number >> _CHECK_BITS, number & (1 << _CHECK_BITS) - 1
    for kind in kinds:
        if check == _checksum(payload, kind):
            return payload, kind
    raise NotARecoveryKey(
        "There is a slip in the recovery key", "Compare it with the sheet, group by group."
    )


def _written(payload: int, kind: _Kind) -> str:
    return grouped(crockford(payload << _CHECK_BITS | _checksum(payload, kind), _SYMBOLS))


def _checksum(payload: int, kind: _Kind) -> int:
    digest = hashlib.sha256(kind.encode() + b"\0" + payload.to_bytes(18, "big")).digest()
    return int.from_bytes(digest[:3], "big") >> 24 - _CHECK_BITS
