"""Contacts by the thousand, in the very form that the desk leaves them in, without its care.

Rows, words, details, row states, checkpoints: what is written is what the desk would have written,
each event hashed and signed by the product's own code. Only the way to the disk is shorter, past
the triggers and the authorizer of a session. That nothing was written wrongly shows when the record
is checked before a figure counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from enquiry_tui.vault.chain import Entry, Place, signed_event
from enquiry_tui.vault.checkpoint import signed_note
from enquiry_tui.vault.opening import DATABASE, open_database
from enquiry_tui.vault.writing import INTERVAL, Mark

_COLUMNS = hashed("contact")[0].split()
_TOLD = 150  # of the newest checkpoints, told to the anchors: more than a sign-in looks at
_INSERTS = {
    "contact": f"INSERT INTO contact ({', '.join(_COLUMNS)})"
    f" VALUES ({', '.join('?' * len(_COLUMNS))})",
    "search_entry": "INSERT INTO search_entry (id, enquiry_id, source, source_uid)"
    " VALUES (?, ?, 'note', ?)",
    "search_text": "INSERT INTO search_text (rowid, body) VALUES (?, ?)",
    "event_detail": "INSERT INTO event_detail (vault, seq, salt, body) VALUES (?, ?, ?, ?)",
    "event_row": "INSERT INTO event_row (vault, seq, kind, uid, state)"
    " VALUES (?, ?, 'contact', ?, ?)",
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
class _Rows:
    """What goes into each table, in the order in which it must go."""

    tables: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {"contact": []})
    insert_event: str = ""

    def add(self, table: str, *values: Any) -> None:  # noqa: ANN401 (what columns hold)
        self.tables.setdefault(table, []).append(values)


class Bulk:
    """A second way into the vault of an open desk, to be used while the desk does nothing."""

    def __init__(self, desk: Desk) -> None:
        unlocked = desk.unlocked
        self._desk = desk
        self._pack = getattr(desk.packs, Action.CONTACT_LOG.pack).hash
        self._connection: Any = open_database(
            unlocked.folder / DATABASE, unlocked.ring.master.database_key()
        )
        self._marks: list[Mark] = []

    def add(self, matters: Sequence[Matter], notes: Sequence[str]) -> None:
        """Add a contact for each note, in turns to these matters, in one transaction."""
        desk, connection = self._desk, self._connection
        rows, now = _Rows(), desk.now()
        seq, head = desk.store.head()
        last = connection.execute("SELECT coalesce(max(id), 0) FROM search_entry").fetchone()[0]
        key = connection.execute("SELECT coalesce(max(id), 0) FROM contact").fetchone()[0]
        for number, note in enumerate(notes, 1):
            matter = matters[(number - 1) * len(matters) // len(notes)]
            at = now + timedelta(milliseconds=number)
            uid, said = new_uid(at), utc_text(at)
            values = self._contact((key + number, uid), said, matter, note)
            rows.add("contact", *values)
            rows.add("search_entry", last + number, matter.key, uid)
            rows.add("search_text", last + number, fold(note))
            head = self._event(rows, Place(*self._place(seq + number, said), head), values, matter)
        connection.execute("BEGIN IMMEDIATE")
        for table, some in rows.tables.items():
            connection.executemany(_INSERTS.get(table, rows.insert_event), some)
        connection.execute("COMMIT")

    def close(self) -> None:
        """Tell the anchors of the newest checkpoints, and close."""
        anchors = self._desk.unlocked.proof.anchors
        if anchors is not None:
            for mark in self._marks[-_TOLD:]:
                anchors.tell(mark)
        self._connection.close()

    def _place(self, seq: int, said: str) -> tuple[str, int, str, int, str]:
        return (self._desk.store.vault_id, seq, said, seq, self._desk.store.session)

    def _contact(
        self, named: tuple[int, str], at: str, matter: Matter, note: str
    ) -> tuple[Any, ...]:
        """Give the columns of an ended call, in the order in which their state is hashed."""
        known: dict[str, Any] = {
            "id": named[0],
            "uid": named[1],
            "origin_vault": self._desk.store.vault_id,
            "enquiry_id": matter.key,
            "officer_uid": self._desk.officer.uid,
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

    def _event(self, rows: _Rows, place: Place, values: tuple[Any, ...], matter: Matter) -> bytes:
        """Hash and sign the event of one contact; gives the head that it leaves."""
        keys, uid = self._desk.unlocked.keys, str(values[_COLUMNS.index("uid")])
        detail = {"of": "contact", "line": values[_COLUMNS.index("line")], "enquiry": matter.uid}
        entry = Entry(
            action=str(Action.CONTACT_LOG),
            object_uid=uid,
            outcome="done",
            pack_hash=self._pack,
            detail=detail,
        )
        state = state_of_values("contact", hashed("contact")[0], values)
        signed = signed_event(entry, place, keys, None, [("contact", uid, state)])
        rows.insert_event = signed.insert
        rows.add("event", *signed.row)
        rows.add("event_detail", place.vault_id, place.seq, *(signed.detail or ()))
        rows.add("event_row", place.vault_id, place.seq, uid, state)
        if place.seq % INTERVAL == 0:
            note = signed_note(place.vault_id, place.seq, signed.leaf, keys.uid, keys)
            rows.add("checkpoint", place.vault_id, place.seq, place.utc, signed.leaf, note)
            self._marks.append(Mark(place.utc, "interval", place.seq, signed.leaf, note))
        return signed.leaf


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
