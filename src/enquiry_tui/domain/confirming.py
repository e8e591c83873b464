"""By which second channel a new number or address is confirmed: never by itself alone."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Way(StrEnum):
    """A second channel. What a caller says of their own new number is none."""

    LETTER_HELD = "letter-held"
    RUNG_HELD = "rung-held"
    PUBLISHED = "published"
    IN_PERSON = "in-person"
    FIRST_LETTER = "first-letter"

    @property
    def words(self) -> str:
        """Return what was done, for the record."""
        return _WORDS[self]

    @property
    def needs(self) -> str:
        """Return the kind of confirmed point it rests on; empty where it rests on none."""
        return {Way.LETTER_HELD: "address", Way.RUNG_HELD: "phone"}.get(self, "")


_WORDS = {
    Way.LETTER_HELD: "a letter to the address held was answered",
    Way.RUNG_HELD: "rung on the number held, and they said it is theirs",
    Way.PUBLISHED: "published by the organisation itself",
    Way.IN_PERSON: "in person, recognised here",
    Way.FIRST_LETTER: "a letter sent to it was answered; nothing else is held",
}


def ways(others: Collection[str]) -> tuple[Way, ...]:
    """Return the ways open for a point; `others` are the kinds confirmed beside it.

    Where something is confirmed already, a letter to the new address proves only that somebody
    opens letters there: it counts while nothing else is held, and no longer.
    """
    return tuple(
        way
        for way in Way
        if (not way.needs or way.needs in others) and (way is not Way.FIRST_LETTER or not others)
    )
