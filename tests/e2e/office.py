from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from enquiry_tui.desk.accounts import renew_vetting
from enquiry_tui.desk.session import (
    NewOffice,
    NewOfficer,
    add_officer,
    change_passphrase,
    create_office,
    sign_in,
    sign_out,
)
from enquiry_tui.domain.vocabulary import Office as OfficeKind
from enquiry_tui.machine.clock import Clock, SystemClock
from tests.e2e.running import Ended, run

FLOOR_KIB = 64 * 1024
SUPERVISOR = ("okafor", "heron lamp tundra vessel oak")
OFFICER = ("ellery", "quilt marble signal under rye")
NEWCOMER = "marsh"
VETTED_TO = date(2099, 12, 31)


@dataclass(frozen=True)
class Office:
    vault: Path
    temporary: str = ""
    home: Path = Path()

    def copy(self, folder: Path) -> Office:
        shutil.copytree(self.vault, folder / "vault")
        return replace(self, vault=folder / "vault", home=folder)

    def run(self, *arguments: str | Path, who: tuple[str, str] = SUPERVISOR) -> Ended:
        handle, passphrase = who
        options = ("--vault", self.vault, "--officer", handle, "--passphrase-file", "-")
        return run(self.home, *options, *arguments, given=f"{passphrase}\n")

    def json(self, *arguments: str | Path, who: tuple[str, str] = SUPERVISOR) -> list[Any]:
        ended = self.run(*arguments, "--json", who=who)
        assert ended.code == 0, ended.err
        found = [json.loads(line) for line in ended.out.splitlines()]
        assert all(item.pop("format") == 1 for item in found)
        return found


def found_office(folder: Path, clock: Clock | None = None, officer_to: date = VETTED_TO) -> Office:
    clock = clock or SystemClock()
    new = NewOffice(
        handle=SUPERVISOR[0],
        name="Ann Okafor",
        office="Chief Constable's Office",
        kind=OfficeKind.CHIEF_CONSTABLE,
        prefix="CCO",
        contact="01632 960100",
    )
    create_office(folder, new, SUPERVISOR[1], clock, memory_kib=FLOOR_KIB)
    desk = sign_in(folder, *SUPERVISOR, clock)
    renew_vetting(desk, desk.officer.uid, VETTED_TO, SUPERVISOR[1])
    officer = NewOfficer(OFFICER[0], "Bo Ellery", "officer", vetting_expires=officer_to)
    added = add_officer(desk, officer, SUPERVISOR[1])
    newcomer = NewOfficer(NEWCOMER, "Cy Marsh", "officer", vetting_expires=VETTED_TO)
    temporary = add_officer(desk, newcomer, SUPERVISOR[1]).temporary
    sign_out(desk)
    desk = sign_in(folder, OFFICER[0], added.temporary, clock)
    change_passphrase(desk, added.temporary, OFFICER[1], memory_kib=FLOOR_KIB)
    sign_out(desk)
    return Office(folder, temporary)
