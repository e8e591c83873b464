"""Holds on a matter, and the monitoring officer's stop: placed, read, lifted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enquiry_tui.desk import hold_steps, steps, work
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.holds import HoldKind, HoldRule
from enquiry_tui.domain.rights import Right, may
from enquiry_tui.domain.when import show_day
from enquiry_tui.errors import Refused
from enquiry_tui.records import contacts, enquiries, holds
from enquiry_tui.records.base import Row


@dataclass(frozen=True, slots=True)
class HoldView:
    """A hold, standing or lifted: what it bars, why, by whom, and when it is looked at again."""

    uid: str
    kind: HoldKind
    title: str
    bars: tuple[str, ...]
    reason: str
    since: date
    review_on: date
    set_by: str
    source: str
    stands: bool
    considered_on: date | None
    stands_to: date | None
    lifted_by: str
    lifted_why: str


def rules_to_place(desk: Desk, enquiry_uid: str) -> tuple[HoldRule, ...]:
    """List the kinds of holds that this officer may place on a matter now. Raises NotFound."""
    matter = steps.enquiry(desk, enquiry_uid)
    there = {row["kind"] for row in holds.standing(desk.store, matter["id"], desk.today())}
    rules = hold_steps.book(desk).rules.values()
    return tuple(rule for rule in rules if rule.kind not in there and may_set(desk, rule.kind))


def may_set(desk: Desk, kind: HoldKind) -> bool:
    """Say whether this officer may place and lift holds of a kind."""
    right = Right.STOP if kind is HoldKind.MONITORING_OFFICER else Right.HOLD
    return may(desk.officer.role, desk.officer.administrator, right)


def place_hold(
    desk: Desk, enquiry_uid: str, kind: HoldKind, why: str, since: date | None = None
) -> HoldView:
    """Place a hold: a supervisor's act; the stop is the monitoring officer's own.

    Local Government and Housing Act 1989 s5 for the stop. Raises NotPermitted, NotFound,
    ReasonMissing, Refused where one of the kind stands already.
    """
    stop = kind is HoldKind.MONITORING_OFFICER
    with desk.act(Action.STOP_SET if stop else Action.HOLD_SET) as act:
        matter = steps.enquiry(desk, enquiry_uid)
        if any(r["kind"] == kind for r in holds.standing(act.tx, matter["id"], desk.today())):
            raise Refused(
                "A hold of this kind stands already.", "Lift that one first, or leave it."
            )
        uid = hold_steps.place(act, enquiry_uid, kind, why, since)
        act.event("hold", uid, matter=enquiry_uid, kind=str(kind), why=work.line(why))
    return _view(desk, _found(desk, uid))


def lift_hold(desk: Desk, uid: str, why: str, *, considered_on: date | None = None) -> HoldView:
    """Lift a hold; the stop needs the day on which the report was considered.

    The stop stands on to the end of the working days that the rule adds (1989 Act s5(6)). Raises
    NotPermitted, NotFound, ReasonMissing, Refused.
    """
    row = _found(desk, uid)
    stop = row["kind"] == HoldKind.MONITORING_OFFICER
    with desk.act(Action.STOP_LIFTED if stop else Action.HOLD_LIFTED) as act:
        if row["lifted_at"] is not None:
            raise Refused("This hold was lifted already.", "Nothing was changed.")
        reason = steps.reason(why)
        to = _stands_to(desk, row, considered_on) if stop else None
        holds.change(
            act.tx,
            row["id"],
            considered_on=considered_on.isoformat() if stop and considered_on else None,
            stands_to=to.isoformat() if to else None,
            lifted_at=act.at,
            lifted_by=desk.officer.uid,
            lifted_why=reason,
        )
        act.event(
            "hold",
            uid,
            why=reason,
            considered=considered_on.isoformat() if considered_on else "",
            stands_to=to.isoformat() if to else "",
        )
    return _view(desk, _found(desk, uid))


def holds_of(desk: Desk, enquiry_uid: str) -> tuple[HoldView, ...]:
    """Give the holds of a matter, standing ones first. Raises NotFound."""
    matter = steps.enquiry(desk, enquiry_uid)
    return tuple(_view(desk, row) for row in holds.of_enquiry(desk.store, matter["id"]))


def stop_banner(desk: Desk, contact_uid: str, enquiry_uid: str) -> str:
    """Give the banner of a matter, or of the matter a contact belongs to; mostly nothing."""
    row = enquiries.by_uid(desk.store, enquiry_uid) if enquiry_uid else None
    key = row["id"] if row is not None else None
    if key is None and contact_uid:
        contact = contacts.by_uid(desk.store, contact_uid)
        key = contact["enquiry_id"] if contact is not None else None
    return hold_steps.stop_words(desk, key) if key is not None else ""


def _stands_to(desk: Desk, row: Row, considered: date | None) -> date:
    if considered is None:
        raise Refused(
            "The stop ends when the report has been considered.",
            "Enter the day on which it was considered.",
        )
    if considered > desk.today():
        raise Refused("That day is still to come.", "Enter it when it has been considered.")
    since = date.fromisoformat(row["from_day"])
    if considered < since:
        raise Refused(f"The stop stands since {show_day(since)}.", "Give a day from then on.")
    return hold_steps.book(desk).stands_to(considered, desk.calendar)


def _found(desk: Desk, uid: str) -> Row:
    row = holds.by_uid(desk.store, uid)
    if row is None:
        raise NotFound("hold")
    return row


def _view(desk: Desk, row: Row) -> HoldView:
    rule = hold_steps.book(desk).rules[HoldKind(row["kind"])]
    to = work.day(row["stands_to"])
    return HoldView(
        uid=row["uid"],
        kind=rule.kind,
        title=rule.title,
        bars=tuple(sorted(rule.bars)),
        reason=row["reason"],
        since=date.fromisoformat(row["from_day"]),
        review_on=date.fromisoformat(row["review_on"]),
        set_by=row["set_name"],
        source=rule.cited,
        stands=row["lifted_at"] is None or (to is not None and to >= desk.today()),
        considered_on=work.day(row["considered_on"]),
        stands_to=to,
        lifted_by=row["lifted_name"] or "",
        lifted_why=row["lifted_why"],
    )
