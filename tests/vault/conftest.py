from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from enquiry_tui.vault.vault import Unlocked
from tests.vault.vaults import Office, found


@pytest.fixture(scope="session", autouse=True)
def a_machine_so_slow_that_the_floor_will_do() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("enquiry_tui.vault.kdf._seconds", lambda _: 9.0)
        yield


@pytest.fixture(scope="session")
def founded(
    tmp_path_factory: pytest.TempPathFactory, a_machine_so_slow_that_the_floor_will_do: None
) -> Office:
    return found(tmp_path_factory.mktemp("founded") / "vault")


@pytest.fixture
def office(founded: Office, tmp_path: Path) -> Office:
    return founded.copy(tmp_path / "vault")


@pytest.fixture
def officer(office: Office) -> Iterator[Unlocked]:
    with office.officer() as unlocked:
        yield unlocked
