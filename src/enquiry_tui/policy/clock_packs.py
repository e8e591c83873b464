"""The pack of the clocks: its model, and the rules it becomes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from enquiry_tui.domain.clock_rules import (
    Again,
    ClockBook,
    ClockRule,
    Effect,
    ExtensionRule,
    PauseRule,
    Rolls,
    Sort,
    Starts,
    Unit,
)
from enquiry_tui.domain.workdays import CalendarName
from enquiry_tui.policy.problems import refuse
from enquiry_tui.policy.reading import Model, PackModel

FILE = "clocks.toml"
Verify = Literal["", "locally"]
# These the program itself starts, or a script asks for by name.
NEEDED = (
    "foi",
    "eir",
    "sar",
    "dp-complaint",
    "iopc-referral",
    "complaint-update",
    "complaint-outcome",
    "review-window",
    "mp-letter",
    "letter-acknowledge",
    "letter-reply",
    "long-investigation",
    "breach-ico",
    "withdrawal-reply",
    "recommendation-response",
    "review-acknowledge",
    "review-finish",
)


class PauseModel(Model):
    """One reason for stopping a clock."""

    words: str
    effect: Effect
    source: str
    verify: Verify = ""


class ExtensionModel(Model):
    """What may be added once, in the unit of the rule."""

    add: int = Field(ge=1, le=400)
    words: str
    source: str
    verify: Verify = ""


class ClockModel(Model):
    """One clock."""

    title: str = Field(min_length=1, max_length=40)
    short: str = Field(min_length=1, max_length=10)
    sort: Sort
    starts: Starts
    length: int = Field(ge=1, le=1000)
    unit: Unit
    calendar: CalendarName
    rolls: Rolls
    counts_from: str
    source: str = Field(min_length=1)
    verify: Verify = ""
    service: int = Field(default=0, ge=0, le=1000)
    repeat: int = Field(default=0, ge=0, le=1000)
    again: Again = Again.DONE
    ends_with_the_day: bool = False
    is_reply: bool = False
    from_letter: bool = False
    replaces: tuple[str, ...] = ()
    asked_by: tuple[str, ...] = ()
    pauses: dict[str, PauseModel] = Field(default_factory=dict)
    extension: ExtensionModel | None = None


class ClocksModel(PackModel):
    """clocks.toml."""

    rules: dict[str, ClockModel]


def clock_book(model: ClocksModel) -> ClockBook:
    """Make the rules. Raises PackError: one is missing, does not fit together, names no other."""
    for name in NEEDED:
        if name not in model.rules:
            refuse(FILE, f"rules.{name}", "missing")
    for name, item in model.rules.items():
        for other in item.replaces:
            if other not in model.rules:
                place = f"rules.{name}.replaces"
                refuse(FILE, place, "no such clock", other, sorted(model.rules))
    return ClockBook({name: _rule(name, item) for name, item in model.rules.items()})


def _rule(name: str, item: ClockModel) -> ClockRule:
    rule = ClockRule(
        name=name,
        title=item.title,
        short=item.short,
        sort=item.sort,
        starts=item.starts,
        length=item.length,
        unit=item.unit,
        calendar=item.calendar,
        rolls=item.rolls,
        counts_from=item.counts_from,
        source=item.source,
        verify=bool(item.verify),
        service=item.service,
        repeat=item.repeat,
        again=item.again,
        ends_with_the_day=item.ends_with_the_day,
        is_reply=item.is_reply,
        from_letter=item.from_letter,
        replaces=item.replaces,
        asked_by=item.asked_by,
        pauses=tuple(_pause(cause, pause) for cause, pause in item.pauses.items()),
        extension=_extension(item.extension),
    )
    if problem := rule.problem():
        refuse(FILE, f"rules.{name}", problem)
    return rule


def _pause(cause: str, pause: PauseModel) -> PauseRule:
    return PauseRule(cause, pause.words, pause.effect, pause.source, bool(pause.verify))


def _extension(item: ExtensionModel | None) -> ExtensionRule | None:
    if item is None:
        return None
    return ExtensionRule(item.add, item.words, item.source, bool(item.verify))
