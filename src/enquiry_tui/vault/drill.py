"""Opening a backup: by an administrator's passphrase or the recovery key, and by nothing else.

Every byte is checked before a page is read; then every page, and every event of the record in it.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from enquiry_tui.errors import NotPermitted, Refused, VaultUnavailable
from enquiry_tui.machine.clock import Clock
from enquiry_tui.machine.files import flush, open_exclusive, sweep
from enquiry_tui.vault.access import Access, access_of
from enquiry_tui.vault.aside import Progress, told
from enquiry_tui.vault.backup import Looked, Tally, key_name, look
from enquiry_tui.vault.bundle import OpenBundle, altered
from enquiry_tui.vault.certificates import RETIRED_ROLE, Certificate, Trusted, trusted
from enquiry_tui.vault.checkpoint import NoteRefused, verify_note
from enquiry_tui.vault.copying import check_copy, explained
from enquiry_tui.vault.encoding import record_of, unpacked
from enquiry_tui.vault.errors import DoesNotOpenBackup, NewerSchema
from enquiry_tui.vault.header import Header, UserRecord
from enquiry_tui.vault.kdf import derive
from enquiry_tui.vault.keys import MasterKey, PrivateBundle, SigningKeys
from enquiry_tui.vault.manifest import Manifest
from enquiry_tui.vault.migrations import migrate, shipped
from enquiry_tui.vault.opening import open_database, open_unchanging
from enquiry_tui.vault.passphrase import secret_bytes
from enquiry_tui.vault.place import PASSING
from enquiry_tui.vault.recovery import normalised
from enquiry_tui.vault.store import Store, WrongRows
from enquiry_tui.vault.verification import Verification, verify

_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True, repr=False)
class Opener:
    """Who opens a backup: an administrator's handle and passphrase, or the recovery key alone."""

    secret: str
    handle: str = ""  # empty: the secret is the recovery key


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill found: the backup would restore this, and its record holds or does not.

    `access` is who would open the vault that is restored from it.
    """

    manifest: Manifest
    sha256: str
    looked: Looked
    verification: Verification
    access: tuple[Access, ...]


@dataclass(slots=True)
class Opened:
    """A backup that somebody has opened: its keys, its header, and whom the header trusts."""

    bundle: OpenBundle
    sha256: str
    header: Header
    key: MasterKey
    master: MasterKey
    trust: Trusted
    signing: SigningKeys

    def wipe(self) -> None:
        """Forget every key and close the file."""
        for secret in (self.key, self.master, self.signing):
            secret.wipe()
        self.bundle.close()


def drill_steps(
    path: Path,
    opener: Opener,
    workplace: Path,
    clock: Clock,
    wrong_rows: WrongRows | None = None,
) -> Generator[Progress, None, Drilled]:
    """Try a backup out, in short steps: open it, check every byte, page and event; restore nothing.

    `workplace` is a private folder with room for a copy, encrypted as it is in the backup; it is
    removed again. `wrong_rows` checks the rows against the events. Raises BundleRefused,
    DoesNotOpenBackup, NotPermitted, NewerSchema, VaultDamaged, CopyFailed.
    """
    opened = yield from open_steps(path, opener, clock.now())
    copy = workplace / f".{PASSING}.{secrets.token_hex(8)}.tmp"
    try:
        sweep(workplace, frozenset({PASSING}))
        found = yield from examined(opened, copy, clock, wrong_rows)
        ending = Progress("removing the copy")
        yield from told(copy.unlink, lambda: ending)
    except OSError as error:
        raise explained(error) from error
    finally:
        opened.wipe()
        with suppress(OSError):
            copy.unlink(missing_ok=True)
    return found


def open_steps(path: Path, opener: Opener, now: datetime) -> Generator[Progress, None, Opened]:
    """Check a backup's bytes, then open it. The caller wipes what is given."""
    bundle = OpenBundle(path)
    try:
        if bundle.manifest.schema > len(shipped()):
            raise NewerSchema
        tally = Tally("checking every byte", bundle.manifest.size)
        sha256 = yield from told(lambda: bundle.demand_whole(tally.add), tally.progress)
        opening = Progress("opening")
        return (yield from told(lambda: _opened(bundle, sha256, opener, now), lambda: opening))
    except BaseException:
        bundle.close()
        raise


def examined(
    opened: Opened, copy: Path, clock: Clock, wrong_rows: WrongRows | None
) -> Generator[Progress, None, Drilled]:
    """Write the database part to a file and check all that is in it; the file stays."""
    manifest = opened.bundle.manifest
    reading = Tally("reading", manifest.parts["database"].length)
    yield from told(lambda: _extract(opened.bundle, copy, reading), reading.progress)
    checking = Progress("checking pages and record", 0, manifest.parts["database"].length)
    looked, verification = yield from told(
        lambda: _checked(opened, copy, clock, wrong_rows), lambda: checking
    )
    _demand_as_told(manifest, looked, opened.trust)
    access = access_of(opened.header, opened.trust.present)
    return Drilled(manifest, opened.sha256, looked, verification, access)


def _opened(bundle: OpenBundle, sha256: str, opener: Opener, now: datetime) -> Opened:
    manifest = bundle.manifest
    try:
        header = Header.decoded(bundle.small("header"))
        sealed = record_of(record_of(json.loads(bundle.small("keys"))).get("sealed"))
    except ValueError as error:
        raise altered() from error
    if header.vault_id != manifest.vault_id:
        raise altered()
    user, private = _proved(header, opener)
    try:
        envelope = user.envelopes.get(header.epoch, b"")
        master = MasterKey.opened(
            header.vault_id, header.epoch, user.uid, envelope, private.exchange
        )
        header.demand_authentic(master)
        trust = trusted(header, master, private.root)
        _demand_administrator(trust.present.get(user.uid), private, now)
        _demand_signer(manifest, trust)
        if user.uid not in sealed:
            raise _not_for_you()
        key = MasterKey.opened(
            key_name(manifest.vault_id, manifest.uid),
            1,
            user.uid,
            unpacked(sealed[user.uid]),
            private.exchange,
        )
        signing = SigningKeys(user.uid, private.seed)
    finally:
        private.wipe()
    return Opened(bundle, sha256, header, key, master, trust, signing)


def _proved(header: Header, opener: Opener) -> tuple[UserRecord, PrivateBundle]:
    """Open the private keys with what was typed; tries are not counted, as the file is no vault."""
    if opener.handle:
        user, secret = header.by_handle(opener.handle), opener.secret
    else:
        user, secret = header.recovery(), normalised(opener.secret)
    if user is None:
        raise DoesNotOpenBackup(recovery=not opener.handle)
    keys = derive(secret_bytes(secret), user.kdf)
    if not hmac.compare_digest(keys.commit, user.commit):
        raise DoesNotOpenBackup(recovery=not opener.handle)
    bound = user.bound(header.vault_id)
    return user, PrivateBundle.opened(keys.kek, user.nonce, user.bundle, bound)


def _demand_administrator(
    certificate: Certificate | None, private: PrivateBundle, now: datetime
) -> None:
    if certificate is None or certificate.role == RETIRED_ROLE or not certificate.administrator:
        raise _not_for_you()
    expires = certificate.vetting_expires
    if expires is not None and now.astimezone(_LONDON).date() > expires:
        raise VaultUnavailable(
            "Your vetting has expired", "Another administrator or the recovery key opens it."
        )
    if private.expires:
        raise Refused(
            "A temporary passphrase does not open a backup",
            "Another administrator's passphrase or the recovery key does.",
        )


def _demand_signer(manifest: Manifest, trust: Trusted) -> None:
    """Check that an administrator signed, by the certificates that lead to the root."""
    certificate = trust.present.get(manifest.signer)
    if (
        certificate is None
        or not certificate.administrator
        or certificate.signing_public != manifest.signer_public
    ):
        raise Refused(
            "No administrator of its vault signed that backup",
            "Do not use it; tell whoever looks after the vault, and keep the file.",
        )


def _extract(bundle: OpenBundle, copy: Path, tally: Tally) -> None:
    with open_exclusive(copy) as target:
        bundle.database(target, tally.add)
        target.flush()
        flush(target.fileno())


def _checked(
    opened: Opened, copy: Path, clock: Clock, wrong_rows: WrongRows | None
) -> tuple[Looked, Verification]:
    """Check every page, then bring the copy up to the present schema and check the record."""
    vault_id, key = opened.header.vault_id, opened.key
    looked = check_copy(copy, key.database_key(), lambda connection: look(connection, vault_id))
    if looked.schema < len(shipped()):
        older = open_database(copy, key.database_key())
        try:
            migrate(older, shipped(), clock.now())
        finally:
            older.close()
            copy.with_name(f"{copy.name}-journal").unlink(missing_ok=True)
    connection = open_unchanging(copy, key.database_key())
    try:
        store = Store(connection, vault_id, clock)
        trust = opened.trust
        found = verify(store, trust.signing, trust.retired, certificates=trust.accepted)
        if wrong_rows is None:
            return looked, found
        wrong = [finding for some in wrong_rows(store, vault_id) for finding in some]
        return looked, replace(found, findings=tuple(sorted([*found.findings, *wrong])))
    finally:
        connection.close()


def _demand_as_told(manifest: Manifest, looked: Looked, trust: Trusted) -> None:
    """Check that the database is the one that the manifest and its checkpoint speak of."""
    told_of = (manifest.vault_id, manifest.seq, manifest.head, manifest.up_to, manifest.schema)
    found = (looked.vault_id, looked.seq, looked.head, looked.up_to, looked.schema)
    if told_of != found or dict(manifest.counts) != looked.counts:
        raise altered()
    try:
        note = verify_note(manifest.checkpoint, trust.signing.get(manifest.signer, ()))
    except NoteRefused as error:
        raise altered() from error
    if (note.vault_id, note.seq, note.head.hex()) != found[:3]:
        raise altered()


def _not_for_you() -> NotPermitted:
    return NotPermitted(
        "Only an administrator or the recovery key opens a backup", "Ask an administrator."
    )
