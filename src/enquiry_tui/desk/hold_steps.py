"""Holds as steps of other verbs: placed inside the act of a verb, and asked before it does more."""

from __future__ import annotations

from datetime import date

from enquiry_tui.desk import steps, work
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.domain.holds import Barred, HoldBook, HoldCause, HoldKind, HoldRule
from enquiry_tui.domain.rights import Right, may
from enquiry_tui.domain.when import show_day, show_day_short
from enquiry_tui.errors import Refused
from enquiry_tui.records import holds
from enquiry_tui.records.base import Row

_DONE = {
    Barred.CLOSING: "It cannot be closed",
    Barred.OUTCOME: "No outcome can be reached or told",
    Barred.EXPORT: "Nothing of it can be written to a file",
    Barred.DISPOSAL: "Nothing of it can be disposed of",
}


class HoldInForce(Refused):
    """A hold stands in the way; `kinds` names each."""

    def __init__(self, what: Barred, found: tuple[tuple[HoldRule, Row], ...]) -> None:
        names = " and ".join(dict.fromkeys(f"the {rule.title}" for rule, _ in found))
        who = " and ".join(dict.fromkeys(rule.who for rule, _ in found))
        until = [row["stands_to"] for _, row in found if row["stands_to"]]
        lifted = f"Lifted by {who} (a, then y, on the matter)."
        if len(until) == len(found):
            lifted = f"The report was considered; it stands to {show_day(_day(max(until)))}."
        super().__init__(f"{_DONE[what]}: {names} stands on this matter.", lifted)
        self.kinds = tuple(rule.kind for rule, _ in found)


def book(desk: Desk) -> HoldBook:
    """Give the kinds of holds in force."""
    return desk.packs.retention.value.holds


def place(
    act: Act,
    enquiry_uid: str,
    kind: HoldKind,
    why: str,
    since: date | None = None,
    cause: HoldCause = HoldCause.OFFICER,
) -> str:
    """Place a hold on a matter inside the act of a verb, and give its uid.

    Where one of the kind stands already its uid is given, and nothing is changed. Raises NotFound,
    ReasonMissing, Refused for a day to come.
    """
    desk = act.desk
    matter = steps.enquiry(desk, enquiry_uid)
    for row in holds.standing(act.tx, matter["id"], desk.today()):
        if row["kind"] == kind and row["lifted_at"] is None:
            return str(row["uid"])
    start = since or desk.today()
    if start > desk.today():
        raise Refused("That day is still to come.", "A hold stands from today, or an earlier day.")
    uid = act.new_uid()
    holds.add(
        act.tx,
        uid=uid,
        origin_vault=desk.store.vault_id,
        enquiry_id=matter["id"],
        kind=str(kind),
        cause=str(cause),
        reason=steps.reason(why),
        from_day=start.isoformat(),
        review_on=book(desk).rules[kind].review_on(start).isoformat(),
        pack_hash=desk.packs.retention.hash,
        set_at=act.at,
        set_by=desk.officer.uid,
    )
    return uid


def lift(act: Act, row: Row, why: str) -> None:
    """Lift a hold that is no stop, inside the act of a verb that ends what it was placed for."""
    holds.change(
        act.tx, row["id"], lifted_at=act.at, lifted_by=act.desk.officer.uid, lifted_why=why
    )


def standing(desk: Desk, enquiry_id: int, what: Barred) -> tuple[tuple[HoldRule, Row], ...]:
    """List the holds that keep this from being done to a matter today."""
    rules = book(desk).rules
    found = ((rules[HoldKind(r["kind"])], r) for r in _standing(desk, enquiry_id))
    return tuple((rule, row) for rule, row in found if what in rule.bars)


def demand_free(desk: Desk, enquiry_id: int, what: Barred) -> None:
    """Check that no hold keeps this from being done. Raises HoldInForce.

    The monitoring officer may export what a stop stands on: the report is written from it.
    """
    found = standing(desk, enquiry_id, what)
    if what is Barred.EXPORT and may(desk.officer.role, desk.officer.administrator, Right.STOP):
        found = tuple(pair for pair in found if pair[0].kind is not HoldKind.MONITORING_OFFICER)
    if found:
        raise HoldInForce(what, found)


def stop_words(desk: Desk, enquiry_id: int) -> str:
    """Give the banner of a matter on which the monitoring officer's stop stands, or nothing."""
    for row in _standing(desk, enquiry_id):
        if row["kind"] != HoldKind.MONITORING_OFFICER:
            continue
        if row["stands_to"]:
            day, last = _day(row["considered_on"]), _day(row["stands_to"])
            return (
                f"STOP stands to the end of {show_day_short(last)}:"
                f" the report was considered {show_day_short(day)}"
            )
        since = show_day_short(_day(row["from_day"]))
        return f"STOP (monitoring officer) since {since}: no outcome, export, closing, disposal"
    return ""


def _standing(desk: Desk, enquiry_id: int) -> list[Row]:
    return holds.standing(desk.store, enquiry_id, desk.today())


def _day(stored: str) -> date:
    return work.day(stored) or date.min
