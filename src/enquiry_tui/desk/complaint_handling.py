"""Handling a complaint: who has it, how, updates, the outcome; suspended and gone on with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from enquiry_tui.desk import complaint_clocks, complaint_moves, complaint_steps, steps, work
from enquiry_tui.desk.complaint_moves import Move
from enquiry_tui.desk.complaint_reading import Complaint, complaint
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.messages import same_person
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.complaint_bound import may_be_handled
from enquiry_tui.domain.complaint_states import Verb
from enquiry_tui.domain.rights import Right
from enquiry_tui.domain.text import fold_words
from enquiry_tui.domain.when import show_day
from enquiry_tui.errors import Refused
from enquiry_tui.records import enquiries
from enquiry_tui.records.base import Row

ROUTES = ("otherwise", "investigation", "special")


class Conflict(Refused):
    """Somebody has a conflict of interest, or nobody asked whether they have one."""


def allocate(
    desk: Desk, uid: str, handler: str, conflicts: Iterable[str] | None, *, why: str = ""
) -> Complaint:
    """Give it to a handler who was asked about conflicts; None says that nobody asked.

    One that is declared wants a supervisor and a reason; who is complained of never has it.
    """
    with desk.act(Action.COMPLAINT_ALLOCATE) as act:
        row = complaint_moves.begin(desk, uid, Verb.ALLOCATE)
        who = complaint_moves.said(handler, "who handles it")
        declared = _checked(desk, row, who, conflicts, why)
        if row["handler"] and row["handler"] != who:
            steps.keep_old(act, desk, "complaint", row, "handler", row["handler"], work.line(why))
        how = Move(desk.today(), words=f"{who}: {declared}")
        complaint_moves.move(act, desk, row, Verb.ALLOCATE, how, handler=who)
        act.event("complaint", uid, handler=who, conflicts=declared)
    return complaint(desk, uid)


def start_handling(
    desk: Desk, uid: str, route: str, *, by: str, why: str = "", on: date | None = None
) -> Complaint:
    """Begin handling it under Schedule 3, or change how; the four weeks run from the beginning.

    The form of investigation that the IOPC decided binds. Police Reform Act 2002 Sch 3 para 5;
    Police (Complaints and Misconduct) Regulations 2020 regs 13 and 34.
    """
    with desk.act(Action.COMPLAINT_HANDLE) as act:
        row = complaint_moves.begin(desk, uid, Verb.HANDLE)
        complaint_moves.chosen((route,), ROUTES, "way of handling")
        _demand_unbound(desk, row, route)
        who = complaint_moves.said(by, "who decided it")
        day = complaint_moves.happened(desk, row, on)
        label = complaint_moves.book(desk).routes[route].label
        if row["route"] not in {"", route}:
            reason = steps.reason(why)
            steps.keep_old(act, desk, "complaint", row, "route", row["route"], reason)
            complaint_moves.reset_decisions(act, desk, row, reason)
        words = ": ".join(filter(None, (label, work.line(why))))
        began = row["handling_on"] or str(day)
        how = Move(day, who, words)
        complaint_moves.move(act, desk, row, Verb.HANDLE, how, route=route, handling_on=began)
        complaint_clocks.start(act, row, complaint_clocks.UPDATE, day)
        if route in complaint_clocks.INVESTIGATED:
            complaint_clocks.start_long(act, row)
        else:
            complaint_clocks.end(act, row, day, "no investigation", complaint_clocks.LONG)
        act.event("complaint", uid, route=route, by=who)
    return complaint(desk, uid)


def _demand_unbound(desk: Desk, row: Row, route: str) -> None:
    """Raise Refused for a way of handling that the IOPC's answer to the referral shuts."""
    if may_be_handled(str(row["iopc_answer"]), route):
        return
    source = complaint_moves.book(desk).sources[str(Verb.IOPC_RETURNS)].source
    came = show_day(date.fromisoformat(row["iopc_answered_on"]))
    raise Refused(
        f"The IOPC decided on {came}: {row['iopc_answer']}. That binds ({source}).",
        "Choose an investigation; to change it, refer it again and enter their new answer.",
    )


def note_update(
    desk: Desk, uid: str, words: str, *, long: bool = False, on: date | None = None
) -> Complaint:
    """Enter that an update has gone: the next is due 28 days from it.

    `long`: it was the letter about an investigation that takes more than twelve months (reg 13).
    """
    with desk.act(Action.COMPLAINT_UPDATE) as act:
        row = complaint_moves.begin(desk, uid, Verb.UPDATE)
        said = complaint_moves.said(words, "what they were told, and how")
        day = complaint_moves.happened(desk, row, on)
        how = Move(day, words=said)
        complaint_moves.move(act, desk, row, Verb.UPDATE, how, updated_on=str(day))
        complaint_clocks.meet(act, row, complaint_clocks.UPDATE, day)
        if long:
            complaint_clocks.meet(act, row, complaint_clocks.LONG, day)
        act.event("complaint", uid, long=long)
    return complaint(desk, uid)


def conclude(
    desk: Desk,
    uid: str,
    conflicts: Iterable[str] | None,
    *,
    by: str,
    why: str = "",
    on: date | None = None,
) -> Complaint:
    """Enter that the outcome is reached; who decides is asked about conflicts again.

    It is told within five working days: Police (Complaints and Misconduct) Regulations 2020 reg 34.
    """
    with desk.act(Action.COMPLAINT_CONCLUDE) as act:
        row = complaint_moves.begin(desk, uid, Verb.CONCLUDE)
        who = complaint_moves.said(by, "who decided it")
        declared = _checked(desk, row, who, conflicts, why)
        day = complaint_moves.happened(desk, row, on)
        how = Move(day, who, declared)
        complaint_moves.move(
            act, desk, row, Verb.CONCLUDE, how, outcome_on=str(day), decided_by=who
        )
        over = (complaint_clocks.UPDATE, complaint_clocks.LONG)
        complaint_clocks.end(act, row, day, "the outcome is reached", *over)
        complaint_clocks.start(act, row, complaint_clocks.OUTCOME, day)
        act.event("complaint", uid, by=who, conflicts=declared)
    return complaint(desk, uid)


def suspend(desk: Desk, uid: str, why: str, *, by: str, on: date | None = None) -> Complaint:
    """Suspend it, with the reason; the complainant is told."""
    with desk.act(Action.COMPLAINT_SUSPEND) as act:
        row = complaint_moves.begin(desk, uid, Verb.SUSPEND)
        reason, who = steps.reason(why), complaint_moves.said(by, "who decided it")
        how = Move(complaint_moves.happened(desk, row, on), who, reason)
        complaint_moves.move(act, desk, row, Verb.SUSPEND, how)
        act.event("complaint", uid, why=reason, by=who)
    return complaint(desk, uid)


def resume(desk: Desk, uid: str, why: str, *, by: str, on: date | None = None) -> Complaint:
    """Go on with a complaint that was suspended, where it stood."""
    with desk.act(Action.COMPLAINT_RESUME) as act:
        row = complaint_moves.begin(desk, uid, Verb.RESUME)
        reason, who = steps.reason(why), complaint_moves.said(by, "who decided it")
        how = Move(complaint_moves.happened(desk, row, on), who, reason)
        complaint_moves.move(act, desk, row, Verb.RESUME, how)
        act.event("complaint", uid, why=reason, by=who)
    return complaint(desk, uid)


def _checked(desk: Desk, row: Row, who: str, conflicts: Iterable[str] | None, why: str) -> str:
    """Check somebody for conflicts, and say what was found. Raises Conflict, NotPermitted."""
    if conflicts is None:
        raise Conflict("Nobody has asked about conflicts.", "Ask each question, then enter it.")
    if _is_complained_of(desk, row, who):
        raise Conflict(
            "That is who the complaint is about.", "Give it to somebody else: nothing overrides it."
        )
    if any(same_person(who, str(part["name"])) for part in _complainants(desk, row)):
        raise Conflict("That is who complains.", "Give it to somebody else.")
    known = complaint_moves.book(desk).conflicts
    names = complaint_moves.chosen(conflicts, known, "conflict")
    if not names:
        return "asked, no conflict"
    desk.demand(Right.COUNTERSIGN)
    if not work.line(why):
        raise Conflict(
            "A conflict was declared.", "Choose somebody else, or say why it does not matter."
        )
    return f"declared: {'; '.join(known[n].label for n in names.split(chr(10)))}: {work.line(why)}"


def _is_complained_of(desk: Desk, row: Row, who: str) -> bool:
    """Whether somebody is who the complaint is about, by name or by what the office is called."""
    if row["about_whom"] and same_person(who, str(row["about_whom"])):
        return True
    called = complaint_steps.name_of(desk, str(row["about"])).called
    return fold_words(who) in [fold_words(name) for name in called]


def _complainants(desk: Desk, row: Row) -> list[Row]:
    parts = enquiries.parts(desk.store, row["enquiry_id"])
    return [part for part in parts if part["part"] == "complainant"]
