"""The outcome of a complaint: told, reviewed, made final, closed, opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enquiry_tui.desk import complaint_clocks, complaint_moves, complaint_views, steps, work
from enquiry_tui.desk.complaint_moves import ANEW, Move
from enquiry_tui.desk.complaint_reading import Complaint, complaint, demand_read
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.complaint_states import State, Verb
from enquiry_tui.domain.review_body import ReviewBody
from enquiry_tui.domain.rights import Right
from enquiry_tui.domain.vocabulary import Office
from enquiry_tui.domain.when import show_day
from enquiry_tui.errors import Refused
from enquiry_tui.records.base import Row, Value

HOW = ("letter", "e-mail", "by word of mouth")
_SPOKEN = HOW[2]
_UPHELD_WITH_ANSWER = "recommended"
_REVIEW_CLOCKS = ("review-acknowledge", "review-finish")


def tell_outcome(
    desk: Desk, uid: str, how: str, *, by: str = "", on: date | None = None
) -> Complaint:
    """Enter that the outcome was told; with a right of review, its 28 days run from the next day.

    By word of mouth only outside Schedule 3 and where it was not made in writing.
    Police (Complaints and Misconduct) Regulations 2020 regs 29 and 34.
    """
    with desk.act(Action.COMPLAINT_TELL) as act:
        row = complaint_moves.begin(desk, uid, Verb.TELL)
        complaint_moves.chosen((how,), HOW, "way of telling")
        if how == _SPOKEN and (row["route"] != "outside" or row["in_writing"]):
            raise Refused(
                "This outcome is told in writing.",
                "By word of mouth only outside Schedule 3, and where it was not made in writing.",
            )
        day = complaint_moves.happened(desk, row, on)
        found = complaint_views.reviewing(desk, row)
        said = complaint_views.outcome_words(desk, row, day)
        complaint_clocks.meet(act, row, complaint_clocks.OUTCOME, day)
        until = ""
        if found.body is not ReviewBody.NONE:
            until = complaint_clocks.start(act, row, complaint_clocks.WINDOW, day)
        complaint_moves.move(
            act,
            desk,
            row,
            Verb.TELL,
            Move(day, by, f"{how}: {said}"),
            told_on=str(day),
            told_how=how,
            review_body=str(found.body),
            review_until=until or None,
        )
        act.event("complaint", uid, how=how, review=str(found.body))
    return complaint(desk, uid)


@dataclass(frozen=True, slots=True)
class ToldElsewhere:
    """What an application says of an outcome that others told: when, and whom their letter names.

    `body`: who reviews, the local policing body or the IOPC.
    """

    on: date | None
    body: ReviewBody = ReviewBody.BODY


def apply_for_review(
    desk: Desk,
    uid: str,
    *,
    why: str = "",
    on: date | None = None,
    elsewhere: ToldElsewhere | None = None,
) -> Complaint:
    """Enter that a review was applied for; after the window only with special circumstances.

    Of a complaint that was handed over, `elsewhere` says from when the window ran.
    Police (Complaints and Misconduct) Regulations 2020 reg 29.
    """
    with desk.act(Action.COMPLAINT_REVIEW) as act:
        row = complaint_moves.begin(desk, uid, Verb.APPLY_REVIEW)
        day = complaint_moves.happened(desk, row, on)
        until, body = str(row["review_until"] or ""), row["review_body"] or str(ReviewBody.BODY)
        columns, said = dict[str, Value](), list[str]()
        if row["state"] == State.ELSEWHERE and not row["told_on"]:
            told, body = _told_elsewhere(row, elsewhere, day)
            until = complaint_clocks.start(act, row, complaint_clocks.WINDOW, told)
            columns["told_on"] = str(told)
            said.append(f"told {show_day(told)}")
        late = bool(until) and day.isoformat() > until
        if late and not work.line(why):
            raise Refused(
                f"The review window ended on {show_day(date.fromisoformat(until))}.",
                "Say which special circumstances let it in, or that it is too late.",
            )
        said += ["late" if late else "in time", work.line(why)]
        how = Move(day, words=", ".join(filter(None, said)))
        complaint_moves.move(
            act, desk, row, Verb.APPLY_REVIEW, how, review_on=str(day), review_body=body, **columns
        )
        complaint_clocks.end(act, row, day, "applied for", complaint_clocks.WINDOW)
        if _is_ours(desk, body):
            for rule in _REVIEW_CLOCKS:
                complaint_clocks.start(act, row, rule, day)
        act.event("complaint", uid, late=late, body=body)
    return complaint(desk, uid)


def _told_elsewhere(row: Row, said: ToldElsewhere | None, day: date) -> tuple[date, str]:
    """Give the day they were told and who reviews. Raises WordsMissing, Refused."""
    if said is None or said.on is None:
        raise work.WordsMissing("on which day they were told the outcome: the 28 days run from it")
    if not row["received_on"] <= said.on.isoformat() <= day.isoformat():
        raise Refused(
            "That cannot be the day they were told.",
            "It lies after the complaint was received and not after the application.",
        )
    return said.on, str(said.body)


def decide_review(
    desk: Desk,
    uid: str,
    outcome: str,
    *,
    by: str,
    why: str = "",
    recommends: str = "",
    on: date | None = None,
) -> Complaint:
    """Enter how the review ended: only whether the outcome was reasonable and proportionate.

    `recommends` goes with the outcome that has a recommendation, which needs it, and with no
    other: Police Reform Act 2002 Sch 3 para 25. Raises what a step raises, Refused.
    """
    with desk.act(Action.COMPLAINT_REVIEW) as act:
        row = complaint_moves.begin(desk, uid, Verb.DECIDE_REVIEW)
        known = complaint_moves.book(desk).review_outcomes
        complaint_moves.chosen((outcome,), known, "outcome of a review")
        advice = _recommended(desk, outcome, recommends)
        who = complaint_moves.said(by, "who decided it")
        day = complaint_moves.happened(desk, row, on)
        words = "; ".join(filter(None, (known[outcome].label, advice, work.line(why))))
        how = Move(day, who, words)
        complaint_moves.move(
            act,
            desk,
            row,
            Verb.DECIDE_REVIEW,
            how,
            review_outcome=outcome,
            review_until=None,
        )
        for rule in _REVIEW_CLOCKS:
            complaint_clocks.meet(act, row, rule, day)
        if outcome == _UPHELD_WITH_ANSWER:
            complaint_clocks.start(act, row, complaint_clocks.ANSWER, day)
        act.event("complaint", uid, outcome=outcome, by=who)
    return complaint(desk, uid)


def _recommended(desk: Desk, outcome: str, recommends: str) -> str:
    """Clean what is recommended: the authority has to answer those words within 28 days.

    Raises Refused beside an outcome without a recommendation, and for one that has no words.
    """
    known, advice = complaint_moves.book(desk).review_outcomes, work.line(recommends)
    if advice and outcome != _UPHELD_WITH_ANSWER:
        digit = list(known).index(_UPHELD_WITH_ANSWER) + 1
        raise Refused(
            f"No recommendation goes with: {known[outcome].label}.",
            f"{digit} is upheld with a recommendation; or leave the recommendation blank.",
        )
    if outcome == _UPHELD_WITH_ANSWER and not work.has_word(advice):
        raise Refused(
            "A recommendation was made, and its words are missing.",
            "Enter in Recommended what is recommended: the authority answers just that.",
        )
    return advice


def finalise(desk: Desk, uid: str, why: str = "", *, on: date | None = None) -> Complaint:
    """Make it final. Final is not closed: an open review window stays open.

    After a review with a recommendation `why` says what was answered to it.
    """
    with desk.act(Action.COMPLAINT_FINALISE) as act:
        row = complaint_moves.begin(desk, uid, Verb.FINALISE)
        day = complaint_moves.happened(desk, row, on)
        answer = State(row["state"]) is State.REVIEWED and _wants_answer(row)
        if answer and not work.line(why):
            raise work.WordsMissing("what was answered to the recommendation")
        ended = {
            State.WITHDRAWN: "withdrawn",
            State.SET_ASIDE: row["disposal"],
            State.REVIEWED: "reviewed",
        }.get(State(row["state"]), "outcome told")
        how = Move(day, words=", ".join(filter(None, (ended, work.line(why)))))
        complaint_moves.move(
            act, desk, row, Verb.FINALISE, how, finalised_on=str(day), disposal=ended
        )
        complaint_clocks.meet(act, row, complaint_clocks.ANSWER, day)
        complaint_clocks.end(act, row, day, "final", *complaint_clocks.BEFORE_FINAL)
        act.event("complaint", uid, ended=ended)
    return complaint(desk, uid)


def close_complaint(desk: Desk, uid: str, why: str = "") -> Complaint:
    """Close a final complaint whose review window is over."""
    with desk.act(Action.COMPLAINT_CLOSE) as act:
        row = complaint_moves.begin(desk, uid, Verb.CLOSE)
        day = desk.today()
        how = Move(day, words=work.line(why))
        complaint_moves.move(act, desk, row, Verb.CLOSE, how, closed_on=str(day))
        complaint_clocks.end(act, row, day, "closed")
        act.event("complaint", uid)
    return complaint(desk, uid)


def reopen_complaint(desk: Desk, uid: str, why: str, *, by: str) -> Complaint:
    """Open a recorded complaint again: it is handled anew, its old decisions are kept."""
    with desk.act(Action.COMPLAINT_REOPEN) as act:
        row = complaint_moves.begin(desk, uid, Verb.REOPEN)
        reason, who = steps.reason(why), complaint_moves.said(by, "who decided it")
        complaint_moves.reset_decisions(act, desk, row, reason)
        how = Move(desk.today(), who, reason)
        complaint_moves.move(act, desk, row, Verb.REOPEN, how, **ANEW)
        complaint_clocks.end(act, row, desk.today(), "opened again")
        act.event("complaint", uid, why=reason, by=who)
    return complaint(desk, uid)


def take_up(desk: Desk, uid: str, why: str, *, by: str) -> Complaint:
    """Take up again a complaint that was never recorded: it stands as logged."""
    with desk.act(Action.COMPLAINT_REOPEN) as act:
        row = complaint_moves.begin(desk, uid, Verb.TAKE_UP)
        reason, who = steps.reason(why), complaint_moves.said(by, "who decided it")
        complaint_moves.reset_decisions(act, desk, row, reason)
        how = Move(desk.today(), who, reason)
        complaint_moves.move(act, desk, row, Verb.TAKE_UP, how, **ANEW)
        complaint_clocks.end(act, row, desk.today(), "taken up again")
        act.event("complaint", uid, why=reason, by=who)
    return complaint(desk, uid)


def _wants_answer(row: Row) -> bool:
    return str(row["review_outcome"]) == _UPHELD_WITH_ANSWER


def _is_ours(desk: Desk, body: str) -> bool:
    return body == ReviewBody.BODY and Office(desk.office.kind) is Office.LOCAL_POLICING_BODY


def outcome_letter(desk: Desk, uid: str) -> str:
    """Give the words of the outcome letter: each decision, and who reviews it.

    Raises NotFound, NotPermitted, MaskedNow.
    """
    desk.demand(Right.COMPLAIN)
    row: Row = complaint_moves.found(desk, uid)
    demand_read(desk, row)
    return complaint_views.outcome_words(desk, row)
