"""What an office words for itself: the say card, cards of urgent harm, signs of a pretext."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from enquiry_tui.domain.emergency import Card
from enquiry_tui.domain.flags import Flag, FlagWords
from enquiry_tui.domain.listening import Question

_BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """One line to say, with blanks to fill, and the rule that holds when it is edited."""

    id: str
    number: int
    title: str
    words: str
    rule: str = ""

    @property
    def blanks(self) -> tuple[str, ...]:
        """Return the names of what has to be filled in, in order."""
        return tuple(dict.fromkeys(_BLANK.findall(self.words)))

    def filled(self, **values: str) -> str:
        """Return the words with the blanks filled; one without a value shows as `[name]`."""
        return _BLANK.sub(
            lambda found: values.get(found[1]) or f"[{found[1].replace('_', ' ')}]", self.words
        )


@dataclass(frozen=True, slots=True)
class SayBook:
    """Every wording by its id; `agreed_word` is the one agreed with the control room.

    `questions` are those that need only yes or no.
    """

    wordings: Mapping[str, Wording]
    agreed_word: str
    questions: Mapping[Question, str] = field(default_factory=dict)

    def say(self, wording: str, **values: str) -> str:
        """Return a wording filled in. Raises KeyError for an id that does not exist."""
        return self.wordings[wording].filled(**{"agreed_word": self.agreed_word, **values})

    def in_order(self) -> tuple[Wording, ...]:
        """Return the wordings by number."""
        return tuple(sorted(self.wordings.values(), key=lambda item: item.number))


@dataclass(frozen=True, slots=True)
class CardWords:
    """One card of urgent harm: what to ask, what never, what to write down."""

    card: Card
    title: str
    ask: tuple[str, ...]
    never: tuple[str, ...]
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UrgentBook:
    """The words of the urgent screen: where, help, stay, five cards, and what follows."""

    where: str
    help: str
    stay: str
    locked: str
    matched: str
    after: tuple[str, ...]
    cards: Mapping[Card, CardWords]


@dataclass(frozen=True, slots=True)
class FlagBook:
    """The words of the flags, of a stop and of a ring back, and what is no flag at all."""

    flags: Mapping[Flag, FlagWords]
    stop: str
    ring_back: str
    not_flags: tuple[str, ...]
