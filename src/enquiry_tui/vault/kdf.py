"""From a passphrase to keys: Argon2id (RFC 9106), memory first, bounds checked before use."""

from __future__ import annotations

import os
import secrets
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from argon2.exceptions import HashingError
from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from enquiry_tui.vault.encoding import number_of, packed, text_of, unpacked
from enquiry_tui.vault.errors import NotEnoughMemory

FLOOR_KIB = 64 * 1024  # RFC 9106 section 4, second recommended option: what a new record has
_READ_FLOOR_KIB = 64 * 1024  # what an old record must have to be read at all
CEILING_KIB = 1024 * 1024
_READ_KIB = 4 * 1024 * 1024
_PASSES = 3
_LANES = 4
_LONGEST = 1.2  # seconds that a sign-in may take
_PLAUSIBLE = 1.2  # how far over that an estimate may be for the memory to be measured


@dataclass(frozen=True, slots=True)
class KdfParameters:
    """Argon2id's cost (`memory_kib` in KiB) and salt, as they stand in the header."""

    memory_kib: int
    passes: int
    lanes: int
    salt: bytes

    @classmethod
    def fresh(cls, memory_kib: int) -> KdfParameters:
        """Make parameters with a new salt. Raises ValueError below 64 MiB or above 4 GiB."""
        if memory_kib < FLOOR_KIB:
            raise ValueError("memory below the floor")
        return cls(memory_kib, _PASSES, _LANES, secrets.token_bytes(16)).checked()

    @property
    def below_floor(self) -> bool:
        """Whether a new record would cost more to guess at: memory, passes or lanes."""
        return self.memory_kib < FLOOR_KIB or self.passes < _PASSES or self.lanes < _LANES

    @classmethod
    def decoded(cls, record: Mapping[str, object]) -> KdfParameters:
        """Read the header's form, refusing what is too weak or too large. Raises ValueError."""
        if record.get("alg") != "argon2id" or record.get("v") != ARGON2_VERSION:
            raise ValueError("another key derivation")
        parameters = cls(
            number_of(record, "m"),
            number_of(record, "t"),
            number_of(record, "p"),
            unpacked(text_of(record, "salt"), 16),
        )
        return parameters.checked()

    def encoded(self) -> dict[str, object]:
        """Give the header's form."""
        return {
            "alg": "argon2id",
            "v": ARGON2_VERSION,
            "m": self.memory_kib,
            "t": self.passes,
            "p": self.lanes,
            "salt": packed(self.salt),
        }

    def checked(self) -> KdfParameters:
        """Give the same parameters if they are within bounds. Raises ValueError."""
        if not _READ_FLOOR_KIB <= self.memory_kib <= _READ_KIB:
            raise ValueError("memory out of bounds")
        if not (1 <= self.passes <= 16 and 1 <= self.lanes <= 16):
            raise ValueError("passes or lanes out of bounds")
        return self


@dataclass(frozen=True, slots=True)
class PassphraseKeys:
    """The key that wraps a bundle, and the value that proves the passphrase without opening it."""

    kek: bytes
    commit: bytes


def derive(secret: bytes, parameters: KdfParameters) -> PassphraseKeys:
    """Run Argon2id and split its output. Takes about a second; raises NotEnoughMemory."""
    try:
        root = hash_secret_raw(
            secret,
            parameters.salt,
            time_cost=parameters.passes,
            memory_cost=parameters.memory_kib,
            parallelism=parameters.lanes,
            hash_len=32,
            type=Type.ID,
            version=ARGON2_VERSION,
        )
    except (HashingError, MemoryError) as error:
        raise NotEnoughMemory from error
    # AES-GCM alone does not commit to its key: the stored commitment does.
    return PassphraseKeys(_expand(root, b"enquiry kek v1"), _expand(root, b"enquiry commit v1"))


def calibrate(measure: Callable[[int], float] | None = None) -> int:
    """Find the largest memory, in KiB, that keeps a sign-in within 1.2 s on this machine.

    Powers of two from 64 MiB to 1 GiB, and no more than a quarter of the memory there is. The time
    grows with the memory: the floor is measured, then what it lets expect, then what is beside.
    Takes some seconds. RFC 9106 section 4: as much memory as can be afforded, before passes.
    """
    measure = measure or _seconds
    limit = min(CEILING_KIB, _memory_kib() // 4)
    chosen, took = FLOOR_KIB, measure(FLOOR_KIB)
    while chosen * 2 <= limit and took * 2 <= _LONGEST * _PLAUSIBLE:
        chosen, took = chosen * 2, took * 2
    if chosen == FLOOR_KIB:
        return chosen
    took = measure(chosen)
    while took > _LONGEST and chosen > FLOOR_KIB:
        chosen //= 2
        took = measure(chosen)
    while chosen * 2 <= limit and took * 2 <= _LONGEST * _PLAUSIBLE:
        took = measure(chosen * 2)
        if took > _LONGEST:
            break
        chosen *= 2
    return chosen


def _seconds(memory_kib: int) -> float:
    def once() -> float:
        start = time.perf_counter()
        derive(b"calibration", KdfParameters.fresh(memory_kib))
        return time.perf_counter() - start

    first, second = once(), once()
    if (first <= _LONGEST) == (second <= _LONGEST):  # so is the median, whatever the third
        return statistics.mean([first, second])
    return statistics.median([first, second, once()])


def _memory_kib() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1024
    except (AttributeError, ValueError, OSError):  # Windows: be modest
        return 4 * 512 * 1024


def _expand(root: bytes, info: bytes) -> bytes:
    return HKDFExpand(SHA256(), 32, info).derive(root)
