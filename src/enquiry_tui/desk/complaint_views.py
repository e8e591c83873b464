"""What a complaint says to its reader: who reviews it and why, and the words of the outcome."""

from __future__ import annotations

from enquiry_tui.desk import complaint_moves
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.complaint_models import Decider, decider
from enquiry_tui.domain.complaint_states import State
from enquiry_tui.domain.review_body import (
    ELSEWHERE,
    NOT_ELIGIBLE,
    Circumstances,
    ReviewBody,
    Reviewing,
    review_body,
)
from enquiry_tui.records import complaints
from enquiry_tui.records.base import Row


def circumstances(desk: Desk, row: Row) -> Circumstances:
    """Gather what decides who reviews."""
    rules = complaint_moves.book(desk)
    answers = complaint_moves.screened(desk, row)
    grounds = set(str(row["grounds"]).split())
    whose = decider(complaint_moves.subject(desk, row))
    return Circumstances(
        recorded=row["recorded_on"] is not None,
        eligible=row["standing"] not in NOT_ELIGIBLE,
        iopc_investigation=row["route"] == "iopc",
        other_procedure=whose is Decider.OTHERS,
        body_decides=whose is Decider.BODY,
        senior=bool(row["senior"]),
        serious=bool(grounds & rules.serious_grounds)
        or row["satisfied"] == "no"
        or bool(answers.unsure),
        referred=row["referred_on"] is not None or answers.must_refer,
        same_incident=bool(row["same_incident"]),
    )


def reviewing(desk: Desk, row: Row) -> Reviewing:
    """Work out who reviews this complaint, with the reasons.

    Of one that was handed over and recorded elsewhere, the body is the one that the application
    names; before there is one, the local policing body stands for it.
    """
    rules = complaint_moves.book(desk)
    theirs = row["state"] == State.ELSEWHERE or row["review_on"] is not None
    whose = decider(complaint_moves.subject(desk, row))
    if theirs and row["recorded_on"] is None and whose is not Decider.OTHERS:
        rule = rules.review.get(ELSEWHERE)
        body = ReviewBody(row["review_body"] or ReviewBody.BODY)
        return Reviewing(body, (rule,) if rule is not None else ())
    return review_body(circumstances(desk, row), rules.review)


def outcome_words(desk: Desk, row: Row) -> str:
    """Write what the outcome letter has to say: each decision, the actions, the review right."""
    rules = complaint_moves.book(desk)
    lines = []
    for number, item in enumerate(complaints.allegations(desk.store, row["id"]), start=1):
        decision = rules.decisions.get(item["decision"])
        actions = [rules.actions[name].label for name in str(item["actions"]).split()]
        said = decision.label if decision else "not decided yet"
        done = f" ({', '.join(actions)})" if actions else ""
        lines.append(f"{number}. {said}{done}.")
    return " ".join([*lines, review_words(desk, row)])


def review_words(desk: Desk, row: Row) -> str:
    """Write the sentence about the right to a review, as the letter has it."""
    found = reviewing(desk, row)
    if found.body is ReviewBody.NONE:
        return found.reasons[0].label
    rule = desk.packs.clocks.value.rule("review-window")
    days = rule.length if rule is not None else 28
    return (
        f"You may ask the {found.body.words} for a review. It must reach them within {days} days,"
        " starting with the day after you are given this."
    )
