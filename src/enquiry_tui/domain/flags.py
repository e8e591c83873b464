"""Flags of a pretext call: one hard flag stops a check, three soft ones mean ring back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

SOFT_MEANS_RING_BACK = 3


class Flag(StrEnum):
    """What an officer may notice; a withheld number, distress or an interpreter is no flag."""

    REFUSES_RING_BACK = "refuses-ring-back"
    PROMPTED = "prompted"
    POLICE_ADDRESS = "police-address"
    OTHER_SIDE = "other-side"
    MONEY_OR_CODES = "money-or-codes"
    RUSH = "rush"
    BIG_NAMES = "big-names"
    YES_OR_NO = "yes-or-no"
    SAME_THEME = "same-theme"
    CROSS = "cross"

    @property
    def hard(self) -> bool:
        """Say whether this one alone stops the check."""
        return self in HARD

    @property
    def key(self) -> str:
        """Return the digit that ticks it on the identity screen."""
        return "1234567890"[list(Flag).index(self)]


HARD = frozenset(
    {
        Flag.REFUSES_RING_BACK,
        Flag.PROMPTED,
        Flag.POLICE_ADDRESS,
        Flag.OTHER_SIDE,
        Flag.MONEY_OR_CODES,
    }
)


class Advice(StrEnum):
    """What the flags of a check mean together."""

    NONE = "none"
    RING_BACK = "ring-back"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags of one check. A stop stays, whatever is taken off afterwards."""

    now: frozenset[Flag] = frozenset()
    stopped: bool = False

    def put_on(self, flag: Flag) -> Flags:
        """Return the flags with one more."""
        return Flags(self.now | {flag}, self.stopped or flag.hard)

    def take_off(self, flag: Flag) -> Flags:
        """Return the flags with one less; a stopped check stays stopped."""
        return replace(self, now=self.now - {flag})

    @property
    def advice(self) -> Advice:
        """Return what to do: stop, ring back, or nothing."""
        if self.stopped:
            return Advice.STOP
        soft = sum(not flag.hard for flag in self.now)
        return Advice.RING_BACK if soft >= SOFT_MEANS_RING_BACK else Advice.NONE


@dataclass(frozen=True, slots=True)
class FlagWords:
    """How the pack words a flag: the tick, and what to say when it stops."""

    flag: Flag
    label: str
    explain: str
