"""Yes or no only: what to ask somebody who cannot speak freely, and what each answer means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Question(StrEnum):
    """A question that needs no more than yes or no, in the order in which it is asked."""

    SAFE = "safe"
    SOMEBODY = "somebody-there"
    HURT = "hurt"
    POLICE = "police-now"
    LATER = "another-time"
    NUMBER = "number-safe"

    @property
    def next(self) -> Question | None:
        """Return the question after this one; the number is only asked once a time is agreed."""
        order = list(Question)
        at = order.index(self) + 1
        following = order[at] if at < len(order) else None
        return None if following is Question.NUMBER else following


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an answer does: a circumstance that shuts the gate further, help, or a later call."""

    circumstance: str = ""
    urgent: bool = False
    ring_later: bool = False


ALONE, SOMEBODY_THERE = "alone", "somebody-there"


def there(somebody: bool) -> str:
    """Return how an answer stands on the record: nobody is with them, or somebody is."""
    return SOMEBODY_THERE if somebody else ALONE


_MEANINGS: dict[tuple[Question, bool], Meaning] = {
    (Question.SAFE, False): Meaning(circumstance="under_duress"),
    (Question.SOMEBODY, True): Meaning(circumstance="accompanied"),
    (Question.HURT, True): Meaning(urgent=True),
    (Question.POLICE, True): Meaning(urgent=True),
    (Question.LATER, True): Meaning(ring_later=True),
}


def meaning(question: Question, answer: bool) -> Meaning:
    """Return what an answer means; no answer ever opens anything or clears what stands."""
    return _MEANINGS.get((question, answer), Meaning())
