"""Clocks as steps of other verbs: started, finished, dated again, each inside the act it is given.

A legal date follows from its rule, its start, its stops and its calendar; nothing else sets it.
"""

from __future__ import annotations

from datetime import date, datetime

from enquiry_tui.desk import retention_steps, steps
from enquiry_tui.desk.clock_dating import add, close, day_of, is_late, keep_reply_date, move_service
from enquiry_tui.desk.clock_views import ClockView, view_of
from enquiry_tui.desk.desk import Act
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.clock_data import read_due, rule_from
from enquiry_tui.domain.clock_rules import Again, Sort
from enquiry_tui.errors import Refused
from enquiry_tui.records import clocks, enquiries
from enquiry_tui.records.base import Reader, Row

OUTCOMES = ("met", "ended")
ACKNOWLEDGE = "letter-acknowledge"


class ClockRuns(Refused):
    """The same clock runs already."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"A clock for {title} runs already in this matter.", "Finish that one first."
        )


def start_clock(
    act: Act,
    enquiry_uid: str,
    rule: str,
    start: date | datetime,
    *,
    about: str = "",
    provisional: bool = False,
) -> str:
    """Start a clock of this name and give its uid; `about` is the uid of what it belongs to.

    A provisional clock gives way to the real one. A clock that replaces others ends them. Raises
    NotFound, ClockRuns; Refused where the start lies in the future.
    """
    found = act.desk.packs.clocks.value.rule(rule)
    if found is None:
        raise NotFound("clock of that name")
    if day_of(start) > act.desk.today():
        raise Refused("That day is still to come.", "A clock starts with what has happened.")
    matter = steps.enquiry(act.desk, enquiry_uid)
    for row in clocks.open_of_enquiry(act.tx, matter["id"]):
        if row["rule"] in found.replaces:
            close(act, row, "ended", act.desk.today(), f"replaced by {found.title}")
        elif (row["rule"], row["about"]) == (rule, about):
            if not row["provisional"] or provisional:
                raise ClockRuns(found.title)
            close(act, row, "ended", act.desk.today(), "the provisional clock gave way")
    uid = add(act, matter["id"], found, start, about=about, provisional=int(provisional))
    retention_steps.settle(act, matter["id"])
    if found.is_reply and matter["sent_on"]:
        enquiries.change(act.tx, matter["id"], sent_on=None, sent_what="")
    keep_reply_date(act, matter["id"])
    return uid


def finish_clock(
    act: Act,
    enquiry_uid: str,
    rule: str,
    on: date | datetime,
    *,
    about: str = "",
    outcome: str = "met",
    why: str = "",
) -> None:
    """Finish the clock of this name, if one runs: `met` (or late, by its date), or `ended`.

    A clock that repeats starts its next round once it is met, from `on` or from the day it was
    due, as its rule says; `ended` stops it for good.
    """
    matter = steps.enquiry(act.desk, enquiry_uid)
    for row in clocks.open_of_enquiry(act.tx, matter["id"]):
        if (row["rule"], row["about"]) == (rule, about):
            finish(act, row, on, outcome, why)


def start_if_none(act: Act, enquiry_uid: str, rule: str, start: date) -> None:
    """Start a clock of the matter unless one of that name runs. Raises NotFound."""
    if not any(view.rule == rule and not view.about for view in running(act.tx, enquiry_uid)):
        start_clock(act, enquiry_uid, rule, start)


def reply_went(act: Act, enquiry_id: int, *, acknowledgement: bool = False) -> None:
    """Finish what a reply that went today meets; an acknowledgement meets only its own clock."""
    for row in clocks.open_of_enquiry(act.tx, enquiry_id):
        if row["rule"] == ACKNOWLEDGE or (row["is_reply"] and not acknowledgement):
            finish(act, row, act.desk.today(), "met", "")


def running(store: Reader, enquiry_uid: str) -> list[ClockView]:
    """List the clocks of a matter that run or stand still, the nearest first. Raises NotFound."""
    matter = enquiries.by_uid(store, enquiry_uid)
    if matter is None:
        raise NotFound("matter")
    return [view_of(store, row) for row in clocks.open_of_enquiry(store, matter["id"])]


def finish(act: Act, row: Row, on: date | datetime, outcome: str, why: str) -> None:
    """Finish one clock, on a day; after its date it is missed, not met."""
    if outcome not in OUTCOMES:
        raise ValueError(outcome)
    state = outcome
    if outcome == "met" and is_late(row, on):
        state = "missed"
    close(act, row, state, day_of(on), why)
    rule = rule_from(row["terms"])
    if outcome == "met" and rule.repeat:
        same = {"about": row["about"], "pack_hash": row["pack_hash"]}
        due = read_due(row["legal_due"] or row["service_due"])
        start = due.day if rule.again is Again.DUE and due is not None else on
        add(act, row["enquiry_id"], rule, start, round=row["round"] + 1, **same)
    if outcome == "met" and row["is_reply"]:
        matter = steps.written(enquiries.by_key(act.tx, row["enquiry_id"]))
        if not matter["sent_on"]:
            sent = {"sent_on": day_of(on).isoformat(), "sent_what": "reply"}
            enquiries.change(act.tx, row["enquiry_id"], **sent)
    keep_reply_date(act, row["enquiry_id"])


def end_service_clocks(act: Act, enquiry_id: int, why: str) -> None:
    """End what closing does not wait for: service clocks, and windows that are over."""
    today = act.desk.today()
    for row in clocks.open_of_enquiry(act.tx, enquiry_id):
        legal = read_due(row["legal_due"])
        over = row["sort"] == Sort.WINDOW and legal is not None and legal.day < today
        if row["sort"] == Sort.SERVICE or over:
            close(act, row, "ended", today, why)


def set_reply_date(act: Act, enquiry_id: int, day: date | None, why: str) -> None:
    """Put the service date of the nearest reply clock on a day, or off; none runs: nothing.

    Raises Refused for a day after the legal date.
    """
    row = _reply_clock(act, enquiry_id)
    if row is None:
        return
    if day is None and row["legal_due"] is None:
        close(act, row, "ended", act.desk.today(), why)
        keep_reply_date(act, enquiry_id)
    else:
        move_service(act, row, day, why)


def note_reply_date(act: Act, enquiry_id: int, day: date, why: str) -> None:
    """Do the same for a day that stood in a line of a call, which is never refused for it.

    After the legal date it changes nothing: the legal date stands.
    """
    row = _reply_clock(act, enquiry_id)
    legal = read_due(row["legal_due"]) if row is not None else None
    if row is not None and (legal is None or day <= legal.day):
        move_service(act, row, day, why)
    else:
        keep_reply_date(act, enquiry_id)


def _reply_clock(act: Act, enquiry_id: int) -> Row | None:
    found = clocks.open_of_enquiry(act.tx, enquiry_id)
    return next((row for row in found if row["is_reply"] and row["state"] == "running"), None)
