"""How events get into the chain: each with the state of every row that was changed before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from enquiry_tui.vault.authorizer import TOUCHED, TOUCHES
from enquiry_tui.vault.chain import START, Entry, Place, RowState, signed_event
from enquiry_tui.vault.checkpoint import signed_note
from enquiry_tui.vault.connection import Parameters, Row
from enquiry_tui.vault.encoding import utc_text
from enquiry_tui.vault.engine import Engine
from enquiry_tui.vault.keys import SigningKeys

if TYPE_CHECKING:
    from enquiry_tui.machine.clock import Clock

INTERVAL = 100  # events from one checkpoint to the next, whatever happens
StateOf = Callable[["EventWriter", str, str], bytes]


@dataclass(frozen=True, slots=True)
class Mark:
    """A checkpoint that was made: the chain ended at `seq`, with the hash `head`, for a reason."""

    utc: str
    why: str
    seq: int
    head: bytes
    note: str


class Witness(Protocol):
    """What is told of checkpoints, outside the vault."""

    @property
    def name(self) -> str:
        """Where it stands, in one short word that says nothing about the machine."""
        ...

    def tell(self, mark: Mark) -> None:
        """Write a checkpoint down; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Later:
    """A witness that only keeps what it is told, for the one whose name it bears."""

    name: str
    marks: list[Mark]

    def tell(self, mark: Mark) -> None:
        """Keep a checkpoint."""
        self.marks.append(mark)


@dataclass(frozen=True, slots=True)
class Chain:
    """Which chain events go to, in which session, by which clock; and who is told of it."""

    vault_id: str
    session: str
    clock: Clock
    state_of: StateOf | None
    witness: Witness | None


@dataclass(frozen=True, slots=True)
class _Pending:
    entry: Entry
    keys: SigningKeys
    second: SigningKeys | None
    seq: int
    utc: str
    mono: int  # milliseconds


class EventWriter:
    """The events of one transaction.

    The last event is signed when the next one comes or the transaction ends, so that it can hold
    the state of the rows that were changed up to then, whether before or after it was announced.
    """

    def __init__(self, engine: Engine, chain: Chain) -> None:
        self._engine = engine
        self._chain = chain
        self._last: tuple[int, bytes] | None = None
        self._pending: _Pending | None = None
        self._wanted: list[str] = []
        self.marks: list[Mark] = []

    def event(self, entry: Entry, keys: SigningKeys, second: SigningKeys | None) -> int:
        """Announce an event; gives its number."""
        self.settle()
        seq = self._end()[0] + 1
        clock = self._chain.clock
        utc, mono = utc_text(clock.now()), round(clock.monotonic() * 1000)
        self._pending = _Pending(entry, keys, second, seq, utc, mono)
        return seq

    def checkpoint(self, why: str) -> None:
        """Have a checkpoint made of the event announced last. Raises RuntimeError without one."""
        if self._pending is None:
            raise RuntimeError("a checkpoint without an event")
        self._wanted.append(why)

    def settle(self) -> None:
        """Sign and store what was announced."""
        pending, self._pending = self._pending, None
        if pending is None:
            return
        chain, rows = self._chain, self._changed()
        place = Place(
            chain.vault_id, pending.seq, pending.utc, pending.mono, chain.session, self._end()[1]
        )
        signed = signed_event(pending.entry, place, pending.keys, pending.second, rows)
        self._engine.own(signed.insert, signed.row)
        if signed.detail is not None:
            self._engine.own(
                "INSERT INTO event_detail (vault, seq, salt, body) VALUES (?, ?, ?, ?)",
                (chain.vault_id, pending.seq, *signed.detail),
            )
        for row in rows:
            self._engine.own(
                "INSERT INTO event_row (vault, seq, kind, uid, state) VALUES (?, ?, ?, ?, ?)",
                (chain.vault_id, pending.seq, *row),
            )
        self._last = (pending.seq, signed.leaf)
        self._mark(pending, signed.leaf)

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Give all rows, as the transaction has left them."""
        return self._engine.rows(sql, parameters)

    def one(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """Give the first row, as the transaction has left it, or None."""
        return self._engine.row(sql, parameters)

    def _end(self) -> tuple[int, bytes]:
        if self._last is None:
            self._last = head_of(self._engine, self._chain.vault_id)
        return self._last

    def _changed(self) -> list[RowState]:
        state_of = self._chain.state_of
        if state_of is None:
            return []
        touched = self._engine.own(f"SELECT kind, uid FROM temp.{TOUCHED}").fetchall()
        rows = [(row[0], row[1], state_of(self, row[0], row[1])) for row in touched]
        if rows:
            self._engine.own(f"DELETE FROM temp.{TOUCHED}")
        return rows

    def _mark(self, pending: _Pending, head: bytes) -> None:
        wanted, self._wanted = self._wanted, []
        if pending.seq % INTERVAL == 0:
            wanted.append("interval")
        witness = self._chain.witness
        for why in dict.fromkeys(wanted):
            note = signed_note(
                self._chain.vault_id, pending.seq, head, pending.keys.uid, pending.keys
            )
            self._engine.own(
                "INSERT INTO checkpoint (vault, seq, why, utc, head, note, witness)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    self._chain.vault_id,
                    pending.seq,
                    why,
                    pending.utc,
                    head,
                    note,
                    witness.name if witness is not None else "",
                ),
            )
            self.marks.append(Mark(pending.utc, why, pending.seq, head, note))


def head_of(engine: Engine, vault_id: str) -> tuple[int, bytes]:
    """Give number and hash of the last event of a chain; 0 and the start where there is none."""
    row = engine.run(
        "SELECT seq, leaf FROM event WHERE vault = ? ORDER BY seq DESC LIMIT 1", (vault_id,)
    ).fetchone()
    return (0, START) if row is None else (row["seq"], row["leaf"])


def touching(tables: Iterable[str]) -> list[str]:
    """Give the statements that make SQLite itself note which rows of these tables are changed.

    Whatever statement changes a row, and through whichever trigger: none can be forgotten.
    """
    note = f"INSERT INTO {TOUCHED} (kind, uid)"
    keys = "kind TEXT NOT NULL, uid TEXT NOT NULL, PRIMARY KEY (kind, uid)"
    statements = [f"CREATE TEMP TABLE {TOUCHED} ({keys}) WITHOUT ROWID"]
    for table in tables:
        for act, sides in (("INSERT", "NEW"), ("UPDATE", "OLD NEW"), ("DELETE", "OLD")):
            body = "".join(
                f" {note} VALUES ('{table}', {side}.uid) ON CONFLICT DO NOTHING;"
                for side in sides.split()
            )
            statements.append(
                f"CREATE TEMP TRIGGER {TOUCHES}{act.lower()}_{table} AFTER {act} ON main.{table}"
                f" BEGIN{body} END"
            )
    return statements
