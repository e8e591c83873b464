"""A password agreed with an enquirer: hashed with Argon2id (RFC 9106), compared, never kept.

The cost is modest on purpose: it is compared while somebody waits on the telephone, three misses a
day close the box, and the vault around it is encrypted. Each hash carries its own parameters, so
that the cost can be raised later without asking anybody for their word again.
"""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import HashingError, InvalidHashError, VerificationError

from enquiry_tui.vault.errors import NotEnoughMemory

MEMORY_KIB = 19 * 1024  # OWASP's least for Argon2id with two passes: about 30 ms
PASSES = 2
_HASHER = PasswordHasher(
    time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=1, hash_len=32, salt_len=16
)


def hashed(password: str) -> str:
    """Return the hash to keep, with its parameters and salt. Raises NotEnoughMemory."""
    try:
        return _HASHER.hash(password)
    except (HashingError, MemoryError) as error:
        raise NotEnoughMemory from error


def matches(kept: str, password: str) -> bool:
    """Say whether this is the password that was agreed; a damaged hash matches nothing."""
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
    except MemoryError as error:
        raise NotEnoughMemory from error
