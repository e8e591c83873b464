"""What holds a vault: the record contradicts its anchors, its checkpoints, or itself."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from enquiry_tui.errors import EnquiryError
from enquiry_tui.vault.certificates import RECOVERY_ROLE
from enquiry_tui.vault.encoding import detail_of, show_utc
from enquiry_tui.vault.verdicts import Verdict
from enquiry_tui.vault.verification import Verifier
from enquiry_tui.vault.witnesses import Acceptance, Contradiction, acceptances, is_explained

if TYPE_CHECKING:
    from enquiry_tui.vault.session import Unlocked

CHANGED_OR_ANOTHER_COPY = "events were changed, or another copy of this vault was worked in"
_MOST_COUNTED = 1000  # events of recoveries
_CHECKPOINTS = """
    SELECT c.seq, c.utc, c.head, e.leaf, e.actor
      FROM checkpoint c LEFT JOIN event e ON e.vault = c.vault AND e.seq = c.seq
     WHERE c.vault = ? ORDER BY c.seq DESC LIMIT 50
"""


class RecordHeld(EnquiryError):
    """The record contradicts what was seen of it: it can be read, and nothing is written."""

    def __init__(self) -> None:
        super().__init__(
            "The vault is read only: its record contradicts what was seen of it",
            "An administrator looks into it and accepts it, with a reason: audit screen, or"
            " enquiry-tui audit accept. A whole backup can be restored instead.",
        )


@dataclass(frozen=True, slots=True)
class Held:
    """Why the vault is held: what it comes to, in words, and which events are in question.

    `seq` and `utc` are of the witness that proves it, `ends` the last event that is here, `agreed`
    the last one that is beyond doubt.
    """

    verdict: Verdict
    words: str
    seq: int
    utc: str
    ends: int
    agreed: int


def what_holds(unlocked: Unlocked, proves: Contradiction | None, head: int) -> Held | None:
    """Say why a record is held that ends at event `head`: what anchors prove, or its own marks."""
    inside = _inside(unlocked, head)
    if proves is None:
        return inside
    if proves.seq > head:
        since = _under_the_key(unlocked, proves.agreed, head)
        gone = proves.seq - head + since
        missing = "1 event is" if gone == 1 else f"{gone:,} events are"
        key = f", the last {since:,} under the recovery key" if since else ""
        words = (
            f"This machine saw the record at event {proves.seq:,} on {proves.when}; here it ends at"
            f" event {head:,}{key}. {missing} missing."
        )
    else:
        words = (
            f"This machine saw event {proves.seq:,} on {proves.when} with another hash than it has"
            f" here: {CHANGED_OR_ANOTHER_COPY}."
        )
    words += _restored(unlocked)
    verdict = inside.verdict if inside is not None else proves.verdict
    return Held(verdict, words, proves.seq, proves.utc, head, proves.agreed)


def accepted_of(unlocked: Unlocked) -> tuple[Acceptance, ...]:
    """Give what administrators of this vault have accepted of its record."""
    return acceptances(
        unlocked.store, unlocked.signing, unlocked.retired, unlocked.all_certificates
    )


def _under_the_key(unlocked: Unlocked, agreed: int, head: int) -> int:
    """Count the newest events that were left with the recovery key while the record was held."""
    paper = {item.uid for item in unlocked.all_certificates if item.role == RECOVERY_ROLE}
    rows = unlocked.store.query(
        "SELECT actor FROM event WHERE vault = ? AND seq > ? ORDER BY seq DESC",
        (unlocked.vault_id, max(agreed, head - _MOST_COUNTED)),
    )
    return sum(1 for _ in takewhile(lambda row: row["actor"] in paper, rows))


def _restored(unlocked: Unlocked) -> str:
    """Say that the vault came out of a backup, where it did: that is the likeliest reason."""
    row = unlocked.store.one("SELECT value FROM meta WHERE key = 'restored_from'")
    if row is None:
        return ""
    backup = detail_of(row["value"])
    seq = backup.get("seq")
    up_to = f" that goes up to event {seq:,}" if isinstance(seq, int) else ""
    return f" It was restored on {show_utc(backup.get('at'))} from a backup{up_to}."


def _inside(unlocked: Unlocked, head: int) -> Held | None:
    """Check the record by its own last checkpoints, and the hashes since: a hundred events."""
    store = unlocked.store
    accepted = accepted_of(unlocked)
    rows = [tuple(row) for row in store.query(_CHECKPOINTS, (store.vault_id,))]
    # What was marked under the recovery key vouches for nothing before it: the vault may be held.
    paper = {item.uid for item in unlocked.all_certificates if item.role == RECOVERY_ROLE}
    good = [(seq, known) for seq, _, known, leaf, by in rows if leaf == known and by not in paper]
    for seq, utc, known, leaf, _ in rows:
        if leaf == known or is_explained(seq, utc, accepted):
            continue
        words = (
            f"A checkpoint kept with the record names event {seq:,}, which is not here."
            if leaf is None
            else f"A checkpoint kept with the record names another hash of event {seq:,}."
        )
        verdict = Verdict.TAIL_CUT if leaf is None else Verdict.RECHAINED
        agreed = next((number for number, _ in good if number < seq), 0)
        return Held(verdict, words, seq, utc, head, agreed)
    return _since(unlocked, good[0], head) if good else None


def _since(unlocked: Unlocked, known: tuple[int, bytes], head: int) -> Held | None:
    verifier = Verifier(unlocked.store, unlocked.signing, signatures=False, since=known)
    for _ in verifier.steps():
        pass
    found = verifier.result().findings
    if not found:
        return None
    words = f"The newest events do not hold together: {found[0]}."
    return Held(found[0].verdict, words, found[0].seq, "", head, known[0])
