"""How long a matter is kept, as a step of other verbs: the class by the rule, until one chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.domain.retention import MatterDays, Traits, review_day
from enquiry_tui.domain.when import LONDON, parse_utc
from enquiry_tui.records import enquiries, holds
from enquiry_tui.records.base import Row


@dataclass(frozen=True, slots=True)
class Kept:
    """How a matter is kept: its class in words, why, and the review day with its working."""

    key: str
    short: str
    words: str
    why: str
    by_rule: bool
    review_on: date | None
    working: str
    then: str
    event: str
    paper: str


def settle(act: Act, enquiry_id: int) -> None:
    """Give a matter the class that the rules say, unless an officer has chosen one."""
    row = enquiries.by_key(act.tx, enquiry_id)
    if row is None or row["retention_by"]:
        return
    key, why = class_for(act, enquiry_id)
    if (key, why) != (row["retention_class"], row["retention_why"]):
        enquiries.change(act.tx, enquiry_id, retention_class=key, retention_why=why)


def class_for(act: Act, enquiry_id: int) -> tuple[str, str]:
    """Return the class that the rules in force give a matter, and why."""
    known = holds.traits(act.tx, enquiry_id)
    rules = act.desk.packs.complaints.value
    about = frozenset(rules.aliases.get(word, word) for word in known["about"])
    traits = Traits(known["topics"], known["clocks"], known["kinds"], about)
    return act.desk.packs.retention.value.class_for(traits)


def kept(desk: Desk, row: Row) -> Kept:
    """Say how a matter is kept, and work out when it is looked at again."""
    key = str(row["retention_class"])
    rule = desk.packs.retention.value.classes.get(key)
    if rule is None:
        words = "the rules in force know no such class: choose one" if key else "not chosen"
        by_rule = not row["retention_by"]
        why, paper = row["retention_why"], row["paper_place"]
        return Kept(key, key, words, why, by_rule, None, "", "", "", paper)
    found = review_day(rule, days_of(desk, row["id"]))
    return Kept(
        key=key,
        short=rule.short,
        words=rule.line,
        why=row["retention_why"],
        by_rule=not row["retention_by"],
        review_on=found.on,
        working=found.working,
        then=rule.then,
        event=rule.event,
        paper=row["paper_place"],
    )


def days_of(desk: Desk, enquiry_id: int) -> MatterDays:
    """Give the days of a matter that a rule may count from, as days in London."""
    row = holds.days(desk.store, enquiry_id)
    if row is None:
        raise LookupError("a matter that was just read is not there")
    moments = [row["opened_at"], row["closed_at"], row["contact_at"]]
    opened, closed, contact = [_london(moment) for moment in moments]
    return MatterDays(
        created=opened or desk.today(),
        last_action=max(day for day in (opened, closed, contact) if day is not None),
        closed=closed,
        complaint_final=_day(row["final_on"]),
        named=_day(row["retention_from"]),
    )


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _london(moment: str | None) -> date | None:
    return parse_utc(moment).astimezone(LONDON).date() if moment else None
