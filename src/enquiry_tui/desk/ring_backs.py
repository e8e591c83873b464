"""Ringing back in order to check: a leg of the same contact, on a number that we hold or found."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.desk import evidence
from enquiry_tui.desk.check_steps import add_step, contact_of, end_if_reached, running
from enquiry_tui.desk.check_views import view
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.views import CheckView
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.checks import StepName
from enquiry_tui.domain.phones import read_phone
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.text import clean_line
from enquiry_tui.errors import Refused
from enquiry_tui.records import contacts, directory
from enquiry_tui.records.base import Row


@dataclass(frozen=True, slots=True)
class RingBack:
    """A ring back: to a held point of the person, or to an organisation on a number we found.

    `source` says where the number came from; a number that the caller gave is refused.
    `answered_by` is whom we were put through to, by name; blank where it failed.
    """

    check_uid: str
    point_uid: str = ""
    entry_key: str = ""
    number: str = ""
    source: str = ""
    answered_by: str = ""


def ring_back(desk: Desk, ring: RingBack, *, until: Need | None = None) -> CheckView:
    """Record a ring back made in order to check: a leg of the same contact.

    Raises Refused for a number that the caller gave, or a point not confirmed before today.
    """
    with desk.act(Action.CONTACT_LEG) as act:
        check = running(desk, ring.check_uid)
        row = contact_of(desk, check)
        step, number, source = _ring_target(desk, check, row, ring)
        answered = clean_line(ring.answered_by).text
        contacts.add_leg(
            act.tx,
            uid=act.new_uid(),
            contact_id=row["id"],
            kind="ring-back",
            number=number,
            number_source=source,
            answered_by=answered,
            started_at=act.at,
            ended_at=act.at,
        )
        add_step(act, check["id"], step, bool(answered), source)
        end_if_reached(act, desk, ring.check_uid, until)
        act.event(
            "identity_check",
            ring.check_uid,
            outcome="match" if answered else "miss",
            number=number,
            source=source,
            answered_by=answered,
        )
    return view(desk, ring.check_uid)


def _ring_target(desk: Desk, check: Row, row: Row, ring: RingBack) -> tuple[StepName, str, str]:
    if ring.point_uid:
        for point in evidence.ring_points(desk, check["person_id"]):
            if point["uid"] == ring.point_uid:
                return StepName.RING_HELD, point["value"], f"held: {point['confirmed_how']}"
        raise Refused(
            "That number was not confirmed before today.",
            "Ring only a number that was held and confirmed before; or answer to the held address.",
        )
    entry = directory.by_key(desk.store, ring.entry_key) if ring.entry_key else None
    number = entry["phone"] if entry is not None else ring.number
    source = f"directory: {entry['name']}" if entry is not None else clean_line(ring.source).text
    if not source or not read_phone(number).last9:
        raise Refused(
            "A ring back needs a number and where you found it.",
            "Find it yourself: the directory, a register, a published switchboard. Then say which.",
        )
    if row["phone"] and read_phone(number).last9 == read_phone(row["phone"]).last9:
        raise Refused(
            "That is the number the caller rang from or gave.",
            "Find the organisation's number yourself and ring that one.",
        )
    return StepName.RING_ORG, number, source
