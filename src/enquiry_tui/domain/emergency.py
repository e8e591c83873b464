"""Emergency release: who may receive it, on which basis, and what must follow.

UK GDPR Art 6(1)(d), Art 9(2)(c); DPA 2018 Sch 8 para 3 (vital interests).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

BASIS = "vital-interests"
CONTROL_ROOM = "control-room"
# What is promised on an urgent call; by these words its promise is known again.
RING_BACK = "URGENT: the line dropped, ring back"
FIND_OUT = "URGENT: outcome not known, find out how they are"


class EntryKind(StrEnum):
    """What a directory entry is; only `emergency` receives an emergency release."""

    UNIT = "unit"
    AGENCY = "agency"
    EMERGENCY = "emergency"
    HELPLINE = "helpline"


class Card(StrEnum):
    """The five cards of urgent harm, in the order that `F4` turns them."""

    SUICIDE = "suicide"
    VIOLENCE = "violence"
    CHILD = "child"
    BOMB = "bomb"
    THREAT = "threat"

    def following(self) -> Card:
        """Return the next card; after the last comes the first."""
        cards = list(Card)
        return cards[(cards.index(self) + 1) % len(cards)]

    @property
    def wants_exact_words(self) -> bool:
        """Say whether the card asks for exact words, voice, background and number."""
        return self in {Card.BOMB, Card.THREAT}


class Ending(StrEnum):
    """How an urgent call ended, in the words of the record; an officer may also use other words."""

    HELP_THERE = "help is with them"
    CONTROL_ROOM = "control room has them"
    HUNG_UP = "they hung up, outcome not known"
    LINE_LOST = "line lost, outcome not known"
    MISTAKE = "opened by mistake"

    @property
    def is_known(self) -> bool:
        """Say whether somebody knows how they are: until then the matter keeps pressing."""
        return self not in {Ending.HUNG_UP, Ending.LINE_LOST}

    @property
    def contact(self) -> str:
        """Return how the contact itself ended."""
        return {Ending.HUNG_UP: "hung-up", Ending.LINE_LOST: "dropped"}.get(self, "ended")


class Acceptance(StrEnum):
    """What the control room or service said."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What an ended emergency still lacks before it can be called complete."""

    incident_number: str = ""
    taken_by: str = ""
    acceptance: Acceptance | None = None
    next_if_refused: str = ""
    supervisor_told: bool = False
    welfare_asked: bool = False

    def outstanding(self) -> tuple[str, ...]:
        """Return what is still to be asked or done, in plain words."""
        refused = self.acceptance is Acceptance.REFUSED
        wanted = (
            (not self.incident_number, "incident number"),
            (not self.taken_by, "who took it"),
            (self.acceptance is None, "accepted or refused"),
            (refused and not self.next_if_refused, "who owns it now, since it was refused"),
            (not self.supervisor_told, "supervisor told"),
            (not self.welfare_asked, "are you all right, and who have you told?"),
        )
        return tuple(text for lacking, text in wanted if lacking)


def may_receive(kind: EntryKind) -> bool:
    """Say whether a directory entry of this kind may receive an emergency release."""
    return kind is EntryKind.EMERGENCY
