"""Steps about people that verbs share, each inside the act of the verb that takes it."""

from __future__ import annotations

from enquiry_tui.desk import steps
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.domain.text import clean_line, fold
from enquiry_tui.records import people


def organisation(act: Act, desk: Desk, name: str) -> int | None:
    """Give the key of the organisation of this very name, recorded anew; None for a blank."""
    cleaned = clean_line(name).text[:200]
    if not cleaned:
        return None
    row = people.organisation(act.tx, fold(cleaned))
    return int((row or steps.add_person(act, desk, cleaned, kind="organisation"))["id"])
