"""What an insider with a passphrase and tools of his own can do to a vault's files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.desk import session
from enquiry_tui.desk.desk import Desk
from enquiry_tui.vault.chain import leaf_of, signed_text
from enquiry_tui.vault.found import Verification
from tests.desk.offices import OFFICER, TestOffice, passphrase_of

FIELDS = (
    "vault, seq, utc, mono, actor, second, session, action, object, purpose, outcome, recipient,"
    " pack, commitment, state, prev"
)


@dataclass
class Site:
    """A vault with the anchors of the machine it stands on."""

    office: TestOffice
    anchors: Path
    key: bytes = b""
    own: Any = None  # the officer's private key, as he can read it from his own session

    def sign_in(self, handle: str = OFFICER, *, anchors: bool = True) -> Desk:
        self.office.sign_out()
        self.office.open = session.sign_in(
            self.office.folder,
            handle,
            passphrase_of(handle),
            self.office.clock,
            anchors=self.anchors if anchors else None,
        )
        desk = self.office.open
        self.key = bytes(desk.unlocked.ring.master.database_key())
        if handle == OFFICER:
            self.own = desk.unlocked.keys._key
        self.office.clock.advance(seconds=60)
        return desk

    def sign_out(self) -> None:
        self.office.sign_out()

    def verified(self, handle: str = OFFICER, *, anchors: bool = True) -> Verification:
        desk = self.sign_in(handle, anchors=anchors)
        try:
            return desk.unlocked.verify()
        finally:
            self.sign_out()

    def kept(self, folder: Path) -> Path:
        return shutil.copytree(self.office.folder, folder)

    def put_back(self, folder: Path) -> None:
        shutil.rmtree(self.office.folder)
        shutil.copytree(folder, self.office.folder)

    @contextmanager
    def tools(self) -> Iterator[Any]:
        """Open the database around the product, its triggers out of the way meanwhile."""
        connection = sqlcipher.connect(str(self.office.folder / "vault.db"), isolation_level=None)
        try:
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.set_key(bytearray(self.key))
            connection.execute("PRAGMA journal_mode=TRUNCATE").fetchall()
            kept = connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall()
            for name, _ in kept:
                connection.execute(f"DROP TRIGGER {name}")
            yield connection
            for _, sql in kept:
                connection.execute(sql)
        finally:
            connection.close()

    def signature(self, leaf: bytes) -> bytes:
        return bytes(self.own.sign(signed_text(leaf)))

    def chain_again(self, connection: Any, since: int) -> None:
        """Make hashes and signatures fit from an event on, all signed by the officer."""
        prev = connection.execute("SELECT leaf FROM event WHERE seq = ?", (since - 1,)).fetchone()[
            0
        ]
        rows = connection.execute(
            f"SELECT {FIELDS} FROM event WHERE seq >= ? ORDER BY seq", (since,)
        ).fetchall()
        for row in rows:
            leaf = leaf_of((*row[:15], prev))
            connection.execute(
                "UPDATE event SET prev = ?, leaf = ?, signature = ? WHERE seq = ?",
                (prev, leaf, self.signature(leaf), row[1]),
            )
            prev = leaf

    def cut(self, connection: Any, after: int, *, traces: bool = False) -> None:
        """Take away every event after one; with `traces` only the events themselves."""
        tables = ("event",) if traces else ("event", "event_detail", "event_row", "checkpoint")
        for table in tables:
            connection.execute(f"DELETE FROM {table} WHERE seq > ?", (after,))
