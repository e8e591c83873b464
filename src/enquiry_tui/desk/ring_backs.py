"""Ringing back in order to check: a leg of the same contact, on a number that we hold or found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from enquiry_tui.desk import evidence
from enquiry_tui.desk.check_steps import add_step, contact_of, end_if_reached, found, running
from enquiry_tui.desk.check_views import view
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.views import CheckView
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.checks import StepName
from enquiry_tui.domain.phones import find_phones, read_phone
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.text import clean_line
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.errors import Refused
from enquiry_tui.records import contacts, directory, people, promises
from enquiry_tui.records.base import Row


@dataclass(frozen=True, slots=True)
class RingBack:
    """A ring back: to a held point of the person, or to an organisation on a number we found.

    `source` says where the number came from; a number that the caller gave is refused.
    `answered_by` is whom we were put through to, by name; blank where it failed. `same_line` is the
    line that the caller rang on: it may still be held open, so the pack's minutes pass first.
    """

    check_uid: str
    point_uid: str = ""
    entry_key: str = ""
    number: str = ""
    source: str = ""
    answered_by: str = ""
    same_line: bool = False


def ring_back(desk: Desk, ring: RingBack, *, until: Need | None = None) -> CheckView:
    """Record a ring back made in order to check: a leg of the same contact.

    Raises Refused for a number that the caller gave, a point not confirmed before today, and on
    the caller's own line before the wait is over.
    """
    with desk.act(Action.CONTACT_LEG) as act:
        check = running(desk, ring.check_uid)
        row = contact_of(desk, check)
        step, number, source = _ring_target(desk, check, row, ring)
        _demand_line_free(desk, row, ring)
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
            same_line=ring.same_line,
            answered_by=answered,
        )
    return view(desk, ring.check_uid)


def wait_minutes(desk: Desk, *, same_line: bool) -> int:
    """Say how many minutes pass before a line may be used to ring back: the pack's value."""
    office = desk.packs.office.value
    if same_line:
        return office.ring_back_same_line_minutes
    return office.ring_back_other_line_minutes


def demand_ours(desk: Desk, ring: RingBack) -> None:
    """Refuse a ring back, also one that is only parked, on a number that we did not find.

    Raises Refused for the caller's own, for one not confirmed before today, and without a source.
    """
    check = running(desk, ring.check_uid)
    _ring_target(desk, check, contact_of(desk, check), ring)


def numbers_given(desk: Desk, check_uid: str) -> set[str]:
    """Collect the numbers that are never offered for a ring back of this check."""
    return _given(desk, contact_of(desk, found(desk, check_uid)))


def _given(desk: Desk, row: Row) -> set[str]:
    """Collect every number this contact itself brought: none of them is ever one to ring back.

    That is the number displayed or given, whatever was typed down of the call, and numbers of the
    person that no second channel has confirmed.
    """
    heard = [span.phone for text in (row["line"], row["note"]) for span in find_phones(text)]
    heard += [read_phone(row["phone"])] if row["phone"] else []
    points = people.points(desk.store, row["person_id"]) if row["person_id"] is not None else []
    heard += [
        read_phone(point["value"])
        for point in points
        if point["kind"] == "phone" and point["confirmed_at"] is None
    ]
    return {phone.last9 for phone in heard if phone.last9}


def _demand_line_free(desk: Desk, row: Row, ring: RingBack) -> None:
    """Refuse a line that may still be held open, unless it was parked long enough ago."""
    wait = wait_minutes(desk, same_line=ring.same_line)
    parked = [
        parse_utc(promise["made_at"])
        for promise in promises.of_enquiry(desk.store, row["enquiry_id"] or 0)
        if promise["contact_id"] == row["id"]
    ]
    free_from = min(parked, default=desk.now()) + timedelta(minutes=wait)
    if wait and desk.now() < free_from:
        raise Refused(
            f"The caller may still hold this line: {wait} minutes first.",
            "Park it (leave Answered by empty), or ring on another line.",
        )


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
    if read_phone(number).last9 in _given(desk, row):
        raise Refused(
            "That is the number the caller rang from or gave.",
            "Find the organisation's number yourself and ring that one.",
        )
    return StepName.RING_ORG, number, source
