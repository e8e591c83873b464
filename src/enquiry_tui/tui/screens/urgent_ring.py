"""A dropped line on F9: the promise to ring back, and what came of ringing."""

from __future__ import annotations

from datetime import timedelta

from enquiry_tui.desk import contacts, emergencies, promises
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.emergencies import UrgentView
from enquiry_tui.domain.emergency import RING_BACK
from enquiry_tui.domain.when import show_time
from enquiry_tui.tui.screens.prompt import Field

RING_BACK_IN = timedelta(minutes=2)
ANSWERED, NO_ANSWER = "answered", "no answer"
FIELDS = (
    Field(
        "came",
        "They",
        hint="1 or 2",
        options=(
            (ANSWERED, "are on the line again"),
            (NO_ANSWER, "do not answer: again in two minutes"),
        ),
    ),
)


def promise(desk: Desk, view: UrgentView) -> UrgentView:
    """Promise to ring back, and note in the log that the line dropped."""
    contact = contacts.view(desk, view.contact_uid)
    made = promises.make_promise(
        desk,
        promises.MakePromise(
            contact.enquiry_uid, RING_BACK, desk.now() + RING_BACK_IN, contact.uid
        ),
    )
    words = f"line dropped; to be rung back by {show_time(made.due_at)}"
    return emergencies.urgent_line(desk, view.uid, words)


def rung(desk: Desk, view: UrgentView, came: str) -> UrgentView:
    """Note what came of ringing back: kept, or to be tried again."""
    if came == ANSWERED:
        promises.keep_promise(desk, view.ring_back_uid, "on the line again")
        return emergencies.urgent_line(desk, view.uid, "rung back: on the line again")
    due = desk.now() + RING_BACK_IN
    promises.move_promise(desk, view.ring_back_uid, due, "no answer", told=False)
    words = f"rung back: no answer; again by {show_time(due)}"
    return emergencies.urgent_line(desk, view.uid, words)


def number_of(desk: Desk, view: UrgentView) -> str:
    """Give the number to ring: the marked safe one where one stands, else the caller's."""
    if not view.ring_back_uid:
        return ""
    return promises.promise(desk, view.ring_back_uid).safe_number or view.phone
