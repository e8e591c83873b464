"""Bring-forwards: look at this matter again on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from enquiry_tui.desk import steps, work
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.records import enquiries, promises
from enquiry_tui.records.base import Row


@dataclass(frozen=True, slots=True)
class BringForward:
    """A matter to be looked at again on a day, and why."""

    uid: str
    enquiry_uid: str
    reference: str
    on_day: date
    why: str
    owner: str
    for_supervisor: bool
    state: str
    made_at: datetime
    done_at: datetime | None


def set_bring_forward(
    desk: Desk, enquiry_uid: str, on_day: date, why: str, *, for_supervisor: bool = False
) -> BringForward:
    """Bring a matter forward on a day. Raises NotFound, ReasonMissing."""
    with desk.act(Action.BRING_FORWARD_SET) as act:
        matter = steps.enquiry(desk, enquiry_uid)
        because = steps.reason(why)
        uid = record_bring_forward(
            act, desk, matter["id"], on_day, because, for_supervisor=for_supervisor
        )
        act.event("bring_forward", uid, matter=matter["uid"], on=on_day.isoformat(), why=because)
    return bring_forward(desk, uid)


def record_bring_forward(
    act: Act, desk: Desk, enquiry_id: int, on_day: date, why: str, *, for_supervisor: bool = False
) -> str:
    """Add the row of a bring-forward: a step for verbs that set one on the way."""
    uid = act.new_uid()
    promises.add_bring_forward(
        act.tx,
        uid=uid,
        origin_vault=desk.store.vault_id,
        enquiry_id=enquiry_id,
        owner=desk.officer.uid,
        on_day=on_day.isoformat(),
        why=why,
        for_supervisor=int(for_supervisor),
        state="open",
        made_at=act.at,
    )
    enquiries.refresh_desk_key(act.tx, enquiry_id)
    return uid


def finish_bring_forward(desk: Desk, uid: str) -> BringForward:
    """Say that the matter was looked at. Raises NotFound, WrongState."""
    with desk.act(Action.BRING_FORWARD_DONE) as act:
        row = _found(desk, uid)
        if row["state"] != "open":
            raise work.WrongState("bring-forward", "already done", "Set a new one if needed.")
        promises.change_bring_forward(
            act.tx, row["id"], state="done", done_at=act.at, done_by=desk.officer.uid
        )
        enquiries.refresh_desk_key(act.tx, row["enquiry_id"])
        act.event("bring_forward", uid)
    return bring_forward(desk, uid)


def bring_forward(desk: Desk, uid: str) -> BringForward:
    """Give one bring-forward. Raises NotFound."""
    return _view(_found(desk, uid))


def bring_forwards_of(desk: Desk, enquiry_uid: str) -> tuple[BringForward, ...]:
    """Give the bring-forwards of a matter, open ones first. Raises NotFound."""
    matter = steps.enquiry(desk, enquiry_uid)
    return tuple(map(_view, promises.bring_forwards(desk.store, matter["id"])))


def _found(desk: Desk, uid: str) -> Row:
    row = promises.bring_forward_by_uid(desk.store, uid)
    if row is None:
        raise NotFound("bring-forward")
    return row


def _view(row: Row) -> BringForward:
    return BringForward(
        uid=row["uid"],
        enquiry_uid=row["enquiry_uid"],
        reference=row["reference"],
        on_day=date.fromisoformat(row["on_day"]),
        why=row["why"],
        owner=row["owner_name"],
        for_supervisor=bool(row["for_supervisor"]),
        state=row["state"],
        made_at=parse_utc(row["made_at"]),
        done_at=work.moment(row["done_at"]),
    )
