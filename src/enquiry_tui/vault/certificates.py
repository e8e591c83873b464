"""Certificates: what an administrator vouches for about an officer, signed, and checked at sign-in.

A role cannot be had by editing the header: whoever opens the vault holds the master key, but only
an administrator's signature, led back to the root that is sealed in everybody's bundle, counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from enquiry_tui.vault.encoding import canonical, number_of, packed, record_of, text_of, unpacked
from enquiry_tui.vault.errors import VaultTampered
from enquiry_tui.vault.header import Header
from enquiry_tui.vault.keys import KEY_BYTES, MasterKey, SigningKeys, signed_by

ROLES = frozenset({"officer", "supervisor", "monitoring-officer", "auditor"})
RECOVERY_ROLE = "recovery"
RETIRED_ROLE = "retired"  # an officer whose account was removed: nothing may be done with it
_USE = "certificate v1"


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who an officer is and what role was given, as signed by the administrator `issuer`."""

    vault_id: str
    uid: str
    handle: str
    name: str
    role: str
    administrator: bool
    vetting_expires: date | None  # the last day on which the officer may sign in
    exchange_public: bytes
    signing_public: bytes
    seq: int
    issuer: str
    signature: bytes = b""
    since: int = 0  # the first event that this signing key may sign: keys before it end there
    key_signature: bytes = b""  # over the key alone: for those who may not learn the name

    def signed(self, keys: SigningKeys) -> Certificate:
        """Give the certificate with the issuer's signatures, with and without the name."""
        whole, key = keys.sign(self._body()), keys.sign(self.key_body())
        return replace(self, signature=whole, key_signature=key)

    def key_body(self) -> bytes:
        """Give what is signed of the key alone: neither handle nor name, role or vetting."""
        return canonical(
            {
                "ctx": "enquiry key v1",
                "vault": self.vault_id,
                "uid": self.uid,
                "administrator": self.administrator,
                "key": packed(self.signing_public),
                "seq": self.seq,
                "since": self.since,
                "by": self.issuer,
            }
        )

    def valid_under(self, public: bytes) -> bool:
        """Tell whether the signature was made with the key of this public key."""
        return signed_by(public, self.signature, self._body())

    def sealed(self, key: MasterKey) -> bytes:
        """Give the header's form: readable only with the master key."""
        return key.seal(_USE, canonical({**self._record(), **self._signatures()}))

    @classmethod
    def opened(cls, key: MasterKey, sealed: bytes) -> Certificate:
        """Read the header's form. Raises VaultTampered."""
        plain = key.unseal(_USE, sealed)
        try:
            return cls._decoded(record_of(json.loads(plain)))
        except ValueError as error:
            raise VaultTampered("A certificate cannot be read", "Tell an administrator.") from error

    @classmethod
    def _decoded(cls, record: Mapping[str, object]) -> Certificate:
        expires = record.get("vetting_expires")
        return cls(
            vault_id=text_of(record, "vault"),
            uid=text_of(record, "uid"),
            handle=text_of(record, "handle"),
            name=text_of(record, "name"),
            role=text_of(record, "role"),
            administrator=record.get("administrator") is True,
            vetting_expires=None if expires is None else date.fromisoformat(str(expires)),
            exchange_public=unpacked(record.get("xpk"), KEY_BYTES),
            signing_public=unpacked(record.get("edpk"), KEY_BYTES),
            seq=number_of(record, "seq"),
            issuer=text_of(record, "by"),
            signature=unpacked(record.get("sig"), 64),
            since=number_of(record, "since") if "since" in record else 0,
            key_signature=unpacked(record.get("keysig", "")),
        )

    def _signatures(self) -> dict[str, str]:
        return {"sig": packed(self.signature), "keysig": packed(self.key_signature)}

    def _record(self) -> dict[str, object]:
        expires = self.vetting_expires
        since = {"since": self.since} if self.since else {}
        return {
            **since,
            "ctx": "enquiry certificate v1",
            "vault": self.vault_id,
            "uid": self.uid,
            "handle": self.handle,
            "name": self.name,
            "role": self.role,
            "administrator": self.administrator,
            "vetting_expires": None if expires is None else expires.isoformat(),
            "xpk": packed(self.exchange_public),
            "edpk": packed(self.signing_public),
            "seq": self.seq,
            "by": self.issuer,
        }

    def _body(self) -> bytes:
        return canonical(self._record())


@dataclass(frozen=True, slots=True)
class Trusted:
    """The certificates that lead back to the root: the present one of each user, and all keys."""

    present: Mapping[str, Certificate]
    signing: Mapping[str, frozenset[bytes]]  # every public key that a uid was ever certified with
    retired: Mapping[bytes, int]  # a key that was replaced or removed: the last event it may sign
    accepted: tuple[Certificate, ...]  # all of them, each after the one that vouches for it


def trusted(header: Header, key: MasterKey, root: bytes) -> Trusted:
    """Check every certificate of a header. One that does not lead to the root is left out.

    Raises VaultTampered where one cannot be read at all.
    """
    current = {uid: Certificate.opened(key, user.certificate) for uid, user in header.users.items()}
    past = [Certificate.opened(key, sealed) for sealed in header.past]
    accepted = _accepted([*past, *current.values()], header.vault_id, root)
    signing: dict[str, frozenset[bytes]] = {}
    newest: dict[str, Certificate] = {}
    retired: dict[bytes, int] = {}
    for certificate in accepted:
        known, before = signing.get(certificate.uid, frozenset()), newest.get(certificate.uid)
        signing[certificate.uid] = known | {certificate.signing_public}
        # A certificate that only renews or changes what is said bears the number of the one before.
        if before is not None and certificate.since != before.since:
            retired[before.signing_public] = certificate.since - 1
        newest[certificate.uid] = certificate
    # Only the newest counts: an earlier certificate put back would bring back an earlier role.
    present = {
        uid: certificate
        for uid, certificate in current.items()
        if newest.get(uid) is certificate and _stands_for(certificate, header, uid)
    }
    return Trusted(present, signing, retired, tuple(accepted))


def _accepted(found: Iterable[Certificate], vault_id: str, root: bytes) -> list[Certificate]:
    """Follow the issuers in order of time: each must be an administrator by then."""
    latest: dict[str, Certificate] = {}
    accepted = []
    for certificate in sorted(found, key=lambda item: (item.seq, item.signing_public != root)):
        if certificate.vault_id != vault_id:
            continue
        issuer = latest.get(certificate.issuer)
        if certificate.signing_public == root and not latest:
            public = root  # the founder vouches for himself; his key is in everybody's bundle
        elif issuer is not None and issuer.administrator:
            public = issuer.signing_public
        else:
            continue
        if certificate.valid_under(public):
            latest[certificate.uid] = certificate
            accepted.append(certificate)
    return accepted


def _stands_for(certificate: Certificate, header: Header, uid: str) -> bool:
    user = header.users[uid]
    return (
        certificate.uid == uid
        and certificate.handle == user.handle
        and certificate.exchange_public == user.exchange_public
        and certificate.signing_public == user.signing_public
        and (certificate.role == RECOVERY_ROLE) == (user.kind == "recovery")
    )
