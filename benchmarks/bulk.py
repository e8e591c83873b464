"""Contacts by the thousand, in the very form that the desk leaves them in, without its care.

Rows, words, details, row states, checkpoints: what is written is what the desk would have written,
each event hashed and signed by the product's own code. Only the way to the disk is shorter, past
the triggers and the authorizer of a session. That nothing was written wrongly shows when the record
is checked before a figure counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.text import fold
from enquiry_tui.domain.when import utc_text
from enquiry_tui.records.base import new_uid, state_of_values
from enquiry_tui.records.columns import hashed
from enquiry_tui.vault.chain import Entry, Place, RowState, signed_event
from enquiry_tui.vault.checkpoint import signed_note
from enquiry_tui.vault.opening import DATABASE, open_database
from enquiry_tui.vault.writing import INTERVAL, Mark

_COLUMNS = hashed("contact")[0].split()
_TOLD = 150  # of the newest checkpoints, told to the anchors: more than a sign-in looks at
_INSERTS = {
    "search_entry": "INSERT INTO search_entry (id, enquiry_id, person_id, source, source_uid)"
    " VALUES (?, ?, ?, ?, ?)",
    "search_text": "INSERT INTO search_text (rowid, body) VALUES (?, ?)",
    "person_word": "INSERT INTO person_word (how, word, person_id) VALUES (?, ?, ?)",
    "event_detail": "INSERT INTO event_detail (vault, seq, salt, body) VALUES (?, ?, ?, ?)",
    "event_row": "INSERT INTO event_row (vault, seq, kind, uid, state) VALUES (?, ?, ?, ?, ?)",
    "checkpoint": "INSERT INTO checkpoint (vault, seq, why, utc, head, note, witness)"
    " VALUES (?, ?, 'interval', ?, ?, ?, '')",
}


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter that contacts are put into: its key and uid, and the key of its enquirer."""

    key: int
    uid: str
    person: int


@dataclass(slots=True)
class Rows:
    """What goes into each table, in the order in which it must go; where the chain ends by then."""

    seq: int
    head: bytes
    tables: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    insert_event: str = ""

    def add(self, table: str, *values: Any) -> None:  # noqa: ANN401 (what columns hold)
        """Add a row to those of a table."""
        self.tables.setdefault(table, []).append(values)


class Bulk:
    """A second way into the vault of an open desk, to be used while the desk does nothing."""

    def __init__(self, desk: Desk) -> None:
        unlocked = desk.unlocked
        self.desk = desk
        self._pack = getattr(desk.packs, Action.CONTACT_LOG.pack).hash
        self._connection: Any = open_database(
            unlocked.folder / DATABASE, unlocked.ring.master.database_key()
        )
        self._marks: list[Mark] = []

    def add(self, matters: Sequence[Matter], notes: Sequence[str]) -> None:
        """Add a contact for each note, in turns to these matters, in one transaction."""
        rows, now = self.begin(), self.desk.now()
        last, key = self.last("search_entry"), self.last("contact")
        for number, note in enumerate(notes, 1):
            matter = matters[(number - 1) * len(matters) // len(notes)]
            at = now + timedelta(milliseconds=number)
            uid, said = new_uid(at), utc_text(at)
            values = self._contact((key + number, uid), said, matter, note)
            rows.add("contact", *values)
            rows.add("search_entry", last + number, matter.key, None, "note", uid)
            rows.add("search_text", last + number, fold(note))
            detail = {"of": "contact", "line": note, "enquiry": matter.uid}
            state = state_of_values("contact", hashed("contact")[0], values)
            self.sign(rows, said, self._entry(uid, detail), [("contact", uid, state)])
        self.write(rows)

    def begin(self) -> Rows:
        """Begin a transaction's rows at the end of the chain."""
        return Rows(*self.desk.store.head())

    def last(self, table: str) -> int:
        """Give the highest key of a table."""
        row = self._connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
        return int(row[0])

    def write(self, rows: Rows) -> None:
        """Put all into the vault in one transaction."""
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        for table, some in rows.tables.items():
            connection.executemany(_insert(table, rows), some)
        connection.execute("COMMIT")

    def close(self) -> None:
        """Tell the anchors of the newest checkpoints, and close."""
        anchors = self.desk.unlocked.proof.anchors
        if anchors is not None:
            for mark in self._marks[-_TOLD:]:
                anchors.tell(mark)
        self._connection.close()

    def _contact(
        self, named: tuple[int, str], at: str, matter: Matter, note: str
    ) -> tuple[Any, ...]:
        """Give the columns of an ended call, in the order in which their state is hashed."""
        known: dict[str, Any] = {
            "id": named[0],
            "uid": named[1],
            "origin_vault": self.desk.store.vault_id,
            "enquiry_id": matter.key,
            "officer_uid": self.desk.officer.uid,
            "channel": "telephone",
            "direction": "in",
            "state": "ended",
            "started_at": at,
            "limit_at": at,
            "ended_at": at,
            "line": note,
            "person_id": matter.person,
            "kind": "member-of-public",
        }
        return tuple(known.get(name, _EMPTY[name]) for name in _COLUMNS)

    def _entry(self, uid: str, detail: Mapping[str, object]) -> Entry:
        return Entry(str(Action.CONTACT_LOG), uid, "", "done", "", self._pack, detail)

    def sign(self, rows: Rows, said: str, entry: Entry, states: list[RowState]) -> None:
        """Hash and sign one event at the end of the chain, with the rows that it left behind."""
        store, keys, seq = self.desk.store, self.desk.unlocked.keys, rows.seq + 1
        place = Place(store.vault_id, seq, said, seq, store.session, rows.head)
        signed = signed_event(entry, place, keys, None, states)
        rows.insert_event, rows.seq, rows.head = signed.insert, seq, signed.leaf
        rows.add("event", *signed.row)
        if signed.detail is not None:
            rows.add("event_detail", place.vault_id, seq, *signed.detail)
        for state in states:
            rows.add("event_row", place.vault_id, seq, *state)
        if seq % INTERVAL == 0:
            note = signed_note(place.vault_id, seq, signed.leaf, keys.uid, keys)
            rows.add("checkpoint", place.vault_id, seq, place.utc, signed.leaf, note)
            self._marks.append(Mark(place.utc, "interval", seq, signed.leaf, note))


def _insert(table: str, rows: Rows) -> str:
    """Give the statement for a table: its columns are those of the row's state, if it has one."""
    if table == "event":
        return rows.insert_event
    if table in _INSERTS:
        return _INSERTS[table]
    columns = hashed(table)[0].split()
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


_EMPTY: dict[str, Any] = (
    dict.fromkeys(_COLUMNS, "")
    | dict.fromkeys(
        ("unsure", "withheld", "possible", "child", "anonymous", "under_duress", "accompanied"), 0
    )
    | {"entered_late": 0, "moved_from": None, "struck_at": None, "struck_by": None}
)


@contextmanager
def bulk(desk: Desk) -> Iterator[Bulk]:
    """Open the second way, and close it."""
    opened = Bulk(desk)
    try:
        yield opened
    finally:
        opened.close()
