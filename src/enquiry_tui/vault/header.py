"""The key header: who can open the vault and how, in two copies beside the database."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, cast

from enquiry_tui.machine.files import UnsafeFile, atomic_write, read_bounded
from enquiry_tui.vault.encoding import (
    canonical,
    number_of,
    packed,
    record_of,
    text_of,
    unpacked,
)
from enquiry_tui.vault.errors import VaultDamaged, VaultTampered
from enquiry_tui.vault.kdf import KdfParameters
from enquiry_tui.vault.keys import KEY_BYTES, NONCE_BYTES, MasterKey

HEADER = "vault.hdr"
COPY = "vault.hdr.bak"
LARGEST = 1024 * 1024  # bytes
_MAGIC = "ENQUIRY-VAULT"
_FORMAT = 1
_VAULT = re.compile(r"[0-9A-Za-z-]{1,64}")

Kind = Literal["person", "recovery"]


@dataclass(frozen=True, slots=True)
class UserRecord:
    """One who can open the vault. Only the handle can be read without a passphrase."""

    uid: str
    handle: str
    kind: Kind
    kdf: KdfParameters
    commit: bytes
    nonce: bytes
    bundle: bytes
    exchange_public: bytes
    signing_public: bytes
    certificate: bytes  # sealed under the master key: names and roles are not for a finder
    envelopes: Mapping[int, bytes]  # by epoch

    def bound(self, vault_id: str) -> bytes:
        """Give what the bundle is bound to: vault, user, kind, KDF parameters, public keys."""
        return canonical(
            {
                "ctx": "enquiry bundle v1",
                "vault": vault_id,
                "uid": self.uid,
                "kind": self.kind,
                "kdf": self.kdf.encoded(),
                "xpk": packed(self.exchange_public),
                "edpk": packed(self.signing_public),
            }
        )

    def encoded(self) -> dict[str, object]:
        """Give the header's form."""
        return {
            "handle": self.handle,
            "kind": self.kind,
            "kdf": self.kdf.encoded(),
            "commit": packed(self.commit),
            "nonce": packed(self.nonce),
            "bundle": packed(self.bundle),
            "xpk": packed(self.exchange_public),
            "edpk": packed(self.signing_public),
            "cert": packed(self.certificate),
            "env": {str(epoch): packed(sealed) for epoch, sealed in self.envelopes.items()},
        }

    @classmethod
    def decoded(cls, uid: str, record: Mapping[str, object]) -> UserRecord:
        """Read the header's form. Raises ValueError."""
        kind = text_of(record, "kind")
        if kind not in {"person", "recovery"}:
            raise ValueError("an unknown kind of user")
        return cls(
            uid=uid,
            handle=text_of(record, "handle"),
            kind=cast("Kind", kind),
            kdf=KdfParameters.decoded(record_of(record.get("kdf"))),
            commit=unpacked(record.get("commit"), 32),
            nonce=unpacked(record.get("nonce"), NONCE_BYTES),
            bundle=unpacked(record.get("bundle")),
            exchange_public=unpacked(record.get("xpk"), KEY_BYTES),
            signing_public=unpacked(record.get("edpk"), KEY_BYTES),
            certificate=unpacked(record.get("cert")),
            envelopes={
                int(epoch): unpacked(sealed)
                for epoch, sealed in record_of(record.get("env")).items()
            },
        )


@dataclass(frozen=True, slots=True)
class Header:
    """The whole header. `seq` grows by one with every change; `past` keeps old certificates."""

    vault_id: str
    seq: int
    epoch: int
    users: Mapping[str, UserRecord]
    past: tuple[bytes, ...] = ()
    mac: bytes = field(default=b"", compare=False)
    # While the keys are changed: the header that takes this one's place, under the next epoch's key
    successor: Header | None = None

    def by_handle(self, handle: str) -> UserRecord | None:
        """Find a person by handle, whatever the case."""
        wanted = handle.strip().casefold()
        for user in self.users.values():
            if user.kind == "person" and user.handle.casefold() == wanted:
                return user
        return None

    def recovery(self) -> UserRecord | None:
        """Find the user that the paper key opens."""
        return next((user for user in self.users.values() if user.kind == "recovery"), None)

    def with_user(self, user: UserRecord) -> Header:
        """Give the next header, in which this user stands as given.

        A successor made before would not know of the change, and is dropped.
        """
        users = {**self.users, user.uid: user}
        return replace(self, seq=self.seq + 1, users=users, successor=None)

    def authenticated(self, key: MasterKey) -> Header:
        """Give the header with its MAC under the master key."""
        return replace(self, mac=key.header_mac(self._body()))

    def demand_authentic(self, key: MasterKey) -> None:
        """Check the MAC. Raises VaultTampered."""
        if not hmac.compare_digest(self.mac, key.header_mac(self._body())):
            raise VaultTampered(
                "The key header has been altered",
                "Do not use this vault; tell whoever looks after it, and keep the folder as it is.",
            )

    def recorded(self) -> dict[str, object]:
        """Give the file's record, all but the checksum."""
        return {**self._record(), "mac": packed(self.mac)}

    def encoded(self) -> bytes:
        """Give the file's bytes: canonical JSON with checksum, and a line feed."""
        record = self.recorded()
        record["sum"] = hashlib.sha256(canonical(record)).hexdigest()
        return canonical(record) + b"\n"

    @classmethod
    def decoded(cls, data: bytes) -> Header:
        """Read the file's bytes. Raises ValueError for anything but what `encoded` gives."""
        try:
            record = record_of(json.loads(data))
            checksum = record.pop("sum", None)
            written = canonical(record)
        except RecursionError as error:  # writing may give up where reading did not
            raise ValueError("nested beyond reason") from error
        if checksum != hashlib.sha256(written).hexdigest():
            raise ValueError("the checksum does not agree")
        if record.get("magic") != _MAGIC or record.get("format") != _FORMAT:
            raise ValueError("another format")
        following = record.get("next")
        successor = None if following is None else cls._read(record_of(following))
        return replace(cls._read(record), successor=successor)

    @classmethod
    def _read(cls, record: Mapping[str, object]) -> Header:
        past, vault_id = record.get("past"), text_of(record, "vault_id")
        if not isinstance(past, list):
            raise ValueError("no list of past certificates")  # noqa: TRY004
        if not _VAULT.fullmatch(vault_id):  # files are named after it: anchors, a backup's copy
            raise ValueError("not the number of a vault")
        users = record_of(record.get("users")).items()
        return cls(
            vault_id=vault_id,
            seq=number_of(record, "seq"),
            epoch=number_of(record, "epoch"),
            users={uid: UserRecord.decoded(uid, record_of(user)) for uid, user in users},
            past=tuple(unpacked(item) for item in past),
            mac=unpacked(record.get("mac"), 32),
        )

    def _body(self) -> bytes:
        return canonical(self._record())

    def _record(self) -> dict[str, object]:
        following = self.successor
        return {
            **({} if following is None else {"next": following.recorded()}),
            "magic": _MAGIC,
            "format": _FORMAT,
            "vault_id": self.vault_id,
            "seq": self.seq,
            "epoch": self.epoch,
            "users": {uid: user.encoded() for uid, user in self.users.items()},
            "past": [packed(item) for item in self.past],
        }


def read_header(folder: Path) -> Header:
    """Read the newer of the two copies that are whole. Raises VaultDamaged when neither is."""
    found = []
    for name in (HEADER, COPY):
        with suppress(ValueError, FileNotFoundError, UnsafeFile, OSError):
            found.append(Header.decoded(read_bounded(folder / name, LARGEST)))
    if not found:
        raise VaultDamaged(
            "The key header is missing or damaged, and so is its copy",
            "Restore a backup: backup restore FILE --into NEW. What came after it is lost."
            " A vault.hdr kept by itself fits only if no key has changed since.",
        )
    return max(found, key=lambda header: header.seq)  # the first of two equals: the main file


def write_header(folder: Path, header: Header) -> None:
    """Write the main file, then the copy, each whole and on the disk before the next.

    Between the two the main file is the newer, and reading prefers it: at every moment exactly
    one passphrase opens each account. Once the main file stands the change has happened; a copy
    that could not be written (no room) is brought up by `repair_header` at the next sign-in.
    """
    data = header.encoded()
    if len(data) > LARGEST:
        raise VaultDamaged("The key header has grown too large", "Remove accounts not in use.")
    atomic_write(folder / HEADER, data)
    with suppress(OSError):
        atomic_write(folder / COPY, data)


def repair_header(folder: Path, header: Header) -> bool:
    """Make both copies this header, which has been authenticated. Tells whether one differed."""
    data = header.encoded()
    for name in (HEADER, COPY):
        current = b""
        with suppress(FileNotFoundError, UnsafeFile, OSError):
            current = read_bounded(folder / name, LARGEST)
        if current != data:
            write_header(folder, header)
            return True
    return False
