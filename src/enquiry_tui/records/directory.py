"""The directory: units, agencies, helplines and emergency services, with every old version kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from enquiry_tui.domain.office_rules import Entry
from enquiry_tui.domain.text import fold
from enquiry_tui.domain.when import utc_text
from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, new_uid, update

FIELDS = ("name", "kind", "topics", "phone", "email", "address", "hours", "active")


def seed_directory(
    tx: Writer, seeds: Iterable[Entry], *, vault: str, by: str, now: datetime
) -> int:
    """Fill the directory of a new vault from its pack, once; give how many entries were added.

    A directory that holds anything is the office's own and is left alone.
    """
    if tx.one("SELECT 1 FROM directory_entry LIMIT 1") is not None:
        return 0
    count = 0
    for seed in seeds:
        values: dict[str, Value] = {
            **{field: str(getattr(seed, field)) for field in FIELDS[:-1]},
            "hours": ". ".join(filter(None, (seed.hours, seed.note))),
        }
        confirmed = seed.confirmed_how or None
        add(
            tx,
            uid=new_uid(now),
            origin_vault=vault,
            key=seed.key,
            confirmed_at=utc_text(now) if confirmed else None,
            confirmed_how=confirmed,
            changed_at=utc_text(now),
            changed_by=by,
            **values,
        )
        count += 1
    return count


def add(tx: Writer, **values: Value) -> int:
    """Add an entry with the key it is found by."""
    folded = fold(f"{values['name']!s} {values.get('topics', '')!s}")
    return insert(tx, "directory_entry", folded=folded, **values)


def change(tx: Writer, row: Row, *, at: str, by: str, **values: Value) -> None:
    """Change an entry: the old version goes to its history as it was."""
    keep_version(tx, row, at=at)
    name, topics = values.get("name", row["name"]), values.get("topics", row["topics"])
    update(
        tx,
        "directory_entry",
        row["id"],
        folded=fold(f"{name!s} {topics!s}"),
        version=row["version"] + 1,
        changed_at=at,
        changed_by=by,
        **values,
    )


def keep_version(tx: Writer, row: Row, *, at: str) -> None:
    """Keep the version that is about to be replaced."""
    kept = (*FIELDS, "confirmed_at", "confirmed_how", "changed_at", "changed_by")
    body = json.dumps({field: row[field] for field in kept}, ensure_ascii=False)
    insert(
        tx,
        "directory_history",
        entry_id=row["id"],
        version=row["version"],
        body=body,
        replaced_at=at,
    )


def by_key(reader: Reader, key: str) -> Row | None:
    """Find an entry by its key, also one that is no longer used."""
    return reader.one("SELECT * FROM directory_entry WHERE key = ?", (key,))


def by_id(reader: Reader, key: int) -> Row | None:
    """Find an entry by the integer key of this vault."""
    return reader.one("SELECT * FROM directory_entry WHERE id = ?", (key,))


def entries(reader: Reader, kind: str | None = None) -> list[Row]:
    """List the entries in use by name, all or of one kind."""
    return reader.query(
        "SELECT * FROM directory_entry WHERE active = 1 AND (?1 IS NULL OR kind = ?1)"
        " ORDER BY folded",
        (kind,),
    )


def history(reader: Reader, entry_id: int) -> list[Row]:
    """List the old versions of an entry, newest first."""
    return reader.query(
        "SELECT * FROM directory_history WHERE entry_id = ? ORDER BY version DESC", (entry_id,)
    )
