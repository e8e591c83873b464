"""Identity proof scored against GPG 45: published profiles, five scores, no sums, no certificate.

Source: GOV.UK GPG 45 *How to prove and verify someone's identity*; the numbers of the profiles as
published with GOV.UK One Login's evaluator (ipv-core-back, `Gpg45Profile`, 21 Aug 2026). H2C asks
for more than H2D: whatever meets H2C meets H2D too. Both are kept as published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enquiry_tui.domain.vocabulary import Proof

Score = tuple[int, int]
HIGHEST = 4


@dataclass(frozen=True, slots=True)
class Profile:
    """A published combination: evidence as (strength, validity), and three further minimums."""

    name: str
    level: Proof
    evidence: tuple[Score, ...]
    activity: int
    fraud: int
    verification: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The highest level met, and every profile that was met. Scored against, never certified."""

    level: Proof
    profiles: tuple[str, ...]


def _level(level: Proof, rows: str) -> tuple[Profile, ...]:
    profiles = []
    for row in rows.split("\n"):
        name, evidence, scores = row.split()
        pairs = [(int(item[0]), int(item[2])) for item in evidence.split("+")]
        activity, fraud, verification = (int(digit) for digit in scores)
        profiles.append(Profile(name, level, tuple(pairs), activity, fraud, verification))
    return tuple(profiles)


# name, evidence as strength/validity, then activity, fraud, verification as three digits
PROFILES: tuple[Profile, ...] = (
    *_level(
        Proof.LOW,
        "L1A 2/2 011\nL1B 3/2 001\nL1C 1/1 322\nL2A 1/1+1/1 212\nL2B 1/1+1/1 221\n"
        "L3A 1/1+1/1+1/1 211",
    ),
    *_level(
        Proof.MEDIUM,
        "M1A 4/2 012\nM1B 3/2 122\nM1C 3/3 003\nM1D 2/2 213\nM2A 2/2+2/2 322\n"
        "M2B 3/2+2/2 112\nM2C 3/2+2/2 013\nM3A 2/2+2/2+2/2 222",
    ),
    *_level(
        Proof.HIGH,
        "H1A 4/3 013\nH1B 3/3 213\nH1C 4/3 004\nH2A 2/2+2/2 323\nH2B 4/2+3/2 023\n"
        "H2C 3/3+2/2 113\nH2D 3/3+2/2 013\nH2E 4/3+3/3 003\nH3A 2/2+2/2+2/2 223",
    ),
    *_level(
        Proof.VERY_HIGH,
        "V1A 4/3 033\nV1B 4/4 013\nV1C 4/3 114\nV1D 4/4 004\nV2A 3/3+3/3 323\n"
        "V2B 4/3+3/3 023\nV2C 4/3+2/2 223\nV2D 4/4+4/4 003\nV3A 3/3+2/2+2/2 333",
    ),
)


def evaluate(evidence: Sequence[Score], activity: int, fraud: int, verification: int) -> Evaluation:
    """Return the level and every profile met by these scores, each 0 to 4.

    Evidence is (strength, validity), in any order; each item of a profile wants one of its own
    that meets both. Raises ValueError for a score outside 0 to 4.
    """
    scores = [activity, fraud, verification, *(score for item in evidence for score in item)]
    if any(not 0 <= score <= HIGHEST for score in scores):
        raise ValueError("every score is a whole number from 0 to 4")
    met = [
        profile
        for profile in PROFILES
        if activity >= profile.activity
        and fraud >= profile.fraud
        and verification >= profile.verification
        and _covers(profile.evidence, tuple(evidence))
    ]
    level = max((profile.level for profile in met), key=lambda item: item.rank, default=Proof.NONE)
    return Evaluation(level, tuple(profile.name for profile in met))


def _covers(wanted: tuple[Score, ...], offered: tuple[Score, ...]) -> bool:
    if not wanted:
        return True
    (strength, validity), rest = wanted[0], wanted[1:]
    return any(
        item[0] >= strength
        and item[1] >= validity
        and _covers(rest, offered[:index] + offered[index + 1 :])
        for index, item in enumerate(offered)
    )
