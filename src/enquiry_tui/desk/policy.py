"""The policy packs of this vault: read, compared, installed; those of other days stay readable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enquiry_tui.desk import pack_steps, work
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.policy_effects import Touch, touches
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.rights import Right
from enquiry_tui.domain.vocabulary import Office
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.errors import Refused
from enquiry_tui.policy.differences import Change, differences
from enquiry_tui.policy.packs import (
    NAMES,
    Pack,
    Packs,
    load_shipped,
    name_of,
    read_pack,
    shipped_bytes,
)
from enquiry_tui.records import directory, packs
from enquiry_tui.records.base import Row
from enquiry_tui.vault.vault import prove_again

# Seeded once; from then on a table with its own history and its own screen.
SEED_ONLY = "directory"
_HASH = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class PackView:
    """A pack in force: since when and by whom; `offered` is the version the program would bring.

    `usable` is false where this program cannot read what is installed, and its own stands in.
    """

    name: str
    version: str
    hash: str
    source: str
    since: datetime
    by: str
    why: str
    offered: str
    usable: bool


@dataclass(frozen=True, slots=True)
class StoredPack:
    """A pack that is kept, with its text; `since` is when it first came into force, if ever."""

    name: str
    version: str
    hash: str
    since: datetime | None
    in_force: bool
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What installing a pack would change, and which open matters it touches.

    `warning` says that another text, in force or shipped, has the same version; it bars nothing.
    """

    name: str
    version: str
    hash: str
    before: str
    changes: tuple[Change, ...]
    touched: tuple[Touch, ...]
    warning: str = ""


def packs_in_force(desk: Desk) -> tuple[PackView, ...]:
    """List the packs in force, in a fixed order."""
    rows = {str(row["name"]): row for row in packs.in_force(desk.store)}
    seen = packs.installed(desk.store)
    return tuple(_view(desk, rows[name], seen) for name in NAMES if name in rows)


def pack_history(desk: Desk, name: str) -> tuple[PackView, ...]:
    """List what was in force under a name, the latest first. Raises NotFound."""
    rows = packs.history(desk.store, name)
    if not rows:
        raise NotFound("policy pack")
    seen = packs.installed(desk.store)
    return tuple(_view(desk, row, seen) for row in rows)


def stored_pack(desk: Desk, name: str = "", start: str = "") -> StoredPack:
    """Give a pack by its name as it is in force, or by the beginning of its hash.

    Raises NotFound where none or several begin like that.
    """
    if start:
        found = packs.begins_with(desk.store, start) if _HASH.fullmatch(start) else []
    else:
        kept = packs.pack(desk.store, _in_force(desk, name).hash)
        found = [kept] if kept is not None else []
    if len(found) != 1:
        raise NotFound("policy pack")
    row = found[0]
    installed = packs.of_hash(desk.store, row["hash"])
    return StoredPack(
        name=row["name"],
        version=installed["version"] if installed is not None else "",
        hash=row["hash"],
        since=parse_utc(installed["since"]) if installed is not None else None,
        in_force=any(pack.hash == row["hash"] for pack in desk.packs.all()),
        text=bytes(row["body"]).decode("utf-8-sig", "replace"),
    )


def shipped_body(name: str) -> bytes:
    """Give the bytes of the pack that comes with the program. Raises NotFound."""
    if name not in NAMES:
        raise NotFound("policy pack")
    return shipped_bytes(name)


def may_install(desk: Desk) -> None:
    """Check that the officer may install packs. Raises NotPermitted."""
    desk.demand(Right.PACKS)


def preview(desk: Desk, body: bytes) -> Preview:
    """Say what a pack would change here. Raises PackError, Refused where it is only a seed."""
    desk.demand(Right.PACKS)
    return _preview(desk, _checked(desk, body)[0])


def install_pack(desk: Desk, body: bytes, passphrase: str, why: str) -> Preview:
    """Put a pack in force, for this session and every later one: an administrator's act.

    The passphrase is typed again; the pack before stays readable. Raises NotPermitted,
    WrongPassphrase, PackError, ReasonMissing, Refused where it is in force already.
    """
    desk.demand(Right.PACKS)
    reason = work.reason_in_words(why)
    pack, together = _checked(desk, body)
    prove_again(desk.unlocked, passphrase)
    if pack.hash == _in_force(desk, pack.name).hash and pack.name not in desk.packs_unreadable:
        raise Refused("This pack is in force already.", "Nothing was changed.")
    done = _preview(desk, pack)
    with desk.act(Action.PACK_INSTALL) as act:
        shipped = body == shipped_bytes(pack.name)
        pack_steps.keep(act, pack)
        source = pack_steps.BY_PROGRAM if shipped else pack_steps.BY_OFFICE
        uid = pack_steps.put_in_force(act, pack, source, reason)
        act.event(
            "pack_installed",
            uid,
            name=pack.name,
            old=done.before,
            new=pack.hash,
            why=reason,
            changes=len(done.changes),
            touched={item.what: item.count for item in done.touched},
        )
    desk.packs = together
    desk.packs_unreadable = tuple(n for n in desk.packs_unreadable if n != pack.name)
    return done


def pack_notices(desk: Desk) -> tuple[str, ...]:
    """Say which installed packs cannot be used, and to administrators what the program brings."""
    told = [
        f"The installed rules of {name} cannot be read by this program; its own stand in."
        for name in desk.packs_unreadable
    ]
    if desk.officer.administrator:
        newer = [view.name for view in packs_in_force(desk) if view.offered]
        if newer:
            told.append(f"The program brings other rules for {', '.join(newer)}: Office, Policy.")
    return tuple(told)


def rules_as_at(desk: Desk, *names: str) -> str:
    """Say under which rules a screen stands: the day the newest came into force, and the hashes."""
    return pack_steps.rules_as_at(desk, *names)


def rules_of_day(desk: Desk, pack_hash: str) -> str:
    """Say under which rules a decision stood, by the hash that was kept with it."""
    return pack_steps.rules_of_hash(desk.store, pack_hash)


def _checked(desk: Desk, body: bytes) -> tuple[Pack[Any], Packs]:
    """Read a pack and check it together with those in force and the office's own directory."""
    name = name_of(body)
    if name == SEED_ONLY:
        raise Refused(
            "The directory is kept on its own screen.",
            "Its pack was only the beginning: change the entries there.",
        )
    pack = read_pack(name, body)
    doors = {str(row["key"]) for row in directory.entries(desk.store)}
    return pack, desk.packs.having(pack, doors)


def _preview(desk: Desk, pack: Pack[Any]) -> Preview:
    old = _in_force(desk, pack.name)
    return Preview(
        name=pack.name,
        version=pack.version,
        hash=pack.hash,
        before=old.hash,
        changes=differences(old, pack),
        touched=touches(desk.store, old, pack, Office(desk.office.kind)),
        warning=_version_warning(pack, old),
    )


def _version_warning(pack: Pack[Any], old: Pack[Any]) -> str:
    others = (old, getattr(load_shipped(), pack.name))
    if all(pack.version != other.version or pack.hash == other.hash for other in others):
        return ""
    return (
        f"The version is still {pack.version}, and the text is another: give it a version of its"
        " own, or the two can be told apart by their hashes only."
    )


def _in_force(desk: Desk, name: str) -> Pack[Any]:
    if name not in NAMES:
        raise NotFound("policy pack")
    pack: Pack[Any] = getattr(desk.packs, name)
    return pack


def _view(desk: Desk, row: Row, seen: set[tuple[str, str]]) -> PackView:
    name = str(row["name"])
    shipped = getattr(load_shipped(), name)
    newer = (name, shipped.hash) not in seen and name != SEED_ONLY
    return PackView(
        name=name,
        version=row["version"],
        hash=row["pack_hash"],
        source=row["source"],
        since=parse_utc(row["since"]),
        by=row["by_name"] or "",
        why=row["why"],
        offered=shipped.version if newer else "",
        usable=name not in desk.packs_unreadable,
    )
