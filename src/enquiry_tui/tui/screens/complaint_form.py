"""What the forms of a complaint's steps are made of: days, who decided, choices from the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from enquiry_tui.desk.complaint_life import Life
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.complaint_book import ComplaintBook, Rule
from enquiry_tui.domain.complaint_states import Verb
from enquiry_tui.domain.dates import read_day
from enquiry_tui.errors import Refused
from enquiry_tui.tui.screens.prompt import Field, Values

YES_NO = (("yes", "yes"), ("no", "no"))
# Who stands beside these is not the authority's person: who signed, was asked, took over, reviewed.
_NOT_THEIRS = frozenset(
    map(
        str,
        (
            *(Verb.WITHDRAW, Verb.PRESERVE, Verb.HAND_OVER, Verb.DECIDE_REVIEW),
            *(Verb.IOPC_RETURNS, Verb.IOPC_KEEPS),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Form:
    """A small form: its fields from how the complaint stands, and the verb that it hands them to.

    Both run on the store thread.
    """

    fields: Callable[[Desk, Life], tuple[Field, ...]]
    save: Callable[[Desk, Life, Values], object]


def book(desk: Desk) -> ComplaintBook:
    """Give the rules in force."""
    return desk.packs.complaints.value.book


def options(rules: Mapping[str, Rule]) -> tuple[tuple[str, str], ...]:
    """Offer rules by their labels."""
    return tuple((name, rule.label) for name, rule in rules.items())


def plain(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Offer words as they are."""
    return tuple((word, word.replace("-", " ")) for word in words)


def on_field(label: str = "On") -> Field:
    """Ask for the day it happened."""
    return Field("on", label, "today", "today, yesterday, mon, 20 nov", offered=True)


def by_field(life: Life, label: str = "Decided by") -> Field:
    """Ask who of the authority decided; whoever did so last is offered."""
    said = (line.by for line in reversed(life.path) if line.by and line.verb not in _NOT_THEIRS)
    last = next(said, "")
    return Field("by", label, last, "name and office of the authority's person", offered=True)


def day(desk: Desk, values: Values, name: str = "on") -> date:
    """Read the day of a form, the nearest behind. Raises Refused."""
    found = read_day(values[name] or "today", desk.today(), desk.calendar, past=True)
    if found is None:
        raise Refused("That is not a day.", "Such as: today, yesterday, mon, 20 nov.")
    return found.day


def many(values: Values, name: str) -> tuple[str, ...]:
    """Give what was chosen of several."""
    return tuple(filter(None, values[name].split("\n")))


def conflict_fields(desk: Desk) -> tuple[Field, ...]:
    """Ask about conflicts: the person says none, or which."""
    asked = (("none", "none: asked, and there is none"), *options(book(desk).conflicts))
    return (
        Field(
            "conflicts", "Conflicts", "", "ask them; the keys of what they say", asked, many=True
        ),
        Field("why", "If any, why", "", "why they may have it all the same: a supervisor's"),
    )


def conflicts(values: Values) -> tuple[str, ...] | None:
    """Give the conflicts that were declared; None where nobody asked."""
    named = many(values, "conflicts")
    return tuple(name for name in named if name != "none") if named else None
