"""Backups: made, tried out, pruned, and what they still hold; and what is due."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.shelf import Listed, on_shelf
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.keeping import reminders
from enquiry_tui.domain.rights import Right, may
from enquiry_tui.domain.when import parse_utc, show_moment
from enquiry_tui.records import backups as records
from enquiry_tui.records.states import wrong_rows
from enquiry_tui.vault.access import access_differs, access_of
from enquiry_tui.vault.aside import Progress
from enquiry_tui.vault.backup import Made, backup_steps
from enquiry_tui.vault.drill import Drilled, Opener, drill_steps
from enquiry_tui.vault.restore import Restored

T = TypeVar("T")
_MOST_NAMED = 5
Steps = Generator[Progress, None, T]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What this vault has that a backup lacks. `same_record` is false where the two have parted.

    `access` says which accounts are not in the backup as they are here.
    """

    events: int
    contacts: int
    up_to: datetime | None
    same_record: bool
    access: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """When a backup was last made, and where, and last tried out; `words` say what is due."""

    last_backup: datetime | None
    last_drill: datetime | None
    words: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Holding:
    """A backup that is not known to be gone."""

    file: str
    place: str
    made_at: datetime
    seq: int


def may_make(desk: Desk) -> bool:
    """Say whether the officer makes backups, tries them out and removes them."""
    return may(desk.officer.role, desk.officer.administrator, Right.BACKUPS)


def make(desk: Desk, place: Path) -> Steps[Made]:
    """Make a backup in a folder, in short steps; the event comes with the last one.

    Raises NotPermitted, Refused, CopyFailed, VaultDamaged; given up, nothing stays behind.
    """
    desk.demand(Action.BACKUP_MADE)
    desk.store.demand_writable()  # or there would be a backup that the record knows nothing of
    made = yield from backup_steps(desk.unlocked, place)
    with desk.act(Action.BACKUP_MADE) as act:
        records.add_backup(
            act.tx,
            uid=made.uid,
            origin_vault=desk.store.vault_id,
            file=made.file.name,
            place=_text(made.file.parent),
            sha256=made.sha256,
            size=made.size,
            seq=made.seq,
            head=made.head,
            contacts=made.counts["contact"],
            made_at=act.at,
            made_by=desk.officer.uid,
        )
        act.event("backup", made.uid, sha256=made.sha256, seq=made.seq, size=made.size)
        act.tx.checkpoint("backup")
    return made


def drill(desk: Desk, path: Path, opener: Opener) -> Steps[Drilled]:
    """Try a backup out in short steps. Only a backup of this vault leaves an event.

    A vault that is held to be read only takes none, and its backups can be tried out all the same.

    Raises NotPermitted, BundleRefused, WrongPassphrase, VaultDamaged, CopyFailed.
    """
    desk.demand(Action.BACKUP_DRILLED)
    found = yield from drill_steps(path, opener, desk.unlocked.folder, desk.clock, wrong_rows)
    manifest = found.manifest
    if manifest.vault_id != desk.store.vault_id or desk.unlocked.proof.held is not None:
        return found
    verified = found.verification.verified
    with desk.act(Action.BACKUP_DRILLED) as act:
        uid = act.new_uid()
        records.add_drill(
            act.tx,
            uid=uid,
            origin_vault=desk.store.vault_id,
            backup_uid=manifest.uid,
            sha256=found.sha256,
            seq=manifest.seq,
            contacts=found.looked.counts["contact"],
            up_to=manifest.up_to,
            verified=int(verified),
            done_at=act.at,
            done_by=desk.officer.uid,
        )
        outcome = "verified" if verified else "failed"
        act.event("drill", uid, outcome=outcome, sha256=found.sha256, seq=manifest.seq)
    return found


def ahead_of(desk: Desk, found: Drilled) -> Ahead:
    """Say what this vault has that the backup lacks, and whether the backup is of its past."""
    manifest = found.manifest
    now = records.counts_now(desk.store, desk.store.vault_id)
    events, contacts = (now["events"] or 0, now["contacts"]) if now is not None else (0, 0)
    head = records.head_at(desk.store, desk.store.vault_id, manifest.seq)
    return Ahead(
        events=events - manifest.seq,
        contacts=contacts - found.looked.counts["contact"],
        up_to=parse_utc(now["up_to"]) if now is not None and now["up_to"] else None,
        same_record=head is not None and head.hex() == manifest.head,
        access=access_differs(
            found.access, access_of(desk.unlocked.ring.header, desk.unlocked.certificates)
        ),
    )


def shelf(desk: Desk, place: Path) -> Steps[tuple[Listed, ...]]:
    """List the backups in a folder; of this vault's own it is known whether an officer signed."""
    return (yield from on_shelf(place, desk.store.vault_id, _signers(desk)))


def prune(desk: Desk, place: Path) -> Steps[tuple[Listed, ...]]:
    """Remove this vault's backups that are no longer to be kept; gives what is gone.

    Only what an administrator of this vault signed is counted, and only that is removed. Raises
    NotPermitted, Refused.
    """
    desk.demand(Action.BACKUP_PRUNED)
    found = yield from on_shelf(place, desk.store.vault_id, _signers(desk))
    gone = tuple(item for item in found if item.may_go)
    for item in gone:
        with desk.act(Action.BACKUP_PRUNED) as act:
            row = records.by_sha256(act.tx, item.sha256)
            if row is not None:
                records.mark_removed(act.tx, row["id"], act.at, desk.officer.uid)
            table, uid = ("backup", str(row["uid"])) if row is not None else ("", "")
            act.event(table, uid, sha256=item.sha256, seq=item.seq)
            item.file.unlink(missing_ok=True)
        yield Progress("removing")
    return gone


def note_restored(desk: Desk, restored: Restored) -> None:
    """Leave the event, in the present vault, that a second one was made out of its backup."""
    with desk.act(Action.BACKUP_RESTORED) as act:
        manifest, sha256 = restored.drilled.manifest, restored.drilled.sha256
        act.event("", "", sha256=sha256, seq=manifest.seq, place=_text(restored.folder))


def standing(desk: Desk) -> Standing:
    """Say when a backup was last made and tried out, and what is due. For everybody to read."""
    first, last = records.first_and_last(desk.store)
    drilled = records.last_drill(desk.store)
    moments = [parse_utc(text) if text else None for text in (first, last, drilled)]
    words = () if desk.office.demonstration else reminders(desk.now(), *moments)
    return Standing(moments[1], moments[2], words, records.last_place(desk.store))


def still_holding(desk: Desk, before: int) -> tuple[Holding, ...]:
    """List the backups, not known to be gone, that end before this event.

    What was erased, or who was removed, with event `before` is still in them. Raises NotPermitted.
    """
    desk.demand(Right.CONSULT)
    return tuple(
        Holding(row["file"], row["place"], parse_utc(row["made_at"]), row["seq"])
        for row in records.not_removed(desk.store, before)
    )


def holding_words(held: tuple[Holding, ...], what: str = "still hold it") -> str:
    """Say which backups still hold what was erased, or do `what`; nothing where none does."""
    if not held:
        return ""
    named = ", ".join(item.file for item in held[-_MOST_NAMED:])
    more = f" and {len(held) - _MOST_NAMED:,} older" if len(held) > _MOST_NAMED else ""
    return f"Backups from before {what}, as far as is known: {named}{more}."


def drill_words(found: Drilled) -> str:
    """Say what a backup would restore: `would restore 1,204 contacts up to Fri 20 Nov 2026 …`."""
    contacts = found.looked.counts["contact"]
    what = "1 contact" if contacts == 1 else f"{contacts:,} contacts"
    up_to = show_moment(parse_utc(found.manifest.up_to))
    record = "record verified" if found.verification.verified else "record NOT verified"
    return f"would restore {what} up to {up_to}, {record}"


def ahead_words(ahead: Ahead) -> str:
    """Say what the present vault has that the backup lacks."""
    if not ahead.same_record:
        return "It is not of the present vault's past: the two records have parted."
    if ahead.events <= 0 or ahead.up_to is None:
        return "The present vault has nothing that it lacks."
    events = "1 event" if ahead.events == 1 else f"{ahead.events:,} events"
    contacts = "1 contact" if ahead.contacts == 1 else f"{ahead.contacts:,} contacts"
    return f"Not in it: {events} and {contacts} more, up to {show_moment(ahead.up_to)}."


def run(steps: Steps[T], tell: Callable[[Progress], None] | None = None) -> T:
    """Take all steps one after the other and give what they give."""
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            value: T = end.value
            return value
        if tell is not None:
            tell(step)


def _signers(desk: Desk) -> dict[str, frozenset[bytes]]:
    """Give the keys of all who are or were administrators, so that nobody else's file counts."""
    present = desk.unlocked.certificates
    return {
        uid: publics
        for uid, publics in desk.unlocked.signing.items()
        if uid not in present or present[uid].administrator
    }


def _text(path: Path) -> str:
    return str(path.absolute()).encode("utf-8", "replace").decode()
