"""Making a backup: a copy under a fresh key, checked, bound into one signed file, checked again."""

from __future__ import annotations

import io
import os
import secrets
from collections.abc import Generator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from enquiry_tui import __version__
from enquiry_tui.errors import NotPermitted, Refused
from enquiry_tui.machine.files import flush, flush_folder, open_exclusive, open_ordinary, sweep
from enquiry_tui.vault.aside import Progress, told
from enquiry_tui.vault.bundle import SUFFIX, OpenBundle, measured, write_bundle
from enquiry_tui.vault.checkpoint import signed_note
from enquiry_tui.vault.connection import Connection, scalar
from enquiry_tui.vault.copying import check_copy, explained
from enquiry_tui.vault.encoding import canonical, new_uid, packed, utc_text
from enquiry_tui.vault.journal import PAGE
from enquiry_tui.vault.keys import MasterKey
from enquiry_tui.vault.manifest import Manifest, Part
from enquiry_tui.vault.place import demand_place, on_same_device
from enquiry_tui.vault.session import Unlocked

COUNTED = ("contact", "enquiry", "person", "officer")
_KEYS_FORMAT = 1
_LAST = "SELECT seq, leaf, utc FROM event WHERE vault = ? ORDER BY seq DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made and read again. `sha256` is of the whole file; sizes in bytes."""

    file: Path
    uid: str
    sha256: str
    size: int
    seq: int
    head: str
    counts: dict[str, int]
    up_to: str
    same_device: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """What a copy of a vault's database holds. `up_to` is the time of the last event."""

    vault_id: str
    seq: int
    head: str
    up_to: str
    schema: int
    pages: int
    counts: dict[str, int]


class Tally:
    """Counts bytes on one thread for another to read."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total, self._done = what, total, 0

    def add(self, number: int) -> None:
        """Count some bytes more."""
        self._done += number

    def progress(self) -> Progress:
        """Tell how far it is."""
        return Progress(self._what, self._done, self._total)


def key_name(vault_id: str, backup_uid: str) -> str:
    """Give the name under which the key of one backup is derived and sealed.

    It is made like a vault's master key, but neither can ever stand for the other.
    """
    return f"{vault_id}/{backup_uid}"


def backup_steps(unlocked: Unlocked, folder: Path) -> Generator[Progress, None, Made]:
    """Make a backup in a folder in short steps, at most some 50 ms each; gives what was made.

    Between two steps the vault can be used. Given up in the middle, nothing stays behind. The event
    is the caller's. Raises NotPermitted, Refused, CopyFailed, VaultDamaged.
    """
    if not unlocked.account.administrator or unlocked.account.must_change:
        raise NotPermitted("Backups are an administrator's", "Ask an administrator.")
    size = int(unlocked.store.query("PRAGMA page_count")[0][0]) * PAGE
    demand_place(folder, unlocked.folder, 2 * size)
    return _Making(unlocked, folder).steps()


def look(connection: Connection, vault_id: str) -> Looked:
    """Read what the copy of a vault holds."""
    last = connection.execute(_LAST, (vault_id,)).fetchone()
    found = scalar(connection, "SELECT value FROM meta WHERE key = 'vault_id'")
    return Looked(
        vault_id=str(found),
        seq=last["seq"] if last else 0,
        head=last["leaf"].hex() if last else "",
        up_to=last["utc"] if last else "",
        schema=int(scalar(connection, "PRAGMA user_version")),
        pages=int(scalar(connection, "PRAGMA page_count")),
        counts={
            table: int(scalar(connection, f"SELECT count(*) FROM {table}")) for table in COUNTED
        },
    )


def file_name(now: datetime, seq: int) -> str:
    """Give a backup's name: when it was made, in UTC, and the last event in it."""
    return f"backup-{now:%Y%m%d-%H%M}-{seq}{SUFFIX}"


class _Making:
    def __init__(self, unlocked: Unlocked, folder: Path) -> None:
        self._unlocked = unlocked
        self._folder = folder
        self._now = unlocked.clock.now()
        self._uid = new_uid(self._now)
        self._key = MasterKey.fresh(key_name(unlocked.vault_id, self._uid))
        # One process at a time holds the vault: what bears its name here is left of a killed one.
        name, mark = f"backup-{unlocked.vault_id}", secrets.token_hex(8)
        self._copy = folder / f".{name}.db.{mark}.tmp"
        self._bundle = folder / f".{name}.{mark}.tmp"
        self._litter = frozenset({name, f"{name}.db"})
        self._final: tuple[Path, ...] = ()

    def steps(self) -> Generator[Progress, None, Made]:
        """Copy, check, bind, check again, and give it its name."""
        try:
            sweep(self._folder, self._litter)
            yield from self._unlocked.store.copy(self._copy, self._key.database_key())
            size = self._copy.stat().st_size
            checking = Progress("checking the copy", 0, size)
            looked = yield from told(self._check, lambda: checking)
            manifest, parts = yield from self._manifest(looked, size)
            writing = Tally("writing", manifest.size)
            sha256 = yield from told(
                lambda: self._write(manifest, parts, writing), writing.progress
            )
            again = Tally("reading it again", manifest.size)
            read = yield from told(lambda: self._read_again(again), again.progress)
            if read != sha256:
                raise _not_as_written()
            ending = Progress("giving it its name")
            file = yield from told(lambda: self._named(looked.seq), lambda: ending)
        except BaseException as error:
            self._remove(self._copy, self._bundle, *self._final)
            if isinstance(error, OSError):
                raise explained(error) from error
            raise
        finally:
            self._key.wipe()
        return Made(
            file=file,
            uid=self._uid,
            sha256=sha256,
            size=manifest.size,
            seq=looked.seq,
            head=looked.head,
            counts=looked.counts,
            up_to=looked.up_to,
            same_device=on_same_device(self._folder, self._unlocked.folder),
        )

    def _check(self) -> Looked:
        vault_id = self._unlocked.vault_id
        return check_copy(
            self._copy, self._key.database_key(), lambda connection: look(connection, vault_id)
        )

    def _manifest(
        self, looked: Looked, size: int
    ) -> Generator[Progress, None, tuple[Manifest, dict[str, bytes]]]:
        unlocked, header = self._unlocked, self._unlocked.ring.header
        if header.successor is not None:
            raise Refused(
                "The vault's keys are being changed", "Make the backup when that has ended."
            )
        sealed = {
            uid: packed(self._key.sealed_to(uid, certificate.exchange_public))
            for uid, certificate in unlocked.certificates.items()
            if certificate.administrator
        }
        parts = {
            "keys": canonical({"format": _KEYS_FORMAT, "sealed": sealed}),
            "header": header.encoded(),
        }
        hashing = Tally("hashing", size)
        with open_ordinary(self._copy) as stream:
            database = yield from told(lambda: measured(stream, hashing.add), hashing.progress)
        manifest = self._described(looked, {**_measured(parts), "database": database}, sealed)
        return manifest, parts

    def _described(
        self, looked: Looked, parts: dict[str, Part], sealed: dict[str, str]
    ) -> Manifest:
        unlocked = self._unlocked
        account, keys = unlocked.account, unlocked.keys
        head = bytes.fromhex(looked.head)
        return Manifest(
            uid=self._uid,
            vault_id=unlocked.vault_id,
            app=__version__,
            schema=looked.schema,
            created=utc_text(self._now),
            up_to=looked.up_to,
            seq=looked.seq,
            head=looked.head,
            counts=looked.counts,
            pages=looked.pages,
            parts=parts,
            recipients=tuple(sorted(sealed)),
            signer=account.uid,
            signer_public=keys.public,
            certificate=unlocked.ring.header.users[account.uid].certificate,
            checkpoint=signed_note(unlocked.vault_id, looked.seq, head, account.handle, keys),
        )

    def _write(self, manifest: Manifest, parts: dict[str, bytes], tally: Tally) -> str:
        with ExitStack() as files:
            target = files.enter_context(open_exclusive(self._bundle))
            streams: dict[str, BinaryIO] = {
                name: files.enter_context(io.BytesIO(data)) for name, data in parts.items()
            }
            streams["database"] = files.enter_context(open_ordinary(self._copy))
            sha256 = write_bundle(target, manifest, streams, self._unlocked.keys, tally.add)
            target.flush()
            flush(target.fileno())
            if hasattr(os, "posix_fadvise"):  # or reading again would show the cache, not the disk
                os.posix_fadvise(target.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return sha256

    def _read_again(self, tally: Tally) -> str:
        with OpenBundle(self._bundle) as bundle:
            return bundle.demand_whole(tally.add)

    def _named(self, seq: int) -> Path:
        file = self._folder / file_name(self._now, seq)
        if os.path.lexists(file):
            raise Refused(
                "A backup of that name is there already", "Try again in a minute, or elsewhere."
            )
        self._bundle.rename(file)
        self._final = (file,)
        flush_folder(self._folder)
        self._copy.unlink()
        return file

    @staticmethod
    def _remove(*paths: Path) -> None:
        for path in paths:
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _measured(parts: dict[str, bytes]) -> dict[str, Part]:
    return {name: measured(io.BytesIO(data)) for name, data in parts.items()}


def _not_as_written() -> Refused:
    return Refused(
        "The backup does not read as it was written", "Check the disk, and choose another place."
    )
