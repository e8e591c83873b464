"""Authority to act for somebody: what kinds there are, what each gives, when a record stands.

A record that nobody has checked is a claim, and a claim opens nothing (GPG 44 and 45 speak of
people, not of offices: authority is a question of its own). UK GDPR leaves it to whoever acts for
another to show that they may.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from enquiry_tui.domain.checks import StepName
from enquiry_tui.domain.clocks import add_months
from enquiry_tui.domain.vocabulary import Authority, InfoClass, Kind


class AuthorityKind(StrEnum):
    """What shows that somebody acts for another; what it gives is fixed: no pack can raise it."""

    gives: Authority

    def __new__(cls, value: str, gives: Authority | None = None) -> Self:
        """Make the kind from its row; a row that gives nothing is refused."""
        if gives is None:
            raise TypeError(f"{value} gives nothing")
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.gives = gives
        return kind

    LETTER = "letter-of-authority", Authority.CLIENT
    PARENT = "parental-responsibility", Authority.CLIENT
    ATTORNEY = "power-of-attorney", Authority.CLIENT
    ADVOCATE = "advocate-consent", Authority.CLIENT
    CONSTITUENT = "constituent-request", Authority.REQUEST
    WRITTEN = "written-request", Authority.WRITTEN
    AGREEMENT = "sharing-agreement", Authority.WRITTEN
    ORDER = "court-order", Authority.ORDER

    @property
    def step(self) -> StepName:
        """Return the step of a check that rests on a record of this kind."""
        return next(step for step in StepName if step.gives is self.gives)


@dataclass(frozen=True, slots=True)
class AuthorityRule:
    """What the pack says of a kind: who brings it, what it may cover, how long, what to look at.

    `months` is how long it stands from the day it is dated; 0: until a day that is entered, or
    until it is withdrawn. `source` says where that comes from, for the screen.
    """

    kind: AuthorityKind
    label: str
    brought_by: frozenset[Kind]
    covers: frozenset[InfoClass]
    months: int
    look_at: str
    source: str


@dataclass(frozen=True, slots=True)
class AuthorityBook:
    """Every kind of authority, and how many days before the end somebody is reminded."""

    rules: Mapping[AuthorityKind, AuthorityRule]
    remind_days: int

    def brought_by(self, kind: Kind) -> tuple[AuthorityRule, ...]:
        """Return what this kind of requester may bring, in the order of the vocabulary."""
        return tuple(
            self.rules[item] for item in AuthorityKind if kind in self.rules[item].brought_by
        )


class Stands(StrEnum):
    """Where a record of authority is: only one that stands opens anything."""

    STANDS = "stands"
    CLAIMED = "claimed"
    NOT_YET = "not-yet"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Record:
    """A record of authority as far as the gate needs it; days are London's."""

    kind: AuthorityKind
    classes: frozenset[InfoClass]
    starts_on: date
    expires_on: date | None
    checked: bool
    withdrawn: bool

    def on(self, day: date) -> Stands:
        """Say where it is on a day; the last day still counts."""
        if self.withdrawn:
            return Stands.WITHDRAWN
        if self.expires_on is not None and day > self.expires_on:
            return Stands.EXPIRED
        if day < self.starts_on:
            return Stands.NOT_YET
        return Stands.STANDS if self.checked else Stands.CLAIMED

    def covers(self, info_class: InfoClass | None, day: date) -> bool:
        """Say whether it carries a question of this class on a day; a blank class never."""
        return info_class in self.classes and self.on(day) is Stands.STANDS


def carried(records: Collection[Record], info_class: InfoClass | None, day: date) -> set[Authority]:
    """Return the authorities that some record carries for a class on a day."""
    return {record.kind.gives for record in records if record.covers(info_class, day)}


def last_day(rule: AuthorityRule, dated_on: date) -> date | None:
    """Return the last day a record of this rule may stand; None where the pack sets no length."""
    return add_months(dated_on, rule.months) if rule.months else None


def outside(rule: AuthorityRule, classes: Collection[InfoClass]) -> tuple[InfoClass, ...]:
    """Return the classes that a record of this kind may not cover."""
    return tuple(item for item in InfoClass if item in classes and item not in rule.covers)
