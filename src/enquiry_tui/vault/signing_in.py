"""What a sign-in writes: its event with whatever is owed, and a costlier passphrase."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from enquiry_tui.domain.audit import Action
from enquiry_tui.errors import EnquiryError
from enquiry_tui.vault.certificates import RECOVERY_ROLE
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.header import UserRecord
from enquiry_tui.vault.held import Held
from enquiry_tui.vault.proving import clock_entry, examine, witness_detail
from enquiry_tui.vault.session import Unlocked
from enquiry_tui.vault.tries import UNKNOWN, TriesBook, read_tries, write_tries


@dataclass(frozen=True, slots=True)
class Owed:
    """What a sign-in has to tell of: which header the database knew, its schema before and now."""

    noted: int
    schema: tuple[int, int]


def raise_cost(unlocked: Unlocked, user: UserRecord) -> None:
    """Put an officer's costlier Argon2 in force; where the disk refuses, the next sign-in does."""
    entry = Entry(Action.ACCOUNT_CHANGED, user.uid, outcome="kdf raised")
    with suppress(OSError, EnquiryError):
        unlocked.change_header(unlocked.ring.header.with_user(user), entry)


def begin(unlocked: Unlocked, owed: Owed, anchors: Path | None) -> None:
    """Hold the record against its anchors, and write the sign-in unless that holds the vault."""
    unlocked.proof = proof = examine(unlocked, anchors)
    if proof.held is None or unlocked.account.role == RECOVERY_ROLE:
        _leave(unlocked, owed)
    else:
        proof.sign_in = partial(_leave, unlocked, owed)


def _leave(unlocked: Unlocked, owed: Owed, first: Entry | None = None) -> None:
    """Write the sign-in and whatever is owed; only then forget the failed tries.

    The recovery key signs in to a held vault too, or nobody could ever accept its record. It says
    so in its event, and vouches for nothing: no checkpoint, no anchor.
    """
    uid, book = unlocked.account.uid, read_tries(unlocked.folder)
    recovers = unlocked.account.role == RECOVERY_ROLE
    held = unlocked.proof.held if recovers else None
    if recovers:
        unlocked.store.refusal = None
    with unlocked.store.transaction() as transaction:
        for entry in (first, clock_entry(unlocked), _migrated(owed)):
            if entry is not None:
                transaction.event(entry, unlocked.keys)
        if owed.noted != unlocked.ring.header.seq:
            unlocked.note_owed(transaction, owed.noted)
        action = Action.SESSION_RECOVERY if recovers else Action.SESSION_SIGN_IN
        detail = _failures(book, uid) | witness_detail(unlocked.proof) | _contradicted(held)
        transaction.event(Entry(action, uid, outcome="done", detail=detail or None), unlocked.keys)
        if held is None:
            transaction.checkpoint("sign-in")
    unlocked.failed, unlocked.failed_unknown = book.counts.get(uid), book.counts.get(UNKNOWN)
    unlocked.tries_damaged = not book.readable
    if not book.readable or {uid, UNKNOWN} & book.counts.keys():
        write_tries(unlocked.folder, book.without(uid, UNKNOWN))


def _migrated(owed: Owed) -> Entry | None:
    before, now = owed.schema
    if before == now:
        return None
    return Entry(Action.VAULT_MIGRATED, outcome="done", detail={"schema": [before, now]})


def _failures(book: TriesBook, uid: str) -> dict[str, object]:
    detail: dict[str, object] = {}
    for name, key in (("failed", uid), ("failed_unknown", UNKNOWN)):
        if tries := book.counts.get(key):
            detail[name] = {"count": tries.count, "last": tries.last}
    if not book.readable:
        detail["tries_file"] = "damaged"
    return detail


def _contradicted(held: Held | None) -> dict[str, object]:
    if held is None:
        return {}
    found = {"verdict": str(held.verdict), "seen": held.seq, "agreed": held.agreed}
    return {"held": found | {"ended": held.ends}}
