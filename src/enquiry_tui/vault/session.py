"""A signed-in officer: the open store, the keys, and what must be wiped at the end."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Self

from enquiry_tui.domain.audit import Action
from enquiry_tui.machine.clock import Clock
from enquiry_tui.machine.locks import FileLock
from enquiry_tui.vault.certificates import ROLES, Certificate, Trusted, trusted
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.errors import EventDelayed, StorageFailed, not_stored
from enquiry_tui.vault.found import Verification
from enquiry_tui.vault.header import Header, write_header
from enquiry_tui.vault.keys import MasterKey, SigningKeys
from enquiry_tui.vault.proving import Proof, proved
from enquiry_tui.vault.reached import time_reached
from enquiry_tui.vault.store import Store, Transaction
from enquiry_tui.vault.tries import Tries
from enquiry_tui.vault.vetting import vetting_day


@dataclass(frozen=True, slots=True)
class Account:
    """One officer, as an administrator certified.

    `must_change` (a temporary passphrase) is known of the officer who signed in, of nobody else.
    """

    uid: str
    handle: str
    name: str
    role: str
    administrator: bool
    vetting_expires: date | None
    must_change: bool = False

    @classmethod
    def certified(cls, certificate: Certificate, *, must_change: bool = False) -> Account:
        """Read the account off a checked certificate."""
        return cls(
            certificate.uid,
            certificate.handle,
            certificate.name,
            certificate.role,
            certificate.administrator,
            certificate.vetting_expires,
            must_change,
        )


@dataclass(frozen=True, slots=True)
class KeyRing:
    """What a sign-in opened: the header, the master key, the root's public key, own signing key."""

    header: Header
    master: MasterKey
    root: bytes
    signing: SigningKeys

    def wipe(self) -> None:
        """Overwrite or forget the keys."""
        self.master.wipe()
        self.signing.wipe()


class Unlocked:
    """An officer's session over an open vault; ends with `lock` or `close`, which wipe the keys."""

    def __init__(
        self,
        folder: Path,
        store: Store,
        account: Account,
        ring: KeyRing,
        lock: FileLock,
        clock: Clock,
    ) -> None:
        self.folder = folder
        self.store = store
        self.account = account
        self.clock = clock
        self.proof = Proof()
        self.failed: Tries | None = None  # failed tries of this account since its last sign-in
        self.failed_unknown: Tries | None = None  # and with handles that nobody has
        self.tries_damaged = False  # the count of failed sign-ins was not what was written
        self._ring = ring
        self._lock = lock
        self._trusted: Trusted = trusted(ring.header, ring.master, ring.root)

    @property
    def vault_id(self) -> str:
        """The vault's own uid."""
        return self.store.vault_id

    @property
    def keys(self) -> SigningKeys:
        """The officer's signing key, for events."""
        return self._ring.signing

    @property
    def ring(self) -> KeyRing:
        """Everything that the sign-in opened, for the vault's own operations."""
        return self._ring

    @property
    def certificates(self) -> Mapping[str, Certificate]:
        """The present, checked certificate of each uid, the recovery key's included."""
        return self._trusted.present

    @property
    def signing(self) -> Mapping[str, frozenset[bytes]]:
        """Every public key that each uid was ever certified with, for signatures from before."""
        return self._trusted.signing

    @property
    def all_certificates(self) -> tuple[Certificate, ...]:
        """Every certificate that leads back to the root, each after the one that vouches for it."""
        return self._trusted.accepted

    @property
    def retired(self) -> Mapping[bytes, int]:
        """The last event that a key may sign which was replaced, or whose account was removed."""
        return self._trusted.retired

    def vetting_day(self) -> date:
        """Give the day that vetting counts from: never before what the record has reached."""
        return vetting_day(self.clock.now(), time_reached(self.store, self.certificates))

    def accounts(self) -> list[Account]:
        """Give all officers whose certificates hold, by handle."""
        found = [
            Account.certified(certificate)
            for certificate in self._trusted.present.values()
            if certificate.role in ROLES
        ]
        return sorted(found, key=lambda account: account.handle.casefold())

    def verify(self) -> Verification:
        """Check the whole record under the keys that are certified in this vault, in one go."""
        steps = self.verification()
        while True:
            try:
                next(steps)
            except StopIteration as end:
                found: Verification = end.value
                return found

    def verification(self, *, signatures: bool = True) -> Generator[int, None, Verification]:
        """Check the whole record in short steps, each giving the event reached."""
        return proved(self, signatures=signatures)

    def change_header(self, header: Header, entry: Entry, account: Account | None = None) -> None:
        """Put a changed header in force and leave its event. Raises StorageFailed, EventDelayed.

        The header goes first. Cut off before it stands, nothing has happened; cut off after it,
        the header's number is one ahead of the database's, and the next sign-in, or the next
        change in this session, writes the event that is owed. The other way round the audit would
        tell of a change that was never made. At no moment do two headers both open.
        """
        self.store.demand_writable()
        with self.store.held():
            self._settle_header()
            if self._ring.header.successor is not None:  # of a rotation that came to nothing
                header = replace(header, successor=None)
            header = header.authenticated(self._ring.master)
            try:
                write_header(self.folder, header)
            except OSError as error:
                raise not_stored(error) from error
            self._hold(replace(self._ring, header=header))
            if account is not None:
                self.account = account
            try:
                with self.store.transaction() as transaction:
                    note_header(transaction, header.seq)
                    transaction.event(entry, self.keys)
            except StorageFailed as error:
                raise EventDelayed from error

    def rekeyed(self, ring: KeyRing) -> None:
        """Go on under the next epoch's master key; the one before is wiped."""
        before = self._ring
        self._hold(ring)
        before.master.wipe()

    def lock(self) -> None:
        """End the session because the officer walked off: event, database closed, keys wiped."""
        self._end(Action.SESSION_LOCK)

    def close(self) -> None:
        """End the session: event, database closed, keys wiped. A second call does nothing."""
        self._end(Action.SESSION_SIGN_OUT)

    def _end(self, action: Action) -> None:
        try:
            # A held record takes no end of a session either, not even of a recovery: what ends
            # one leaves a checkpoint, and nobody vouches for that record.
            writable = self.store.refusal is None and self.proof.held is None
            if self.store.is_open and writable:
                with self.store.transaction() as transaction:
                    transaction.event(Entry(action, outcome="done"), self.keys)
                    transaction.checkpoint(action.removeprefix("session."))
        finally:
            try:
                self.store.close()
            finally:
                self._ring.wipe()
                self._lock.release()

    def _hold(self, ring: KeyRing) -> None:
        self._ring = ring
        self._trusted = trusted(ring.header, ring.master, ring.root)

    def _settle_header(self) -> None:
        """Write the event still owed for an earlier change of the header, if one is."""
        row = self.store.one("SELECT value FROM meta WHERE key = 'header_seq'")
        noted = int(row["value"]) if row is not None else 0
        if noted != self._ring.header.seq:
            with self.store.transaction() as transaction:
                self.note_owed(transaction, noted)

    def note_owed(self, transaction: Transaction, noted: int) -> None:
        """Leave the event for a change of the header that the database had not heard of."""
        seq = self._ring.header.seq
        note_header(transaction, seq)
        detail = {"header": [noted, seq]}
        transaction.event(Entry(Action.ACCOUNT_CHANGED, outcome="late", detail=detail), self.keys)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def note_header(transaction: Transaction, seq: int) -> None:
    """Write down which header the database has heard of: an older one is refused from then on."""
    transaction.execute("UPDATE meta SET value = ? WHERE key = 'header_seq'", (str(seq),))


@dataclass(frozen=True, slots=True)
class SecondKey:
    """A second officer's signature, lent for one event by typing the passphrase."""

    account: Account
    keys: SigningKeys

    def wipe(self) -> None:
        """Forget the key."""
        self.keys.wipe()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.wipe()
