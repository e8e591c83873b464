"""What the words of a letter suggest: clocks it asks for, a complaint in it. Nothing is begun."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.desk import clock_letters, steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.clock_rules import ClockRule
from enquiry_tui.domain.complaint_words import looks_like_complaint
from enquiry_tui.records import complaints, letters


@dataclass(frozen=True, slots=True)
class Hints:
    """The clocks that letters seem to ask for, and whether one seems to be a complaint."""

    clocks: tuple[ClockRule, ...] = ()
    complaint: bool = False


def hints_of(desk: Desk, enquiry_uid: str) -> Hints:
    """Say what the letters of a matter suggest that is not taken up yet. Raises NotFound."""
    matter = steps.enquiry(desk, enquiry_uid)
    asked = clock_letters.asked_for(desk, enquiry_uid)
    if complaints.of_enquiry(desk.store, matter["id"]):
        return Hints(asked)
    rules = desk.packs.complaints.value
    said = (
        f"{row['subject']}\n{row['words'][: clock_letters.READ]}"
        for row in letters.of_enquiry(desk.store, matter["id"])
        if row["direction"] == "in"
    )
    found = any(looks_like_complaint(words, rules.category_words, rules.names) for words in said)
    return Hints(asked, found)
