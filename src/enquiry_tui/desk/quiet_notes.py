"""Quiet notes to those who read a restricted matter, which whoever caused them never sees."""

from __future__ import annotations

from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.steps import possible_people
from enquiry_tui.records import enquiries, promises


def tell_readers(act: Act, desk: Desk, person_id: int) -> None:
    """Leave a quiet note to the readers of a restricted matter this person has a part in.

    The officer who logs them sees nothing of it.
    """
    _leave_notes(act, desk, person_id, "Somebody with a part")


def tell_likely_readers(act: Act, desk: Desk, who: str, phone: str) -> None:
    """Leave that note also where somebody may be one whom the officer is not shown."""
    for _, person in possible_people(desk, who, phone, hidden=True):
        _leave_notes(act, desk, person["id"], "Somebody who may have a part")


def _leave_notes(act: Act, desk: Desk, person_id: int, whom: str) -> None:
    for row in enquiries.restricted_for(act.tx, person_id):
        named = enquiries.readers(act.tx, row["id"])
        if desk.officer.uid in named or not named:
            continue
        promises.add_bring_forward(
            act.tx,
            uid=act.new_uid(),
            origin_vault=desk.store.vault_id,
            enquiry_id=row["id"],
            owner=named[0],
            on_day=desk.today().isoformat(),
            why=f"{whom} in this matter was in touch with another officer.",
            made_at=act.at,
            state="open",
        )
        enquiries.refresh_desk_key(act.tx, row["id"])
