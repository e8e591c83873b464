"""How long a matter is kept: its class or review group, and the day it is looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enquiry_tui.domain.clock_words import source_words
from enquiry_tui.domain.clocks import add_months
from enquiry_tui.domain.holds import HoldBook
from enquiry_tui.domain.when import show_day

_MARCH = 3


class Trigger(StrEnum):
    """The event from which the time is counted."""

    CREATED = "created"
    LAST_ACTION = "last-action"
    CLOSED = "closed"
    COMPLAINT_FINAL = "complaint-final"
    NAMED_DAY = "named-day"


class Counts(StrEnum):
    """From the day itself, or in whole years from the end of the financial year it falls in."""

    DAY = "day"
    FINANCIAL_YEAR = "financial-year"


_EVENTS = {
    Trigger.CREATED: "it was opened",
    Trigger.LAST_ACTION: "the last action",
    Trigger.CLOSED: "it was closed",
    Trigger.COMPLAINT_FINAL: "the complaint was final",
}
_AWAITED = {
    Trigger.CLOSED: "it is closed",
    Trigger.COMPLAINT_FINAL: "the complaint is final",
}


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """One class, or review group, of the schedule. No months: kept for good.

    `event` names what a `named-day` class waits for; `then` says what happens on the review day.
    """

    key: str
    short: str
    words: str
    trigger: Trigger
    months: int
    counts: Counts = Counts.DAY
    group: int = 0
    event: str = ""
    then: str = ""
    source: str = ""
    verify: bool = False

    @property
    def cited(self) -> str:
        """Return the source; what nobody here has read says that it is to be verified."""
        return source_words(self.source, verify=self.verify)

    @property
    def line(self) -> str:
        """Say the whole rule in one line."""
        what = f"review group {self.group}: {self.words}" if self.group else self.words
        return f"{what}: {self.length}"

    @property
    def length(self) -> str:
        """Say how long, and from when."""
        if not self.months:
            return "for good"
        named = f"the day on which {self.event}"
        return f"{_length(self.months)} from {_EVENTS.get(self.trigger, named)}"


@dataclass(frozen=True, slots=True)
class DefaultRule:
    """Which class a matter has by itself: by topic, by a clock that was started, by a complaint.

    `about` are subjects of a complaint, `topics` the topic words of a matter, `clocks` names of
    clock rules, `kinds` requester kinds. A rule holds where any of these is met.
    """

    to: str
    why: str
    topics: frozenset[str] = frozenset()
    clocks: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of a matter that can decide its class."""

    topics: frozenset[str] = frozenset()
    clocks: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MatterDays:
    """The days that a rule may count from; None is a day that has not come."""

    created: date
    last_action: date
    closed: date | None = None
    complaint_final: date | None = None
    named: date | None = None


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """When a matter is looked at again, and how that was worked out. No day yet: it waits."""

    on: date | None
    working: str


@dataclass(frozen=True, slots=True)
class RetentionBook:
    """The schedule of the office, which class a matter has by itself, and the kinds of holds."""

    classes: Mapping[str, RetentionClass]
    default: str
    defaults: tuple[DefaultRule, ...]
    holds: HoldBook

    def class_for(self, known: Traits) -> tuple[str, str]:
        """Return the class that the rules give, and why; the first rule that is met decides."""
        for rule in self.defaults:
            for name in ("about", "clocks", "topics", "kinds"):
                if getattr(rule, name) & getattr(known, name):
                    return rule.to, f"by the rule: {rule.why}"
        return self.default, "by the rule: nothing else is known of it" if self.default else ""


def review_day(rule: RetentionClass, days: MatterDays) -> ReviewDay:
    """Work out when a matter of this class is looked at again, from its trigger event.

    The length is in months; with `financial-year` it runs from the 31 March that ends the year.
    """
    if not rule.months:
        return ReviewDay(None, f"kept for good ({rule.cited})")
    event = _event(rule, days)
    if event is None:
        awaited = _AWAITED.get(rule.trigger, f"the day is entered on which {rule.event}")
        return ReviewDay(None, f"{_length(rule.months)} from when {awaited} ({rule.cited})")
    named = _EVENTS.get(rule.trigger, rule.event)
    words, start = f"{named} on {show_day(event)}", event
    if rule.counts is Counts.FINANCIAL_YEAR:
        start = end_of_financial_year(event)
        words = f"{words}, in the financial year to {show_day(start)}"
    until = "" if days.closed or rule.trigger is not Trigger.LAST_ACTION else "; moves while open"
    return ReviewDay(
        add_months(start, rule.months),
        f"{words}, and {_length(rule.months)}{until} ({rule.cited})",
    )


def end_of_financial_year(day: date) -> date:
    """Return the 31 March that ends the financial year of a day."""
    return date(day.year + (day.month > _MARCH), _MARCH, 31)


def _event(rule: RetentionClass, days: MatterDays) -> date | None:
    return {
        Trigger.CREATED: days.created,
        Trigger.LAST_ACTION: days.last_action,
        Trigger.CLOSED: days.closed,
        Trigger.COMPLAINT_FINAL: days.complaint_final,
        Trigger.NAMED_DAY: days.named,
    }[rule.trigger]


def _length(months: int) -> str:
    years, rest = divmod(months, 12)
    parts = [f"{years} year{'s' if years != 1 else ''}"] if years else []
    parts += [f"{rest} month{'s' if rest != 1 else ''}"] if rest else []
    return " and ".join(parts)
