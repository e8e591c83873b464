"""What a check of the record found, and how the anchors of this machine stand to it."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.vault.verdicts import ORDER, Finding, Verdict
from enquiry_tui.vault.witnesses import Comparison

MOST_TOLD = 20  # failures in one answer


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found. `head` is the hash of the last event in hex, `code` its form for print.

    `anchors` is how those of this machine stand to the record, where they were looked at.
    """

    events: int
    signatures: int
    head: str
    code: str
    findings: tuple[Finding, ...]
    anchors: Comparison | None = None

    @property
    def verified(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    @property
    def failures(self) -> tuple[str, ...]:
        """The first findings in words, in the order of events: the first bad event first."""
        return tuple(str(finding) for finding in self.findings[:MOST_TOLD])

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What it comes to, what explains the most first; `whole` where nothing is wrong."""
        found = {finding.verdict for finding in self.findings}
        return tuple(verdict for verdict in ORDER if verdict in found) or (Verdict.WHOLE,)
