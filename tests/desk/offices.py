from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from enquiry_tui.desk import session
from enquiry_tui.desk.accounts import renew_vetting
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.vocabulary import Office as OfficeKind
from enquiry_tui.machine.clock import FixedClock

START = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)  # a Tuesday; London keeps the same time
VETTED_TO = date(2028, 11, 30)
FLOOR = 64 * 1024
SUPERVISOR, OFFICER, SECOND = "PB-0001", "PB-0142", "PB-0150"
DEPUTY, MONITOR, AUDITOR = "PB-0002", "PB-0300", "PB-0400"
NAMES = {
    OFFICER: ("Bo Ellery", "officer"),
    SECOND: ("Jaya Patel", "officer"),
    DEPUTY: ("Una Grieve", "supervisor"),
    MONITOR: ("Cy Marsh", "monitoring-officer"),
    AUDITOR: ("Di Lund", "auditor"),
}


def passphrase_of(handle: str) -> str:
    return f"heron lamp tundra vessel {handle.lower()}"


@dataclass
class TestOffice:
    """A vault with its officers. One is signed in at a time: signing in ends what was open."""

    __test__ = False

    folder: Path
    uids: dict[str, str] = field(default_factory=dict)
    clock: FixedClock = field(default_factory=lambda: FixedClock(START))
    open: Desk | None = None

    def sign_in(self, handle: str) -> Desk:
        self.sign_out()
        self.open = session.sign_in(self.folder, handle, passphrase_of(handle), self.clock)
        return self.open

    def sign_out(self) -> None:
        if self.open is not None:
            session.sign_out(self.open)
            self.open = None

    def copy(self, folder: Path) -> TestOffice:
        shutil.copytree(self.folder, folder)
        return TestOffice(folder, dict(self.uids))


def found(folder: Path, kind: OfficeKind = OfficeKind.CHIEF_CONSTABLE) -> TestOffice:
    office = TestOffice(folder)
    new = session.NewOffice(
        handle=SUPERVISOR,
        name="Ann Okafor",
        office="Chief Constable's Office",
        kind=kind,
        prefix="CCO",
        contact="Chief Constable's Office, 01632 960100",
    )
    clock = office.clock
    session.create_office(folder, new, passphrase_of(SUPERVISOR), clock, memory_kib=FLOOR)
    desk = office.sign_in(SUPERVISOR)
    office.uids[SUPERVISOR] = desk.officer.uid
    temporary: dict[str, str] = {}
    for handle, (name, role) in NAMES.items():
        added = session.add_officer(
            desk,
            session.NewOfficer(handle, name, role, vetting_expires=VETTED_TO),
            passphrase_of(SUPERVISOR),
        )
        office.uids[handle], temporary[handle] = added.uid, added.temporary
    renew_vetting(desk, desk.officer.uid, VETTED_TO, passphrase_of(SUPERVISOR))
    office.sign_out()
    for handle, words in temporary.items():
        fresh = session.sign_in(folder, handle, words, clock)
        session.change_passphrase(fresh, words, passphrase_of(handle))
        session.sign_out(fresh)
    return office


def last_event(desk: Desk) -> dict[str, Any]:
    """The last event of the chain with its detail."""
    row = desk.store.one(
        "SELECT v.*, d.body FROM event AS v LEFT JOIN event_detail AS d"
        " ON d.vault = v.vault AND d.seq = v.seq ORDER BY v.seq DESC LIMIT 1"
    )
    assert row is not None
    found = {name: row[name] for name in row.keys()}  # noqa: SIM118
    found["detail"] = json.loads(str(row["body"])) if row["body"] else {}
    return found


def count_events(desk: Desk) -> int:
    return int(desk.store.head()[0])
