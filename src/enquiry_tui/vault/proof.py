"""Proving who one is to the header: the same work for a handle that nobody has."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from enquiry_tui.domain.when import show_day
from enquiry_tui.errors import MustWait, VaultUnavailable
from enquiry_tui.machine.clock import Clock
from enquiry_tui.vault.certificates import Certificate
from enquiry_tui.vault.errors import (
    NotVouchedFor,
    VaultTampered,
    VettingExpired,
    VettingOverByRecord,
    WrongPassphrase,
    WrongRecoveryKey,
)
from enquiry_tui.vault.header import Header, UserRecord
from enquiry_tui.vault.kdf import KdfParameters, derive
from enquiry_tui.vault.keys import PrivateBundle
from enquiry_tui.vault.passphrase import secret_bytes
from enquiry_tui.vault.session import Account
from enquiry_tui.vault.tries import UNKNOWN, read_tries, write_tries
from enquiry_tui.vault.vetting import Vetting, VettingState, vetting_day


@dataclass(frozen=True, slots=True)
class Gate:
    """Where passphrases are tried: a folder with its header, and the time for counting failures."""

    folder: Path
    header: Header
    clock: Clock

    def prove(self, handle: str, passphrase: str) -> tuple[UserRecord, PrivateBundle]:
        """Open an officer's bundle. Raises WrongPassphrase (counted), MustWait, VaultTampered.

        An unknown handle costs the same Argon2 work and the same write, so that neither the time
        nor the message tells which handles exist.
        """
        return self.prove_user(self.header.by_handle(handle), passphrase, handle)

    def prove_user(
        self, user: UserRecord | None, passphrase: str, handle: str = ""
    ) -> tuple[UserRecord, PrivateBundle]:
        """Do the same for a user of the header, or for none. Raises as `prove`."""
        self.demand_patience(user)
        kdf = user.kdf if user is not None else self._decoy(handle)
        keys = derive(secret_bytes(passphrase), kdf)
        if user is None or not hmac.compare_digest(keys.commit, user.commit):
            self.count_failure(user)
            raise WrongPassphrase
        bound = user.bound(self.header.vault_id)
        bundle = PrivateBundle.opened(keys.kek, user.nonce, user.bundle, bound)
        if (bundle.exchange_public, bundle.signing_public) != (
            user.exchange_public,
            user.signing_public,
        ):
            raise VaultTampered("The key header has been altered", "Tell an administrator.")
        return user, bundle

    def account(
        self,
        certificate: Certificate | None,
        bundle: PrivateBundle,
        reached: datetime | None = None,
    ) -> Account:
        """Give the account if it may be used now. Raises VaultTampered, VaultUnavailable.

        `reached` is the time that the record has reached, once the vault is open: where the clock
        has been set back, vetting and temporary passphrases run out by that instead. The passphrase
        was right: nothing is counted as a wrong one.
        """
        if certificate is None:
            raise NotVouchedFor("No administrator vouches for this account")
        now = self.clock.now()
        _demand_vetted(certificate.vetting_expires, now, reached)
        if reached is not None and reached > now:
            now = reached
        if bundle.expires and now > datetime.fromtimestamp(bundle.expires, UTC):
            raise VaultUnavailable(
                "The temporary passphrase has run out", "Ask an administrator for another."
            )
        return Account.certified(certificate, must_change=bool(bundle.expires))

    def prove_recovery(self, key: str) -> tuple[UserRecord, PrivateBundle]:
        """Open the bundle of the recovery key, given as printed. Raises as `prove`."""
        try:
            return self.prove_user(self.header.recovery(), key)
        except WrongPassphrase as error:
            raise WrongRecoveryKey from error

    def demand_patience(self, user: UserRecord | None) -> None:
        """Refuse a try that comes too soon after failed ones. Raises MustWait.

        The refusal is no try: it is not counted and costs nothing. Kept beside the vault, the count
        outlives the program; a clock set back begins the wait again, once.
        """
        uid = user.uid if user is not None else UNKNOWN
        now, book = self.clock.now(), read_tries(self.folder)
        seconds = book.wait(uid, now)
        if seconds:
            if (later := book.at_latest(uid, now)) is not book:
                write_tries(self.folder, later)
            raise MustWait(seconds)

    def count_failure(self, user: UserRecord | None) -> None:
        """Count a failed try beside the vault; the audit hears of it at the next sign-in."""
        uid = user.uid if user is not None else UNKNOWN
        write_tries(self.folder, read_tries(self.folder).with_failure(uid, self.clock.now()))

    def _decoy(self, handle: str) -> KdfParameters:
        """Give what somebody's passphrase costs: of the same one whenever this handle is tried."""
        people = sorted(uid for uid, user in self.header.users.items() if user.kind == "person")
        digest = sha256(
            f"{self.header.vault_id} {handle.strip().casefold()}".encode("utf-8", "replace")
        )
        chosen = people[int.from_bytes(digest.digest()[:8], "big") % len(people)]
        return replace(self.header.users[chosen].kdf, salt=digest.digest()[:16])


def _demand_vetted(expires: date | None, now: datetime, reached: datetime | None) -> None:
    today, day = vetting_day(now), vetting_day(now, reached)
    if expires is None or Vetting(expires, day).state is not VettingState.EXPIRED:
        return
    if Vetting(expires, today).state is VettingState.EXPIRED:
        raise VettingExpired(show_day(expires))
    raise VettingOverByRecord(show_day(expires), show_day(today), show_day(day))
