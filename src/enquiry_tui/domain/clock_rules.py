"""What a clock is made of: where it starts, how long, in which days, where it ends, what stops it.

The rules themselves are data of the policy pack `clocks`; here stand their parts and no law.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from enquiry_tui.domain.workdays import CalendarName


class Starts(StrEnum):
    """Where counting begins."""

    DAY_AFTER = "day-after"
    """The day after is day 1."""
    SAME_DAY = "same-day"
    """The day itself is day 1."""
    CORRESPONDING = "corresponding"
    """The day with the same number in a later month; the last of that month where there is none."""
    MOMENT = "moment"
    """The very minute."""


class Unit(StrEnum):
    """What is counted."""

    WORKING_DAYS = "working-days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    HOURS = "hours"


class Rolls(StrEnum):
    """What happens where the last day is no working day."""

    NONE = "none"
    NEXT_WORKING_DAY = "next-working-day"


class Sort(StrEnum):
    """Whose time it is."""

    LEGAL = "legal"
    """A date in law: nobody moves it by hand, and nothing closes over it."""
    SERVICE = "service"
    """A standard that the office set itself."""
    WINDOW = "window"
    """Somebody else's time, which runs out without anybody here being late."""


class Again(StrEnum):
    """Where the next round of a clock that repeats begins."""

    DONE = "done"
    """On the day that the last one was done."""
    DUE = "due"
    """On the day that the last one was due, however late it was done."""


class Effect(StrEnum):
    """What a pause does to the clock."""

    STOP = "stop"
    """The days after it stopped, up to and with the day it goes on, are not counted."""
    STOP_BOTH = "stop-both"
    """The same, and the day it stopped is not counted either."""
    RESTART = "restart"
    """The whole time runs again from the day it goes on."""


@dataclass(frozen=True, slots=True)
class PauseRule:
    """One lawful reason for stopping a clock, and what it does."""

    cause: str
    words: str
    effect: Effect
    source: str
    verify: bool = False


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """How much may be added once, in the unit of the rule, and for what reason."""

    add: int
    words: str
    source: str
    verify: bool = False


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One clock. `length`, `service` and `repeat` are counted in `unit`; 0 is none."""

    name: str
    title: str
    short: str
    sort: Sort
    starts: Starts
    length: int
    unit: Unit
    calendar: CalendarName
    rolls: Rolls
    counts_from: str
    source: str
    verify: bool = False
    service: int = 0
    repeat: int = 0
    again: Again = Again.DONE
    ends_with_the_day: bool = False
    is_reply: bool = False
    from_letter: bool = False
    replaces: tuple[str, ...] = ()
    asked_by: tuple[str, ...] = ()
    pauses: tuple[PauseRule, ...] = ()
    extension: ExtensionRule | None = None

    def pause(self, cause: str) -> PauseRule | None:
        """Return what stops this clock for that reason, if anything does."""
        return next((item for item in self.pauses if item.cause == cause), None)

    @property
    def counts_from_arrival(self) -> bool:
        """Say whether it counts from the day on which a letter arrived."""
        return self.is_reply or self.from_letter

    def is_asked_in(self, letter: str) -> bool:
        """Say whether the words of a letter suggest this clock; it is never begun by them."""
        said = " ".join(letter.casefold().split())
        return any(re.search(rf"\b{re.escape(word.casefold())}\b", said) for word in self.asked_by)

    def problem(self) -> str:
        """Say what does not fit together in this rule; nothing where it is sound."""
        pairs = {
            Unit.MONTHS: {Starts.CORRESPONDING},
            Unit.HOURS: {Starts.MOMENT},
        }
        if self.starts not in pairs.get(self.unit, {Starts.DAY_AFTER, Starts.SAME_DAY}):
            return f"{self.unit} cannot start by {self.starts}"
        if self.unit is Unit.HOURS and (self.pauses or self.rolls is not Rolls.NONE):
            return "a clock of hours neither stops nor rolls"
        if self.service and self.sort is not Sort.LEGAL:
            return "only a legal clock has a service date beside it"
        if self.service > self.length:
            return "the service date would lie after the legal one"
        return ""


@dataclass(frozen=True, slots=True)
class ClockBook:
    """Every clock of a pack."""

    rules: Mapping[str, ClockRule]

    def rule(self, name: str) -> ClockRule | None:
        """Return the rule of that name, if there is one."""
        return self.rules.get(name)


def count_words(count: int, unit: Unit) -> str:
    """Say `20 working days`, `1 month`."""
    word = str(unit).replace("-", " ")
    return f"{count} {word if count != 1 else word.removesuffix('s')}"
