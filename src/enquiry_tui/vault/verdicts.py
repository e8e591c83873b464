"""What a check of the record can come to, in one closed list; and how a finding is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What was done to the record, as far as the proof tells it."""

    WHOLE = "whole"
    ALTERED = "altered"  # an event is not what was hashed and signed
    EVENT_GONE = "event-missing"  # an event in the middle was taken out
    RECHAINED = "re-chained"  # events changed and hashes made to fit, or another copy was worked in
    NOT_SIGNED = "not-signed-by-officer"  # an event that its officer never signed
    TAIL_CUT = "tail-cut"  # the newest events were taken away
    ROLLED_BACK = "rolled-back"  # an older copy of the whole vault was put back
    DETAIL = "detail-altered"  # the words that go with an event are not what was signed
    ROW_ALTERED = "row-altered"  # a row of the record is not as its last event left it
    ROW_ADDED = "row-without-event"  # a row that no event knows
    ROW_GONE = "row-deleted"  # a row that its last event left there, and that is not there
    CHECKPOINT_GONE = "checkpoint-missing"  # a checkpoint that must be there was removed
    CERTIFICATE = "certificate-without-event"  # a key or a role was given around the record


# Where several hold, the one that explains the others comes first.
ORDER = (
    Verdict.ROLLED_BACK,
    Verdict.TAIL_CUT,
    Verdict.RECHAINED,
    Verdict.ALTERED,
    Verdict.EVENT_GONE,
    Verdict.NOT_SIGNED,
    Verdict.CERTIFICATE,
    Verdict.DETAIL,
    Verdict.ROW_ALTERED,
    Verdict.ROW_ADDED,
    Verdict.ROW_GONE,
    Verdict.CHECKPOINT_GONE,
)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong: at which event, what it comes to, and in words."""

    seq: int
    verdict: Verdict
    words: str

    def __str__(self) -> str:
        """Give the line that is shown."""
        return f"event {self.seq}: {self.words}" if self.seq else self.words
