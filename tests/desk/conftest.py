from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from enquiry_tui.desk.desk import Desk
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice, found


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> TestOffice:
    return found(tmp_path_factory.mktemp("founded") / "vault")


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
