"""The walk along the chain: order, hashes, row states, details, signatures, event by event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from enquiry_tui.vault.chain import (
    ERASING,
    START,
    RowState,
    commitment_to,
    leaf_of,
    signed_text,
    state_over,
)
from enquiry_tui.vault.encoding import detail_of
from enquiry_tui.vault.keys import signed_by
from enquiry_tui.vault.verdicts import Finding, Verdict

_FIELDS = 16  # of an event, that its hash is made of
_V = Verdict


class Walk:
    """Goes from one event to the next and notes what is wrong.

    `signing` holds the certified public keys of each uid, or is None where signatures are not
    looked at; `retired` the last event that a key may have signed which was replaced since. `start`
    is the event after which the walk begins, with its hash. Outside a vault (`inside` false) there
    are neither kept hashes nor details nor row states: an event is hashed and that is its hash.
    """

    def __init__(
        self,
        signing: Mapping[str, frozenset[bytes]] | None,
        retired: Mapping[bytes, int],
        start: tuple[int, bytes] = (0, START),
        *,
        inside: bool = True,
    ) -> None:
        self.last, self.head = start
        self.events = 0
        self.signatures = 0
        self.findings: list[Finding] = []
        self.gaps = False  # whether numbers are missing between the events that were met
        self._signing = signing
        self._retired = retired
        self._inside = inside
        self._missing: list[int] = []  # details
        self._erased: set[int] = set()
        self._unsigned: list[tuple[int, str]] = []
        self._last_signed: dict[str, int] = {}

    def step(self, rows: Sequence[Sequence[Any]], states: Mapping[int, list[RowState]]) -> None:
        """Check a slice of events, each its sixteen fields, leaf, signatures, salt and body."""
        last, head, findings = self.last, self.head, self.findings
        for row in rows:
            fields: Any = row[:_FIELDS]
            body = row[20]
            hashed = leaf_of(fields)
            leaf = row[16] if self._inside else hashed
            seq, commitment, state = fields[1], fields[13], fields[14]
            before = len(findings)
            if seq != last + 1:
                self.gaps = True
                findings.append(Finding(seq, _V.EVENT_GONE, "an event before it is missing"))
            if fields[15] != head:
                words = "it does not follow from the event before"
                findings.append(Finding(seq, _V.ALTERED, words))
            if hashed != leaf:
                findings.append(Finding(seq, _V.ALTERED, "it was changed after it was signed"))
            if self._inside and (state or seq in states):
                self._check_rows(seq, state, states.get(seq, []))
            if self._inside and (commitment or body is not None):
                self._check_detail(seq, fields[7], commitment, row[19], body)
            if self._signing is not None:
                self._check_signatures(fields, leaf, row[17], row[18])
            if body is not None and fields[7] in ERASING and len(findings) == before:
                self._note_erasure(seq, body)
            last, head = seq, leaf
        self.last, self.head = last, head
        self.events += len(rows)

    def finish(self) -> list[Finding]:
        """Give what was found, once the last event was passed."""
        for seq in self._missing:
            if seq not in self._erased:
                self.findings.append(Finding(seq, _V.DETAIL, "its detail is missing"))
        if self._was_rechained():
            seq = self._unsigned[0][0]
            words = "from here on the hashes were made again by somebody else"
            self.findings.append(Finding(seq, _V.RECHAINED, words))
        return self.findings

    def _check_signatures(
        self, fields: Sequence[Any], leaf: bytes, signature: bytes, second_signature: bytes
    ) -> None:
        seq, actor, second = fields[1], fields[4], fields[5]
        if self._signed(seq, actor, signature, leaf):
            self._last_signed[actor] = seq
        else:
            self._unsigned.append((seq, actor))
            words = "the signature is not by its officer"
            self.findings.append(Finding(seq, _V.NOT_SIGNED, words))
        if not second and not second_signature:
            return
        if not self._signed(seq, second, second_signature, leaf):
            words = "the second signature is not by its officer"
            self.findings.append(Finding(seq, _V.NOT_SIGNED, words))
        if second and second == actor:
            self.findings.append(Finding(seq, _V.NOT_SIGNED, "one officer signed for two"))

    def _signed(self, seq: int, uid: str, signature: bytes, leaf: bytes) -> bool:
        message = signed_text(leaf)
        for public in (self._signing or {}).get(uid, ()):
            if self._retired.get(public, seq) < seq:
                continue
            if signed_by(public, signature, message):
                self.signatures += 1
                return True
        return False

    def _check_rows(self, seq: int, state: bytes, rows: list[RowState]) -> None:
        if state_over(rows) != state:
            words = "the row states kept with it are not what was signed"
            self.findings.append(Finding(seq, _V.ALTERED, words))

    def _check_detail(
        self, seq: int, action: str, commitment: bytes, salt: bytes | None, body: str | None
    ) -> None:
        if salt is None or body is None:
            if action in ERASING:  # what was erased must stay named
                self.findings.append(Finding(seq, _V.DETAIL, "its detail is missing"))
            else:
                self._missing.append(seq)
        elif commitment_to(salt, body.encode()) != commitment:
            self.findings.append(Finding(seq, _V.DETAIL, "its detail is not what was signed"))

    def _note_erasure(self, seq: int, body: str) -> None:
        erased = detail_of(body).get("erased")
        named = erased if isinstance(erased, list) else []
        self._erased |= {item for item in named if isinstance(item, int) and item < seq}

    def _was_rechained(self) -> bool:
        """Tell one forged event from a chain that was made again: there nobody's later ones hold.

        Whoever makes the hashes again can sign for himself, and for nobody else.
        """
        if len(self._unsigned) < 2:
            return False
        first: dict[str, int] = {}
        for seq, actor in self._unsigned:
            first.setdefault(actor, seq)
        return all(self._last_signed.get(actor, 0) < seq for actor, seq in first.items())
