"""One page on this machine: is it fit for a vault, and what to do where it is not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from enquiry_tui.desk.backups import standing
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.when import show_moment
from enquiry_tui.machine import disks, surroundings, versions
from enquiry_tui.machine.findings import Finding, bad, good, warning
from enquiry_tui.vault import fitness
from enquiry_tui.vault.folder import vault_exists
from enquiry_tui.vault.place import on_same_device

_MAKE = "Make one now: Office, Backups, or enquiry-tui backup make DIR."
_DRILL = "Try the newest: Office, Backups, or enquiry-tui backup drill FILE."
_LATE_BACKUP, _LATE_DRILL = 7, 30  # days


def look_at_machine(folder: Path, size: tuple[int, int] | None) -> Iterator[Finding]:
    """Look at the machine, one thing with each step, some of which take a second.

    `folder` is where the vault is or would be, `size` the terminal's columns and rows. Needs no
    sign-in: of the vault it reads what anybody can read who has the files.
    """
    there = vault_exists(folder)
    near = folder if there else _nearest(folder)
    yield surroundings.place(near)
    yield disks.disk(near)
    yield (
        surroundings.permissions(folder)
        if there
        else warning("vault: none in the folder looked at", "Make one: enquiry-tui init")
    )
    yield disks.swap()
    yield surroundings.process()
    yield surroundings.passing()
    yield surroundings.terminal(os.environ, size)
    yield surroundings.way_to_it(os.environ)
    yield surroundings.locale(os.environ)
    yield versions.python()
    yield versions.libraries()
    yield from fitness.saving(near)
    yield fitness.argon2(folder if there else None)


def look_at_vault(desk: Desk) -> Iterator[Finding]:
    """Add what only somebody signed in can see: how old backup and drill are, and where they lie.

    For everybody to read, like what is said at sign-in; the demonstration needs no backup.
    """
    if desk.office.demonstration:
        return
    found, now = standing(desk), desk.now()
    yield _aged("backup", found.last_backup, (now, _LATE_BACKUP), _MAKE)
    yield _aged("drill", found.last_drill, (now, _LATE_DRILL), _DRILL)
    if found.place:
        yield _backup_place(Path(found.place), desk.unlocked.folder)


def unseen_vault() -> Finding:
    """Say that backup and drill were not looked at, nobody being signed in."""
    return warning(
        "backup and drill: seen only when signed in",
        "enquiry-tui --officer HANDLE --passphrase-file - doctor; or Office, This machine.",
    )


def _nearest(folder: Path) -> Path:
    """Give the folder that exists on the way to one that is to be made."""
    place = folder.absolute()
    while not place.is_dir() and place != place.parent:
        place = place.parent
    return place


def _aged(what: str, at: datetime | None, late: tuple[datetime, int], hint: str) -> Finding:
    now, days = late
    if at is None:
        return bad(f"{what}: none yet", hint)
    words = f"{what}: {show_moment(at)}"
    if (now - at).days >= days:
        return warning(f"{words}, more than {days} days ago", hint)
    return good(words)


def _backup_place(place: Path, vault: Path) -> Finding:
    try:
        same = on_same_device(place, vault)
    except OSError:
        return good("place of the last backup: not attached now")
    if same:
        hint = "Copy it to another device: both would be lost with this one."
        return warning("place of the last backup: the same device as the vault", hint)
    return good("place of the last backup: another device")
