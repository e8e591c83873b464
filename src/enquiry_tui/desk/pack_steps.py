"""Which packs rule this vault: taken from it at sign-in, seeded from the program where missing."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from enquiry_tui.desk.desk import Act
from enquiry_tui.domain.when import LONDON, parse_utc, show_day
from enquiry_tui.policy.packs import Pack, Packs, assemble, load_shipped
from enquiry_tui.records import packs
from enquiry_tui.records.base import Reader

if TYPE_CHECKING:
    from enquiry_tui.desk.desk import Desk

BY_PROGRAM, BY_OFFICE = "program", "office"
SHOWN = 8  # figures of a hash that are shown


def load(reader: Reader) -> tuple[Packs, tuple[str, ...]]:
    """Give the packs in force in a vault, and the names of those that cannot be used.

    Bytes that are not those of their hash are as good as none.
    """
    shipped = {pack.name: pack.hash for pack in load_shipped().all()}
    return assemble(
        {
            str(row["name"]): _proved(reader, row["pack_hash"])
            for row in packs.in_force(reader)
            if shipped.get(row["name"], row["pack_hash"]) != row["pack_hash"]
        }
    )


def missing(reader: Reader, found: Packs) -> tuple[Pack[Any], ...]:
    """List the packs that the vault has not in force under their name, or does not keep."""
    known, kept = {str(row["name"]) for row in packs.in_force(reader)}, packs.hashes(reader)
    return tuple(p for p in found.all() if p.name not in known or p.hash not in kept)


def seed(act: Act, pack: Pack[Any]) -> None:
    """Keep a pack of the program, and put it in force where nothing of its name is."""
    keep(act, pack)
    if not packs.history(act.tx, pack.name):
        put_in_force(act, pack, BY_PROGRAM, "came with the program")


def keep(act: Act, pack: Pack[Any]) -> None:
    """Keep the bytes of a pack."""
    packs.keep(
        act.tx,
        pack_hash=pack.hash,
        name=pack.name,
        form=pack.format,
        body=pack.body,
        at=act.at,
    )


def put_in_force(act: Act, pack: Pack[Any], source: str, why: str) -> str:
    """Put a pack that is kept in force, and give the uid of the line."""
    uid = act.new_uid()
    packs.install(
        act.tx,
        uid=uid,
        origin_vault=act.desk.store.vault_id,
        name=pack.name,
        pack_hash=pack.hash,
        version=pack.version,
        source=source,
        since=act.at,
        by=act.desk.officer.uid,
        why=why,
    )
    return uid


def rules_as_at(desk: Desk, *names: str) -> str:
    """Say under which rules something stands: `rules as at Fri 20 Nov 2026: disclosure 1a2b3c4d`.

    The day is that on which the newest of these packs came into force.
    """
    found = [getattr(desk.packs, name) for name in names]
    rows = [row for pack in found if (row := packs.of_hash(desk.store, pack.hash)) is not None]
    said = ", ".join(f"{pack.name} {pack.hash[:SHOWN]}" for pack in found)
    if not rows:
        return f"rules: {said}"
    return f"rules as at {_day(max(str(row['since']) for row in rows))}: {said}"


def rules_of_hash(reader: Reader, pack_hash: str) -> str:
    """Say which rules a decision of another day stood under, by the hash it was kept with."""
    row = packs.of_hash(reader, pack_hash)
    if row is None:
        return f"rules {pack_hash[:SHOWN]}" if pack_hash else ""
    return f"rules as at {_day(row['since'])}: {row['name']} {pack_hash[:SHOWN]}"


def _proved(reader: Reader, pack_hash: str) -> bytes:
    row = packs.pack(reader, pack_hash)
    body = bytes(row["body"]) if row is not None else b""
    return body if hashlib.sha256(body).hexdigest() == pack_hash else b"altered"


def _day(stored: str) -> str:
    return show_day(parse_utc(stored).astimezone(LONDON).date())
