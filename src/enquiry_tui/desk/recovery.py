"""When no administrator can sign in: the recovery key, and the sheets it stands on."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.sheet_files import SheetFiles
from enquiry_tui.domain.dates import read_day
from enquiry_tui.domain.rights import Right, Role
from enquiry_tui.domain.text import clean_line
from enquiry_tui.domain.workdays import CalendarName, computed
from enquiry_tui.errors import Refused, UsageError
from enquiry_tui.machine.clock import Clock
from enquiry_tui.vault import vault
from enquiry_tui.vault.accounts import Person
from enquiry_tui.vault.recovery import NotARecoveryKey, normalised
from enquiry_tui.vault.vetting import Vetting, VettingState, vetting_day


@dataclass(frozen=True, slots=True)
class Paper:
    """The recovery key as typed; `other` is the second sheet's, where it stands on two."""

    key: str
    other: str = ""

    def __repr__(self) -> str:
        return "Paper(***)"


@dataclass(frozen=True, slots=True)
class Administrator:
    """An account that the recovery key can put right. `vetting` says how it stands, in words."""

    handle: str
    name: str
    vetting: str
    expired: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What the recovery key opened: the root's fingerprint, to be compared with the sheet's.

    `held` says why the record is held, where it is: it can be recovered, and stays held.
    """

    fingerprint: str
    administrators: tuple[Administrator, ...]
    held: str = ""


@dataclass(frozen=True, slots=True)
class Renewal:
    """Who is to sign in again, with which new passphrase, vetted until when.

    `name` is needed only where no administrator is left and one is made.
    """

    handle: str
    passphrase: str
    vetting_expires: date | None = None
    name: str = ""

    def __repr__(self) -> str:
        return f"Renewal({self.handle!r}, ***)"


def read_renewal(
    handle: str, passphrase: str, vetted_until: str, name: str, clock: Clock
) -> Renewal:
    """Make a renewal of what was typed; an empty day renews no vetting. Raises UsageError."""
    if not vetted_until.strip():
        return Renewal(handle, passphrase, None, name)
    today = vetting_day(clock.now())
    calendar = computed(CalendarName.ENGLAND_WALES, (today.year, today.year + 10))
    read = read_day(vetted_until, today, calendar)
    if read is None:
        raise UsageError("That is not a day", "Type it with its year: 4 dec 2027 or 2027-12-04.")
    return Renewal(handle, passphrase, read.day, name)


class WithKey:
    """The vault open under the recovery key: one session on the record, until it is closed."""

    def __init__(self, unlocked: vault.Unlocked) -> None:
        self._unlocked = unlocked

    def found(self) -> Found:
        """See whom the key can help."""
        return _found(self._unlocked)

    def renew(self, renewal: Renewal) -> Found:
        """Give an administrator new keys and a passphrase, or make one where none is left.

        Raises Refused, UsageError, PassphraseRefused; nothing is changed then.
        """
        unlocked, wanted = self._unlocked, renewal.handle.strip().casefold()
        able = {account.handle.casefold(): account for account in vault.administrators(unlocked)}
        if wanted in able:
            vault.recover_account(
                unlocked,
                able[wanted].uid,
                renewal.passphrase,
                vetting_expires=renewal.vetting_expires,
            )
        elif able:
            raise Refused(
                "That is no administrator's account",
                f"The recovery key helps: {', '.join(sorted(a.handle for a in able.values()))}.",
            )
        else:
            vault.found_administrator(unlocked, _person(renewal), renewal.passphrase)
        return _found(unlocked)

    def close(self) -> None:
        """End the session: event, database closed, keys wiped. A second call does nothing."""
        self._unlocked.close()


def open_with_key(
    folder: Path, paper: Paper, clock: Clock, *, anchors: Path | None = None
) -> WithKey:
    """Open the vault with the recovery key, on the record; `anchors` as for a sign-in.

    Raises NotARecoveryKey, VaultUnavailable and its kinds.
    """
    return WithKey(
        vault.recover(folder, paper.key, other=paper.other, clock=clock, anchors=anchors)
    )


def fingerprint_by_key(folder: Path, paper: Paper, clock: Clock) -> str:
    """Try the recovery key out and change nothing: gives the fingerprint that the sheet must show.

    Leaves no event, as nobody signs in. Raises NotARecoveryKey, VaultUnavailable and its kinds.
    """
    return vault.recovery_opens(folder, paper.key, other=paper.other, clock=clock)


def is_same_key(typed: str, key: str) -> bool:
    """Tell whether what was typed from the paper is the key, whatever its case and spacing."""
    try:
        return hmac.compare_digest(normalised(typed), key)
    except NotARecoveryKey:
        return False


def may_issue_recovery_key(desk: Desk) -> None:
    """Check that the officer may have a new recovery key made. Raises NotPermitted."""
    desk.demand(Right.ACCOUNTS)


def issue_recovery_key(desk: Desk, passphrase: str) -> vault.Issued:
    """Make a new recovery key, one's own passphrase typed again; the one before is dead.

    Raises NotPermitted, WrongPassphrase, MustWait.
    """
    return _issued(desk, passphrase)


def issue_recovery_sheet(
    desk: Desk, passphrase: str, path: Path, form: str | None = None, *, two: bool = False
) -> tuple[vault.Issued, list[Path]]:
    """Make a new recovery key and write its sheet, or two, to new files outside the vault.

    `form` is text or pdf, told from the file's name otherwise. Raises as `issue_recovery_key`, and
    UsageError, Refused for a place that will not do.
    """
    files = SheetFiles(path.expanduser(), desk.unlocked.folder, form, two=two)
    with files:
        issued = _issued(desk, passphrase)
        files.write(issued, desk.office.name, desk.clock.now())
    return issued, files.paths()


def _issued(desk: Desk, passphrase: str) -> vault.Issued:
    desk.demand(Right.ACCOUNTS)
    vault.prove_again(desk.unlocked, passphrase)
    return vault.issue_recovery_key(desk.unlocked)


def _found(unlocked: vault.Unlocked) -> Found:
    day = unlocked.vetting_day()
    able = []
    for account in vault.administrators(unlocked):
        vetting = Vetting(account.vetting_expires, day)
        expired = vetting.state is VettingState.EXPIRED
        able.append(Administrator(account.handle, account.name, vetting.words(), expired))
    held = unlocked.proof.held
    words = held.words if held is not None else ""
    return Found(vault.fingerprint_of(unlocked.ring.root), tuple(able), words)


def _person(renewal: Renewal) -> Person:
    name = clean_line(renewal.name).text
    if not name:
        raise UsageError(
            "No administrator is left, and no name is given for a new one.", "Give the name too."
        )
    expires = renewal.vetting_expires
    return Person(renewal.handle.strip(), name, str(Role.SUPERVISOR), True, expires)
