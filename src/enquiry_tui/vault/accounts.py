"""Accounts: making one, changing a passphrase, borrowing a second signature."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta

from enquiry_tui.domain.audit import Action
from enquiry_tui.errors import NotPermitted, Refused, UsageError
from enquiry_tui.machine.clock import Clock
from enquiry_tui.vault.certificates import ROLES, Certificate
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.encoding import new_uid
from enquiry_tui.vault.errors import NotEnoughMemory, NotYourPassphrase, WrongPassphrase
from enquiry_tui.vault.header import Kind, UserRecord
from enquiry_tui.vault.kdf import FLOOR_KIB, KdfParameters, calibrate, derive
from enquiry_tui.vault.keys import NONCE_BYTES, MasterKey, PrivateBundle, SigningKeys
from enquiry_tui.vault.passphrase import demand_strong, secret_bytes, temporary
from enquiry_tui.vault.proof import Gate
from enquiry_tui.vault.reached import time_reached
from enquiry_tui.vault.session import SecondKey, Unlocked
from enquiry_tui.vault.store import Store
from enquiry_tui.vault.vetting import Vetting, VettingState
from enquiry_tui.vault.vouching import demand_vouched

TEMPORARY_FOR = timedelta(hours=24)
RECOVERY_HANDLE = "RECOVERY"
_HANDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,31}")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Added:
    """A new account, and the passphrase to tell its officer; it is nowhere else."""

    uid: str
    temporary: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who an account is for, before anybody has vouched for it."""

    handle: str
    name: str
    role: str
    administrator: bool
    vetting_expires: date | None

    def told(self) -> dict[str, object]:
        """Give the detail of the event that tells of the account."""
        expires = self.vetting_expires
        return {
            "handle": self.handle,
            "name": self.name,
            "role": self.role,
            "administrator": self.administrator,
            "vetting_expires": None if expires is None else expires.isoformat(),
        }

    def demand_sound(self) -> None:
        """Check the fields. Raises UsageError."""
        if not _HANDLE.fullmatch(self.handle) or self.handle.upper() == RECOVERY_HANDLE:
            raise UsageError(
                "That is not a handle", "Up to 32 letters, figures and . _ / - as on a badge."
            )
        unseen = any(unicodedata.category(symbol)[0] == "C" for symbol in self.name)
        if not self.name.strip() or len(self.name) > _LONGEST_NAME or unseen:
            raise UsageError("That is not a name", f"Up to {_LONGEST_NAME} characters.")
        if self.role not in ROLES:
            raise UsageError("There is no such role", f"One of: {', '.join(sorted(ROLES))}.")


def add_account(
    unlocked: Unlocked,
    *,
    handle: str,
    name: str,
    role: str,
    administrator: bool = False,
    vetting_expires: date | None = None,
    clock: Clock | None = None,
) -> Added:
    """Make an account with a passphrase that opens it for 24 hours and must then be changed.

    Raises NotPermitted, UsageError (a day that is over, …), Refused (handle taken), EventDelayed.
    """
    demand_administrator(unlocked)
    person = Person(handle.strip(), name.strip(), role, administrator, vetting_expires)
    person.demand_sound()
    ring = unlocked.ring
    if ring.header.by_handle(person.handle) is not None:
        raise Refused("That handle is taken", "Each officer has a handle of their own.")
    demand_coming(unlocked, vetting_expires)
    now = (clock or unlocked.clock).now()
    passphrase, uid = temporary(), new_uid(now)
    bundle = PrivateBundle.fresh(ring.root, int((now + TEMPORARY_FOR).timestamp()))
    certificate = certify(
        person,
        uid,
        bundle,
        vault_id=unlocked.vault_id,
        seq=ring.header.seq + 1,
        issuer=ring.signing,
    )
    memory = ring.header.users[unlocked.account.uid].kdf.memory_kib
    user = user_record(certificate, "person", bundle, ring.master, (passphrase, memory))
    bundle.wipe()
    detail = {**person.told(), "certificate": certificate.seq}
    entry = Entry(Action.ACCOUNT_ADDED, uid, outcome="done", detail=detail)
    unlocked.change_header(ring.header.with_user(user), entry)
    return Added(uid, passphrase)


def change_passphrase(
    unlocked: Unlocked, old: str, new: str, *, memory_kib: int | None = None
) -> None:
    """Wrap the officer's keys anew. Raises NotYourPassphrase, PassphraseRefused, EventDelayed.

    Salt and nonce are fresh; the keys stay, so that nothing else is rewritten. `memory_kib` is
    Argon2's memory; without it the machine is measured (some seconds).
    """
    ring, account = unlocked.ring, unlocked.account
    demand_strong(new, account.handle, account.name, *office_words(unlocked.store))
    if secret_bytes(new) == secret_bytes(old):
        raise Refused("The new passphrase is the old one", "Choose another.")
    user, bundle = _proved_again(unlocked, old)
    bundle.expires = 0
    changed = wrapped(user, unlocked.vault_id, bundle, new, memory_kib or calibrate())
    bundle.wipe()
    unlocked.change_header(
        ring.header.with_user(changed),
        Entry(Action.ACCOUNT_PASSPHRASE, account.uid, outcome="done"),
        replace(account, must_change=False),
    )


def office_words(store: Store) -> tuple[str, ...]:
    """Give the office's name and prefix: words that no passphrase may be made of."""
    rows = store.query("SELECT value FROM meta WHERE key IN ('office', 'prefix')")
    return tuple(str(row["value"]) for row in rows)


def second_key(unlocked: Unlocked, handle: str, passphrase: str) -> SecondKey:
    """Borrow another officer's signature, proved by passphrase; wipe it after the one event.

    Raises WrongPassphrase (counted), VaultUnavailable (vetting, temporary passphrase), Refused.
    """
    gate = Gate(unlocked.folder, unlocked.ring.header, unlocked.clock)
    user, bundle = gate.prove(handle, passphrase)
    try:
        if user.uid == unlocked.account.uid:
            raise Refused("Another officer must sign as the second", "Ask a colleague.")
        certificate = unlocked.certificates.get(user.uid)
        reached = time_reached(unlocked.store, unlocked.certificates)
        account = gate.account(certificate, bundle, reached)
        if certificate is not None:
            demand_vouched(unlocked.store, certificate, unlocked.all_certificates)
        if account.must_change:
            raise Refused(
                "A temporary passphrase cannot countersign",
                "Sign in with it once and choose a passphrase first.",
            )
        return SecondKey(account, SigningKeys(user.uid, bundle.seed))
    finally:
        bundle.wipe()


def prove_again(unlocked: Unlocked, passphrase: str) -> None:
    """Have the signed-in officer type the passphrase once more, before what leaves the machine.

    Raises NotYourPassphrase, and counts the try.
    """
    _proved_again(unlocked, passphrase)[1].wipe()


def _proved_again(unlocked: Unlocked, passphrase: str) -> tuple[UserRecord, PrivateBundle]:
    gate = Gate(unlocked.folder, unlocked.ring.header, unlocked.clock)
    try:
        return gate.prove(unlocked.account.handle, passphrase)
    except WrongPassphrase as error:
        raise NotYourPassphrase from error


def demand_administrator(unlocked: Unlocked) -> None:
    """Check the right over accounts. Raises NotPermitted."""
    if not unlocked.account.administrator or unlocked.account.must_change:
        raise NotPermitted("Accounts are an administrator's", "Ask an administrator.")


def demand_coming(unlocked: Unlocked, expires: date | None) -> None:
    """Check that a last day of vetting is not over already. Raises UsageError."""
    if Vetting(expires, unlocked.vetting_day()).state is VettingState.EXPIRED:
        raise UsageError("That day is over", "Give the last day on which the vetting holds.")


def raised(
    user: UserRecord, vault_id: str, bundle: PrivateBundle, passphrase: str
) -> UserRecord | None:
    """Wrap a bundle anew where Argon2 costs less than today's floor; None where it does not.

    At sign-in, the one moment with the passphrase at hand: nobody is asked for anything.
    """
    if not user.kdf.below_floor:
        return None
    try:
        return wrapped(user, vault_id, bundle, passphrase, max(user.kdf.memory_kib, FLOOR_KIB))
    except NotEnoughMemory:  # the sign-in itself had enough; another time, then
        return None


def certify(
    person: Person,
    uid: str,
    bundle: PrivateBundle,
    *,
    vault_id: str,
    seq: int,
    issuer: SigningKeys,
) -> Certificate:
    """Sign a certificate for these keys."""
    return Certificate(
        vault_id,
        uid,
        person.handle,
        person.name,
        person.role,
        person.administrator,
        person.vetting_expires,
        bundle.exchange_public,
        bundle.signing_public,
        seq,
        issuer.uid,
    ).signed(issuer)


def user_record(
    certificate: Certificate,
    kind: Kind,
    bundle: PrivateBundle,
    master: MasterKey,
    secret: tuple[str, int],
) -> UserRecord:
    """Make the header's record of a user; `secret` is the passphrase and Argon2's memory in KiB."""
    passphrase, memory_kib = secret
    uid, public = certificate.uid, bundle.exchange_public
    blank = UserRecord(
        uid=uid,
        handle=certificate.handle,
        kind=kind,
        kdf=KdfParameters.fresh(memory_kib),
        commit=b"",
        nonce=b"",
        bundle=b"",
        exchange_public=public,
        signing_public=bundle.signing_public,
        certificate=certificate.sealed(master),
        envelopes={master.epoch: master.sealed_to(uid, public)},
    )
    return wrapped(blank, certificate.vault_id, bundle, passphrase, memory_kib)


def wrapped(
    user: UserRecord, vault_id: str, bundle: PrivateBundle, passphrase: str, memory_kib: int
) -> UserRecord:
    """Seal a bundle under a passphrase with fresh salt and nonce. Costs one Argon2 run."""
    kdf = KdfParameters.fresh(memory_kib)
    keys = derive(secret_bytes(passphrase), kdf)
    nonce = secrets.token_bytes(NONCE_BYTES)
    record = replace(user, kdf=kdf, commit=keys.commit, nonce=nonce)
    return replace(record, bundle=bundle.sealed(keys.kek, nonce, record.bound(vault_id)))
