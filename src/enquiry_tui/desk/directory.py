"""The directory: found by word, changed with its history, confirmed before anything is sent."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime

from enquiry_tui.desk import work
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.phones import listed_number, may_be_an_example
from enquiry_tui.domain.rights import Right, may
from enquiry_tui.domain.text import fold_words
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.errors import NotPermitted, Refused
from enquiry_tui.records import directory
from enquiry_tui.records.base import Row, Value

KINDS = ("unit", "agency", "helpline", "emergency")
_KEY = re.compile(r"[a-z][a-z0-9-]{1,60}")
_SAY_LITTLE = frozenset(
    fold_words("a about an and at by for from he her his i in is it me my of on or our she the to")
)
_ADDRESSES = ("phone", "email", "address")


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A unit, agency, helpline or emergency service; `confirmed` says its address may be used."""

    uid: str
    key: str
    name: str
    kind: str
    topics: tuple[str, ...]
    phone: str
    email: str
    address: str
    hours: str
    confirmed: bool
    confirmed_at: datetime | None
    confirmed_how: str
    active: bool
    version: int

    @property
    def may_be_an_example(self) -> bool:
        """Say whether its number is perhaps one that was shipped and reaches nobody."""
        return may_be_an_example(self.phone, confirmed=self.confirmed)

    @property
    def listed_number(self) -> str:
        """Return its number as it is shown: with NOT CONFIRMED where nobody confirmed it."""
        return listed_number(self.phone, confirmed=self.confirmed)


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What is to be different in an entry; None leaves a field as it is."""

    name: str | None = None
    kind: str | None = None
    topics: tuple[str, ...] | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    hours: str | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be added: its key is a short word that stays."""

    key: str
    name: str
    kind: str
    topics: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    address: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class OldEntry:
    """A version of an entry that was replaced, and when."""

    version: int
    name: str
    phone: str
    email: str
    confirmed: bool
    replaced_at: datetime


def entries(desk: Desk, words: str = "", kind: str | None = None) -> tuple[DirectoryEntry, ...]:
    """List the entries in use whose name, topics or key have words that begin like these.

    Those with every word; where there is none, those with any. Most words first, whole ones before
    beginnings.
    """
    rows, wanted = directory.entries(desk.store, kind), fold_words(words)
    if not wanted:
        return tuple(map(_view, rows))
    telling = tuple(word for word in wanted if word not in _SAY_LITTLE) or wanted
    scored = [(_scores(row, telling), row) for row in rows]
    whole = [(found, row) for found, row in scored if all(found)]
    some = whole or [(found, row) for found, row in scored if any(found)]
    some.sort(key=lambda pair: (-sum(map(bool, pair[0])), -sum(pair[0])))
    return tuple(_view(row) for _, row in some)


def entry(desk: Desk, key: str) -> DirectoryEntry:
    """Give one entry by its key. Raises NotFound."""
    return _view(_found(desk, key))


def history(desk: Desk, key: str) -> tuple[OldEntry, ...]:
    """Give the versions of an entry that were replaced, newest first. Raises NotFound."""
    return tuple(map(_old, directory.history(desk.store, _found(desk, key)["id"])))


def may_change(desk: Desk) -> None:
    """Check that the officer may change entries. Raises NotPermitted."""
    _demand_keeper(desk)


def add_entry(desk: Desk, new: NewEntry) -> DirectoryEntry:
    """Add an entry, unconfirmed. Raises NotPermitted, Refused."""
    _demand_keeper(desk)
    with desk.act(Action.DIRECTORY_CHANGE) as act:
        if not _KEY.fullmatch(new.key):
            raise Refused("That key cannot be used.", "Small letters, digits and hyphens only.")
        if directory.by_key(act.tx, new.key) is not None:
            raise Refused("An entry with this key is there already.", "Change that one instead.")
        values = _values(EntryChange(**{k: v for k, v in asdict(new).items() if k != "key"}))
        uid = act.new_uid()
        directory.add(
            act.tx,
            uid=uid,
            origin_vault=desk.store.vault_id,
            key=new.key,
            changed_at=act.at,
            changed_by=desk.officer.uid,
            **values,
        )
        act.event("directory_entry", uid, key=new.key, added=True)
    return entry(desk, new.key)


def change_entry(desk: Desk, key: str, change: EntryChange) -> DirectoryEntry:
    """Change an entry; its old version is kept, and a new address or number is unconfirmed.

    Raises NotFound, NotPermitted.
    """
    _demand_keeper(desk)
    row = _found(desk, key)
    values = {name: value for name, value in _values(change).items() if value != row[name]}
    if not values:
        return _view(row)
    with desk.act(Action.DIRECTORY_CHANGE) as act:
        changed = tuple(values)
        if any(name in values for name in _ADDRESSES):
            values |= {"confirmed_at": None, "confirmed_how": None}
        directory.change(act.tx, row, at=act.at, by=desk.officer.uid, **values)
        act.event("directory_entry", row["uid"], key=key, fields=list(changed))
    return entry(desk, key)


def confirm_entry(desk: Desk, key: str, how: str) -> DirectoryEntry:
    """Say that the number and addresses of an entry are right, and how that was found out.

    Raises NotFound, Refused where there is nothing to confirm or no way is named.
    """
    with desk.act(Action.DIRECTORY_CONFIRM) as act:
        row = _found(desk, key)
        way = work.line(how)
        if not way:
            raise work.WordsMissing("how it was confirmed")
        if not any(row[name] for name in _ADDRESSES):
            raise Refused("There is no number or address to confirm.", "Add one first.")
        changes = {"confirmed_at": act.at, "confirmed_how": way}
        directory.change(act.tx, row, at=act.at, by=desk.officer.uid, **changes)
        act.event("directory_entry", row["uid"], key=key, how=way)
    return entry(desk, key)


def _demand_keeper(desk: Desk) -> None:
    """Check that the officer may decide where data goes. Raises NotPermitted."""
    role, administrator = desk.officer.role, desk.officer.administrator
    if not any(may(role, administrator, right) for right in (Right.COUNTERSIGN, Right.PACKS)):
        desk.refused(Action.DIRECTORY_CHANGE)
        raise NotPermitted(
            "Changing the directory is for a supervisor or an administrator.",
            "Tell one of them what is wrong; you may confirm a number that is right.",
        )


def _values(change: EntryChange) -> dict[str, Value]:
    """Clean what was typed; absent fields stay out. Raises Refused."""
    values: dict[str, Value] = {}
    for name in ("name", "phone", "email", "hours"):
        typed = getattr(change, name)
        if typed is not None:
            values[name] = work.line(typed)
    if change.address is not None:
        values["address"] = work.text(change.address)
    if change.topics is not None:
        values["topics"] = "\n".join(filter(None, map(work.line, change.topics)))
    if change.active is not None:
        values["active"] = int(change.active)
    if change.kind is not None:
        if change.kind not in KINDS:
            raise Refused("There is no such kind of entry.", f"One of: {', '.join(KINDS)}.")
        values["kind"] = change.kind
    if values.get("name") == "":
        raise work.WordsMissing("the name")
    return values


def _scores(row: Row, wanted: tuple[str, ...]) -> list[int]:
    """Score each word: 2 where it stands in the entry, 1 where a word begins like it, else 0."""
    there = {*str(row["folded"]).split(), *fold_words(str(row["key"]).replace("-", " "))}
    return [
        2 if word in there else int(any(other.startswith(word) for other in there))
        for word in wanted
    ]


def _found(desk: Desk, key: str) -> Row:
    row = directory.by_key(desk.store, key)
    if row is None:
        raise NotFound("directory entry")
    return row


def _view(row: Row) -> DirectoryEntry:
    return DirectoryEntry(
        uid=row["uid"],
        key=row["key"],
        name=row["name"],
        kind=row["kind"],
        topics=tuple(filter(None, str(row["topics"]).split("\n"))),
        phone=row["phone"],
        email=row["email"],
        address=row["address"],
        hours=row["hours"],
        confirmed=row["confirmed_at"] is not None,
        confirmed_at=parse_utc(row["confirmed_at"]) if row["confirmed_at"] else None,
        confirmed_how=row["confirmed_how"] or "",
        active=bool(row["active"]),
        version=row["version"],
    )


def _old(row: Row) -> OldEntry:
    body = json.loads(row["body"])
    return OldEntry(
        version=row["version"],
        name=str(body["name"]),
        phone=str(body["phone"]),
        email=str(body["email"]),
        confirmed=body["confirmed_at"] is not None,
        replaced_at=parse_utc(row["replaced_at"]),
    )
