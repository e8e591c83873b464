from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any, TypeVar

from enquiry_tui.machine.clock import Clock, FixedClock
from enquiry_tui.vault.aside import Progress
from enquiry_tui.vault.backup import Made, backup_steps
from enquiry_tui.vault.drill import Drilled, Opener, drill_steps
from enquiry_tui.vault.restore import Restored, restore_steps
from enquiry_tui.vault.vault import Unlocked
from tests.vault.vaults import FOUNDER, FOUNDER_PASSPHRASE, START, Office

T = TypeVar("T")
CLOCK = FixedClock(START)
ADMINISTRATOR = Opener(FOUNDER_PASSPHRASE, FOUNDER)


def all_of(steps: Generator[Progress, Any, T]) -> T:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            value: T = end.value
            return value


def make(unlocked: Unlocked, folder: Path) -> Made:
    folder.mkdir(exist_ok=True)
    folder.chmod(0o700)
    return all_of(backup_steps(unlocked, folder))


def drill(
    path: Path, workplace: Path, opener: Opener = ADMINISTRATOR, clock: Clock = CLOCK
) -> Drilled:
    return all_of(drill_steps(path, opener, workplace, clock))


def restore(path: Path, into: Path, office: Office, opener: Opener = ADMINISTRATOR) -> Restored:
    return all_of(restore_steps(path, opener, into, office.clock))
