"""Checking the record from inside the vault: the chain, its details and its checkpoints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from enquiry_tui.vault.certificates import Certificate
from enquiry_tui.vault.chain import RowState, code_of
from enquiry_tui.vault.checkpoint import NoteRefused, verify_note
from enquiry_tui.vault.found import Verification
from enquiry_tui.vault.reading import ReadsVault
from enquiry_tui.vault.verdicts import Finding, Verdict
from enquiry_tui.vault.vouching import Vouching
from enquiry_tui.vault.walk import Walk
from enquiry_tui.vault.witnesses import Acceptance, acceptances, is_explained

__all__ = ["ReadsVault", "Verification", "Verifier", "verify"]

_SLICE = 250  # events of one step: about 30 ms with their signatures
_WIDE_SLICE = 2000  # without
_EVENTS = """
    SELECT e.vault, e.seq, e.utc, e.mono, e.actor, e.second, e.session, e.action, e.object,
           e.purpose, e.outcome, e.recipient, e.pack, e.commitment, e.state, e.prev,
           e.leaf, e.signature, e.second_signature, d.salt, d.body
      FROM event e LEFT JOIN event_detail d ON d.vault = e.vault AND d.seq = e.seq
     WHERE e.vault = ? AND e.seq > ? ORDER BY e.seq LIMIT ?
"""
_ROWS = """
    SELECT seq, kind, uid, state FROM event_row
     WHERE vault = ? AND seq > ? AND seq <= ? ORDER BY seq, kind, uid
"""
_STRAYS = (
    ("event_detail", "a detail without its event"),
    ("event_row", "row states without their event"),
)
_WITHOUT_EVENT = """
    SELECT DISTINCT d.seq FROM {table} d LEFT JOIN event e ON e.vault = d.vault AND e.seq = d.seq
     WHERE d.vault = ? AND d.seq BETWEEN ? AND ? AND e.seq IS NULL ORDER BY d.seq LIMIT 20
"""
_FAR = (1 << 63) - 1  # the largest number of SQLite
_CHECKPOINTS = """
    SELECT c.seq, c.why, c.utc, c.head, c.note, e.leaf, e.utc
      FROM checkpoint c LEFT JOIN event e ON e.vault = c.vault AND e.seq = c.seq
     WHERE c.vault = ? AND (c.seq, c.why, c.head) > (?, ?, ?)
     ORDER BY c.seq, c.why, c.head LIMIT ?
"""
# What leaves a checkpoint every time, from the day on which this vault came to have them.
_UNMARKED = """
    SELECT e.seq FROM event e
     WHERE e.vault = ? AND e.utc >= (SELECT applied_at FROM migration WHERE name = 'proof')
       AND (e.action IN ('session.lock', 'session.sign-out') OR e.seq % 100 = 0
            OR (e.action = 'session.sign-in' AND e.object = e.actor))
       AND NOT EXISTS (SELECT 1 FROM checkpoint c WHERE c.vault = e.vault AND c.seq = e.seq)
     ORDER BY e.seq LIMIT 20
"""


class Verifier:
    """A check under way, step by step, so that nobody waits for the store meanwhile.

    `signing` holds the certified Ed25519 public keys of each uid, `retired` the last event that a
    key may have signed which was replaced or whose account was removed. With `signatures` off only
    hashes are looked at: some hundred times quicker. `since` is an event that is known to be good,
    with its hash: the check begins after it. `certificates` are those that lead to the root.
    """

    def __init__(
        self,
        store: ReadsVault,
        signing: Mapping[str, frozenset[bytes]],
        retired: Mapping[bytes, int] | None = None,
        *,
        certificates: Sequence[Certificate] = (),
        signatures: bool = True,
        since: tuple[int, bytes] | None = None,
    ) -> None:
        self._store = store
        self._signing = signing
        self._retired = retired or {}
        self._certificates = certificates
        self._signatures = signatures
        start = (since,) if since is not None else ()
        self._whole = since is None
        self._walk = Walk(signing if signatures else None, self._retired, *start)
        self._accepted: tuple[Acceptance, ...] = ()

    def steps(self) -> Iterator[int]:
        """Check a slice with every step; gives the number of the event reached."""
        store, size = self._store, _SLICE if self._signatures else _WIDE_SLICE
        while rows := store.query(_EVENTS, (store.vault_id, self._walk.last, size)):
            events = [tuple(row) for row in rows]
            states: dict[int, list[RowState]] = {}
            span = (store.vault_id, self._walk.last, events[-1][1])
            for seq, kind, uid, state in store.query(_ROWS, span):
                states.setdefault(seq, []).append((kind, uid, state))
            self._walk.step(events, states)
            yield self._walk.last
        if self._whole:
            yield from self._checkpoints()

    def result(self) -> Verification:
        """Give what was found, once the steps are through."""
        walk, store = self._walk, self._store
        findings = walk.finish()
        if self._whole:
            findings += self._strays()
            if self._certificates:
                findings += Vouching(store, self._certificates).findings()
            for row in store.query(_UNMARKED, (store.vault_id,)):
                words = "the checkpoint that was made there is missing"
                findings.append(Finding(int(row["seq"]), Verdict.CHECKPOINT_GONE, words))
        return Verification(
            events=walk.events,
            signatures=walk.signatures,
            head=walk.head.hex(),
            code=code_of(walk.head),
            findings=tuple(sorted(findings, key=lambda finding: finding.seq)),
        )

    def _strays(self) -> list[Finding]:
        """Find what is kept of events that are not there: only where their numbers are missing."""
        store, walk = self._store, self._walk
        spans = [(-_FAR, _FAR)] if walk.gaps else [(-_FAR, 0), (walk.last + 1, _FAR)]
        return [
            Finding(int(row["seq"]), Verdict.TAIL_CUT, words)
            for table, words in _STRAYS
            for span in spans
            for row in store.query(_WITHOUT_EVENT.format(table=table), (store.vault_id, *span))
        ]

    def _checkpoints(self) -> Iterator[int]:
        self._accepted = acceptances(self._store, self._signing, self._retired, self._certificates)
        after: tuple[int, str, bytes] = (0, "", b"")
        while rows := self._store.query(_CHECKPOINTS, (self._store.vault_id, *after, _SLICE)):
            for row in rows:
                self._checkpoint(*tuple(row))
            after = (rows[-1][0], rows[-1][1], rows[-1][3])
            yield self._walk.last

    def _checkpoint(
        self, seq: int, why: str, utc: str, head: bytes, note: str, leaf: bytes | None, at: str
    ) -> None:
        if not self._holds(seq, head, note):
            words = f"the checkpoint made there ({why}) is not what was signed"
            verdict = Verdict.CHECKPOINT_GONE
        elif leaf == head and at != utc:  # vetting counts from it, and it is not in the note
            words = f"the checkpoint made there ({why}) has another time than its event"
            verdict = Verdict.CHECKPOINT_GONE
        elif leaf == head or is_explained(seq, utc, self._accepted):
            return
        elif leaf is None:
            words = f"the checkpoint made there ({why}) proves that events up to it are gone"
            verdict = Verdict.TAIL_CUT
        else:
            words = f"the checkpoint made there ({why}) proves that it had another hash"
            verdict = Verdict.TAIL_CUT if at > utc else Verdict.RECHAINED
        self._walk.findings.append(Finding(seq, verdict, words))

    def _holds(self, seq: int, head: bytes, note: str) -> bool:
        publics = [key for keys in self._signing.values() for key in keys]
        try:
            found = verify_note(note, publics)
        except NoteRefused:
            return False
        return (found.vault_id, found.seq, found.head) == (self._store.vault_id, seq, head)


def verify(
    store: ReadsVault,
    signing: Mapping[str, frozenset[bytes]],
    retired: Mapping[bytes, int] | None = None,
    *,
    certificates: Sequence[Certificate] = (),
    signatures: bool = True,
) -> Verification:
    """Check every event and checkpoint of the store's own chain in one go.

    A missing detail fails unless a later, valid erasure event names it.
    """
    verifier = Verifier(store, signing, retired, certificates=certificates, signatures=signatures)
    for _ in verifier.steps():
        pass
    return verifier.result()
