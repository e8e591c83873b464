"""Matters by the thousand: each the copy of one that the desk has just logged, with its events.

The verbs make one matter of each kind: open, with a reply due, with a promise, waiting, closed.
What they left (rows, entries of the index, events with the states of the rows) is read back and
written again for every further matter, under its own keys, uids, reference, time, name and words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import accumulate
from random import Random
from typing import Any

from benchmarks.bulk import Bulk, Rows, bulk
from benchmarks.office import WORDS, Office
from benchmarks.people import Names
from enquiry_tui.desk import enquiries
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.quicklog import LineRequest, log_line
from enquiry_tui.domain.names import name_words, sound_key
from enquiry_tui.domain.references import Reference
from enquiry_tui.domain.subjects import subject_of
from enquiry_tui.domain.text import fold
from enquiry_tui.domain.when import parse_utc, utc_text
from enquiry_tui.records.base import new_uid, state_of_values
from enquiry_tui.records.columns import hashed
from enquiry_tui.vault.chain import Entry

SECONDS_APART = 20
_NOTE = "words of a model matter"
_WORDS = 12
_TOGETHER = 10_000  # matters in one transaction
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Row = dict[str, Any]
Second = Callable[[Desk, str], object]


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody said on the telephone: a name, and what it was about."""

    name: str
    note: str


@dataclass(frozen=True, slots=True)
class _Act:
    """One event of a model and the rows as it left them, by table."""

    entry: Entry
    rows: dict[str, Row]


@dataclass(slots=True)
class _Model:
    """A matter that the desk made: its events, and which texts of it can be found."""

    name: str
    at: str
    acts: list[_Act] = field(default_factory=list)
    sources: list[tuple[str, str]] = field(default_factory=list)


# Of a hundred matters: how many, what stands in the line besides, and what is done with it then.
_KINDS: tuple[tuple[int, str, Second | None], ...] = (
    (80, "", lambda desk, uid: enquiries.close_enquiry(desk, uid, "answered on the telephone")),
    (8, "", None),
    (6, "", lambda desk, uid: enquiries.set_waiting(desk, uid, "PSD")),
    (4, " due:10wd", None),
    (2, " cb:16:00", None),
)


class Texts:
    """Names, and notes out of twenty thousand words: a few are everywhere, most are rare."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._names = Names()
        self._names.random.seed(seed)
        often = WORDS + [f"{name.lower()}s" for name in Names().last]
        self._words, weights = often, [1 / (place + 5) for place in range(len(often))]
        self._weights = list(accumulate(weights))

    def some(self, count: int) -> list[Written]:
        """Give what so many people said."""
        return [Written(name, self.note()) for name in self._names.some(count)]

    def note(self) -> str:
        """Give a note of a dozen words."""
        words = self.random.choices(self._words, cum_weights=self._weights, k=_WORDS)
        return " ".join(words)


def fill(place: Office, count: int) -> None:
    """Bring a vault to so many matters, each with a call, its texts and its events.

    They come twenty seconds apart, so that the days of the vault are as full as the desk's.
    """
    have = _held(place)
    while have < count:
        size = max(0, min(_TOGETHER, count - have) - len(_KINDS))  # the models count too
        texts = Texts(have)
        with place.signed_in() as desk:
            copies = Matters(desk, have)
            with bulk(desk) as opened:
                copies.add(opened, texts.some(size))
            place.clock.advance(seconds=SECONDS_APART * size)
        have = _held(place)


def _held(place: Office) -> int:
    with place.signed_in() as desk:
        row = desk.store.one("SELECT count(*) AS n FROM enquiry")
        return int(row["n"]) if row is not None else 0


class Matters:
    """Adds matters to the vault of an open desk, while the desk does nothing."""

    def __init__(self, desk: Desk, made: int) -> None:
        self._desk = desk
        random = Random(desk.store.head()[0])
        models = [(share, _model(desk, random, more, second)) for share, more, second in _KINDS]
        kinds = [model for share, model in models for _ in range(share)]
        self._kinds = [kinds[place * 37 % 100] for place in range(100)]  # well mixed
        self._made = made

    def add(self, bulk: Bulk, written: Sequence[Written]) -> None:
        """Add a matter for each of these, in one transaction."""
        rows, now = bulk.begin(), self._desk.now()
        tables = {table for model in self._kinds for act in model.acts for table in act.rows}
        last = {table: bulk.last(table) for table in (*tables, "search_entry")}
        for number, said in enumerate(written):
            model = self._kinds[(self._made + number) % 100]
            at = now + timedelta(seconds=SECONDS_APART * number)
            _Copy(self._desk, model, utc_text(at), last, said).write(bulk, rows)
        self._made += len(written)
        bulk.write(rows)


class _Copy:
    """One more matter after a model."""

    def __init__(
        self, desk: Desk, model: _Model, at: str, last: dict[str, int], said: Written
    ) -> None:
        self._desk, self._model, self._at, self._said, self._last = desk, model, at, said, last
        self._keys: dict[str, int] = {}
        self._same: dict[object, object] = {
            model.at: at,
            model.name: said.name,
            _NOTE: said.note,
        }
        for table, row in model.acts[0].rows.items():
            last[table] += 1
            self._keys[table] = last[table]
            self._same[row["uid"]] = new_uid(parse_utc(at))

    def write(self, bulk: Bulk, rows: Rows) -> None:
        """Put rows as they stand in the end, entries of the index and events to the others."""
        ended: dict[str, tuple[Any, ...]] = {}
        for act in self._model.acts:
            left = {table: self._values(table, row) for table, row in act.rows.items()}
            ended |= left
            states = [
                (table, str(values[1]), state_of_values(table, hashed(table)[0], values))
                for table, values in left.items()
            ]
            bulk.sign(rows, self._at, self._entry(act.entry), states)
        for table, values in ended.items():
            rows.add(table, *values)
        self._index(rows)

    def _values(self, table: str, row: Row) -> tuple[Any, ...]:
        own = {"id": self._keys[table], **self._told(table, row)}
        for name in row:
            if name.endswith("_id") and (other := name.removesuffix("_id")) in self._keys:
                own[name] = self._keys[other] if row[name] is not None else None
        return tuple(
            own[name] if name in own else self._mapped(value) for name, value in row.items()
        )

    def _told(self, table: str, row: Row) -> Row:
        """Give what follows from what a copy has of its own."""
        match table:
            case "enquiry":
                number = row["number"] - row["id"] + self._keys["enquiry"]
                prefix, key = self._desk.office.prefix, row["desk_key"]
                return {
                    "number": number,
                    "reference": Reference(prefix, row["year"], number).full,
                    "desk_key": key.replace(self._model.at, self._at),
                    "received_on": self._at[:10],
                    "subject": subject_of(self._said.note, row["year"]),
                }
            case "person":
                name = self._said.name
                return {"folded": fold(name), "sound": sound_key(name)}
            case "contact":
                lasts = parse_utc(row["limit_at"]) - parse_utc(self._model.at)
                limit = utc_text(parse_utc(self._at) + lasts)
                return {"line": self._line(row["line"]), "limit_at": limit}
        return {}

    def _line(self, line: str) -> str:
        return line.replace(self._model.name, self._said.name).replace(_NOTE, self._said.note)

    def _entry(self, entry: Entry) -> Entry:
        detail = {
            name: self._line(str(value)) if name == "line" else self._mapped(value)
            for name, value in (entry.detail or {}).items()
        }
        target = str(self._mapped(entry.object_uid))
        return replace(entry, object_uid=target, detail=detail)

    def _mapped(self, value: object) -> object:
        return self._same.get(value, value) if isinstance(value, str) else value

    def _index(self, rows: Rows) -> None:
        name, note = self._said.name, self._said.note
        line = self._line(self._model.acts[0].rows["contact"]["line"])
        year = self._model.acts[0].rows["enquiry"]["year"]
        texts = {"subject": subject_of(note, year), "name": name, "note": f"{name} {line} {note}"}
        for source, table in self._model.sources:
            self._last["search_entry"] += 1
            key, uid = self._last["search_entry"], self._same[self._row(table)["uid"]]
            of_matter = None if source == "name" else self._keys["enquiry"]
            of_person = self._keys["person"] if source == "name" else None
            rows.add("search_entry", key, of_matter, of_person, source, uid)
            rows.add("search_text", key, fold(texts[source]))
        words = [("spelt", word) for word in name_words(name)]
        words += [("sounds", sound) for sound in set(sound_key(name).split())]
        for how, word in words:
            rows.add("person_word", how, word, self._keys["person"])

    def _row(self, table: str) -> Row:
        return self._model.acts[0].rows[table]


def _model(desk: Desk, random: Random, more: str, second: Second | None) -> _Model:
    """Have the desk log a matter, and do what comes second; read back what that left."""
    while True:  # a name that sounds like somebody's who is known already is linked to nobody
        name = " ".join("".join(random.choices(_LETTERS, k=9)).title() for _ in range(2))
        logged = log_line(desk, LineRequest(f"{name}{more} ~ {_NOTE}"))
        if logged.person_uid and logged.person_name == name:
            break
    first = _left(desk)
    model = _Model(name, str(first.rows["contact"]["started_at"]), [first])
    uids = {row["uid"]: table for table, row in first.rows.items()}
    marks = ", ".join("?" * len(uids))
    for entry in desk.store.query(
        f"SELECT source, source_uid FROM search_entry WHERE source_uid IN ({marks}) ORDER BY id",
        tuple(uids),
    ):
        model.sources.append((entry["source"], uids[entry["source_uid"]]))
    if second is not None:
        second(desk, logged.enquiry_uid)
        model.acts.append(_left(desk))
    return model


def _left(desk: Desk) -> _Act:
    """Read the last event back, and the rows that it left behind."""
    here = (desk.store.vault_id, desk.store.head()[0])
    event = desk.store.one(
        "SELECT e.action, e.object, e.outcome, e.pack, d.body FROM event AS e"
        " JOIN event_detail AS d ON d.vault = e.vault AND d.seq = e.seq"
        " WHERE e.vault = ? AND e.seq = ?",
        here,
    )
    if event is None:
        raise SystemExit("the desk left no event of a matter")
    entry = Entry(
        event["action"],
        event["object"],
        outcome=event["outcome"],
        pack_hash=event["pack"],
        detail=json.loads(event["body"]),
    )
    rows: dict[str, Row] = {}
    for left in desk.store.query(
        "SELECT kind, uid FROM event_row WHERE vault = ? AND seq = ?", here
    ):
        columns = hashed(left["kind"])[0].split()
        sql = f"SELECT {', '.join(columns)} FROM {left['kind']} WHERE uid = ?"
        (found,) = desk.store.query(sql, (left["uid"],))
        rows[left["kind"]] = dict(zip(columns, tuple(found), strict=True))
    return _Act(entry, {table: rows[table] for table in sorted(rows, key=_ORDER.index)})


_ORDER = ["enquiry", "person", "contact", "part", "leg", "clock", "promise"]
