"""When no administrator can sign in: what the recovery key may do, and its replacement.

A session under the recovery key is no officer's: it gives an administrator's account new keys and a
passphrase, renews its vetting, or makes an administrator where none is left. Nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.when import show_day
from enquiry_tui.errors import NotPermitted, Refused, UsageError
from enquiry_tui.vault.account_changes import next_header, reissued
from enquiry_tui.vault.accounts import (
    Person,
    certify,
    demand_administrator,
    office_words,
    user_record,
)
from enquiry_tui.vault.certificates import RECOVERY_ROLE, ROLES, Certificate
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.encoding import new_uid
from enquiry_tui.vault.errors import VaultTampered
from enquiry_tui.vault.founding import fingerprint_of
from enquiry_tui.vault.header import Kind, UserRecord
from enquiry_tui.vault.keys import PrivateBundle
from enquiry_tui.vault.passphrase import demand_strong
from enquiry_tui.vault.recovery import new_recovery_key
from enquiry_tui.vault.session import Account, Unlocked
from enquiry_tui.vault.vetting import Vetting, VettingState


@dataclass(frozen=True, slots=True)
class Issued:
    """A new recovery key; it is shown once, on paper, and is nowhere else."""

    recovery_key: str
    vault_id: str
    fingerprint: str

    def __repr__(self) -> str:
        return "Issued(***)"


def administrators(unlocked: Unlocked) -> list[Account]:
    """Give the administrators' accounts, by handle, whatever their vetting."""
    return [account for account in unlocked.accounts() if account.administrator]


def recover_account(
    unlocked: Unlocked, uid: str, passphrase: str, *, vetting_expires: date | None = None
) -> None:
    """Give an administrator new keys under a passphrase of their own, and renew the vetting.

    The old signing key ends with the last event so far. `vetting_expires` is needed where the
    vetting is over. Raises NotPermitted, Refused, UsageError, PassphraseRefused, EventDelayed.
    """
    _demand_recovery(unlocked)
    certificate = unlocked.certificates.get(uid)
    if certificate is None or certificate.role not in ROLES or not certificate.administrator:
        raise Refused("That is no administrator's account", "Name one that is.")
    words = office_words(unlocked.store)
    demand_strong(passphrase, certificate.handle, certificate.name, *words)
    expires = vetting_expires or certificate.vetting_expires
    _demand_vetted(unlocked, expires)
    bundle = PrivateBundle.fresh(unlocked.ring.root)
    fresh = reissued(
        unlocked,
        replace(
            certificate,
            vetting_expires=expires,
            exchange_public=bundle.exchange_public,
            signing_public=bundle.signing_public,
            since=unlocked.store.head()[0] + 1,
        ),
    )
    detail = {
        "handle": fresh.handle,
        "certificate": fresh.seq,
        "vetting_expires": [_iso(certificate.vetting_expires), _iso(expires)],
    }
    user = _recorded(unlocked, fresh, bundle, passphrase)
    unlocked.change_header(
        next_header(unlocked, user),
        Entry(Action.ACCOUNT_RECOVERED, uid, outcome="done", detail=detail),
    )


def found_administrator(
    unlocked: Unlocked,
    person: Person,
    passphrase: str,
) -> str:
    """Make an administrator where none is left, with a passphrase of their own; gives the uid.

    Raises NotPermitted, Refused (there is one, the handle is taken), UsageError,
    PassphraseRefused, EventDelayed.
    """
    _demand_recovery(unlocked)
    if administrators(unlocked):
        raise Refused("This vault has an administrator", "Give that account a new passphrase.")
    person = replace(person, administrator=True)
    person.demand_sound()
    demand_strong(passphrase, person.handle, person.name, *office_words(unlocked.store))
    _demand_vetted(unlocked, person.vetting_expires)
    ring = unlocked.ring
    if ring.header.by_handle(person.handle) is not None:
        raise Refused("That handle is taken", "Each officer has a handle of their own.")
    uid, bundle = new_uid(unlocked.clock.now()), PrivateBundle.fresh(ring.root)
    certificate = certify(
        person,
        uid,
        bundle,
        vault_id=unlocked.vault_id,
        seq=ring.header.seq + 1,
        issuer=ring.signing,
    )
    user = _recorded(unlocked, certificate, bundle, passphrase)
    detail = {**person.told(), "certificate": certificate.seq}
    unlocked.change_header(
        ring.header.with_user(user),
        Entry(Action.ACCOUNT_RECOVERED, uid, outcome="done", detail=detail),
    )
    return uid


def issue_recovery_key(unlocked: Unlocked) -> Issued:
    """Make a new recovery key; the one before opens this vault no more.

    An earlier copy of the folder still opens with the key before, as with an earlier passphrase.
    Raises NotPermitted, VaultTampered, EventDelayed.
    """
    demand_administrator(unlocked)
    ring, before = unlocked.ring, unlocked.ring.header.recovery()
    certificate = unlocked.certificates.get(before.uid) if before is not None else None
    if certificate is None:
        raise VaultTampered(
            "No administrator vouches for the recovery key",
            "Do not use this vault; keep the folder as it is and report this.",
        )
    bundle, key = PrivateBundle.fresh(ring.root), new_recovery_key()
    fresh = reissued(
        unlocked,
        replace(
            certificate,
            exchange_public=bundle.exchange_public,
            signing_public=bundle.signing_public,
            since=unlocked.store.head()[0] + 1,
        ),
    )
    user = _recorded(unlocked, fresh, bundle, key)
    detail = {"certificate": fresh.seq}
    unlocked.change_header(
        next_header(unlocked, user),
        Entry(Action.RECOVERY_ISSUED, fresh.uid, outcome="done", detail=detail),
    )
    return Issued(key, unlocked.vault_id, fingerprint_of(ring.root))


def _recorded(
    unlocked: Unlocked, certificate: Certificate, bundle: PrivateBundle, secret: str
) -> UserRecord:
    ring = unlocked.ring
    memory = ring.header.users[unlocked.account.uid].kdf.memory_kib
    kind: Kind = "recovery" if certificate.role == RECOVERY_ROLE else "person"
    try:
        return user_record(certificate, kind, bundle, ring.master, (secret, memory))
    finally:
        bundle.wipe()


def _demand_recovery(unlocked: Unlocked) -> None:
    if unlocked.account.role != RECOVERY_ROLE:
        raise NotPermitted("This takes the recovery key", "Sign out and begin with that.")


def _demand_vetted(unlocked: Unlocked, expires: date | None) -> None:
    if expires is not None and Vetting(expires, unlocked.vetting_day()).state is (
        VettingState.EXPIRED
    ):
        raise UsageError(
            f"That vetting ended on {show_day(expires)}",
            "Give the last day until which it is renewed.",
        )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
