"""Options and shared ground of the fault suites. See docs/FAULTS.md."""

from __future__ import annotations

import fcntl
import os
import random
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.offices import Founded, found, hash_quickly, quick_folder


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("faults")
    group.addoption("--long", action="store_true", help="the long form: hours, not minutes")
    group.addoption("--seed", type=int, default=None, help="repeat a run: the seed it printed")


def pytest_configure(config: pytest.Config) -> None:
    if config.option.seed is None:  # set before workers start, so that all have the same
        given = getattr(config, "workerinput", {}).get("faults_seed")
        config.option.seed = given if given is not None else secrets.randbits(32)
    config.addinivalue_line("markers", "seconds(n): how long a run of this kind may take")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    config: pytest.Config = node.config  # type: ignore[attr-defined]
    node.workerinput["faults_seed"] = config.option.seed  # type: ignore[attr-defined]


def pytest_report_header(config: pytest.Config) -> str:
    form = "long" if config.option.long else "short"
    return f"faults: {form} form, repeat with --seed {config.option.seed}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [
        report
        for kind in ("passed", "failed")
        for report in terminalreporter.stats.get(kind, ())
        if report.when == "call"
    ]
    for report in reports:
        for name, text in report.user_properties:
            if name == "told":
                terminalreporter.write_line(f"faults: {text}")
    seed = terminalreporter.config.option.seed
    terminalreporter.write_line(f"faults: seed {seed}")


@pytest.fixture(scope="session")
def long(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.option.long)


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    """Chance that is the same for the same seed and test, whoever runs it."""
    return random.Random(f"{request.config.option.seed} {request.node.nodeid}")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nothing is read from, or left in, the real home."""
    folder = tmp_path_factory.mktemp("home")
    hash_quickly()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(folder))
        yield folder


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Founded:
    """One vault for all workers: the first of them founds it, the others copy it."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    known = base / "faults.json"
    with (base / "faults.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not known.exists():
            (base / "faults").mkdir()
            known.write_text(found(base / "faults").saved(), "utf-8")
    return Founded.loaded(known.read_text("utf-8"))


@pytest.fixture
def quick() -> Iterator[Path]:
    with quick_folder() as folder:
        yield folder


@pytest.fixture
def office(founded: Founded, quick: Path) -> Founded:
    return founded.copy(quick / "office")
