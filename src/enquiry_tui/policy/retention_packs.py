"""The pack of retention and holds: its models, and the book they become."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from enquiry_tui.domain.holds import STOP_BARS, Barred, HoldBook, HoldKind, HoldRule
from enquiry_tui.domain.retention import Counts, DefaultRule, RetentionBook, RetentionClass, Trigger
from enquiry_tui.domain.vocabulary import Kind
from enquiry_tui.policy.problems import refuse
from enquiry_tui.policy.reading import Model, PackModel

FILE = "retention.toml"
Verify = Literal["", "locally"]


class ClassModel(Model):
    """One class or review group."""

    short: str = Field(min_length=1, max_length=14)
    words: str = Field(min_length=1, max_length=80)
    trigger: Trigger
    months: int = Field(ge=0, le=1800)
    counts: Counts = Counts.DAY
    group: int = Field(default=0, ge=0, le=4)
    event: str = ""
    then: str = ""
    source: str = Field(min_length=1)
    verify: Verify = ""


class DefaultModel(Model):
    """What decides a class until somebody chooses."""

    to: str
    why: str = Field(min_length=1)
    topics: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    about: tuple[str, ...] = ()


class HoldModel(Model):
    """One kind of hold."""

    title: str = Field(min_length=1, max_length=30)
    bars: tuple[Barred, ...]
    review_months: int = Field(ge=1, le=120)
    source: str = Field(min_length=1)
    verify: Verify = ""


class HoldsModel(Model):
    """The kinds of holds, and how the stop ends."""

    stop_working_days: int = Field(ge=0, le=20)
    kinds: dict[HoldKind, HoldModel]


class RetentionModel(PackModel):
    """retention.toml."""

    default: str
    classes: dict[str, ClassModel] = Field(min_length=1, max_length=30)
    defaults: tuple[DefaultModel, ...] = ()
    holds: HoldsModel


def retention_book(model: RetentionModel) -> RetentionBook:
    """Make the book. Raises PackError: an unknown class, a hold that is missing or too weak."""
    known = list(model.classes)
    if model.default and model.default not in known:
        refuse(FILE, "default", "unknown class", model.default, known)
    for number, rule in enumerate(model.defaults, start=1):
        if rule.to not in known:
            refuse(FILE, f"defaults.{number}.to", "unknown class", rule.to, known)
    for key, item in model.classes.items():
        if (item.trigger is Trigger.NAMED_DAY) != bool(item.event):
            refuse(FILE, f"classes.{key}.event", "goes with the trigger named-day, and only there")
    return RetentionBook(
        classes={key: _class(key, item) for key, item in model.classes.items()},
        default=model.default,
        defaults=tuple(map(_default, model.defaults)),
        holds=_holds(model.holds),
    )


def _class(key: str, item: ClassModel) -> RetentionClass:
    return RetentionClass(
        key=key,
        short=item.short,
        words=item.words,
        trigger=item.trigger,
        months=item.months,
        counts=item.counts,
        group=item.group,
        event=item.event,
        then=item.then,
        source=item.source,
        verify=bool(item.verify),
    )


def _default(item: DefaultModel) -> DefaultRule:
    return DefaultRule(
        to=item.to,
        why=item.why,
        topics=frozenset(word.casefold() for word in item.topics),
        clocks=frozenset(item.clocks),
        kinds=frozenset(map(str, item.kinds)),
        about=frozenset(item.about),
    )


def _holds(model: HoldsModel) -> HoldBook:
    rules: dict[HoldKind, HoldRule] = {}
    for kind in HoldKind:
        item = model.kinds.get(kind)
        if item is None:
            refuse(FILE, f"holds.kinds.{kind}", "missing")
        bars = frozenset(item.bars)
        if kind is HoldKind.MONITORING_OFFICER and bars != STOP_BARS:
            refuse(FILE, f"holds.kinds.{kind}.bars", f"has to bar {', '.join(sorted(STOP_BARS))}")
        if Barred.DISPOSAL not in bars:
            refuse(FILE, f"holds.kinds.{kind}.bars", "a hold that allows disposal holds nothing")
        rules[kind] = HoldRule(
            kind, item.title, bars, item.review_months, item.source, bool(item.verify)
        )
    return HoldBook(rules, model.stop_working_days)
