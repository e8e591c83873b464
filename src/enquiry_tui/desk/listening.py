"""A caller who may only say yes or no: what the answers set, and the safe time to ring back."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from enquiry_tui.desk import steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.listening import Meaning, Question, meaning, there
from enquiry_tui.domain.when import LONDON
from enquiry_tui.records import contacts

SAFE_CALL = "ring at the safe time: yes or no first, no message left with anybody"
_HOURS = (time(10), time(14), time(18))
_OFFERED = 6


def answered(desk: Desk, contact_uid: str, question: Question, answer: bool) -> Meaning:
    """Keep an answer: it may set a circumstance, never clear one. Raises NotFound, ContactOver."""
    with desk.act(Action.CONTACT_CIRCUMSTANCE) as act:
        row = steps.live_contact(desk, contact_uid)
        found = meaning(question, answer)
        if found.circumstance:
            contacts.change(act.tx, row["id"], **{found.circumstance: 1})
        act.event(
            "contact",
            contact_uid,
            outcome=there(answer) if question is Question.SOMEBODY else "",
            asked=str(question),
            answer=answer,
            sets=found.circumstance,
        )
    return found


def safe_times(desk: Desk) -> tuple[datetime, ...]:
    """List times to offer one by one: soonest first, in an hour and then at fixed hours."""
    now = desk.now().astimezone(LONDON)
    soon = (now + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    soon += timedelta(hours=1) if soon - now < timedelta(minutes=45) else timedelta()
    found = [soon]
    for ahead in range(3):
        day = now.date() + timedelta(days=ahead)
        found += [datetime.combine(day, hour, LONDON) for hour in _HOURS]
    later = sorted({moment for moment in found if moment >= soon})
    return tuple(later[:_OFFERED])
