"""The recovery key on paper: 140 random bits and a checksum, in groups that can be read aloud."""

from __future__ import annotations

import hashlib
import secrets

from enquiry_tui.errors import EnquiryError
from enquiry_tui.vault.encoding import crockford, from_crockford, grouped, plain_crockford

_PAYLOAD_BITS = 140
_CHECK_BITS = 20
_SYMBOLS = (_PAYLOAD_BITS + _CHECK_BITS) // 5


class NotARecoveryKey(EnquiryError):
    """What was typed is not a recovery key, or has a slip in it."""


def new_recovery_key() -> str:
    """Make a recovery key: eight groups of four Crockford symbols."""
    payload = secrets.randbits(_PAYLOAD_BITS)
    return grouped(crockford(payload << _CHECK_BITS | _checksum(payload), _SYMBOLS))


def normalised(typed: str) -> str:
    """Give the key in its printed form, whatever the case and spacing. Raises NotARecoveryKey.

    The checksum is tried before any costly work, so that a slip is told apart at once.
    """
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
    if number & (1 << _CHECK_BITS) - 1 != _checksum(number >> _CHECK_BITS):
        raise NotARecoveryKey(
            "There is a slip in the recovery key", "Compare it with the sheet, group by group."
        )
    return grouped(symbols)


def _checksum(payload: int) -> int:
    digest = hashlib.sha256(b"enquiry recovery v1\0" + payload.to_bytes(18, "big")).digest()
    return int.from_bytes(digest[:3], "big") >> 24 - _CHECK_BITS
