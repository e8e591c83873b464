"""The open database: reading at any time, changing only in a transaction that leaves an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from enquiry_tui.errors import EnquiryError
from enquiry_tui.machine.clock import Clock
from enquiry_tui.vault.aside import Steps
from enquiry_tui.vault.authorizer import Mode
from enquiry_tui.vault.chain import ERASING, Entry
from enquiry_tui.vault.connection import Connection, Cursor, Parameters, Row, Value
from enquiry_tui.vault.encoding import new_uid
from enquiry_tui.vault.engine import Engine
from enquiry_tui.vault.errors import MissingEvent, StorageFailed
from enquiry_tui.vault.keys import SigningKeys
from enquiry_tui.vault.verdicts import Finding
from enquiry_tui.vault.writing import (
    Chain,
    EventWriter,
    Later,
    Mark,
    StateOf,
    Witness,
    head_of,
    touching,
)

__all__ = ["Cursor", "Parameters", "Row", "Statement", "Store", "Transaction", "Value"]

Statement = str | tuple[str, Parameters]
WrongRows = Callable[["Store", str], Iterator[list[Finding]]]


class Store:
    """One connection to one vault, for one session. Between transactions it takes no change.

    Usable from any thread, by one at a time: whoever comes second waits.
    """

    def __init__(self, connection: Connection, vault_id: str, clock: Clock) -> None:
        self.vault_id = vault_id
        self.session = new_uid(clock.now())
        self._engine = Engine(connection)
        self._chain = Chain(vault_id, self.session, clock, state_of=None, witness=None)
        self.refusal: Callable[[], EnquiryError] | None = None  # set: nothing may be written
        self._wrong_rows: WrongRows | None = None
        self._prepared: list[Statement] = []

    @property
    def is_open(self) -> bool:
        """Whether the database can still be asked."""
        return self._engine.is_open

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Give all rows of a reading statement."""
        with self._engine.turn:
            return self._engine.rows(sql, parameters)

    def one(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """Give the first row of a reading statement, or None."""
        with self._engine.turn:
            return self._engine.row(sql, parameters)

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
            transaction.settle()
        self.announce(transaction.marks)

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
            return head_of(self._engine, self.vault_id)

    def watch(self, tables: Iterable[str], state_of: StateOf, wrong_rows: WrongRows) -> None:
        """From now on tie every changed row of these tables to the event it was changed with.

        `state_of` hashes one row, `wrong_rows` checks all of them in steps.
        """
        self.prepare(touching(tables))
        self._chain = replace(self._chain, state_of=state_of)
        self._wrong_rows = wrong_rows

    def wrong_rows(self) -> Iterator[list[Finding]]:
        """Check all rows that are watched, in short steps; none where none are."""
        return iter(()) if self._wrong_rows is None else self._wrong_rows(self, self.vault_id)

    def tell(self, witness: Witness) -> None:
        """From now on have this witness told of every checkpoint, once it is on the disk."""
        self._chain = replace(self._chain, witness=witness)

    def demand_writable(self) -> None:
        """Check that changes are taken at all. Raises what stands in `refusal`."""
        if self.refusal is not None:
            raise self.refusal()

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

    def beside(self, connection: Connection, marks: list[Mark]) -> Store:
        """Give a store over a copy of the database, for events of this same session.

        Its checkpoints go into `marks`: no witness may hear of them before the copy counts.
        """
        copy, witness = Store(connection, self.vault_id, self._chain.clock), self._chain.witness
        later = None if witness is None else Later(witness.name, marks)
        copy.session = self.session
        copy._chain = replace(self._chain, state_of=None, witness=later)
        return copy

    def announce(self, marks: Iterable[Mark]) -> None:
        """Tell the witness of checkpoints that have come to count."""
        if self._chain.witness is not None:
            for mark in marks:
                self._chain.witness.tell(mark)

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
            self.demand_writable()
            if engine.in_transaction:
                raise RuntimeError("a transaction within a transaction")
            with engine.writable(mode):
                engine.own("BEGIN IMMEDIATE")
                transaction = Transaction(engine, self._chain, drafting=mode is Mode.DRAFTING)
                try:
                    yield transaction
                    transaction.demand_running()
                    engine.own("COMMIT")
                finally:
                    transaction.over = True


class Transaction:
    """A change under way. Handed out by the store, and of no use after its block."""

    def __init__(self, engine: Engine, chain: Chain, *, drafting: bool) -> None:
        self._engine = engine
        self._vault_id = chain.vault_id
        self._writer = EventWriter(engine, chain)
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
        self.demand_running()
        return self._engine.rows(sql, parameters)

    def one(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """Give the first row, as this transaction has left it, or None."""
        self.demand_running()
        return self._engine.row(sql, parameters)

    def event(self, entry: Entry, keys: SigningKeys, second: SigningKeys | None = None) -> int:
        """Leave the event of this change, signed before the transaction ends; gives its number."""
        self.demand_running()
        if self._drafting:
            raise RuntimeError("drafts leave no event")
        self.events += 1
        return self._writer.event(entry, keys, second)

    def checkpoint(self, why: str) -> None:
        """Have a checkpoint made of the event before, and told to the witness afterwards."""
        self._writer.checkpoint(why)

    def settle(self) -> None:
        """Sign what was announced; for the store, at the end."""
        self._writer.settle()

    @property
    def marks(self) -> list[Mark]:
        """The checkpoints that were made."""
        return self._writer.marks

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
        vault_id, erased = self._vault_id, sorted(set(sequences))
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
