"""The proof of the record at a sign-in: anchors and checkpoints against the chain, and the clock.

Where they contradict each other nothing is written at all, not even the sign-in, until an
administrator accepts the record as it is; that acceptance is an event which names what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from enquiry_tui.domain.audit import Action
from enquiry_tui.errors import EnquiryError, Refused
from enquiry_tui.vault.anchors import Anchors
from enquiry_tui.vault.chain import Entry, code_of
from enquiry_tui.vault.encoding import show_utc
from enquiry_tui.vault.found import Verification
from enquiry_tui.vault.held import (
    CHANGED_OR_ANOTHER_COPY,
    Held,
    RecordHeld,
    accepted_of,
    what_holds,
)
from enquiry_tui.vault.set_back import SLACK, furthest, notice_words, noticed_at_sign_in
from enquiry_tui.vault.verdicts import Finding, Verdict
from enquiry_tui.vault.verification import Verifier
from enquiry_tui.vault.witnesses import (
    Comparison,
    Contradiction,
    Standing,
    compare,
    latest_against,
    was_witnessed,
)

if TYPE_CHECKING:
    from enquiry_tui.vault.session import Unlocked

_SIGNS_OF_A_CUT = frozenset(
    {Verdict.TAIL_CUT, Verdict.ROW_ALTERED, Verdict.ROW_ADDED, Verdict.ROW_GONE}
)
_UNDONE = (
    "A change of the vault's keys had been cut off: the keys are as they were, and nobody was"
    " removed. An administrator begins it again: Office, accounts."
)
_OWN_SESSIONS = """
    SELECT seq, utc, action, leaf FROM event
     WHERE vault = ? AND actor = ?
       AND action IN ('session.sign-in', 'session.lock', 'session.sign-out')
       AND (action <> 'session.sign-in' OR object = actor)
     ORDER BY seq DESC LIMIT 1
"""

_NEW_KEYS = """
    SELECT utc FROM event
     WHERE vault = ? AND outcome = 'done'
       AND action IN ('vault.rotated', 'vault.restored', 'account.removed')
     ORDER BY seq DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class LastSession:
    """How the officer's session before this one ended: when (as shown), at which event and code."""

    at: str
    seq: int
    code: str
    ended: bool

    @property
    def words(self) -> str:
        """The line that is shown at the sign-in."""
        if not self.ended:
            return (
                f"your last session, begun {self.at} at event {self.seq:,}, code"
                f" {self.code}, was cut off"
            )
        return f"your last session ended {self.at} at event {self.seq:,}, code {self.code}"


@dataclass(slots=True)
class Proof:
    """What the sign-in found. `clock_back` is how far the clock stands behind `last_event`.

    That is the time which the record has reached, its newest event's or a later one.
    """

    anchors: Anchors | None = None
    comparison: Comparison = field(default_factory=lambda: Comparison(Standing.OFF))
    held: Held | None = None
    last_session: LastSession | None = None
    last_event: datetime | None = None
    clock_back: timedelta | None = None
    rotation_undone: bool = False
    """This sign-in found a change of keys that was cut off, and took it back."""
    sign_in: Callable[[Entry | None], None] | None = None
    """Writes what a held sign-in still owes, with what comes first."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be said at the sign-in, beside what holds the vault."""
        found = list(self.comparison.words)
        if self.anchors is not None and self.anchors.failed:
            found.append("The anchors of the record could not be written on this machine.")
        if self.rotation_undone:
            found.append(_UNDONE)
        if self.clock_back is not None and self.last_event is not None:
            found.append(notice_words(self.clock_back, self.last_event))
        return tuple(found)


def clock_entry(unlocked: Unlocked) -> Entry | None:
    """Give the event that is due where the clock stands behind the record."""
    proof = unlocked.proof
    if proof.clock_back is None or proof.last_event is None:
        return None
    return noticed_at_sign_in(unlocked.clock.now(), proof.last_event)


def witness_detail(proof: Proof) -> dict[str, object]:
    """Give what a sign-in says of the anchors, where there is anything to say."""
    found = proof.comparison
    if not found.words:
        return {}
    anchors = {"standing": str(found.standing), "torn": found.torn, "damaged": found.damaged}
    anchors |= {"unknown": found.unknown} if found.unknown else {}
    anchors |= {"missing": found.missing} if found.missing else {}
    return {"anchors": anchors}


def examine(unlocked: Unlocked, folder: Path | None) -> Proof:
    """Compare record, anchors and clock, before anything is written; hold the vault if need be.

    `folder` is where anchors are kept; None keeps none.
    """
    store = unlocked.store
    proof, (head, _) = Proof(), store.head()
    proof.last_session = _last_session(unlocked)
    proof.last_event = furthest(store, unlocked.certificates)
    if proof.last_event is not None:
        behind = proof.last_event - unlocked.clock.now()
        proof.clock_back = behind if behind > SLACK else None
    if folder is not None:
        proof.anchors = Anchors(
            folder, store.vault_id, lambda: unlocked.ring.master, lambda: _keys_since(unlocked)
        )
        proof.comparison = compared(unlocked, proof.anchors, whole=False)
    proof.held = what_holds(unlocked, proof.comparison.proves, head)
    if proof.held is not None:
        store.refusal = RecordHeld
    elif proof.anchors is not None:
        store.tell(proof.anchors)
    return proof


def proved(unlocked: Unlocked, *, signatures: bool = True) -> Generator[int, None, Verification]:
    """Check everything in short steps: chain, checkpoints, rows, anchors. Tells how far it is.

    Each step gives the number of the event that was reached.
    """
    store = unlocked.store
    verifier = Verifier(
        store,
        unlocked.signing,
        unlocked.retired,
        certificates=unlocked.all_certificates,
        signatures=signatures,
    )
    reached = 0
    for reached in verifier.steps():
        yield reached
    found = verifier.result()
    findings = list(found.findings)
    for wrong in store.wrong_rows():
        findings += wrong
        yield reached
    anchors = unlocked.proof.anchors
    comparison = (
        compared(unlocked, anchors, whole=True) if anchors is not None else Comparison(Standing.OFF)
    )
    if comparison.proves is not None:
        findings.append(_witnessed(comparison.proves, store.head()[0], findings))
    findings.sort(key=lambda finding: finding.seq)
    return replace(found, findings=tuple(findings), anchors=comparison)


def _witnessed(proves: Contradiction, head: int, findings: list[Finding]) -> Finding:
    """Say what an anchor proves. Rows younger than the chain tell a cut from a roll-back."""
    anchor = f"the anchor that this machine wrote on {proves.when} proves that"
    if proves.seq <= head:
        return Finding(
            proves.seq, proves.verdict, f"{anchor} it had another hash: {CHANGED_OR_ANOTHER_COPY}"
        )
    cut = any(finding.verdict in _SIGNS_OF_A_CUT for finding in findings)
    verdict = Verdict.TAIL_CUT if cut else Verdict.ROLLED_BACK
    missing = (
        f"events {head + 1} to {proves.seq}" if proves.seq > head + 1 else f"event {proves.seq}"
    )
    done = "were taken away" if cut else "are not in this copy of the vault, which is older"
    return Finding(proves.seq, verdict, f"{anchor} {missing} {done}")


def compared(unlocked: Unlocked, anchors: Anchors, *, whole: bool) -> Comparison:
    """Read the anchors, all or the newest, and hold them against the chain."""
    store, head = unlocked.store, unlocked.store.head()[0]
    try:
        reading = anchors.read(unlocked.signing, whole=whole, head=head)
    except (OSError, EnquiryError):
        return Comparison(Standing.UNREADABLE)
    if not reading.present and was_witnessed(store, anchors.name):
        return Comparison(Standing.GONE)
    return compare(store, anchors.name, reading, head, accepted_of(unlocked))


def accept(unlocked: Unlocked, reason: str) -> None:
    """Take the record as it is, and leave the event that says what is missing and why.

    Raises Refused where there is nothing to accept, StorageFailed; then the vault stays held.
    """
    proof = unlocked.proof
    held, sign_in = proof.held, proof.sign_in
    if held is None or sign_in is None:
        raise Refused("There is nothing to accept", "This record agrees with what was seen of it.")
    seq, head = unlocked.store.head()
    detail = {
        "reason": reason,
        "seen": held.seq,
        "seen_at": held.utc,
        "agreed": held.agreed,
        "ends": seq,
        "head": head.hex(),
        **_latest_against(unlocked, seq),
    }
    unlocked.store.refusal = None
    if proof.anchors is not None:
        unlocked.store.tell(proof.anchors)
    try:
        sign_in(Entry(Action.RECORD_ACCEPTED, outcome=str(held.verdict), detail=detail))
    except BaseException:
        unlocked.store.refusal = RecordHeld
        raise
    proof.held = proof.sign_in = None


def _keys_since(unlocked: Unlocked) -> str:
    """Give when the present keys were made, by the event that says so; nothing where none does."""
    row = unlocked.store.one(_NEW_KEYS, (unlocked.vault_id,))
    return str(row["utc"]) if row is not None else ""


def _latest_against(unlocked: Unlocked, head: int) -> dict[str, str]:
    anchors = unlocked.proof.anchors
    try:
        told = anchors.read(unlocked.signing).anchors if anchors is not None else ()
    except (OSError, EnquiryError):  # said at the sign-in: they prove nothing
        told = ()
    return latest_against(unlocked.store, told, head)


def _last_session(unlocked: Unlocked) -> LastSession | None:
    row = unlocked.store.one(_OWN_SESSIONS, (unlocked.vault_id, unlocked.account.uid))
    if row is None:
        return None
    at, ended = show_utc(row["utc"]), row["action"] != Action.SESSION_SIGN_IN
    return LastSession(at, row["seq"], code_of(row["leaf"]), ended)
