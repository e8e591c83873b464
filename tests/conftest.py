from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest
from argon2.low_level import hash_secret_raw


@pytest.fixture(scope="session", autouse=True)
def each_passphrase_hashed_once() -> Iterator[None]:
    """Argon2 as it is, but only once for each passphrase and salt: copies of a vault share both."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("enquiry_tui.vault.kdf.hash_secret_raw", functools.cache(hash_secret_raw))
        patch.setattr("enquiry_tui.vault.kdf._seconds", lambda _: 9.0)  # so that the floor will do
        yield
