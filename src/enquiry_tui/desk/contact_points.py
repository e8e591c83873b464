"""A new or changed number or address: confirmed by a second channel, pointed out for some days."""

from __future__ import annotations

from datetime import timedelta

from enquiry_tui.desk import steps, work
from enquiry_tui.desk.bring_forwards import record_bring_forward
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.confirming import Way, ways
from enquiry_tui.domain.when import LONDON, parse_utc, show_day_short
from enquiry_tui.errors import Refused
from enquiry_tui.records import people
from enquiry_tui.records.base import Row

_WORKING_DAYS_FOR_AN_ANSWER = 10


def confirm_ways(desk: Desk, point_uid: str) -> tuple[Way, ...]:
    """List the second channels that may confirm a point. Raises NotFound."""
    point = _found(desk, point_uid)
    return ways({other["kind"] for other in _confirmed_beside(desk, point)})


def confirm_by(desk: Desk, point_uid: str, way: Way, note: str = "") -> None:
    """Confirm a point by a second channel that is open for it. Raises NotFound, Refused."""
    with desk.act(Action.CONTACT_POINT_CONFIRM) as act:
        point = _found(desk, point_uid)
        if point["confirmed_at"] is not None:
            raise Refused("That one is confirmed.", "A changed one is added beside it (a t).")
        if way not in confirm_ways(desk, point_uid):
            raise Refused(
                f"Not this way: no {way.needs or 'other'} of theirs is confirmed.",
                "Choose another second channel; the caller's own word is none.",
            )
        how = " · ".join(part for part in (way.words, work.line(note)) if part)
        people.confirm_point(act.tx, point["id"], at=act.at, by=desk.officer.uid, how=how)
        act.event("contact_point", point_uid, how=how, way=str(way))


def ask_to_confirm(desk: Desk, point_uid: str, enquiry_uid: str, way: Way) -> str:
    """Leave the task to confirm a point: write or ring, and look for the answer. Gives its uid."""
    with desk.act(Action.BRING_FORWARD_SET) as act:
        point = _found(desk, point_uid)
        matter = steps.enquiry(desk, enquiry_uid)
        day = desk.calendar.add_working_days(desk.today(), _WORKING_DAYS_FOR_AN_ANSWER)
        why = f"Confirm the new {point['kind']}: {_TASKS[way]}. Until then it counts for nothing."
        uid = record_bring_forward(act, desk, matter["id"], day, why)
        act.event("bring_forward", uid, point=point_uid, way=str(way))
        return uid


def changed_lately(desk: Desk, person_id: int | None) -> tuple[str, ...]:
    """Say which numbers or addresses of somebody known changed within the pack's days.

    A change just before something is told is how an answer is led astray; the first details of a
    new person are no change.
    """
    if person_id is None:
        return ()
    since = desk.now() - timedelta(days=desk.packs.authority.value.point_change_days)
    points = people.points(desk.store, person_id)
    known = [parse_utc(p["confirmed_at"]) for p in points if p["confirmed_at"] is not None]
    return tuple(
        _change_words(point)
        for point in points
        if (added := parse_utc(point["added_at"])) >= since
        if any(moment < added for moment in known)
    )


def _change_words(point: Row) -> str:
    day = show_day_short(parse_utc(point["added_at"]).astimezone(LONDON).date())
    how = f"confirmed: {point['confirmed_how']}" if point["confirmed_at"] else "not confirmed"
    return f"{point['kind']} new {day}, {how}"


def _confirmed_beside(desk: Desk, point: Row) -> list[Row]:
    return [
        other
        for other in people.points(desk.store, point["person_id"])
        if other["id"] != point["id"] and other["confirmed_at"] is not None
    ]


def _found(desk: Desk, point_uid: str) -> Row:
    point = people.point_by_uid(desk.store, point_uid)
    if point is None or point["withdrawn_at"] is not None:
        raise NotFound("number or address")
    return point


_TASKS = {
    Way.LETTER_HELD: "write to the address held and ask whether the change is theirs",
    Way.RUNG_HELD: "ring the number held and ask whether the change is theirs",
    Way.PUBLISHED: "look it up where the organisation itself publishes it",
    Way.IN_PERSON: "ask them when they come",
    Way.FIRST_LETTER: "write to it and ask for an answer",
}
