"""Whether somebody who may be on the line, and was not picked yet, has a contact plan."""

from __future__ import annotations

from enquiry_tui.desk import steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.records import markers
from enquiry_tui.records.base import Row


def plan_possible(desk: Desk, row: Row) -> bool:
    """Say whether a person with a marker has the number of a live contact that names nobody yet.

    Names alone are too common; with the number they may well be the one.
    """
    if row["person_id"] is not None or row["state"] == "ended" or not row["phone"]:
        return False
    return any(
        person["numbered"] and markers.standing(desk.store, person_id=person["id"], enquiry_id=None)
        for _, person in steps.possible_people(desk, row["who_said"] or "", row["phone"])
    )
