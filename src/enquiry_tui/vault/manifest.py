"""What a backup says of itself: the manifest at the front of the bundle."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from enquiry_tui.vault.encoding import canonical, number_of, packed, record_of, text_of, unpacked
from enquiry_tui.vault.keys import KEY_BYTES

PARTS = ("keys", "header", "database")
MAGIC = b"ENQUIRY-BACKUP 1 "
FIRST_LINE = len(MAGIC) + 10 + 1  # bytes: the length of the manifest in ten digits, a line feed
SIGNATURE_BYTES = 64
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One part: how many bytes, and their SHA-256 in hex."""

    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says of itself. `seq` and `head` (hex) are the end of the audit chain in it."""

    uid: str
    vault_id: str
    app: str
    schema: int
    created: str  # stored UTC
    up_to: str  # the time of the last event, stored UTC
    seq: int
    head: str
    counts: Mapping[str, int]
    pages: int
    parts: Mapping[str, Part]
    recipients: tuple[str, ...]
    signer: str
    signer_public: bytes
    certificate: bytes  # the signer's, sealed under the vault's master key: names are not for all
    checkpoint: str

    def encoded(self) -> bytes:
        """Give the canonical JSON."""
        return canonical(
            {
                "format": _FORMAT,
                "uid": self.uid,
                "vault": self.vault_id,
                "app": self.app,
                "schema": self.schema,
                "created": self.created,
                "up_to": self.up_to,
                "audit": {"seq": self.seq, "head": self.head},
                "counts": dict(self.counts),
                "pages": self.pages,
                "parts": {
                    name: {"length": part.length, "sha256": part.sha256}
                    for name, part in self.parts.items()
                },
                "recipients": list(self.recipients),
                "signer": {
                    "uid": self.signer,
                    "edpk": packed(self.signer_public),
                    "cert": packed(self.certificate),
                },
                "checkpoint": self.checkpoint,
            }
        )

    @classmethod
    def decoded(cls, data: bytes) -> Manifest:
        """Read it. Raises ValueError for anything but what `encoded` gives."""
        try:
            record = record_of(json.loads(data))
        except RecursionError as error:
            raise ValueError("nested beyond reason") from error
        audit, signer = record_of(record.get("audit")), record_of(record.get("signer"))
        counts, parts = record_of(record.get("counts")), record_of(record.get("parts"))
        recipients = record.get("recipients")
        if not isinstance(recipients, list) or set(parts) != set(PARTS):
            raise ValueError("another shape")
        manifest = cls(
            uid=text_of(record, "uid"),
            vault_id=text_of(record, "vault"),
            app=text_of(record, "app"),
            schema=number_of(record, "schema"),
            created=text_of(record, "created"),
            up_to=text_of(record, "up_to"),
            seq=number_of(audit, "seq"),
            head=text_of(audit, "head"),
            counts={name: number_of(counts, name) for name in counts},
            pages=number_of(record, "pages"),
            parts={name: _part(record_of(parts[name])) for name in PARTS},
            recipients=tuple(str(uid) for uid in recipients),
            signer=text_of(signer, "uid"),
            signer_public=unpacked(signer.get("edpk"), KEY_BYTES),
            certificate=unpacked(signer.get("cert")),
            checkpoint=text_of(record, "checkpoint"),
        )
        if record.get("format") != _FORMAT or manifest.encoded() != data:
            raise ValueError("another format")
        return manifest

    @property
    def front(self) -> bytes:
        """The first line and the manifest, as they stand in the file."""
        body = self.encoded()
        return MAGIC + f"{len(body):010d}\n".encode() + body

    @property
    def size(self) -> int:
        """The length of the whole file in bytes."""
        return len(self.front) + sum(part.length for part in self.parts.values()) + SIGNATURE_BYTES


def _part(record: Mapping[str, object]) -> Part:
    length = number_of(record, "length")
    if length < 0:
        raise ValueError("a length below zero")
    return Part(length, text_of(record, "sha256"))
