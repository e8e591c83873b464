"""Every attack of an insider on the record is named, wherever it falls, alone and in company."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest

from enquiry_tui.vault.errors import VaultTampered
from enquiry_tui.vault.verdicts import Verdict
from tests.faults.breakages import BLIND, broken
from tests.faults.tampering import ATTACKS, Scenery, attacked, scenery

EACH = {"short": 3, "long": 60}
IN_COMPANY = {"short": 20, "long": 1000}


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Scenery:
    return scenery(tmp_path_factory.mktemp("worked"), random.Random(1))


def verdicts(worked: Scenery, root: Path, names: list[str], rng: random.Random) -> list[str]:
    """Carry attacks out on a copy; give which of them were not named."""
    site = worked.copy(root)
    expected = attacked(site, names, rng)
    try:
        found = set(site.verified().verdicts)
    except VaultTampered:  # what made the account was touched: it is named at the door already
        return []
    finally:
        shutil.rmtree(root)
    wrong = [f"{name}: {sorted(found)}" for name, wanted in expected if not wanted & found]
    return wrong if len(names) == 1 else ([str(names)] if found == {Verdict.WHOLE} else [])


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_named_wherever_it_falls(
    name: str, worked: Scenery, quick: Path, rng: random.Random, long: bool, record_property
) -> None:
    begun, wrong, number = time.monotonic(), [], EACH["long" if long else "short"]
    for each in range(number):
        wrong += verdicts(worked, quick / f"{each}", [name], rng)
    record_property("told", f"tamper {name}: {number} places, {time.monotonic() - begun:.0f} s")
    assert not wrong, wrong[:5]


@pytest.mark.timeout(3600)
def test_attacks_in_company_do_not_hide_each_other(
    worked: Scenery, quick: Path, rng: random.Random, long: bool, record_property
) -> None:
    begun, wrong, number = time.monotonic(), [], IN_COMPANY["long" if long else "short"]
    safe = [name for name in ATTACKS if name not in {"chained_again", "tail_cut"}]
    for each in range(number):
        names = [*rng.sample(safe, rng.randint(1, 3))]
        if rng.random() < 0.5:
            names.append(rng.choice(["chained_again", "tail_cut"]))
        wrong += verdicts(worked, quick / f"{each}", names, rng)
    record_property("told", f"tamper in company: {number}, {time.monotonic() - begun:.0f} s")
    assert not wrong, wrong[:5]


@pytest.mark.timeout(3600)
def test_an_older_vault_put_back_is_named(worked: Scenery, quick: Path) -> None:
    site = worked.copy(quick / "site")
    site.put_back(worked.older)
    assert Verdict.ROLLED_BACK in site.verified().verdicts


@pytest.mark.parametrize("name", BLIND)
def test_a_check_that_looks_away_is_found(
    name: str, worked: Scenery, quick: Path, rng: random.Random, record_property
) -> None:
    wrong: list[str] = []
    with broken(name, BLIND):
        for each, attack in enumerate(ATTACKS):
            wrong += verdicts(worked, quick / f"{each}", [attack], rng)
    record_property("told", f"{name}: {len(wrong)} attacks unnamed")
    assert wrong
