from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from enquiry_tui.errors import VaultUnavailable
from enquiry_tui.machine import mounts
from enquiry_tui.machine.findings import State
from enquiry_tui.vault import fitness
from enquiry_tui.vault.drill import Opener
from enquiry_tui.vault.errors import NotEnoughMemory
from enquiry_tui.vault.kdf import FLOOR_KIB, KdfParameters
from enquiry_tui.vault.restore import restore_steps
from enquiry_tui.vault.vault import Founder, create
from tests.vault.vaults import FOUNDER, FOUNDER_PASSPHRASE, Office


@pytest.fixture
def on_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(f"1 0 0:40 / {tmp_path.resolve()} rw - nfs4 server:/export rw\n")
    monkeypatch.setattr(mounts, "TABLE", table)


def test_a_vault_on_a_network_is_neither_made_nor_opened_nor_restored(
    office: Office, tmp_path: Path, on_a_network: None
):
    before = {path.name: path.read_bytes() for path in office.folder.iterdir()}
    with pytest.raises(VaultUnavailable, match="on a network"):
        office.founder()
    assert {path.name: path.read_bytes() for path in office.folder.iterdir()} == before
    with pytest.raises(VaultUnavailable, match="on a network"):
        create(
            tmp_path / "new",
            founder=Founder(FOUNDER, "Ann Okafor"),
            passphrase=FOUNDER_PASSPHRASE,
            settings={},
            clock=office.clock,
            memory_kib=FLOOR_KIB,
        )
    with pytest.raises(VaultUnavailable, match="on a network"):
        next(restore_steps(tmp_path / "b", Opener("x"), tmp_path / "new", office.clock))
    assert not (tmp_path / "new").exists()


def test_saving_is_tried_in_a_throw_away_database_that_leaves_nothing(tmp_path: Path):
    stale = tmp_path / f".{fitness.TRIAL}.{secrets.token_hex(8)}.tmp"
    for path in (stale, stale.with_name(f"{stale.name}-journal")):
        path.write_bytes(b"left by a run that was killed")
    steps = fitness.saving(tmp_path)
    assert next(steps).what.startswith("SQLite 3.")
    [trial] = {path.name.removesuffix("-journal") for path in tmp_path.iterdir()}
    assert trial != stale.name
    data = (tmp_path / trial).read_bytes()
    assert not data.startswith(b"SQLite format")
    assert next(steps).what.startswith("saving: ")
    assert list(steps) == []
    assert list(tmp_path.iterdir()) == []


def test_a_trial_given_up_leaves_nothing_either(tmp_path: Path):
    steps = fitness.saving(tmp_path)
    next(steps)
    steps.close()
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path):
    [found] = fitness.saving(tmp_path / "none")
    assert found.state is State.WARNING


def test_a_library_that_is_too_old_is_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("enquiry_tui.vault.opening._SQLITE_FLOOR", (99, 0, 0))
    [found] = fitness.saving(tmp_path)
    assert found.state is State.BAD


@pytest.mark.parametrize(
    ("seconds", "state"), [(0.1, State.WARNING), (1.0, State.GOOD), (9.0, State.WARNING)]
)
def test_argon2_is_timed_at_what_the_vault_has(office: Office, seconds: float, state: State):
    asked: list[KdfParameters] = []

    def measure(parameters: KdfParameters) -> float:
        asked.append(parameters)
        return seconds

    assert fitness.argon2(office.folder, measure).state is state
    assert asked[0].memory_kib == FLOOR_KIB
    assert fitness.argon2(None, measure).state is State.GOOD


def test_argon2_without_the_memory_or_the_header_is_bad(office: Office):
    def fails(parameters: KdfParameters) -> float:
        raise NotEnoughMemory

    assert fitness.argon2(office.folder, fails).state is State.BAD
    for name in ("vault.hdr", "vault.hdr.bak"):
        (office.folder / name).write_bytes(b"x")
    assert fitness.argon2(office.folder).state is State.BAD
