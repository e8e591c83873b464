"""The referral screen of a complaint, its referral to the IOPC and back, and the hold with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from enquiry_tui.desk import complaint_clocks, complaint_moves, hold_steps, steps, work
from enquiry_tui.desk.complaint_moves import ANEW, Move
from enquiry_tui.desk.complaint_reading import Complaint, complaint
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.domain import complaint_bound
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.complaint_states import State, Verb
from enquiry_tui.domain.holds import HoldCause, HoldKind
from enquiry_tui.domain.referral_screen import Answer, Screened, screen
from enquiry_tui.errors import Refused
from enquiry_tui.records import complaints, holds
from enquiry_tui.records.base import Row, Value

RETURNED = complaint_bound.RETURNED
KEPT = ("directed investigation", "independent investigation")
HELD_WHY = "a complaint of this matter was referred to the IOPC"
_OUTCOME_STANDS = frozenset({State.DECIDED, State.TOLD})
_WITH_THEM = frozenset({State.WITH_IOPC, State.IOPC})


def finish_screen(
    desk: Desk, uid: str, answers: Mapping[str, str], *, by: str, on: date | None = None
) -> Complaint:
    """Answer the ten lines, all of them: the authority's to finish, named in `by`.

    A yes starts the next-day clock for good, ten times no ends the provisional one. Police
    (Complaints and Misconduct) Regulations 2020 reg 4. Raises what a step raises, and Refused for a
    line that is not answered.
    """
    with desk.act(Action.COMPLAINT_SCREEN) as act:
        row = complaint_moves.begin(desk, uid, Verb.FINISH_SCREEN)
        found = _screened(desk, answers)
        who = complaint_moves.said(by, "who of the authority answered")
        day = complaint_moves.happened(desk, row, on)
        complaints.set_lines(act.tx, row["id"], answers)
        grounds = _grounds_now(act, desk, row, found)
        how = Move(day, who, _words(found))
        complaint_moves.move(
            act,
            desk,
            row,
            Verb.FINISH_SCREEN,
            how,
            screened_on=str(day),
            screened_by=who,
            **grounds,
        )
        _clocks(act, row, found, day)
        act.event("complaint", uid, answers=dict(answers), by=who)
    return complaint(desk, uid)


def _grounds_now(act: Act, desk: Desk, row: Row, found: Screened) -> dict[str, Value]:
    """Add to what is recorded already the grounds that a yes is; what stood before is kept.

    Where a line says crime or discipline the authority is not satisfied of the contrary any more.
    """
    if row["recorded_on"] is None:
        return {}
    why, yes = "the ten lines", [line.id for line in found.yes]
    now = {"grounds": str(row["grounds"]), "satisfied": str(row["satisfied"])}
    known = complaint_moves.book(desk).grounds
    forced = [ground for ground in complaint_bound.grounds_forced(yes) if ground in known]
    now["grounds"] = "\n".join(dict.fromkeys([*now["grounds"].split("\n"), *forced]))
    if complaint_bound.says_crime(yes):
        now["satisfied"] = "no"
    changed: dict[str, Value] = {name: new for name, new in now.items() if new != row[name]}
    for name in changed:
        steps.keep_old(act, desk, "complaint", row, name, str(row[name]), why)
    return changed


def _screened(desk: Desk, answers: Mapping[str, str]) -> Screened:
    lines = complaint_moves.book(desk).lines
    try:
        found = screen(lines, {line: Answer(answer) for line, answer in answers.items()})
    except (KeyError, ValueError):
        raise Refused("That is no line of the screen, or no answer.", "yes, no, unsure.") from None
    if found.missing:
        raise Refused(
            f"{len(found.missing)} of the ten lines have no answer.",
            "Answer each: y yes, n no, u unsure.",
        )
    return found


def _words(found: Screened) -> str:
    parts = [("yes", found.yes), ("unsure", found.unsure)]
    said = "; ".join(
        f"{word}: {', '.join(r.label for r in rules)}" for word, rules in parts if rules
    )
    return said or "each of the ten lines no"


def _clocks(act: Act, row: Row, found: Screened, day: date) -> None:
    fresh = {line.id for line in found.yes} - set(str(row["referred_lines"]).split())
    if fresh:
        complaint_clocks.start(act, row, complaint_clocks.REFERRAL, day)
    elif not found.unsure:
        why = "the ten lines: nothing to refer"
        complaint_clocks.end(act, row, day, why, complaint_clocks.REFERRAL)


def refer_to_iopc(
    desk: Desk, uid: str, *, reference: str = "", why: str = "", by: str, on: date | None = None
) -> Complaint:
    """Enter that it was referred to the IOPC; without a yes in the ten lines `why` is needed.

    The matter is held from that day: neither closed nor disposed of. Police Reform Act 2002 Sch 3
    para 4. The referral itself goes on its own way. An outcome that stands already is taken back,
    and what was decided is kept: new issues may want a referral until it is final.
    """
    with desk.act(Action.COMPLAINT_IOPC) as act:
        row = complaint_moves.begin(desk, uid, Verb.REFER)
        found = complaint_moves.screened(desk, row)
        reason = work.line(why)
        if not found.yes and not reason:
            raise work.WordsMissing("why it is referred although no line says yes")
        who = complaint_moves.said(by, "who referred it")
        day = complaint_moves.happened(desk, row, on)
        theirs = work.line(reference) or str(row["iopc_reference"])
        kind = "by the ten lines" if found.yes else "voluntary"
        words = ", ".join(filter(None, (kind, f"IOPC {theirs}" if theirs else "", reason)))
        anew = _begin_anew(act, desk, row, day)
        complaint_moves.move(
            act,
            desk,
            row,
            Verb.REFER,
            Move(day, who, words),
            **anew,
            referred_on=str(day),
            referred_lines=" ".join(line.id for line in found.yes),
            iopc_reference=theirs,
            iopc_answer="",
            iopc_answered_on=None,
        )
        complaint_clocks.meet(act, row, complaint_clocks.REFERRAL, day)
        _hold(act, row, day)
        act.event("complaint", uid, kind=kind, why=reason)
    return complaint(desk, uid)


def _begin_anew(act: Act, desk: Desk, row: Row, day: date) -> dict[str, Value]:
    """Take back an outcome that stands already, and give the columns that go with it.

    What was decided is kept; it is handled anew when the IOPC has answered, and updates go on.
    """
    if row["state"] not in _OUTCOME_STANDS:
        return {}
    complaint_moves.reset_decisions(act, desk, row, "referred to the IOPC")
    complaint_clocks.meet(act, row, complaint_clocks.REFERRAL, day)
    complaint_clocks.end(act, row, day, "referred to the IOPC")
    complaint_clocks.start(act, row, complaint_clocks.UPDATE, day)
    return ANEW


def iopc_returns(
    desk: Desk, uid: str, answer: str, *, reference: str = "", on: date | None = None
) -> Complaint:
    """Enter that the IOPC sends it back, and how it is to be handled.

    The hold of the referral ends with it, unless another complaint of the matter is with them.
    """
    with desk.act(Action.COMPLAINT_IOPC_ANSWER) as act:
        row = complaint_moves.begin(desk, uid, Verb.IOPC_RETURNS)
        complaint_moves.chosen((answer,), RETURNED, "answer")
        _answered(act, desk, row, Verb.IOPC_RETURNS, (answer, reference, on))
        _release(act, desk, row, f"the IOPC sent it back: {answer}")
        act.event("complaint", uid, answer=answer)
    return complaint(desk, uid)


def iopc_keeps(
    desk: Desk, uid: str, answer: str, *, reference: str = "", on: date | None = None
) -> Complaint:
    """Enter that the IOPC directs or makes the investigation: updates and letters go on.

    The hold stays until a supervisor lifts it: only the IOPC can say that its work is over.
    """
    with desk.act(Action.COMPLAINT_IOPC_ANSWER) as act:
        row = complaint_moves.begin(desk, uid, Verb.IOPC_KEEPS)
        complaint_moves.chosen((answer,), KEPT, "answer")
        day = _answered(act, desk, row, Verb.IOPC_KEEPS, (answer, reference, on))
        began = row["handling_on"] or str(day)
        complaints.change(act.tx, row["id"], route="iopc", handling_on=began)
        complaint_clocks.start(act, row, complaint_clocks.UPDATE, day)
        complaint_clocks.start_long(act, row)
        act.event("complaint", uid, answer=answer)
    return complaint(desk, uid)


def _answered(
    act: Act, desk: Desk, row: Row, verb: Verb, given: tuple[str, str, date | None]
) -> date:
    """Enter the answer, the IOPC's reference and the day it came; gives that day."""
    answer, reference, on = given
    day = complaint_moves.happened(desk, row, on)
    complaint_moves.move(
        act,
        desk,
        row,
        verb,
        Move(day, "IOPC", answer),
        iopc_answer=answer,
        iopc_answered_on=str(day),
        iopc_reference=work.line(reference) or row["iopc_reference"],
    )
    return day


def _hold(act: Act, row: Row, day: date) -> None:
    before = {hold["uid"] for hold in holds.of_enquiry(act.tx, row["enquiry_id"])}
    uid = hold_steps.place(
        act, row["enquiry_uid"], HoldKind.IOPC, HELD_WHY, day, HoldCause.IOPC_REFERRAL
    )
    if uid not in before:
        act.event("hold", uid, matter=row["enquiry_uid"], kind=str(HoldKind.IOPC), why=HELD_WHY)


def _release(act: Act, desk: Desk, row: Row, why: str) -> None:
    """Lift the hold that a referral placed; one that somebody placed by hand stays."""
    others = complaints.of_enquiry(desk.store, row["enquiry_id"])
    if any(one["state"] in _WITH_THEM for one in others if one["uid"] != row["uid"]):
        return
    for hold in holds.standing(desk.store, row["enquiry_id"], desk.today()):
        if hold["cause"] == HoldCause.IOPC_REFERRAL and hold["lifted_at"] is None:
            hold_steps.lift(act, hold, why)
            act.event("hold", hold["uid"], why=why)
