"""The header that opens two epochs of keys: today's, and inside it the one that takes its place."""

from __future__ import annotations

from dataclasses import replace

from enquiry_tui.vault.certificates import RETIRED_ROLE, Certificate
from enquiry_tui.vault.header import Header
from enquiry_tui.vault.keys import MasterKey
from enquiry_tui.vault.session import KeyRing


def two_epochs(ring: KeyRing, key: MasterKey, without: str, next_event: int) -> Header:
    """Give the next header, with a whole header under the new master key as its successor.

    The successor has an envelope for each who stays and every certificate sealed anew. The account
    `without` has no place in it: its certificates stay among the past ones, the last of them saying
    that its keys sign nothing from event `next_event` on.
    """
    old, header = ring.master, replace(ring.header, seq=ring.header.seq + 1, successor=None)
    users, past = {}, [Certificate.opened(old, sealed) for sealed in header.past]
    for uid, user in header.users.items():
        certificate = Certificate.opened(old, user.certificate)
        if uid == without:
            past += [certificate, _retired(certificate, ring, header.seq + 1, next_event)]
            continue
        envelope = key.sealed_to(uid, user.exchange_public)
        users[uid] = replace(
            user, certificate=certificate.sealed(key), envelopes={key.epoch: envelope}
        )
    sealed = tuple(certificate.sealed(key) for certificate in past)
    successor = Header(header.vault_id, header.seq + 1, key.epoch, users, sealed)
    return replace(header, successor=successor.authenticated(key))


def _retired(gone: Certificate, ring: KeyRing, seq: int, since: int) -> Certificate:
    retired = replace(
        gone,
        role=RETIRED_ROLE,
        administrator=False,
        seq=seq,
        issuer=ring.signing.uid,
        since=since,
    )
    return retired.signed(ring.signing)
