"""Two duties with a day of their own: evidence to be kept, and the copy of the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from enquiry_tui.desk import complaint_moves, work
from enquiry_tui.desk.complaint_moves import Move
from enquiry_tui.desk.complaint_reading import Complaint, complaint
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.complaint_states import State, Verb
from enquiry_tui.records import complaints
from enquiry_tui.records.base import Row

COMPLAINANT = "complainant"
COPY_TO = (COMPLAINANT, "person complained about")
WHOLE, WITHHELD = "whole", "not given"
COPY_HOW = (WHOLE, "names or parts taken out", WITHHELD)
# Where nobody asks any more whether evidence is to be kept.
_OVER = frozenset(
    {
        *(State.ELSEWHERE, State.WITHDRAWN, State.SET_ASIDE, State.DECIDED, State.TOLD),
        *(State.REVIEW, State.REVIEWED, State.FINALISED, State.CLOSED),
    }
)
_NO_COPY = frozenset({State.ELSEWHERE, State.WITHDRAWN, State.FINALISED, State.CLOSED})


def preserve_evidence(
    desk: Desk, uid: str, what: str, asked: str, *, on: date | None = None
) -> Complaint:
    """Enter what evidence is to be kept, and who was asked to keep it, on which day.

    The duty is there from the day it comes in, recorded or not. Police Reform Act 2002 Sch 3
    para 1. Raises what a step raises, WordsMissing.
    """
    with desk.act(Action.COMPLAINT_EVIDENCE) as act:
        row = complaint_moves.begin(desk, uid, Verb.PRESERVE)
        kept = complaint_moves.said(what, "what is to be kept: footage, recordings, logs, papers")
        who = complaint_moves.said(asked, "who was asked to keep it")
        day = complaint_moves.happened(desk, row, on)
        complaint_moves.move(act, desk, row, Verb.PRESERVE, Move(day, who, kept))
        act.event("complaint", uid, what=kept, asked=who)
    return complaint(desk, uid)


def give_copy(
    desk: Desk, uid: str, to: Iterable[str], how: str, *, why: str = "", on: date | None = None
) -> Complaint:
    """Enter who was given a copy of the record, on which day; less than the whole needs `why`.

    Police Reform Act 2002 Sch 3 para 3. Raises what a step raises, Refused, WordsMissing.
    """
    with desk.act(Action.COMPLAINT_COPY) as act:
        row = complaint_moves.begin(desk, uid, Verb.GIVE_COPY)
        names = complaint_moves.chosen(to, COPY_TO, "person").split("\n")
        if not any(names):
            raise work.WordsMissing("to whom")
        complaint_moves.chosen((how,), COPY_HOW, "way of giving a copy")
        reason = work.line(why)
        if how != WHOLE and not reason:
            raise work.WordsMissing("why less than the whole was given")
        day = complaint_moves.happened(desk, row, on)
        words = ", ".join(filter(None, (f"to the {' and the '.join(names)}: {how}", reason)))
        complaint_moves.move(act, desk, row, Verb.GIVE_COPY, Move(day, words=words))
        act.event("complaint", uid, to=names, how=how, why=reason)
    return complaint(desk, uid)


def outstanding(desk: Desk, row: Row) -> dict[Verb, str]:
    """Say which of the two duties is not on the path yet, by its step.

    A copy counts from the last time that it was recorded.
    """
    state = State(row["state"])
    done: set[str] = set()
    for entry in complaints.entries(desk.store, row["id"]):
        if entry["verb"] == Verb.RECORD:
            done.discard(str(Verb.GIVE_COPY))
        if entry["verb"] != Verb.GIVE_COPY or COMPLAINANT in str(entry["words"]):
            done.add(str(entry["verb"]))
    left: dict[Verb, str] = {}
    if state not in _OVER and Verb.PRESERVE not in done:
        left[Verb.PRESERVE] = "nobody was asked to keep evidence yet"
    if row["recorded_on"] and state not in _NO_COPY and Verb.GIVE_COPY not in done:
        left[Verb.GIVE_COPY] = "the complainant has no copy of the record yet"
    return left
