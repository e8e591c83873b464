"""The audit chain: every event signed by who did it and tied to the one before."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from enquiry_tui.domain.audit import Action, Word
from enquiry_tui.vault.encoding import (
    canonical,
    crockford,
    from_crockford,
    grouped,
    plain_crockford,
)
from enquiry_tui.vault.keys import SigningKeys

START = bytes(32)  # what the first event follows
ERASING = frozenset(str(action) for action in Action if action.word is Word.ERASURE)
_SALT_BYTES = 16
_CODE = 12  # symbols of five bits
_SIGNED = b"enquiry event v1\0"
_COLUMNS = (
    "vault, seq, utc, mono, actor, second, session, action, object, purpose, outcome, recipient, "
    "pack, commitment, state, prev, leaf, signature, second_signature"
)


Fields = tuple[
    str, int, str, int, str, str, str, str, str, str, str, str, str, bytes, bytes, bytes
]  # vault to prev, in the order of the columns


@dataclass(frozen=True, slots=True)
class Entry:
    """What was done, as the verb says it. Names, words and values stand in `detail` only.

    `pack_hash` names the policy that was in force.
    """

    action: str
    object_uid: str = ""
    purpose: str = ""
    outcome: str = ""
    recipient_uid: str = ""
    pack_hash: str = ""
    detail: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when an event stands: which vault and session, after which, at what time."""

    vault_id: str
    seq: int
    utc: str
    mono: int  # milliseconds
    session: str
    prev: bytes


RowState = tuple[str, str, bytes]  # table, uid, hash of the row as the event left it


@dataclass(frozen=True, slots=True)
class Signed:
    """An event ready to be stored: the row, and its detail with the salt, if it has one."""

    row: tuple[str | int | bytes, ...]
    leaf: bytes
    detail: tuple[bytes, str] | None = field(repr=False)

    @property
    def insert(self) -> str:
        """The statement that stores the row."""
        return f"INSERT INTO event ({_COLUMNS}) VALUES ({', '.join('?' * len(self.row))})"


def signed_event(
    entry: Entry,
    place: Place,
    keys: SigningKeys,
    second: SigningKeys | None = None,
    rows: Iterable[RowState] = (),
) -> Signed:
    """Hash and sign one event; where two officers act, both sign the same hash.

    `rows` are the rows that were changed with it: the event holds the hash over them all.
    """
    detail, commitment = None, b""
    if entry.detail is not None:
        salt, body = secrets.token_bytes(_SALT_BYTES), canonical(dict(entry.detail))
        commitment = commitment_to(salt, body)
        detail = (salt, body.decode())
    fields: Fields = (
        place.vault_id,
        place.seq,
        place.utc,
        place.mono,
        keys.uid,
        second.uid if second else "",
        place.session,
        entry.action,
        entry.object_uid,
        entry.purpose,
        entry.outcome,
        entry.recipient_uid,
        entry.pack_hash,
        commitment,
        state_over(rows),
        place.prev,
    )
    leaf = leaf_of(fields)
    signature = keys.sign(_SIGNED + leaf)
    second_signature = second.sign(_SIGNED + leaf) if second else b""
    return Signed((*fields, leaf, signature, second_signature), leaf, detail)


def leaf_of(fields: Fields) -> bytes:
    """Give the SHA-256 of an event: format name, then every field after its length.

    One formatted text instead of sixteen packed fields, and what comes again and again put
    together once: verification is bound by this line.
    """
    vault, seq, utc, mono, actor, second, session, action = fields[:8]
    target, purpose, outcome, recipient, pack, commitment, state, prev = fields[8:]
    return hashlib.sha256(
        f"audit-v1\0{len(vault)}:{vault}{seq};{len(utc)}:{utc}{mono};"
        f"{_said(actor, second, session, action)}{len(target)}:{target}"
        f"{_said(purpose, outcome, recipient, pack)}"
        f"{len(commitment)}:{commitment.hex()}{len(state)}:{state.hex()}"
        f"{len(prev)}:{prev.hex()}".encode()
    ).digest()


@lru_cache(maxsize=4096)
def _said(*texts: str) -> str:
    return "".join(f"{len(text)}:{text}" for text in texts)


def signed_text(leaf: bytes) -> bytes:
    """Give what an event's signatures are made over."""
    return _SIGNED + leaf


def state_over(rows: Iterable[RowState]) -> bytes:
    """Give what an event keeps of the rows changed with it: one SHA-256, or nothing where none."""
    ordered = sorted(rows)
    if not ordered:
        return b""
    said = [f"{len(table)}:{table}{len(uid)}:{uid}{state.hex()}" for table, uid, state in ordered]
    return hashlib.sha256(f"rows-v1\0{''.join(said)}".encode()).digest()


def commitment_to(salt: bytes, body: bytes) -> bytes:
    """Give the commitment that an event keeps when its detail is erased."""
    return hashlib.sha256(salt + body).digest()


def code_of(head: bytes) -> str:
    """Give the 12-character code for print: the first 60 bits of the chain's head."""
    return grouped(crockford(int.from_bytes(head[:8], "big") >> 4, _CODE))


def head_of_code(typed: str) -> str:
    """Give the first 15 hex digits of the hash that a code stands for, or nothing for no code."""
    symbols = plain_crockford(typed)
    try:
        return f"{from_crockford(symbols):015x}" if len(symbols) == _CODE else ""
    except ValueError:
        return ""
