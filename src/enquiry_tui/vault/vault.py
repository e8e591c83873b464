"""The vault as the rest of the program sees it: found one, sign in, look after accounts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.errors import EnquiryError
from enquiry_tui.machine.clock import Clock
from enquiry_tui.machine.files import sweep
from enquiry_tui.machine.locks import FileLock
from enquiry_tui.vault.account_changes import (
    Certified,
    certify_account,
    demand_removable,
    removal,
    renew_vetting,
    reset_account,
)
from enquiry_tui.vault.account_record import demand_newest, last_sign_in, temporary_until
from enquiry_tui.vault.accounts import (
    Added,
    add_account,
    change_passphrase,
    prove_again,
    raised,
    second_key,
)
from enquiry_tui.vault.certificates import trusted
from enquiry_tui.vault.connection import Connection, scalar
from enquiry_tui.vault.errors import VaultDamaged, VaultTampered
from enquiry_tui.vault.fitness import TRIAL
from enquiry_tui.vault.folder import demand_vault, handles, take_lock, unusable, vault_exists
from enquiry_tui.vault.founding import Created, Founder, create, fingerprint_of
from enquiry_tui.vault.header import COPY, HEADER, Header, UserRecord, read_header, repair_header
from enquiry_tui.vault.keys import MasterKey, PrivateBundle, SigningKeys
from enquiry_tui.vault.migrations import migrate, schema_number, shipped, verified_copy
from enquiry_tui.vault.opening import (
    BEFORE_UPGRADE,
    DATABASE,
    is_of_the_file,
    open_database,
    unavailable,
)
from enquiry_tui.vault.place import PASSING
from enquiry_tui.vault.proof import Gate
from enquiry_tui.vault.proving import accept
from enquiry_tui.vault.reached import time_reached
from enquiry_tui.vault.recovering import (
    Issued,
    administrators,
    found_administrator,
    issue_recovery_key,
    recover_account,
)
from enquiry_tui.vault.recovery import in_two, normalised
from enquiry_tui.vault.rotation import rotate, rotation, settled, undo
from enquiry_tui.vault.session import Account, KeyRing, SecondKey, Unlocked
from enquiry_tui.vault.signing_in import Owed, begin, raise_cost
from enquiry_tui.vault.store import Statement, Store
from enquiry_tui.vault.tries import TRIES
from enquiry_tui.vault.vouching import demand_vouched

__all__ = [
    "Account",
    "Added",
    "Certified",
    "Created",
    "Founder",
    "Issued",
    "SecondKey",
    "Unlocked",
    "accept",
    "add_account",
    "administrators",
    "certify_account",
    "change_passphrase",
    "create",
    "demand_removable",
    "exists",
    "fingerprint_of",
    "found_administrator",
    "handles",
    "in_two",
    "issue_recovery_key",
    "last_sign_in",
    "prove_again",
    "recover",
    "recover_account",
    "recovery_opens",
    "removal",
    "renew_vetting",
    "reset_account",
    "rotate",
    "rotation",
    "second_key",
    "temporary_until",
    "unlock",
]

Prepare = Sequence[Statement] | Callable[[Account], Sequence[Statement]]
Who = tuple[Callable[[Gate, str], tuple[UserRecord, PrivateBundle]], str]  # with the secret

exists = vault_exists


def unlock(
    folder: Path,
    handle: str,
    passphrase: str,
    *,
    clock: Clock,
    prepare: Prepare = (),
    anchors: Path | None = None,
) -> Unlocked:
    """Sign in: check header, certificate and database, and leave the event.

    `prepare` holds statements that make temporary tables and views for readers, or is called with
    the account for them. `anchors` is the folder outside the vault where checkpoints are written
    down as well; where they contradict the record, it opens to be read only (`proof.held`). Takes
    about a second. Raises VaultUnavailable and its kinds.
    """

    def prove(gate: Gate, secret: str) -> tuple[UserRecord, PrivateBundle]:
        return gate.prove(handle, secret)

    return _opened(folder, (prove, passphrase), clock, prepare, anchors)


def recover(
    folder: Path, key: str, *, other: str = "", clock: Clock, anchors: Path | None = None
) -> Unlocked:
    """Open the vault with the recovery key, on the record, to put an administrator right.

    `other` is what stands on the second of two sheets. What the session may do is in
    `recovering`; a vault that is held (`proof.held`) can be recovered and stays held. `anchors` as
    for `unlock`. Takes about a second, but for a slip in the key. Raises NotARecoveryKey (not
    counted), WrongRecoveryKey (counted), MustWait, VaultUnavailable and its kinds.
    """
    return _opened(folder, (Gate.prove_recovery, normalised(key, other)), clock, (), anchors)


def recovery_opens(folder: Path, key: str, *, other: str = "", clock: Clock) -> str:
    """Try the recovery key out on the key header; gives the root's fingerprint, for comparing.

    The database stays shut, nothing is changed and no event is left; wrong keys are counted and
    made to wait as for `recover`. Takes about a second. Raises as that.
    """
    typed = normalised(key, other)
    demand_vault(folder)
    lock = take_lock(folder)
    try:
        return _tried_out(Gate(folder, read_header(folder), clock), typed)
    except OSError as error:
        raise unusable(error) from error
    finally:
        lock.release()


def _tried_out(gate: Gate, key: str) -> str:
    user, bundle = gate.prove_recovery(key)
    try:
        ring = _opened_ring(gate.header, user.uid, bundle)
        certificate = trusted(gate.header, ring.master, ring.root).present.get(user.uid)
        gate.account(certificate, bundle)
        ring.wipe()
        return fingerprint_of(ring.root)
    finally:
        bundle.wipe()


def _opened(
    folder: Path, who: Who, clock: Clock, prepare: Prepare, anchors: Path | None = None
) -> Unlocked:
    demand_vault(folder)
    lock = take_lock(folder)
    try:
        return _signed_in(folder, who, lock, clock, (prepare, anchors))
    except OSError as error:
        lock.release()
        raise unusable(error) from error
    except sqlcipher.DatabaseError as error:
        lock.release()
        if is_of_the_file(error):
            raise unavailable(error) from error
        raise
    except BaseException:
        lock.release()
        raise


def _signed_in(
    folder: Path, who: Who, lock: FileLock, clock: Clock, around: tuple[Prepare, Path | None]
) -> Unlocked:
    prepare, anchors = around
    sweep(folder, frozenset({HEADER, COPY, TRIES, PASSING, TRIAL}))
    header = read_header(folder)
    gate = Gate(folder, header, clock)
    prove, secret = who
    user, bundle = prove(gate, secret)
    try:
        ring = settled(folder, _opened_ring(header, user.uid, bundle), bundle)
        header = ring.header
        trust = trusted(header, ring.master, ring.root)
        certificate = trust.present.get(user.uid)
        account = gate.account(certificate, bundle)
        costlier = raised(header.users[user.uid], header.vault_id, bundle, secret)
    finally:
        bundle.wipe()
    repair_header(folder, header)
    connection = open_database(folder / DATABASE, ring.master.database_key())
    try:
        noted = _demand_same_vault(connection, header)
        schema = (_upgraded(connection, folder, ring.master, clock), len(shipped()))
        store = Store(connection, header.vault_id, clock)
        # Once more, now that the record can tell the time.
        gate.account(certificate, bundle, time_reached(store, trust.present))
        if certificate is not None:
            demand_newest(store, certificate)
            demand_vouched(store, certificate, trust.accepted)
        unlocked = Unlocked(folder, store, account, ring, lock, clock)
        begin(unlocked, Owed(noted, schema), anchors)
        store.prepare(prepare(account) if callable(prepare) else prepare)
        if header.successor is not None:
            _give_up_rotation(unlocked)
        if costlier is not None:
            raise_cost(unlocked, costlier)
    except BaseException:
        connection.close()
        ring.wipe()
        raise
    return unlocked


def _give_up_rotation(unlocked: Unlocked) -> None:
    """Undo a rotation that was cut off: what the disk does not take now is tried again."""
    with suppress(OSError, EnquiryError):
        undo(unlocked)
        unlocked.proof.rotation_undone = True


def _opened_ring(header: Header, uid: str, bundle: PrivateBundle) -> KeyRing:
    sealed = header.users[uid].envelopes.get(header.epoch, b"")
    master = MasterKey.opened(header.vault_id, header.epoch, uid, sealed, bundle.exchange)
    header.demand_authentic(master)
    return KeyRing(header, master, bundle.root, SigningKeys(uid, bundle.seed))


def _demand_same_vault(connection: Connection, header: Header) -> int:
    """Check that header and database belong together; gives the header that the latter knows."""
    rows = connection.execute(
        "SELECT key, value FROM meta WHERE key IN ('vault_id', 'header_seq')"
    ).fetchall()
    found = {row["key"]: row["value"] for row in rows}
    if found.get("vault_id") != header.vault_id:
        raise VaultTampered(
            "The database belongs to another vault", "Restore the folder from a backup."
        )
    noted = _noted(found.get("header_seq", ""))
    if header.seq < noted:
        raise VaultTampered(
            "The key header is older than the database",
            "An earlier copy was put back. Restore header and database from the same backup.",
        )
    if header.seq > noted + 1:  # one ahead is a change that was cut off before its event
        raise VaultTampered(
            "The database is older than the key header",
            "An earlier copy was put back. Restore header and database from the same backup.",
        )
    return noted


def _noted(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise VaultTampered(
            "The database does not say which key header it belongs to",
            "Keep this folder as it is, and restore a backup into a new one.",
        ) from error


def _upgraded(connection: Connection, folder: Path, master: MasterKey, clock: Clock) -> int:
    """Bring the schema up, after a checked copy; gives the schema's number before."""
    steps, copy = shipped(), folder / BEFORE_UPGRADE
    if schema_number(connection) < len(steps):
        verified_copy(connection, copy, master.database_key())
    before = migrate(connection, steps, clock.now())
    if before < len(steps) and scalar(connection, "PRAGMA quick_check") != "ok":
        raise VaultDamaged(
            "The vault did not pass its check after the upgrade",
            f"The state before is in {BEFORE_UPGRADE}; keep the folder as it is and report this.",
        )
    # What an officer erases later must not live on in a forgotten copy.
    for name in (BEFORE_UPGRADE, f"{BEFORE_UPGRADE}-journal"):
        (folder / name).unlink(missing_ok=True)
    return before
