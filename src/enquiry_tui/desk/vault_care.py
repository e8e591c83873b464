"""Care of the vault itself: looking it over, changing its keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.errors import VaultUnavailable
from enquiry_tui.machine.findings import Finding, State
from enquiry_tui.records import search
from enquiry_tui.vault import vault
from enquiry_tui.vault.aside import Steps
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.checking import WordIndex, check
from enquiry_tui.vault.errors import StorageFailed


def check_vault(desk: Desk) -> Iterator[Finding]:
    """Look the vault over, one thing with each step, and leave the event. Raises NotPermitted.

    A held vault takes no event; it can be looked over all the same.
    """
    desk.demand(Action.VAULT_CHECKED)
    bad = 0
    for looked in check(desk.unlocked, WordIndex(*search.TABLES)):
        bad += looked.state is State.BAD
        yield looked
    if desk.unlocked.proof.held is not None:
        return
    # What is damaged may not take the event; what was found is told all the same.
    with suppress(*((VaultUnavailable, StorageFailed) if bad else ())):
        _leave_check(desk, bad)


def _leave_check(desk: Desk, bad: int) -> None:
    with desk.act(Action.VAULT_CHECKED) as act:
        act.event("", "", outcome="failed" if bad else "done", bad=bad)


def rotate_keys(desk: Desk, passphrase: str) -> Steps:
    """Give the vault new keys, the administrator's passphrase typed again, in short steps.

    Between two steps the desk can go on. The vault writes the events. Raises NotPermitted,
    WrongPassphrase, and what `vault.rotation` raises.
    """
    desk.demand(Action.VAULT_ROTATED)
    vault.prove_again(desk.unlocked, passphrase)
    entry = Entry(Action.VAULT_ROTATED, outcome="done", pack_hash=desk.packs.disclosure.hash)
    yield from vault.rotation(desk.unlocked, entry=entry)
