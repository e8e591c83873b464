"""Sessions: an office set up, an officer signed in, colleagues' accounts, a second signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from enquiry_tui.desk import pack_steps
from enquiry_tui.desk.desk import Act, Desk, Office
from enquiry_tui.desk.mirror import mirror_officers, stale_officers, write_officers
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.references import is_prefix
from enquiry_tui.domain.rights import Right
from enquiry_tui.domain.text import clean_line
from enquiry_tui.domain.vocabulary import Office as OfficeKind
from enquiry_tui.domain.workdays import CalendarName
from enquiry_tui.errors import NotPermitted, UsageError
from enquiry_tui.machine.clock import Clock
from enquiry_tui.policy.packs import Packs
from enquiry_tui.records import calendars, directory, settings
from enquiry_tui.records import packs as pack_records
from enquiry_tui.records.base import state_of
from enquiry_tui.records.columns import STATE_COLUMNS
from enquiry_tui.records.enquiries import VIEWER, VISIBLE
from enquiry_tui.records.states import wrong_rows
from enquiry_tui.vault import vault


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What setting up an office needs; `contact` is printed under "if received in error"."""

    handle: str
    name: str
    office: str
    kind: OfficeKind
    prefix: str
    contact: str
    demonstration: bool = False


def create_office(
    folder: Path, new: NewOffice, passphrase: str, clock: Clock, *, memory_kib: int | None = None
) -> vault.Created:
    """Set up a vault: the first officer is supervisor and administrator. Raises UsageError.

    The recovery key stands in what is returned and nowhere else. Packs and the directory are
    seeded by the first sign-in, in one transaction.
    """
    prefix = new.prefix.strip().upper()
    if not is_prefix(prefix):
        raise UsageError(
            "That prefix cannot stand in a reference.",
            "Two to eight capitals and figures, a capital first: OPCC, CCO, NM2.",
        )
    for words, what in (
        (new.name, "your name"),
        (new.office, "the name of the office"),
        (new.contact, "the contact line"),
    ):
        if not clean_line(words).text:
            raise UsageError(f"Give {what}.", "It stands on what leaves this office.")
    return vault.create(
        folder,
        founder=vault.Founder(handle=new.handle.strip(), name=clean_line(new.name).text),
        passphrase=passphrase,
        settings={
            "office": clean_line(new.office).text,
            "office_kind": str(new.kind),
            "prefix": prefix,
            "contact": clean_line(new.contact).text,
            "demonstration": "1" if new.demonstration else "",
        },
        clock=clock,
        memory_kib=memory_kib,
    )


def sign_in(
    folder: Path, handle: str, passphrase: str, clock: Clock, *, anchors: Path | None = None
) -> Desk:
    """Sign in and give the desk. Raises VaultUnavailable and its kinds.

    `anchors` is the folder outside the vault where checkpoints are written down too. Where they
    contradict the record the vault is held: it can be read, and every act is refused until an
    administrator accepts it (`audit.accept_record`).
    Until a temporary passphrase is changed only `change_passphrase` and `sign_out` are of use.
    """
    unlocked = vault.unlock(
        folder,
        handle,
        passphrase,
        clock=clock,
        prepare=lambda account: (*VISIBLE, (VIEWER, (account.uid,))),
        anchors=anchors,
    )
    try:
        unlocked.store.watch(STATE_COLUMNS, state_of, wrong_rows)
        packs, unreadable = pack_steps.load(unlocked.store)
        found = settings.settings(unlocked.store)
        office = Office(
            name=found.get("office", ""),
            kind=found.get("office_kind", str(OfficeKind.CHIEF_CONSTABLE)),
            prefix=found.get("prefix", ""),
            contact=found.get("contact", ""),
            demonstration=bool(found.get("demonstration")),
        )
        desk = Desk(unlocked, packs, clock, office)
        desk.packs_unreadable = unreadable
        if unlocked.proof.held is None:
            bring_up(desk, packs)
    except BaseException:
        unlocked.close()
        raise
    return desk


def sign_out(desk: Desk) -> None:
    """End the session: event, database closed, keys wiped."""
    desk.unlocked.close()


def lock(desk: Desk) -> None:
    """End the session because the officer walked off."""
    desk.unlocked.lock()


def must_change_passphrase(desk: Desk) -> bool:
    """Say whether the passphrase is a temporary one."""
    return bool(desk.unlocked.account.must_change)


def change_passphrase(desk: Desk, old: str, new: str, *, memory_kib: int | None = None) -> None:
    """Change one's own passphrase. Raises WrongPassphrase, PassphraseRefused.

    `memory_kib` is what trying a passphrase costs; without it the machine is measured.
    """
    vault.change_passphrase(desk.unlocked, old, new, memory_kib=memory_kib)


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """A colleague to be given an account."""

    handle: str
    name: str
    role: str
    administrator: bool = False
    vetting_expires: date | None = None


def add_officer(desk: Desk, new: NewOfficer, passphrase: str) -> vault.Added:
    """Give a colleague an account, one's own passphrase typed again.

    The temporary passphrase stands in what is returned only. Raises NotPermitted, WrongPassphrase.
    """
    desk.demand(Right.ACCOUNTS)
    vault.prove_again(desk.unlocked, passphrase)
    added = vault.add_account(
        desk.unlocked,
        handle=new.handle,
        name=clean_line(new.name).text,
        role=new.role,
        administrator=new.administrator,
        vetting_expires=new.vetting_expires,
        clock=desk.clock,
    )
    mirror_officers(desk)
    return added


def second_key(desk: Desk, handle: str, passphrase: str, right: Right) -> vault.SecondKey:
    """Borrow a colleague's signature for one event; the colleague must carry `right`.

    Raises WrongPassphrase, NotPermitted. The caller wipes it.
    """
    from enquiry_tui.domain.rights import Role, may  # noqa: PLC0415

    second = vault.second_key(desk.unlocked, handle, passphrase)
    if not may(Role(second.account.role), second.account.administrator, right):
        second.wipe()
        desk.refused(right)
        raise NotPermitted(
            "That colleague's role cannot countersign this.",
            "Ask a supervisor or the monitoring officer.",
        )
    return second


def bring_up(desk: Desk, packs: Packs) -> None:
    """Mirror the certificates into rows, and seed packs and directory where they are missing."""
    store = desk.store
    stale = stale_officers(desk)
    missing = pack_steps.missing(store, packs)
    unseeded = calendars.by_name(store, CalendarName.UK) is None
    if not stale and not missing and not unseeded:
        return
    with store.transaction() as tx:
        act = Act(desk, Action.SESSION_SIGN_IN, "", tx)
        write_officers(tx, stale, act.at)
        first = not pack_records.hashes(store)
        for pack in missing:
            pack_steps.seed(act, pack)
        if first:
            directory.seed_directory(
                tx, packs.seeds, vault=store.vault_id, by=desk.officer.uid, now=act.now
            )
        if unseeded:
            calendars.seed_calendars(tx, vault=store.vault_id, by=desk.officer.uid, now=act.now)
        act.event("", "", officers=stale.uids(), packs=[p.hash for p in missing])
