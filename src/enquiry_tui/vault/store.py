"""The open database: reading at any time, changing only in a transaction that leaves an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from enquiry_tui.machine.clock import Clock
from enquiry_tui.vault.aside import Steps
from enquiry_tui.vault.authorizer import Mode
from enquiry_tui.vault.chain import ERASING, START, Entry, Place, signed_event
from enquiry_tui.vault.connection import Connection, Cursor, Parameters, Row, Value
from enquiry_tui.vault.encoding import new_uid, utc_text
from enquiry_tui.vault.engine import Engine
from enquiry_tui.vault.errors import MissingEvent, StorageFailed
from enquiry_tui.vault.keys import SigningKeys

__all__ = ["Cursor", "Parameters", "Row", "Statement", "Store", "Transaction", "Value"]

Statement = str | tuple[str, Parameters]


@dataclass(frozen=True, slots=True)
class _Place:
    """Which chain an event goes to, and whose time it bears."""

    vault_id: str
    session: str
    clock: Clock


class Store:
    """One connection to one vault, for one session. Stands at `query_only` between transactions.

    Usable from any thread, by one at a time: whoever comes second waits.
    """

    def __init__(self, connection: Connection, vault_id: str, clock: Clock) -> None:
        self.vault_id = vault_id
        self.session = new_uid(clock.now())
        self._engine = Engine(connection)
        self._place = _Place(vault_id, self.session, clock)
        self._prepared: list[Statement] = []

    @property
    def is_open(self) -> bool:
        """Whether the database can still be asked."""
        return self._engine.is_open

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Give all rows of a reading statement."""
        with self._engine.turn:
            return self._engine.run(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """Give the first row of a reading statement, or None."""
        with self._engine.turn:
            return self._engine.run(sql, parameters).fetchone()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Change things: all of it, with at least one event, or nothing.

        Raises MissingEvent where the block ends without an event, StorageFailed on a full disk;
        whatever the block raises rolls everything back.
        """
        with self._writing(Mode.CHANGING) as transaction:
            yield transaction
            if not transaction.events:
                raise MissingEvent("a change without an event")

    @contextmanager
    def scratch(self) -> Iterator[Transaction]:
        """Save or drop drafts, and nothing but drafts; it leaves no event."""
        with self._writing(Mode.DRAFTING) as transaction:
            yield transaction

    def prepare(self, statements: Iterable[Statement]) -> None:
        """Make or fill temporary tables and views for readers; nothing else can be touched."""
        with self._engine.turn, self._engine.writable(Mode.PREPARING):
            for statement in statements:
                sql, parameters = (statement, ()) if isinstance(statement, str) else statement
                self._engine.run(sql, parameters).fetchall()
                self._prepared.append(statement)

    def head(self) -> tuple[int, bytes]:
        """Give number and hash of the last event of this vault's chain."""
        with self._engine.turn:
            return _head(self._engine, self.vault_id)

    def copy(self, target: Path, raw_key: bytearray) -> Steps:
        """Copy the database to a new file under another raw key (wiped), a slice for each step.

        The store can be used between the steps, and what is changed then is in the copy too.
        Raises CopyFailed.
        """
        return self._engine.copy(target, raw_key)

    @property
    def changes(self) -> int:
        """A number that grows with every change of a row, of drafts too."""
        with self._engine.turn:
            return self._engine.changes

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other thread waiting while something is done around the open database."""
        with self._engine.turn:
            yield

    def beside(self, connection: Connection) -> Store:
        """Give a store over a copy of the database, for events of this same session."""
        copy = Store(connection, self.vault_id, self._place.clock)
        copy.session, copy._place = self.session, self._place
        return copy

    def reopen(self, connection: Connection) -> None:
        """Go on with another connection after `close`; what was prepared is prepared again."""
        with self._engine.turn:
            self._engine.reopen(connection)
            prepared, self._prepared = self._prepared, []
            self.prepare(prepared)

    def close(self) -> None:
        """Close the database; SQLCipher clears its key. A second call does nothing."""
        with self._engine.turn:
            self._engine.close()

    @contextmanager
    def _writing(self, mode: Mode) -> Iterator[Transaction]:
        engine = self._engine
        with engine.turn:
            if engine.in_transaction:
                raise RuntimeError("a transaction within a transaction")
            with engine.writable(mode):
                engine.own("BEGIN IMMEDIATE")
                transaction = Transaction(engine, self._place, drafting=mode is Mode.DRAFTING)
                try:
                    yield transaction
                    transaction.demand_running()
                    engine.own("COMMIT")
                finally:
                    transaction.over = True


class Transaction:
    """A change under way. Handed out by the store, and of no use after its block."""

    def __init__(self, engine: Engine, place: _Place, *, drafting: bool) -> None:
        self._engine = engine
        self._place = place
        self._drafting = drafting
        self.events = 0
        self.over = False

    def execute(self, sql: str, parameters: Parameters = ()) -> Cursor:
        """Run one statement. Raises StorageFailed; constraint errors come as sqlcipher3's own."""
        self.demand_running()
        return self._engine.run(sql, parameters)

    def executemany(self, sql: str, rows: Iterable[Parameters]) -> int:
        """Run one statement for each row and give how many rows were changed."""
        return sum(self.execute(sql, row).rowcount for row in rows)

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Give all rows, as this transaction has left them."""
        return self.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """Give the first row, as this transaction has left it, or None."""
        return self.execute(sql, parameters).fetchone()

    def event(self, entry: Entry, keys: SigningKeys, second: SigningKeys | None = None) -> int:
        """Sign and store the event of this change; gives its number in the chain."""
        self.demand_running()
        if self._drafting:
            raise RuntimeError("drafts leave no event")
        vault_id, clock = self._place.vault_id, self._place.clock
        last, prev = _head(self._engine, vault_id)
        utc, mono = utc_text(clock.now()), round(clock.monotonic() * 1000)
        place = Place(vault_id, last + 1, utc, mono, self._place.session, prev)
        signed = signed_event(entry, place, keys, second)
        self._engine.own(signed.insert, signed.row)
        if signed.detail is not None:
            self._engine.own(
                "INSERT INTO event_detail (vault, seq, salt, body) VALUES (?, ?, ?, ?)",
                (vault_id, place.seq, *signed.detail),
            )
        self.events += 1
        return place.seq

    def erase_details(
        self,
        sequences: Iterable[int],
        entry: Entry,
        keys: SigningKeys,
        second: SigningKeys | None = None,
    ) -> int:
        """Erase the details of these events of this vault, under an erasure event that names them.

        The events stay, with their commitments. Raises ValueError for an entry that is no erasure,
        and for the detail of an erasure, which must stay. Gives the number of the erasure event.
        """
        vault_id, erased = self._place.vault_id, sorted(set(sequences))
        if entry.action not in ERASING:
            raise ValueError("details go only under an act of erasure")
        for seq in erased:
            found = self.one("SELECT action FROM event WHERE vault=? AND seq=?", (vault_id, seq))
            if found is None or found["action"] in ERASING:
                raise ValueError("that detail cannot be erased")
        named = replace(entry, detail={**(entry.detail or {}), "erased": erased})
        number = self.event(named, keys, second)
        for seq in erased:
            self._engine.own(
                "DELETE FROM event_detail WHERE vault = ? AND seq = ?", (vault_id, seq)
            )
        return number

    def demand_running(self) -> None:
        """Check that this is still one transaction: SQLite may have given it up by itself."""
        if self.over:
            raise RuntimeError("the transaction is over")
        if not self._engine.in_transaction:
            raise StorageFailed


def _head(engine: Engine, vault_id: str) -> tuple[int, bytes]:
    row = engine.run(
        "SELECT seq, leaf FROM event WHERE vault = ? ORDER BY seq DESC LIMIT 1", (vault_id,)
    ).fetchone()
    return (0, START) if row is None else (row["seq"], row["leaf"])
