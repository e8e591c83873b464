"""Identity checks: the steps there are, what they show together, and when the box closes.

Recognition binds somebody to an earlier contact (GPG 44), never to a legal identity: it opens the
progress of a matter and what that enquirer told us, not data from another source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from enquiry_tui.domain.standing import Standing
from enquiry_tui.domain.vocabulary import Authority, Channel, Proof, Recognition

MISSES_ALLOWED = 3
MISSES_WINDOW_HOURS = 24


class StepKind(StrEnum):
    """What a step rests on. A person item is what a former partner knows too."""

    MATTER = "matter"
    PERSON = "person"
    REFERENCE = "reference"
    PASSWORD = "password"
    RING = "ring"
    PRESENCE = "presence"
    PROOF = "proof"
    AUTHORITY = "authority"


class StepName(StrEnum):
    """One step of a check; its kind is fixed here, so that no pack can call it stronger."""

    kind: StepKind
    gives: Authority | None

    def __new__(
        cls, value: str, kind: StepKind | None = None, gives: Authority | None = None
    ) -> Self:
        """Make the step from its row; a row without its kind is refused."""
        if kind is None:
            raise TypeError(f"{value} has no kind")
        step = str.__new__(cls, value)
        step._value_ = value
        step.kind = kind
        step.gives = gives
        return step

    REFERENCE = "reference", StepKind.REFERENCE
    CODE_WORD = "code-word", StepKind.MATTER
    LETTER_DATE = "letter-date", StepKind.MATTER
    TOPIC = "topic", StepKind.MATTER
    SPOKEN_TO = "spoken-to", StepKind.MATTER
    POSTCODE = "postcode", StepKind.PERSON
    BIRTH_DATE = "birth-date", StepKind.PERSON
    NUMBER = "number", StepKind.PERSON
    PASSWORD = "password", StepKind.PASSWORD
    RING_HELD = "ring-held", StepKind.RING
    KNOWN = "known-in-person", StepKind.PRESENCE
    PHOTO_IDENTITY = "photo-identity", StepKind.PROOF
    RING_ORG = "ring-organisation", StepKind.AUTHORITY, Authority.ORG
    CLIENT_AUTHORITY = "client-authority", StepKind.AUTHORITY, Authority.CLIENT
    CONSTITUENT_REQUEST = "constituent-request", StepKind.AUTHORITY, Authority.REQUEST
    WRITTEN_REQUEST = "written-request", StepKind.AUTHORITY, Authority.WRITTEN
    ORDER_SEEN = "order-seen", StepKind.AUTHORITY, Authority.ORDER


@dataclass(frozen=True, slots=True)
class Step:
    """A step as the pack words it. `seconds` is how long it takes, for *quickest first*."""

    name: StepName
    label: str
    channels: frozenset[Channel]
    blind: bool
    seconds: int
    say: str
    never: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every step of the pack, and what closes the compare box."""

    steps: Mapping[StepName, Step]
    misses_allowed: int = MISSES_ALLOWED
    window_hours: int = MISSES_WINDOW_HOURS

    def on(self, channel: Channel) -> tuple[Step, ...]:
        """Return the steps that work on this channel, quickest first."""
        there = (step for step in self.steps.values() if channel in step.channels)
        return tuple(sorted(there, key=lambda step: (step.seconds, step.name)))


def recognition(passed: Iterable[StepName]) -> Recognition:
    """Return the recognition that the passed steps reach together.

    *medium*: a ring back to a contact point confirmed before today and a matter item; an agreed
    password and the reference; known in person from earlier dealings. *low*: reference and code
    word, or one matter item and one other. Person items alone never reach anything.
    """
    names = frozenset(passed)
    matters = [name for name in names if name.kind is StepKind.MATTER]
    if StepName.KNOWN in names or {StepName.PASSWORD, StepName.REFERENCE} <= names:
        return Recognition.MEDIUM
    if StepName.RING_HELD in names and matters:
        return Recognition.MEDIUM
    volunteered = [name for name in names if name.kind in _VOLUNTEERED]
    return Recognition.LOW if matters and len(volunteered) >= 2 else Recognition.NONE


def proof(passed: Iterable[StepName]) -> Proof:
    """Return the proof that the passed steps reach: low is the highest this desk can."""
    return Proof.LOW if StepName.PHOTO_IDENTITY in set(passed) else Proof.NONE


def shown(
    passed: Iterable[StepName], *, purpose: bool = False, held_address: bool = False
) -> Standing:
    """Return what the passed steps show in this contact."""
    names = frozenset(passed)
    authorities = frozenset(name.gives for name in names if name.gives is not None)
    return Standing(recognition(names), proof(names), authorities, purpose, held_address)


def misses_left(misses: int, allowed: int = MISSES_ALLOWED) -> int:
    """Return how many misses are left for a data subject; at nought the compare box is closed.

    `misses` counts those of the last 24 hours about that person, over all contacts.
    """
    return max(0, allowed - misses)


_VOLUNTEERED = frozenset(
    {StepKind.MATTER, StepKind.PERSON, StepKind.REFERENCE, StepKind.PASSWORD, StepKind.RING}
)
