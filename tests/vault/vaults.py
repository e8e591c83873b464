from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.machine.clock import FixedClock
from enquiry_tui.vault.opening import open_database
from enquiry_tui.vault.store import Parameters, Store
from enquiry_tui.vault.vault import (
    Founder,
    Unlocked,
    add_account,
    change_passphrase,
    create,
    unlock,
)

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FLOOR = 64 * 1024
FOUNDER, OFFICER, NEWCOMER = "PB-0001", "PB-0142", "PB-0200"
FOUNDER_PASSPHRASE = "heron lamp tundra vessel oak"
OFFICER_PASSPHRASE = "quilt marble signal under rye"


@dataclass
class Office:
    folder: Path
    vault_id: str = ""
    recovery_key: str = ""
    temporary: str = ""
    secret: bytes = b""  # the database's key, as an insider could read it from memory
    signing: Mapping[str, frozenset[bytes]] = field(default_factory=dict)
    clock: FixedClock = field(default_factory=lambda: FixedClock(START))

    def founder(self) -> Unlocked:
        return unlock(self.folder, FOUNDER, FOUNDER_PASSPHRASE, clock=self.clock)

    def officer(self) -> Unlocked:
        return unlock(self.folder, OFFICER, OFFICER_PASSPHRASE, clock=self.clock)

    def newcomer(self) -> Unlocked:
        return unlock(self.folder, NEWCOMER, self.temporary, clock=self.clock)

    def copy(self, folder: Path) -> Office:
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder, clock=FixedClock(START))

    def key(self) -> bytearray:
        return bytearray(self.secret)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the database without signing in: no event, no Argon2."""
        connection = open_database(self.folder / "vault.db", self.key())
        try:
            yield Store(connection, self.vault_id, self.clock)
        finally:
            connection.close()


def found(folder: Path) -> Office:
    office = Office(folder)
    created = create(
        folder,
        founder=Founder(FOUNDER, "Ann Okafor"),
        passphrase=FOUNDER_PASSPHRASE,
        settings={"office": "Chief Constable's Office"},
        clock=office.clock,
        memory_kib=FLOOR,
    )
    office.vault_id, office.recovery_key = created.vault_id, created.recovery_key
    with office.founder() as founder:
        added = add_account(founder, handle=OFFICER, name="Bo Ellery", role="officer")
        office.temporary = add_account(
            founder, handle=NEWCOMER, name="Cy Marsh", role="auditor"
        ).temporary
        office.secret = bytes(founder.ring.master.database_key())
        office.signing = founder._trusted.signing
    with unlock(folder, OFFICER, added.temporary, clock=office.clock) as officer:
        change_passphrase(officer, added.temporary, OFFICER_PASSPHRASE)
    return office


def first(store: Store, sql: str, parameters: Parameters = ()) -> Any:
    return store.query(sql, parameters)[0]


def actions(unlocked: Unlocked) -> list[str]:
    return [row["action"] for row in unlocked.store.query("SELECT action FROM event ORDER BY seq")]


def last_detail(unlocked: Unlocked, action: str) -> Any:
    row = unlocked.store.one(
        "SELECT d.body FROM event e JOIN event_detail d USING (vault, seq) WHERE e.action = ? "
        "ORDER BY e.seq DESC",
        (action,),
    )
    return json.loads(row["body"]) if row else None


@contextmanager
def raw(office: Office) -> Iterator[Any]:
    connection = sqlcipher.connect(str(office.folder / "vault.db"), isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.set_key(office.key())
        connection.execute("PRAGMA journal_mode=TRUNCATE").fetchall()
        yield connection
    finally:
        connection.close()
