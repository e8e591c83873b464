"""What they want; recorded under Schedule 3, or handled outside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from enquiry_tui.desk import complaint_clocks, complaint_moves, steps, work
from enquiry_tui.desk.complaint_moves import ANEW, Move
from enquiry_tui.desk.complaint_reading import Complaint, complaint
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.complaint_bound import says_crime
from enquiry_tui.domain.complaint_states import Verb
from enquiry_tui.errors import Refused
from enquiry_tui.records.base import Row

READ = ("agreed", "changed", "not-read")
AFTER_OUTSIDE = "dissatisfied"


def set_wishes(desk: Desk, uid: str, wants: str, recorded: str, read_back: str) -> Complaint:
    """Put down what they want in their own words, whether recorded, and how the reading went.

    Police Reform Act 2002 Sch 3 para 2: they may ask for recording at any time.
    """
    with desk.act(Action.COMPLAINT_WISHES) as act:
        row = complaint_moves.begin(desk, uid, Verb.SET_WISHES)
        words = complaint_moves.said(wants, "what they want, in their own words")
        if recorded not in {"yes", "no"}:
            raise Refused("Do they want it recorded?", "yes or no: ask, and read it back.")
        if read_back not in READ:
            raise Refused("Was it read back?", f"One of: {', '.join(READ)}.")
        if row["wants"] and row["wants"] != words:
            steps.keep_old(act, desk, "complaint", row, "wants", row["wants"], "said again")
        want = "wants it recorded" if recorded == "yes" else "agrees to it not being recorded"
        complaint_moves.move(
            act,
            desk,
            row,
            Verb.SET_WISHES,
            Move(desk.today(), words=f"{want}; read back: {read_back.replace('-', ' ')}"),
            wants=words,
            wants_recorded=recorded,
            wishes_read=read_back,
        )
        act.event("complaint", uid, recorded=recorded, read_back=read_back)
    return complaint(desk, uid)


@dataclass(frozen=True, slots=True)
class Recording:
    """On which grounds it is recorded, and what decides who reviews it.

    `satisfied`: the authority is satisfied from the complaint alone that, if proved, it would be
    neither crime nor discipline nor a breach of Article 2 or 3. `senior`: somebody above chief
    superintendent is complained of. `same_incident`: as one that goes to the IOPC.
    """

    grounds: Iterable[str]
    satisfied: bool
    senior: bool = False
    same_incident: bool = False


def record_complaint(
    desk: Desk, uid: str, recording: Recording, *, by: str, on: date | None = None
) -> Complaint:
    """Record it under Schedule 3 on one or more of the grounds, on a day of its own.

    The grounds that a yes of the ten lines is are added, with the line that says so. What was
    decided outside Schedule 3 is kept, and decided anew.
    Police Reform Act 2002 Sch 3 para 2.
    """
    with desk.act(Action.COMPLAINT_RECORD) as act:
        row = complaint_moves.begin(desk, uid, Verb.RECORD)
        _demand_unsatisfied(desk, row, recording)
        grounds = _grounds(desk, row, recording.grounds)
        who = complaint_moves.said(by, "who decided to record it")
        day = complaint_moves.happened(desk, row, on)
        complaint_moves.reset_decisions(act, desk, row, "recorded under Schedule 3")
        complaint_clocks.end(act, row, day, "recorded", *_OUTSIDE_CLOCKS)
        complaint_moves.move(
            act,
            desk,
            row,
            Verb.RECORD,
            Move(day, who, "; ".join(grounds.values())),
            **{
                **ANEW,
                "recorded_on": str(day),
                "grounds": "\n".join(grounds),
                "satisfied": "yes" if recording.satisfied else "no",
                "senior": int(recording.senior),
                "same_incident": int(recording.same_incident),
            },
        )
        act.event("complaint", uid, grounds=list(grounds), by=who)
    return complaint(desk, uid)


def _grounds(desk: Desk, row: Row, named: Iterable[str]) -> dict[str, str]:
    """Give the grounds that were named and those that the ten lines force, each in words."""
    known = complaint_moves.book(desk).grounds
    names = complaint_moves.chosen(named, known, "ground").split("\n")
    forced = complaint_moves.forced_grounds(desk, row)
    if AFTER_OUTSIDE in names and row["route"] != "outside":
        raise Refused(
            "It was not handled outside Schedule 3 before.", "Choose the ground that fits."
        )
    every = dict.fromkeys([*filter(None, names), *forced])
    if not every:
        raise work.WordsMissing("on which ground it is recorded")
    return {name: known[name].label + forced.get(name, "") for name in every}


def forced_grounds(desk: Desk, uid: str) -> dict[str, str]:
    """Give each ground that the ten lines force, with why in words. Raises NotFound."""
    return complaint_moves.forced_grounds(desk, complaint_moves.found(desk, uid))


def _demand_unsatisfied(desk: Desk, row: Row, recording: Recording) -> None:
    """Raise Refused where the authority is said to be satisfied against its own ten lines."""
    screened = complaint_moves.screened(desk, row)
    line = says_crime(line.id for line in screened.yes)
    if not (recording.satisfied and line):
        return
    label = next(rule.label for rule in screened.yes if rule.id == line)
    raise Refused(
        f"The ten lines say yes: {label}",
        "So the authority is not satisfied that it is neither crime nor discipline: answer no,"
        " or have the ten lines answered again.",
    )


_OUTSIDE_CLOCKS = (complaint_clocks.UPDATE, complaint_clocks.OUTCOME)


def handle_outside(
    desk: Desk,
    uid: str,
    plan: str,
    *,
    by: str,
    on: date | None = None,
    forced: Iterable[str] = (),
) -> Complaint:
    """Handle it outside Schedule 3, in the way they agreed to; the four weeks run from here.

    `forced` names the grounds that force recording, as the authority found them: one, and this
    road is shut. Police Reform Act 2002 Sch 3 para 2; Police (Complaints and
    Misconduct) Regulations 2020 reg 34.
    """
    with desk.act(Action.COMPLAINT_OUTSIDE) as act:
        row = complaint_moves.begin(desk, uid, Verb.HANDLE_OUTSIDE)
        known = complaint_moves.book(desk).grounds
        if grounds := complaint_moves.chosen(forced, known, "ground"):
            said = "; ".join(known[name].label for name in grounds.split("\n"))
            raise Refused(
                f"This is to be recorded: {said}.", "Record it under Schedule 3 on that ground."
            )
        words = complaint_moves.said(plan, "what was agreed with them")
        who = complaint_moves.said(by, "who decided it")
        day = complaint_moves.happened(desk, row, on)
        how = Move(day, who, words)
        complaint_moves.move(
            act, desk, row, Verb.HANDLE_OUTSIDE, how, route="outside", handling_on=str(day)
        )
        complaint_clocks.start(act, row, complaint_clocks.UPDATE, day)
        act.event("complaint", uid, by=who)
    return complaint(desk, uid)
