from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from enquiry_tui.desk.desk import Desk
from tests.desk.attacks import Site
from tests.desk.matters import new_matter
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice, found


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> TestOffice:
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


@pytest.fixture(scope="module")
def worked_once(founded: TestOffice, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Three sessions, each with a matter: the officer, a supervisor, the officer again."""
    root = tmp_path_factory.mktemp("worked")
    site = Site(founded.copy(root / "vault"), root / "anchors")
    for handle in (OFFICER, SUPERVISOR, OFFICER):
        new_matter(site.sign_in(handle), f"Matter of {handle}")
        site.sign_out()
    return site


@pytest.fixture
def site(worked_once: Site, tmp_path: Path) -> Site:
    office = worked_once.office.copy(tmp_path / "vault")
    office.clock = type(office.clock)(worked_once.office.clock.now())
    shutil.copytree(worked_once.anchors, tmp_path / "anchors")
    return Site(office, tmp_path / "anchors", worked_once.key, worked_once.own)
