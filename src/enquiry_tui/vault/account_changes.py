"""Changes to an account that stands: new keys, a new certificate, the end of it. All on the record.

Each makes a certificate with a higher sequence than any before and keeps the one that it replaces,
so that what was signed under the old one still verifies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from enquiry_tui.domain.audit import Action
from enquiry_tui.errors import Refused
from enquiry_tui.vault.accounts import (
    TEMPORARY_FOR,
    Added,
    Person,
    demand_administrator,
    demand_coming,
    user_record,
)
from enquiry_tui.vault.aside import Progress
from enquiry_tui.vault.certificates import ROLES, Certificate
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.header import Header, UserRecord
from enquiry_tui.vault.keys import PrivateBundle
from enquiry_tui.vault.passphrase import temporary
from enquiry_tui.vault.rotation import rotation
from enquiry_tui.vault.session import Account, Unlocked
from enquiry_tui.vault.vetting import Vetting, VettingState


@dataclass(frozen=True, slots=True)
class Certified:
    """What is to be changed about an account; None leaves it as it is."""

    name: str | None = None
    role: str | None = None
    administrator: bool | None = None


def reset_account(unlocked: Unlocked, uid: str) -> Added:
    """Give an officer new keys and a passphrase for 24 hours, in place of a forgotten one.

    The old signing key ends with the last event so far and is never used again.
    Raises NotPermitted, Refused, EventDelayed.
    """
    demand_administrator(unlocked)
    certificate = _standing(unlocked, uid)
    if uid == unlocked.account.uid:
        raise Refused(
            "You know your own passphrase", "Change it instead: enquiry-tui officer passphrase"
        )
    ring, passphrase = unlocked.ring, temporary()
    until = unlocked.clock.now() + TEMPORARY_FOR
    bundle = PrivateBundle.fresh(ring.root, int(until.timestamp()))
    fresh = reissued(
        unlocked,
        replace(
            certificate,
            exchange_public=bundle.exchange_public,
            signing_public=bundle.signing_public,
            since=unlocked.store.head()[0] + 1,
        ),
    )
    memory = ring.header.users[unlocked.account.uid].kdf.memory_kib
    user = user_record(fresh, "person", bundle, ring.master, (passphrase, memory))
    bundle.wipe()
    detail = {"handle": fresh.handle, "certificate": fresh.seq}
    unlocked.change_header(
        next_header(unlocked, user),
        Entry(Action.ACCOUNT_RESET, uid, outcome="done", detail=detail),
    )
    return Added(uid, passphrase)


def renew_vetting(unlocked: Unlocked, uid: str, expires: date) -> None:
    """Record until which day an officer's vetting holds.

    Raises NotPermitted, Refused, UsageError (a day that is over), EventDelayed.
    """
    demand_administrator(unlocked)
    certificate = _standing(unlocked, uid)
    demand_coming(unlocked, expires)
    before = certificate.vetting_expires
    days = [None if day is None else day.isoformat() for day in (before, expires)]
    fresh = reissued(unlocked, replace(certificate, vetting_expires=expires))
    _put(unlocked, fresh, Action.ACCOUNT_RENEWED, {"vetting_expires": days})


def certify_account(unlocked: Unlocked, uid: str, changes: Certified) -> None:
    """Change an officer's name, role or administrator right; it needs nobody's passphrase.

    Raises NotPermitted, UsageError, Refused (nothing changed, the last administrator).
    """
    demand_administrator(unlocked)
    certificate = _standing(unlocked, uid)
    name, role, administrator = changes.name, changes.role, changes.administrator
    wanted = replace(
        certificate,
        name=certificate.name if name is None else name.strip(),
        role=role or certificate.role,
        administrator=certificate.administrator if administrator is None else administrator,
    )
    if wanted == certificate:
        raise Refused("That is how the account stands already", "Nothing was changed.")
    person = Person(
        wanted.handle, wanted.name, wanted.role, wanted.administrator, wanted.vetting_expires
    )
    person.demand_sound()
    if certificate.administrator and not wanted.administrator:
        _demand_another_administrator(unlocked, uid)
    before = {
        "name": certificate.name,
        "role": certificate.role,
        "administrator": certificate.administrator,
    }
    detail = {**person.told(), "before": before}
    _put(unlocked, reissued(unlocked, wanted), Action.ACCOUNT_CERTIFIED, detail)


def demand_removable(unlocked: Unlocked, uid: str) -> Certificate:
    """Check that an account can be removed. Raises NotPermitted, Refused; gives its certificate."""
    demand_administrator(unlocked)
    certificate = _standing(unlocked, uid)
    if uid == unlocked.account.uid:
        raise Refused("You cannot remove your own account", "Another administrator can.")
    if certificate.administrator:
        _demand_another_administrator(unlocked, uid)
    return certificate


def removal(unlocked: Unlocked, uid: str) -> Iterator[Progress]:
    """Remove an account and give the vault new keys, without the other officers' passphrases.

    In short steps; cut off before the last of them, nothing has happened. What the officer signed
    still verifies. Raises NotPermitted, Refused, and as `rotation`.
    """
    certificate = demand_removable(unlocked, uid)
    detail = {"handle": certificate.handle, "before": certificate.role}
    entry = Entry(Action.ACCOUNT_REMOVED, uid, outcome="done", detail=detail)
    yield from rotation(unlocked, entry=entry, without=uid)


def _standing(unlocked: Unlocked, uid: str) -> Certificate:
    certificate = unlocked.certificates.get(uid)
    if certificate is None or certificate.role not in ROLES:
        raise Refused("There is no such account", "See who has one: enquiry-tui officer list")
    return certificate


def _demand_another_administrator(unlocked: Unlocked, uid: str) -> None:
    """Check that somebody else can still sign in as administrator. Raises Refused."""
    day = unlocked.vetting_day()
    others = [account for account in unlocked.accounts() if account.uid != uid]
    if not any(_may_administer(account, day) for account in others):
        raise Refused(
            "This is the last administrator who can sign in",
            "Make another officer administrator first, or renew another administrator's vetting.",
        )


def _may_administer(account: Account, day: date) -> bool:
    vetting = Vetting(account.vetting_expires, day)
    return account.administrator and vetting.state is not VettingState.EXPIRED


def reissued(unlocked: Unlocked, certificate: Certificate) -> Certificate:
    """Give a certificate with the next sequence, signed by whoever is signed in."""
    ring = unlocked.ring
    fresh = replace(certificate, seq=ring.header.seq + 1, issuer=ring.signing.uid, signature=b"")
    return fresh.signed(ring.signing)


def _put(
    unlocked: Unlocked, certificate: Certificate, action: Action, detail: dict[str, object]
) -> None:
    ring, uid = unlocked.ring, certificate.uid
    user = replace(ring.header.users[uid], certificate=certificate.sealed(ring.master))
    own = None
    if uid == unlocked.account.uid:
        own = Account.certified(certificate, must_change=unlocked.account.must_change)
    told = {"handle": certificate.handle, "certificate": certificate.seq, **detail}
    entry = Entry(action, uid, outcome="done", detail=told)
    unlocked.change_header(next_header(unlocked, user), entry, own)


def next_header(unlocked: Unlocked, user: UserRecord) -> Header:
    """Give the next header with this user in it, and the certificate before kept as a past one."""
    header = unlocked.ring.header
    before = header.users[user.uid].certificate
    return replace(header.with_user(user), past=(*header.past, before))
