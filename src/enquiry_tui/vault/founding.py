"""Founding a vault: the first officer, the recovery key, an empty database, the first event."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.domain.audit import Action
from enquiry_tui.errors import Refused, UsageError
from enquiry_tui.machine.clock import Clock
from enquiry_tui.machine.files import flush_folder, private_folder, sweep
from enquiry_tui.vault.accounts import RECOVERY_HANDLE, Person, certify, user_record
from enquiry_tui.vault.certificates import RECOVERY_ROLE
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.encoding import crockford, grouped, new_uid, utc_text
from enquiry_tui.vault.errors import not_stored
from enquiry_tui.vault.folder import demand_local, take_lock, vault_exists
from enquiry_tui.vault.header import COPY, HEADER, Header, write_header
from enquiry_tui.vault.kdf import calibrate
from enquiry_tui.vault.keys import MasterKey, PrivateBundle, SigningKeys
from enquiry_tui.vault.migrations import migrate, shipped
from enquiry_tui.vault.opening import DATABASE, UNFINISHED, create_database
from enquiry_tui.vault.passphrase import demand_strong
from enquiry_tui.vault.recovery import new_recovery_key
from enquiry_tui.vault.store import Store

_OWN_SETTINGS = frozenset({"vault_id", "header_seq", "created_at"})


@dataclass(frozen=True, slots=True)
class Founder:
    """The first officer: supervisor and administrator."""

    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class Created:
    """A new vault. The recovery key is shown once, on paper, and is nowhere else."""

    vault_id: str
    officer_uid: str
    recovery_key: str
    fingerprint: str


def create(
    folder: Path,
    *,
    founder: Founder,
    passphrase: str,
    settings: Mapping[str, str],
    clock: Clock,
    memory_kib: int | None = None,
) -> Created:
    """Found a vault in a folder. `settings` become rows of `meta`.

    `memory_kib` is Argon2's memory; without it the machine is measured (some seconds).
    Raises Refused where a vault exists, VaultUnavailable on a network folder, PassphraseRefused,
    UsageError, UnsafeFile, StorageFailed.
    """
    person = Person(founder.handle.strip(), founder.name.strip(), "supervisor", True, None)
    person.demand_sound()
    office = (settings.get("office", ""), settings.get("prefix", ""))
    demand_strong(passphrase, person.handle, person.name, *office)
    if _OWN_SETTINGS & settings.keys():
        raise UsageError("A setting has a name that the vault keeps for itself")
    demand_local(folder)
    private_folder(folder)
    with take_lock(folder):
        if vault_exists(folder):
            raise Refused("There is a vault in that folder", "Choose another folder.")
        try:
            _sweep_unfinished(folder)
            return _found(folder, person, (passphrase, memory_kib or calibrate()), settings, clock)
        except BaseException as error:
            with suppress(OSError):  # what stays is swept when founding begins again
                (folder / DATABASE).unlink(missing_ok=True)  # nobody has seen its recovery key
                _sweep_unfinished(folder)
            if isinstance(error, OSError | sqlcipher.OperationalError):  # the disk, at every step
                raise not_stored(error) from error
            raise


def fingerprint_of(root: bytes) -> str:
    """Give the root administrator's key as 16 symbols (80 bits) to compare with the paper sheet."""
    digest = hashlib.sha256(b"enquiry root v1\0" + root).digest()
    return grouped(crockford(int.from_bytes(digest[:10], "big"), 16))


def _found(
    folder: Path,
    person: Person,
    secret: tuple[str, int],
    settings: Mapping[str, str],
    clock: Clock,
) -> Created:
    now = clock.now()
    vault_id, uid, recovery_uid = new_uid(now), new_uid(now), new_uid(now)
    master, bundle = MasterKey.fresh(vault_id), PrivateBundle.fresh()
    spare, recovery_key = PrivateBundle.fresh(bundle.root), new_recovery_key()
    keys = SigningKeys(uid, bundle.seed)
    # The paper key can reset an account when no administrator is left, hence the right.
    paper = Person(RECOVERY_HANDLE, "Recovery key", RECOVERY_ROLE, True, None)
    first = certify(person, uid, bundle, vault_id=vault_id, seq=1, issuer=keys)
    second = certify(paper, recovery_uid, spare, vault_id=vault_id, seq=1, issuer=keys)
    users = (
        user_record(first, "person", bundle, master, secret),
        user_record(second, "recovery", spare, master, (recovery_key, secret[1])),
    )
    header = Header(vault_id, 1, master.epoch, {user.uid: user for user in users})
    fingerprint = fingerprint_of(bundle.root)
    rows = {**settings, "vault_id": vault_id, "header_seq": "1", "created_at": utc_text(now)}
    detail = {"handle": person.handle, "name": person.name, "fingerprint": fingerprint}
    entry = Entry(Action.VAULT_CREATED, uid, outcome="done", detail=detail)
    try:
        _first_database(folder, master, rows, (entry, keys), clock)
        # The database takes its name last: until then there is no vault, and founding can begin
        # again; nobody has seen the recovery key yet.
        write_header(folder, header.authenticated(master))
        (folder / UNFINISHED).rename(folder / DATABASE)
        flush_folder(folder)
    finally:
        for secret_thing in (master, bundle, spare, keys):
            secret_thing.wipe()
    return Created(vault_id, uid, recovery_key, fingerprint)


def _first_database(
    folder: Path,
    master: MasterKey,
    rows: Mapping[str, str],
    event: tuple[Entry, SigningKeys],
    clock: Clock,
) -> None:
    connection = create_database(folder / UNFINISHED, master.database_key())
    try:
        migrate(connection, shipped(), clock.now())
        store = Store(connection, rows["vault_id"], clock)
        with store.transaction() as transaction:
            transaction.executemany(
                "INSERT INTO meta (key, value) VALUES (?, ?)", list(rows.items())
            )
            transaction.event(*event)
    finally:
        connection.close()
    (folder / f"{UNFINISHED}-journal").unlink(missing_ok=True)


def _sweep_unfinished(folder: Path) -> None:
    """Remove what a founding that was cut off has left; there is no vault in the folder."""
    for name in (HEADER, COPY, f"{UNFINISHED}-journal", UNFINISHED):
        with suppress(FileNotFoundError):
            (folder / name).unlink()
    sweep(folder, frozenset({HEADER, COPY}))
