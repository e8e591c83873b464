"""Colleagues' accounts once they were made: who has one, new keys, vetting, rights, the end of it.

Every change wants the administrator's own passphrase again and leaves a signed event, which the
vault writes with the change of its key header.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from enquiry_tui.desk import backups
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.mirror import mirror_officers
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.dates import read_day
from enquiry_tui.domain.rights import Right, may
from enquiry_tui.domain.text import clean_line
from enquiry_tui.errors import Refused, UsageError
from enquiry_tui.records import enquiries, officers
from enquiry_tui.vault import vault
from enquiry_tui.vault.aside import Steps
from enquiry_tui.vault.vetting import NOTICE_DAYS, Vetting, VettingState


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account as listed. Sign-in and temporary passphrase are for administrators only."""

    uid: str
    handle: str
    name: str
    role: str
    administrator: bool
    vetting: Vetting
    last_signed_in: datetime | None
    temporary_until: datetime | None


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What is open with an officer, as far as whoever asks may see it."""

    enquiries: int
    promises: int
    bring_forwards: int

    def __bool__(self) -> bool:
        return bool(self.enquiries or self.promises or self.bring_forwards)

    def words(self) -> str:
        """Say how much it is."""
        parts = [
            _count(self.enquiries, "open matter"),
            _count(self.promises, "promise"),
            _count(self.bring_forwards, "bring-forward"),
        ]
        return ", ".join(part for part in parts if part) or "nothing"


class NoSuchAccount(NotFound):
    """Nobody at this desk has that handle, or it is the officer's own whose work is given away."""

    def __init__(self) -> None:
        Refused.__init__(
            self, "Nobody else here has that handle.", "See who has one: Office, accounts."
        )


def account_rows(desk: Desk) -> tuple[AccountRow, ...]:
    """List the accounts by handle."""
    is_administrator = desk.officer.administrator
    if not is_administrator:
        desk.demand(Right.CONSULT)
    day, store = desk.unlocked.vetting_day(), desk.store
    return tuple(
        AccountRow(
            item.uid,
            item.handle,
            item.name,
            item.role,
            item.administrator,
            Vetting(item.vetting_expires, day),
            vault.last_sign_in(store, item.uid) if is_administrator else None,
            vault.temporary_until(store, item.uid) if is_administrator else None,
        )
        for item in desk.unlocked.accounts()
    )


def account_of(desk: Desk, handle: str) -> AccountRow:
    """Find an account by handle, whatever the case. Raises NotFound."""
    wanted = handle.strip().casefold()
    for row in account_rows(desk):
        if row.handle.casefold() == wanted:
            return row
    raise NoSuchAccount


def read_vetting_day(desk: Desk, words: str) -> date:
    """Read the last day of somebody's vetting as typed. Raises UsageError."""
    read = read_day(words, desk.today(), desk.calendar)
    if read is None:
        raise UsageError("That is not a day", "Type it with its year: 4 dec 2027 or 2027-12-04.")
    return read.day


def may_change_accounts(desk: Desk) -> bool:
    """Say whether the officer looks after accounts."""
    return may(desk.officer.role, desk.officer.administrator, Right.ACCOUNTS)


def may_reallocate(desk: Desk) -> bool:
    """Say whether the officer may give a colleague's work to another."""
    return may(desk.officer.role, desk.officer.administrator, Right.REALLOCATE)


def reset_officer(desk: Desk, uid: str, passphrase: str) -> vault.Added:
    """Give an officer new keys and a passphrase for 24 hours, in place of a forgotten one.

    It stands in what is returned only. Raises NotPermitted, WrongPassphrase, Refused.
    """
    _demand_again(desk, passphrase)
    return vault.reset_account(desk.unlocked, uid)


def renew_vetting(desk: Desk, uid: str, expires: date, passphrase: str) -> None:
    """Record the last day of an officer's vetting. Raises NotPermitted, WrongPassphrase, …."""
    _demand_again(desk, passphrase)
    vault.renew_vetting(desk.unlocked, uid, expires)
    desk.account_changed()


def certify_officer(
    desk: Desk,
    uid: str,
    passphrase: str,
    *,
    name: str | None = None,
    role: str | None = None,
    administrator: bool | None = None,
) -> None:
    """Change an officer's name, role or administrator right, without the officer's passphrase.

    None leaves it as it is. Raises NotPermitted, WrongPassphrase, Refused (the last
    administrator), UsageError.
    """
    _demand_again(desk, passphrase)
    shown = None if name is None else clean_line(name).text
    vault.certify_account(desk.unlocked, uid, vault.Certified(shown, role, administrator))
    desk.account_changed()
    mirror_officers(desk)


def remove_officer(desk: Desk, uid: str, passphrase: str) -> Steps:
    """Remove an account and change the vault's keys, in steps; nobody else's passphrase is needed.

    What is open with the officer stays with them until it is given to somebody.
    Raises NotPermitted, WrongPassphrase, Refused, and what a rotation raises.
    """
    _demand_again(desk, passphrase)
    demand_removable(desk, uid)
    yield from vault.removal(desk.unlocked, uid)
    mirror_officers(desk)


def demand_removable(desk: Desk, uid: str) -> OpenWork:
    """Check that an account can be removed, and give what is open with its officer.

    Raises NotPermitted, Refused.
    """
    desk.demand(Right.ACCOUNTS)
    vault.demand_removable(desk.unlocked, uid)
    if officers.reads_alone(desk.store, uid):
        raise Refused(
            "There is a restricted matter that nobody else could read",
            "Have that officer name another reader first.",
        )
    return open_work(desk, uid)


def backups_opening_for(desk: Desk, row: AccountRow) -> str:
    """Say which backups still open for an officer who was removed just now; nothing for most.

    Backups are sealed to administrators and the recovery key, and to nobody else.
    """
    if not row.administrator:
        return ""
    held = backups.still_holding(desk, desk.store.head()[0])
    return backups.holding_words(held, f"still open with {row.handle}'s passphrase")


def heir_of(desk: Desk, uid: str, handle: str) -> AccountRow:
    """Find who is to take on an officer's open work. Raises NotPermitted, NotFound."""
    desk.demand(Right.REALLOCATE)
    heir = account_of(desk, handle)
    if heir.uid == uid:
        raise NoSuchAccount
    return heir


def open_work(desk: Desk, uid: str) -> OpenWork:
    """Count what is open with an officer; restricted matters only for their readers."""
    row = officers.open_work(desk.store, uid)
    if row is None:
        return OpenWork(0, 0, 0)
    return OpenWork(row["enquiries"], row["promises"], row["bring_forwards"])


def reallocate_all(desk: Desk, uid: str, to_uid: str) -> OpenWork:
    """Give everything that is open with one officer to another; gives what is left behind.

    What stays are restricted matters that the other may not read. Raises NotPermitted, NotFound.
    """
    with desk.act(Action.ENQUIRY_REALLOCATE) as act:
        given_to = officers.by_uid(act.tx, to_uid)
        if given_to is None or given_to["removed_at"] or to_uid == uid:
            raise NoSuchAccount
        for row in officers.matters_with(act.tx, uid):
            if row["restricted"] and to_uid not in enquiries.readers(act.tx, row["id"]):
                continue
            officers.give_work(act.tx, row["id"], uid, to_uid)
            act.event("enquiry", row["uid"], old=uid, new=to_uid)
        act.event("officer", uid, recipient=to_uid)
    return open_work(desk, uid)


def vetting_notices(desk: Desk) -> tuple[str, ...]:
    """Say at sign-in how one's own vetting stands and, to administrators, everybody else's."""
    unlocked = desk.unlocked
    day, own = unlocked.vetting_day(), unlocked.account
    told = [Vetting(own.vetting_expires, day).notice()]
    if desk.officer.administrator:
        others = [Vetting(a.vetting_expires, day) for a in unlocked.accounts() if a.uid != own.uid]
        soon = sum(vetting.state is VettingState.SOON for vetting in others)
        over = sum(vetting.state is VettingState.EXPIRED for vetting in others)
        if soon:
            told.append(
                f"{_accounts(soon)} vetting ends within {NOTICE_DAYS} days: Office, accounts."
            )
        if over:
            told.append(f"{_accounts(over)} vetting has ended, sign-in is shut: Office, accounts.")
    return tuple(words for words in told if words)


def _accounts(number: int) -> str:
    return "1 account's" if number == 1 else f"{number} accounts'"


def _demand_again(desk: Desk, passphrase: str) -> None:
    desk.demand(Right.ACCOUNTS)
    vault.prove_again(desk.unlocked, passphrase)


def _count(number: int, what: str) -> str:
    if not number:
        return ""
    return f"1 {what}" if number == 1 else f"{number} {what}s"
