"""The backup bundle: one file, plainly concatenated, signed from its first byte to its last.

    ENQUIRY-BACKUP 1 <length of the manifest in ten digits><line feed>
    manifest   canonical JSON: what the backup is of, and length and SHA-256 of the three parts
    keys       canonical JSON: the backup key, sealed with HPKE (RFC 9180) to each administrator and
               to the recovery key, by uid; to nobody else
    header     a copy of the key header, which the same passphrases open
    database   a SQLCipher database under the backup key, with a salt of its own
    signature  64 bytes: Ed25519 (RFC 8032) over `enquiry backup v1`, a zero byte, and the SHA-256
               of every byte before the signature

The file's length follows from the first line and the manifest, so that a byte more or less is
refused at once; any other byte changed is refused by the signature, before a page is read. Without
a passphrase it shows sizes, times, counts, the vault's id, handles, and uids: no name, no word.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Self

from enquiry_tui.errors import Refused
from enquiry_tui.machine.files import open_ordinary
from enquiry_tui.vault.keys import SigningKeys, signed_by
from enquiry_tui.vault.manifest import FIRST_LINE, MAGIC, PARTS, SIGNATURE_BYTES, Manifest, Part

SUFFIX = ".enqb"
_LARGEST_MANIFEST = 256 * 1024  # bytes
_LARGEST_SMALL_PART = 4 * 1024 * 1024  # bytes: keys, header
_BLOCK = 4 * 1024 * 1024  # bytes
_SIGNED = b"enquiry backup v1\0"

Told = Callable[[int], None]
"""Hears how many bytes more are done."""


class BundleRefused(Refused):
    """A file is no backup, or not as it was written."""


class OpenBundle:
    """A bundle held open, so that what was checked is what is read.

    Opening reads the first line and the manifest and compares lengths; `demand_whole` hashes every
    byte and checks the signature under the key that the bundle names. Whether that key is one to
    trust only the key header tells. Raises BundleRefused throughout.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._stream: BinaryIO = open_ordinary(path)
        except FileNotFoundError as error:
            raise BundleRefused("There is no such file", "Check its name.") from error
        except OSError as error:
            raise BundleRefused(
                "The file cannot be read", "Check who may read it, and the disk it lies on."
            ) from error
        try:
            self.manifest = self._front()
        except BaseException:
            self._stream.close()
            raise

    def demand_whole(self, tell: Told = lambda _: None) -> str:
        """Check every byte and the signature; gives the SHA-256 of the whole file in hex."""
        manifest = self.manifest
        whole = hashlib.sha256()
        self._stream.seek(0)
        for length, expected in (
            (len(manifest.front), None),
            *((manifest.parts[name].length, manifest.parts[name].sha256) for name in PARTS),
        ):
            own = hashlib.sha256()
            for block in self._blocks(length):
                whole.update(block)
                own.update(block)
                tell(len(block))
            if expected is not None and own.hexdigest() != expected:
                raise altered()
        signature = self._stream.read(SIGNATURE_BYTES + 1)
        if not signed_by(manifest.signer_public, signature, _SIGNED + whole.digest()):
            raise altered()
        whole.update(signature)
        return whole.hexdigest()

    def small(self, name: str) -> bytes:
        """Give the bytes of the part `keys` or `header`."""
        part = self.manifest.parts[name]
        if part.length > _LARGEST_SMALL_PART:
            raise altered()
        self._stream.seek(self._start(name))
        data = b"".join(self._blocks(part.length))
        if hashlib.sha256(data).hexdigest() != part.sha256:
            raise altered()
        return data

    def database(self, target: BinaryIO, tell: Told = lambda _: None) -> None:
        """Write the database part to a file that is open for writing."""
        part, digest = self.manifest.parts["database"], hashlib.sha256()
        self._stream.seek(self._start("database"))
        for block in self._blocks(part.length):
            digest.update(block)
            target.write(block)
            tell(len(block))
        if digest.hexdigest() != part.sha256:
            raise altered()

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _front(self) -> Manifest:
        found = os.fstat(self._stream.fileno())
        line = self._stream.read(FIRST_LINE)
        digits = line[len(MAGIC) : -1]
        if not stat.S_ISREG(found.st_mode) or not line.startswith(MAGIC):
            raise BundleRefused("That is not a backup of this program", "Choose another file.")
        if not line.endswith(b"\n") or not digits.isdigit() or int(digits) > _LARGEST_MANIFEST:
            raise altered()
        try:
            manifest = Manifest.decoded(self._stream.read(int(digits)))
        except ValueError as error:
            raise altered() from error
        if line + manifest.encoded() != manifest.front or manifest.size != found.st_size:
            raise altered()
        return manifest

    def _start(self, name: str) -> int:
        before = PARTS[: PARTS.index(name)]
        return len(self.manifest.front) + sum(self.manifest.parts[item].length for item in before)

    def _blocks(self, length: int) -> Iterator[bytes]:
        while length:
            block = self._stream.read(min(length, _BLOCK))
            if not block:
                raise altered()
            length -= len(block)
            yield block

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def write_bundle(
    target: BinaryIO,
    manifest: Manifest,
    parts: Mapping[str, BinaryIO],
    keys: SigningKeys,
    tell: Told = lambda _: None,
) -> str:
    """Write all parts in order and sign them; gives the SHA-256 of the whole file in hex."""
    whole = hashlib.sha256(manifest.front)
    target.write(manifest.front)
    for name in PARTS:
        while block := parts[name].read(_BLOCK):
            whole.update(block)
            target.write(block)
            tell(len(block))
    signature = keys.sign(_SIGNED + whole.digest())
    target.write(signature)
    whole.update(signature)
    return whole.hexdigest()


def measured(stream: BinaryIO, tell: Told = lambda _: None) -> Part:
    """Read a file from its beginning and give its length and SHA-256; it stands there again."""
    digest, length = hashlib.sha256(), 0
    stream.seek(0)
    while block := stream.read(_BLOCK):
        digest.update(block)
        length += len(block)
        tell(len(block))
    stream.seek(0)
    return Part(length, digest.hexdigest())


def altered() -> BundleRefused:
    """Say that a bundle is not as it was written."""
    return BundleRefused(
        "That backup is damaged or was altered: it is not as it was written",
        "Nothing of it was used. Take another, and keep this one to be looked at.",
    )
