"""What the letters of a matter say about its clocks: which they ask for, and from which day."""

from __future__ import annotations

from datetime import date

from enquiry_tui.desk import steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.clock_rules import ClockRule
from enquiry_tui.records import clocks, letters
from enquiry_tui.records.base import Row

READ = 20_000  # characters of a letter that are looked through for a request


def asked_for(desk: Desk, enquiry_uid: str) -> tuple[ClockRule, ...]:
    """List the clocks that the letters of a matter seem to ask for and that never ran in it.

    A suggestion by words that are pack data; nothing is begun by it. Raises NotFound.
    """
    matter = steps.enquiry(desk, enquiry_uid)
    came = _letters_in(desk, matter)
    if not came:
        return ()
    ran = {row["rule"] for row in clocks.of_enquiry(desk.store, matter["id"])}
    return tuple(
        rule
        for rule in desk.packs.clocks.value.rules.values()
        if rule.name not in ran and any(rule.is_asked_in(_said(row)) for row in came)
    )


def letter_came_on(desk: Desk, enquiry_uid: str, rule: str) -> date | None:
    """Give the day on which the letter came that a clock of this name would count from.

    That is the newest letter whose words ask for the clock, else the newest; None where the rule
    does not count from a letter's arrival, or none came. Raises NotFound.
    """
    matter = steps.enquiry(desk, enquiry_uid)
    found = desk.packs.clocks.value.rule(rule)
    if found is None:
        raise NotFound("clock of that name")
    came = _letters_in(desk, matter) if found.counts_from_arrival else []
    asking = [row for row in came if found.is_asked_in(_said(row))]
    return next((date.fromisoformat(row["received_on"]) for row in asking or came), None)


def _letters_in(desk: Desk, matter: Row) -> list[Row]:
    """List the letters that came in a matter, newest first."""
    rows = letters.of_enquiry(desk.store, matter["id"])
    return [row for row in rows if row["direction"] == "in" and row["struck_at"] is None]


def _said(letter: Row) -> str:
    return f"{letter['subject']}\n{letter['words'][:READ]}"
