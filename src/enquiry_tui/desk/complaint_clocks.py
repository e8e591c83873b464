"""The clocks of a complaint, inside the act of the verb that starts or ends them."""

from __future__ import annotations

from datetime import date

from enquiry_tui.desk.clock_steps import finish_clock, start_clock
from enquiry_tui.desk.desk import Act
from enquiry_tui.domain.clock_data import read_due
from enquiry_tui.records import clocks
from enquiry_tui.records.base import Row

REFERRAL = "iopc-referral"
UPDATE = "complaint-update"
OUTCOME = "complaint-outcome"
WINDOW = "review-window"
LONG = "long-investigation"
WITHDRAWAL = "withdrawal-reply"
ANSWER = "recommendation-response"
_REVIEW = ("review-acknowledge", "review-finish")
_ALL = (REFERRAL, UPDATE, OUTCOME, WINDOW, LONG, WITHDRAWAL, ANSWER, *_REVIEW)
# The ways of handling for which the long letter is due.
INVESTIGATED = frozenset({"investigation", "special", "iopc"})
# What a final complaint does not wait for; its review window runs on.
BEFORE_FINAL = (REFERRAL, UPDATE, OUTCOME, LONG, WITHDRAWAL, *_REVIEW)


def runs(act: Act, row: Row, rule: str) -> Row | None:
    """Find the clock of this name that runs for a complaint."""
    for clock in clocks.open_of_enquiry(act.tx, row["enquiry_id"]):
        if (clock["rule"], clock["about"]) == (rule, row["uid"]):
            return clock
    return None


def start(act: Act, row: Row, rule: str, on: date, *, provisional: bool = False) -> str:
    """Start a clock unless it runs already; gives its last day. The real one ends a provisional."""
    clock = runs(act, row, rule)
    if clock is None or (clock["provisional"] and not provisional):
        start_clock(act, row["enquiry_uid"], rule, on, about=row["uid"], provisional=provisional)
        clock = runs(act, row, rule)
    due = read_due(clock["legal_due"] or clock["service_due"]) if clock is not None else None
    return due.day.isoformat() if due is not None else ""


def start_long(act: Act, row: Row) -> None:
    """Start the twelve months of an investigation: they run from when the complaint was made.

    Police (Complaints and Misconduct) Regulations 2020 reg 13(3).
    """
    start(act, row, LONG, date.fromisoformat(row["received_on"]))


def meet(act: Act, row: Row, rule: str, on: date) -> None:
    """Say that what a clock waited for was done on a day; one that repeats begins again."""
    finish_clock(act, row["enquiry_uid"], rule, on, about=row["uid"])


def end(act: Act, row: Row, on: date, why: str, *rules: str) -> None:
    """End clocks for good, all of the complaint's where none is named."""
    for rule in rules or _ALL:
        finish_clock(act, row["enquiry_uid"], rule, on, about=row["uid"], outcome="ended", why=why)
