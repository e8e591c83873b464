"""Who it might be, as lines to choose from: a person with a matter, or with a new one."""

from __future__ import annotations

from enquiry_tui.desk import enquiries, lists
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.views import Suggestion
from enquiry_tui.domain.when import show_day_short
from enquiry_tui.tui.calls import short
from enquiry_tui.tui.widgets.call_line import Picked
from enquiry_tui.tui.widgets.choices import Choice

MOST = 5


def choices_of(found: tuple[Suggestion, ...]) -> tuple[Choice, ...]:
    """Make at most five lines: each person's latest matter first, then more of the likeliest."""
    first = [_line(item, 0) for item in found[:MOST]]
    more = [_line(item, at) for item in found[:MOST] for at in range(1, len(item.matters))]
    return tuple((first + more)[:MOST])


def _line(item: Suggestion, at: int) -> Choice:
    matter = item.matters[at] if at < len(item.matters) else None
    person = " · ".join(part for part in (item.name, item.organisation) if part)
    last = f" · last {show_day_short(item.last_contact)}" if item.last_contact else ""
    flag = " ⚑" if item.marker else ""
    if matter is None:
        words = f"{person}{flag} · new matter{last}"
        return Choice(item.person_uid, words, data=Picked(item.person_uid, "", words))
    uid, reference, subject = matter
    words = f"{item.name} · {short(reference)}"
    shown = f"{person}{flag} · {short(reference)} {subject}{last}"
    return Choice(f"{item.person_uid} {uid}", shown, data=Picked(item.person_uid, uid, words))


def matter_words(desk: Desk, reference: str) -> str:
    """Say where a quoted matter stands, or that there is none."""
    try:
        uid = enquiries.find_reference(desk, reference)
    except NotFound:
        return "(not held: this will be a new matter)"
    row = lists.queue_rows(desk, [lists.key_of(desk, uid)])[0]
    if row.due_kind == "closed":
        return f"({row.who}: CLOSED; Enter asks whether to open it again)"
    return f"({row.who}: {lists.footing(desk, uid).stands.rstrip('.')})"
