"""Checking the audit chain from its first event to its last."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from enquiry_tui.vault.chain import ERASING, START, code_of, commitment_to, leaf_of, signed_text
from enquiry_tui.vault.keys import signed_by

_SLICE = 2000  # rows
_MOST_FAILURES = 20
_EVENTS = """
    SELECT e.vault, e.seq, e.utc, e.mono, e.actor, e.second, e.session, e.action, e.object,
           e.purpose, e.outcome, e.recipient, e.pack, e.commitment, e.state, e.prev,
           e.leaf, e.signature, e.second_signature, d.salt, d.body
      FROM event e LEFT JOIN event_detail d ON d.vault = e.vault AND d.seq = e.seq
     WHERE e.vault = ? AND e.seq > ? ORDER BY e.seq LIMIT ?
"""
_STRAY_DETAILS = """
    SELECT d.seq FROM event_detail d LEFT JOIN event e ON e.vault = d.vault AND e.seq = d.seq
     WHERE d.vault = ? AND e.seq IS NULL ORDER BY d.seq LIMIT 20
"""


class ReadsVault(Protocol):
    """An open store, as far as this module uses it."""

    @property
    def vault_id(self) -> str:
        """The vault whose chain is checked."""
        ...

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """Give all rows."""
        ...


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found. `failures` names each bad event in order, the first bad one first.

    `head` is the hash of the last event in hex, `code` its form for print.
    """

    verified: bool
    events: int
    signatures: int
    head: str
    code: str
    failures: tuple[str, ...]


def verify(
    store: ReadsVault,
    signing: Mapping[str, frozenset[bytes]],
    retired: Mapping[bytes, int] | None = None,
) -> Verification:
    """Check every event of the store's own chain: order, hash, signatures, detail.

    `signing` holds the certified Ed25519 public keys of each uid, `retired` the last event that a
    key may have signed which was replaced or whose account was removed. A missing detail fails unless a
    later, valid erasure event names it.
    """
    walk = _Walk(signing, retired or {})
    after = 0
    while rows := store.query(_EVENTS, (store.vault_id, after, _SLICE)):
        for row in rows:
            walk.step(tuple(row))
        after = int(rows[-1]["seq"])
    for row in store.query(_STRAY_DETAILS, (store.vault_id,)):
        walk.failures.append((int(row["seq"]), "a detail without its event"))
    failures = walk.finished()
    return Verification(
        verified=not failures,
        events=walk.events,
        signatures=walk.signatures,
        head=walk.prev.hex(),
        code=code_of(walk.prev),
        failures=failures,
    )


class _Walk:
    def __init__(
        self, signing: Mapping[str, frozenset[bytes]], retired: Mapping[bytes, int]
    ) -> None:
        self.signing = signing
        self.retired = retired
        self.prev = START
        self.expected = 1
        self.events = 0
        self.signatures = 0
        self.failures: list[tuple[int, str]] = []
        self._missing: list[int] = []
        self._erased: set[int] = set()

    def step(self, row: tuple[Any, ...]) -> None:
        """Check one event and go on from it, good or bad."""
        fields, (leaf, signature, second_signature, salt, body) = row[:16], row[16:]
        seq, actor, second, action = fields[1], fields[4], fields[5], fields[7]
        found = []
        if seq != self.expected:
            found.append("an event before it is missing")
        if fields[15] != self.prev:
            found.append("it does not follow from the event before")
        if not hmac.compare_digest(leaf_of(fields), leaf):
            found.append("it was changed after it was signed")
        if not self._signed(seq, actor, signature, leaf):
            found.append("the signature is not by its officer")
        if (second or second_signature) and not self._signed(seq, second, second_signature, leaf):
            found.append("the second signature is not by its officer")
        if second and second == actor:
            found.append("one officer signed for two")
        found += self._detail(seq, action, fields[13], salt, body)
        if not found and action in ERASING:
            self._note_erasure(seq, body)
        self.failures += [(seq, text) for text in found]
        self.events += 1
        self.prev, self.expected = leaf, seq + 1

    def finished(self) -> tuple[str, ...]:
        """Give the failures in order of events."""
        unexplained = [seq for seq in self._missing if seq not in self._erased]
        self.failures += [(seq, "its detail is missing") for seq in unexplained]
        ordered = sorted(self.failures, key=lambda failure: failure[0])
        return tuple(f"event {seq}: {text}" for seq, text in ordered[:_MOST_FAILURES])

    def _signed(self, seq: int, uid: str, signature: bytes, leaf: bytes) -> bool:
        message = signed_text(leaf)
        for public in self.signing.get(uid, ()):
            if self.retired.get(public, seq) < seq:
                continue
            if signed_by(public, signature, message):
                self.signatures += 1
                return True
        return False

    def _detail(
        self, seq: int, action: str, commitment: bytes, salt: bytes | None, body: str | None
    ) -> list[str]:
        if salt is None or body is None:
            if not commitment:
                return []
            if action in ERASING:  # what was erased must stay named
                return ["its detail is missing"]
            self._missing.append(seq)
            return []
        if commitment_to(salt, body.encode()) != commitment:
            return ["its detail is not what was signed"]
        return []

    def _note_erasure(self, seq: int, body: str | None) -> None:
        erased = json.loads(body).get("erased", ()) if body else ()
        self._erased |= {item for item in erased if isinstance(item, int) and item < seq}
