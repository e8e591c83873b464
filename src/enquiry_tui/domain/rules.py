"""The rules a verdict is made of: cells, the table of them, and how two rules become one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.vocabulary import Allowed, Channel, InfoClass, Kind

OPENING = frozenset({Allowed.RELEASE, Allowed.PART})


@dataclass(frozen=True, slots=True)
class Door:
    """A directory key that a requester is sent to, and in which case."""

    to: str
    when: str = ""

    def words(self) -> str:
        """Return the door in one phrase."""
        return f"{self.to} ({self.when})" if self.when else self.to


@dataclass(frozen=True, slots=True)
class Phrases:
    """What the card says: what may be said, on which condition, and what never."""

    may: tuple[str, ...] = ()
    only_if: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One rule of the table: the verdict when one of the alternatives in `needed` is met.

    No alternatives: nothing is needed. In a `route` cell they are what the receiving desk will
    want. `held` says that an answer to the contact we hold may be promised instead.
    """

    rule: str
    allowed: Allowed
    needed: tuple[Need, ...] = ()
    doors: tuple[Door, ...] = ()
    instead: str = ""
    why: str = ""
    phrases: Phrases = Phrases()
    held: bool = False


@dataclass(frozen=True, slots=True)
class GateTable:
    """The rules of one policy pack: a cell for every kind, class and channel.

    `outcomes` are the words for a verdict that releases nothing, `fields` the class of each
    releasable field, `examples` what falls in a class, `pack` the hash of the pack.
    Raises ValueError where a cell is missing.
    """

    cells: Mapping[tuple[Kind, InfoClass, Channel], Cell]
    outcomes: Mapping[Allowed, Phrases] = field(default_factory=dict)
    fields: Mapping[str, InfoClass] = field(default_factory=dict)
    examples: Mapping[InfoClass, tuple[str, ...]] = field(default_factory=dict)
    pack: str = ""

    def __post_init__(self) -> None:
        for key in product(Kind, InfoClass, Channel):
            if key not in self.cells:
                raise ValueError("no rule for " + " / ".join(key))

    def cell(self, kind: Kind, info_class: InfoClass, channel: Channel) -> Cell:
        """Return the rule as the pack has it, before any circumstance."""
        return self.cells[kind, info_class, channel]

    def class_of(self, name: str) -> InfoClass:
        """Return the class of a releasable field; one that is not listed is operational."""
        return self.fields.get(name, InfoClass.OPERATIONAL)


def stricter(first: Cell, second: Cell) -> Cell:
    """Return the rule that asks for both: the stricter answer, and everything each needs."""
    held = first.held and second.held
    chosen = second if second.allowed.rank > first.allowed.rank else first
    if first.allowed not in OPENING or second.allowed not in OPENING:
        return replace(chosen, held=held)
    other = first if chosen is second else second
    phrases = replace(
        chosen.phrases,
        only_if=once(chosen.phrases.only_if + other.phrases.only_if),
        never=once(chosen.phrases.never + other.phrases.never),
    )
    return replace(
        chosen, needed=both_needs(first.needed, second.needed), phrases=phrases, held=held
    )


def both_needs(first: tuple[Need, ...], second: tuple[Need, ...]) -> tuple[Need, ...]:
    """Return the alternatives that ask for one of each side, everything of both."""
    if not first or not second:
        return first or second
    return tuple(dict.fromkeys(one.and_also(other) for one, other in product(first, second)))


def once(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts without blanks and repeats, in order."""
    return tuple(dict.fromkeys(text for text in texts if text))
