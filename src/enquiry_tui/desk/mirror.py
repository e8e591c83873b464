"""Officers as rows: brought up to the certificates, so that names stand beside what they did."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.records import officers
from enquiry_tui.vault.errors import StorageFailed

if TYPE_CHECKING:
    from enquiry_tui.vault.store import Transaction

_MIRRORED = ("handle", "name", "role", "administrator")


@dataclass(frozen=True, slots=True)
class Stale:
    """What the rows do not say yet: accounts that are new or changed, and those that are gone."""

    changed: dict[str, tuple[str, str, str, int]]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)

    def uids(self) -> list[str]:
        """Give every officer whose row is to be written."""
        return sorted((*self.changed, *self.gone))


def stale_officers(desk: Desk) -> Stale:
    """Compare the rows with the certificates."""
    rows = {row["uid"]: row for row in officers.everybody(desk.store)}
    accounts = {
        a.uid: (a.handle, a.name, a.role, int(a.administrator)) for a in desk.unlocked.accounts()
    }
    changed = {
        uid: values
        for uid, values in accounts.items()
        if uid not in rows or tuple(rows[uid][name] for name in _MIRRORED) != values
    }
    gone = [uid for uid, row in rows.items() if uid not in accounts and not row["removed_at"]]
    return Stale(changed, tuple(gone))


def write_officers(tx: Transaction, stale: Stale, at: str) -> None:
    """Bring the rows up."""
    for uid, (handle, name, role, administrator) in stale.changed.items():
        officers.put(tx, uid=uid, handle=handle, name=name, role=role, administrator=administrator)
    for uid in stale.gone:
        officers.mark_removed(tx, uid, at)


def mirror_officers(desk: Desk) -> None:
    """Bring the rows up after a change of an account, with an event of its own."""
    stale = stale_officers(desk)
    if not stale:
        return
    # The account itself is in force: where the disk is full the next sign-in brings the rows up.
    with suppress(StorageFailed), desk.store.transaction() as tx:
        act = Act(desk, Action.ACCOUNT_CHANGED, "", tx)
        write_officers(tx, stale, act.at)
        act.event("", "", outcome="mirrored", officers=stale.uids())
