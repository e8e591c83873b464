"""What an officer types on the screen of the clocks, read: a day, a moment, the name of a clock."""

from __future__ import annotations

from datetime import date

from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.clock_rules import ClockRule
from enquiry_tui.domain.dates import read_day
from enquiry_tui.domain.moments import MomentRead, read_moment
from enquiry_tui.errors import Refused


def day_typed(desk: Desk, typed: str, *, past: bool) -> date | None:
    """Read a day with the calendar of the vault; `past`: one that may lie behind us."""
    found = read_day(typed, desk.today(), desk.calendar, past=past)
    return found.day if found is not None else None


def moment_typed(desk: Desk, typed: str) -> MomentRead | None:
    """Read a day and a time that lie behind us."""
    return read_moment(typed, desk.now(), desk.calendar, past=True)


def rule_named(rules: tuple[ClockRule, ...], typed: str) -> ClockRule:
    """Find the clock that was named by its first letters. Raises Refused."""
    asked = typed.strip().casefold()
    names = ("name", "title", "short")
    exact = [rule for rule in rules if asked in {getattr(rule, n).casefold() for n in names}]
    begun = [r for r in rules if any(getattr(r, n).casefold().startswith(asked) for n in names)]
    for found in (exact[:1], begun):
        if asked and len(found) == 1:
            return found[0]
    if asked and begun:
        raise Refused("Several begin like that.", ", ".join(rule.name for rule in begun))
    raise Refused("There is no clock of that name.", "Such as: foi, sar, eir, letter-reply.")
