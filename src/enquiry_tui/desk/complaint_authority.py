"""Who decides a complaint: said, transferred, handed over, or found to be no complaint."""

from __future__ import annotations

from datetime import date

from enquiry_tui.desk import complaint_clocks, complaint_moves, complaint_steps, steps, work
from enquiry_tui.desk.complaint_moves import Move
from enquiry_tui.desk.complaint_reading import Complaint, complaint
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.complaint_states import State, Verb
from enquiry_tui.errors import Refused
from enquiry_tui.records import complaints


def decide_authority(desk: Desk, uid: str, about: str, why: str, *, whom: str = "") -> Complaint:
    """Say who decides, by whom it is about; of one that was passed already this is a transfer.

    The day it was received stays. Police Reform Act 2002 s29(1). Raises what a step raises.
    """
    with desk.act(Action.COMPLAINT_AUTHORITY) as act:
        row = complaint_moves.begin(desk, uid, Verb.DECIDE_AUTHORITY)
        if about not in complaint_steps.ABOUT_ALL:
            known = ", ".join(complaint_steps.ABOUT_ALL)
            raise Refused("That is nobody a complaint can be about.", f"One of: {known}.")
        reason = steps.reason(why)
        rule = complaint_steps.authority(desk, about)
        transfer = row["state"] == State.PASSED
        for name, new in (("about", about), ("authority", rule.authority)):
            if row[name] and row[name] != new:
                steps.keep_old(act, desk, "complaint", row, name, row[name], reason)
        who = work.line(whom) or row["about_whom"]
        was = f"from {row['authority']} " if transfer else ""
        complaint_moves.move(
            act,
            desk,
            row,
            Verb.DECIDE_AUTHORITY,
            Move(desk.today(), words=f"{was}to {rule.authority}: {reason}"),
            about=about,
            about_whom=who,
            authority=rule.authority,
            authority_source=rule.source,
            passed_at=None,
            passed_to=None,
        )
        matter = steps.enquiry(desk, row["enquiry_uid"])
        complaint_steps.restrict(act, desk, matter, about, who)
        act.event("complaint", uid, about=about, transfer=transfer, why=reason)
    return complaint(desk, uid)


def hand_over(
    desk: Desk, uid: str, reference: str, *, by: str = "", on: date | None = None
) -> Complaint:
    """Say that the authority has taken it over, under its own reference: it is theirs now."""
    with desk.act(Action.COMPLAINT_HAND_OVER) as act:
        row = complaint_moves.begin(desk, uid, Verb.HAND_OVER)
        theirs = complaint_moves.said(reference, "their reference")
        day = complaint_moves.happened(desk, row, on)
        how = Move(day, by, f"their reference {theirs}")
        complaint_moves.move(act, desk, row, Verb.HAND_OVER, how, their_reference=theirs)
        complaint_clocks.end(act, row, day, "handed over")
        act.event("complaint", uid, reference=theirs)
    return complaint(desk, uid)


def set_aside(
    desk: Desk, uid: str, ground: str, *, by: str, told_on: date, why: str = ""
) -> Complaint:
    """Say that it is no complaint of this kind, on which ground, and when they were told.

    Police Reform Act 2002 s12. Raises NotPermitted for an officer who may not decide it.
    """
    with desk.act(Action.COMPLAINT_SET_ASIDE) as act:
        row = complaint_moves.begin(desk, uid, Verb.SET_ASIDE)
        rules = complaint_moves.book(desk)
        ground = complaint_moves.said(ground, "the ground")
        complaint_moves.chosen((ground,), rules.set_aside, "ground")
        who = complaint_moves.said(by, "who decided it")
        day = complaint_moves.happened(desk, row, told_on)
        words = " ".join(filter(None, (rules.set_aside[ground].label, work.line(why))))
        how = Move(day, who, words)
        complaint_moves.move(act, desk, row, Verb.SET_ASIDE, how, disposal=ground, told_on=str(day))
        complaint_clocks.end(act, row, day, "no complaint of this kind")
        act.event("complaint", uid, ground=ground, by=who)
    return complaint(desk, uid)


def set_standing(desk: Desk, uid: str, standing: str, why: str = "") -> Complaint:
    """Say in what standing they complain. Police Reform Act 2002 s12. Raises NotFound, Refused."""
    with desk.act(Action.COMPLAINT_AMEND) as act:
        row = complaint_moves.found(desk, uid)
        complaint_moves.chosen((standing,), complaint_moves.book(desk).standings, "standing")
        if row["standing"]:
            reason = steps.reason(why)
            steps.keep_old(act, desk, "complaint", row, "standing", row["standing"], reason)
        complaints.change(act.tx, row["id"], standing=standing)
        act.event("complaint", uid, standing=standing)
    return complaint(desk, uid)
