"""How long a matter is kept, and where its paper is: chosen, with the reason."""

from __future__ import annotations

from datetime import date

from enquiry_tui.desk import retention_steps, steps, work
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.retention_steps import Kept
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.retention import RetentionClass
from enquiry_tui.errors import Refused
from enquiry_tui.records import enquiries

_PAPER = 120


def retention_classes(desk: Desk) -> tuple[RetentionClass, ...]:
    """List the classes and review groups of the schedule in force."""
    return tuple(desk.packs.retention.value.classes.values())


def kept_of(desk: Desk, enquiry_uid: str) -> Kept:
    """Say how a matter is kept, and when it is looked at again. Raises NotFound."""
    return retention_steps.kept(desk, steps.enquiry(desk, enquiry_uid))


def set_retention(
    desk: Desk, enquiry_uid: str, key: str, why: str, *, event_on: date | None = None
) -> Kept:
    """Choose the class or review group of a matter, with the reason; the old one is kept.

    `event_on` is the day that a class with a named event waits for. An empty key leaves it to the
    rule again. Raises NotFound, ReasonMissing, Refused.
    """
    with desk.act(Action.ENQUIRY_RETENTION) as act:
        row, reason = steps.enquiry(desk, enquiry_uid), steps.reason(why)
        rule = desk.packs.retention.value.classes.get(key)
        if key and rule is None:
            raise NotFound("retention class")
        if event_on is not None and not (rule and rule.event):
            raise Refused("This class waits for no named day.", "Leave the day out.")
        if row["retention_class"]:
            old = str(row["retention_class"])
            steps.keep_old(act, desk, "enquiry", row, "retention_class", old, reason)
        enquiries.change(
            act.tx,
            row["id"],
            retention_class=key,
            retention_why=reason,
            retention_by=desk.officer.uid if key else "",
            retention_from=event_on.isoformat() if event_on else None,
        )
        if not key:
            retention_steps.settle(act, row["id"])
        act.event("enquiry", enquiry_uid, retention=key, why=reason)
    return kept_of(desk, enquiry_uid)


def set_paper_place(desk: Desk, enquiry_uid: str, place: str) -> Kept:
    """Say where the paper of a matter is; blank: there is none. The old place is kept."""
    with desk.act(Action.ENQUIRY_AMEND) as act:
        row, words = steps.enquiry(desk, enquiry_uid), work.line(place)[:_PAPER]
        if row["paper_place"]:
            old = str(row["paper_place"])
            steps.keep_old(act, desk, "enquiry", row, "paper_place", old, "moved")
        enquiries.change(act.tx, row["id"], paper_place=words)
        act.event("enquiry", enquiry_uid, paper=words)
    return kept_of(desk, enquiry_uid)
