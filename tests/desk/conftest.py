from __future__ import annotations

import fcntl
import functools
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2.low_level import hash_secret_raw

from enquiry_tui.desk.desk import Desk
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice, found


@pytest.fixture(scope="session", autouse=True)
def each_passphrase_hashed_once() -> Iterator[None]:
    """Argon2 as it is, but only once for each passphrase and salt: copies of a vault share both.

    What Argon2 itself must do is for the tests of the vault.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("enquiry_tui.vault.kdf.hash_secret_raw", functools.cache(hash_secret_raw))
        patch.setattr("enquiry_tui.vault.kdf._seconds", lambda _: 9.0)  # so that the floor will do
        yield


@pytest.fixture(scope="session")
def founded(
    tmp_path_factory: pytest.TempPathFactory, each_passphrase_hashed_once: None
) -> TestOffice:
    """One office for all workers: the first of them founds it, the others copy it."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    known = root / "founded.json"
    with (root / "founded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not known.exists():
            known.write_text(json.dumps(found(root / "founded").uids), "utf-8")
    return TestOffice(root / "founded", json.loads(known.read_text("utf-8")))


@pytest.fixture
def office(founded: TestOffice, tmp_path: Path) -> Iterator[TestOffice]:
    copied = founded.copy(tmp_path / "vault")
    yield copied
    copied.sign_out()


@pytest.fixture
def desk(office: TestOffice) -> Desk:
    return office.sign_in(OFFICER)


@pytest.fixture
def supervisor(office: TestOffice) -> Desk:
    return office.sign_in(SUPERVISOR)
