"""Checkpoints: how far the chain went, as a signed note that stands without the vault.

The form is C2SP's signed note holding a tlog-checkpoint. Where that has a Merkle root, this has the
linear head, the hash of the last event; the chain has no other root.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from enquiry_tui.errors import EnquiryError
from enquiry_tui.vault.chain import code_of
from enquiry_tui.vault.encoding import packed, unpacked
from enquiry_tui.vault.keys import SigningKeys, signed_by

_ORIGIN = "enquiries/"
_MOST = 2000  # characters of a note
_HASH_BYTES = 32
_KEY_ID_BYTES = 4
_SIGNATURE_BYTES = 64
_ED25519 = b"\x01"  # the signature type of the signed-note form
_NOTE = re.compile(
    r"enquiries/(?P<vault>[^\s+]{1,64})\n(?P<seq>0|[1-9][0-9]{0,18})\n(?P<head>[A-Za-z0-9+/=]{44})\n"
    r"\n— (?P<name>[^\s+]{1,64}) (?P<signature>[A-Za-z0-9+/=]{92})\n"
)


class NoteRefused(EnquiryError):
    """A text is no checkpoint, or its signature does not hold."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a note says: this vault's chain had `seq` events, the last with this hash (32 bytes).

    `name` is who signed, `key_id` the first 4 bytes of the hash of name and public key.
    """

    vault_id: str
    seq: int
    head: bytes
    name: str
    key_id: bytes
    signature: bytes

    @property
    def code(self) -> str:
        """The 12-character code of the head, for print."""
        return code_of(self.head)

    @property
    def body(self) -> bytes:
        """The bytes that are signed: three lines, each with its line end."""
        return _body(self.vault_id, self.seq, self.head)


def signed_note(vault_id: str, seq: int, head: bytes, handle: str, keys: SigningKeys) -> str:
    """Give the signed note of a chain that ends at event `seq` with the hash `head`."""
    body = _body(vault_id, seq, head)
    mark = packed(_key_id(handle, keys.public) + keys.sign(body))
    return signed_form(vault_id, seq, packed(head), handle, mark)


def signed_form(vault_id: str, seq: int, head: str, name: str, mark: str) -> str:
    """Put a note together; `head` and `mark` (key id and signature) are base64."""
    return f"{_ORIGIN}{vault_id}\n{seq}\n{head}\n\n— {name} {mark}\n"


def read_note(text: str) -> Checkpoint:
    """Read a note without checking its signature. Raises NoteRefused."""
    found = _NOTE.fullmatch(text) if len(text) <= _MOST else None
    if found is None:
        raise NoteRefused("That is not a checkpoint", "Give the five lines as they were written.")
    try:
        head = unpacked(found["head"], _HASH_BYTES)
        mark = unpacked(found["signature"], _KEY_ID_BYTES + _SIGNATURE_BYTES)
    except (ValueError, binascii.Error) as error:
        raise NoteRefused(
            "That checkpoint is damaged", "Copy it again from where it was written."
        ) from error
    note = Checkpoint(
        found["vault"],
        int(found["seq"]),
        head,
        found["name"],
        mark[:_KEY_ID_BYTES],
        mark[_KEY_ID_BYTES:],
    )
    if packed(head) != found["head"] or packed(mark) != found["signature"]:
        raise NoteRefused("That checkpoint is damaged", "Its base64 is not in the one form.")
    return note


def verify_note(text: str, publics: Iterable[bytes]) -> Checkpoint:
    """Read a note and check that one of these Ed25519 public keys signed it. Raises NoteRefused."""
    note = read_note(text)
    for public in publics:
        if note.key_id == _key_id(note.name, public) and signed_by(
            public, note.signature, note.body
        ):
            return note
    raise NoteRefused(
        "No known officer signed that checkpoint",
        "Keep it, and tell whoever looks after the record: it was altered, or is of another vault.",
    )


def names_key(text: str, publics: Iterable[bytes]) -> bool:
    """Say whether a note names one of these public keys, whether or not its signature holds."""
    note = read_note(text)
    return any(note.key_id == _key_id(note.name, public) for public in publics)


def _body(vault_id: str, seq: int, head: bytes) -> bytes:
    return f"{_ORIGIN}{vault_id}\n{seq}\n{packed(head)}\n".encode()


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:_KEY_ID_BYTES]
