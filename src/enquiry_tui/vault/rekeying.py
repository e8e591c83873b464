"""The key header under another master key: everybody's envelope anew, nobody's passphrase asked."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace

from enquiry_tui.vault.certificates import Certificate
from enquiry_tui.vault.header import Header, UserRecord
from enquiry_tui.vault.keys import KEY_BYTES, MasterKey


def next_master(header: Header) -> MasterKey:
    """Make a fresh master key of the next epoch."""
    return MasterKey(header.vault_id, header.epoch + 1, secrets.token_bytes(KEY_BYTES))


def header_under(
    header: Header, old: MasterKey, new: MasterKey, present: Mapping[str, Certificate]
) -> Header:
    """Give the next header, which only the new master key opens, with its MAC.

    Its envelopes are sealed to the public keys in the certificates that hold (`present`), never to
    what merely stands in the header. Who has no envelope now, or no such certificate, gets none;
    the certificate is kept, so that what that officer signed can still be verified.
    """
    users: dict[str, UserRecord] = {}
    past = [Certificate.opened(old, sealed) for sealed in header.past]
    for uid, user in header.users.items():
        certificate = present.get(uid)
        if certificate is None or old.epoch not in user.envelopes:
            past.append(Certificate.opened(old, user.certificate))
            continue
        users[uid] = replace(
            user,
            certificate=certificate.sealed(new),
            envelopes={new.epoch: new.sealed_to(uid, certificate.exchange_public)},
        )
    return Header(
        vault_id=header.vault_id,
        seq=header.seq + 1,
        epoch=new.epoch,
        users=users,
        past=tuple(certificate.sealed(new) for certificate in past),
    ).authenticated(new)
