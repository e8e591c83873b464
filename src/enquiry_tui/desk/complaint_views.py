"""What a complaint says to its reader: who reviews it and why, and the words of the outcome."""

from __future__ import annotations

from datetime import date

from enquiry_tui.desk import complaint_clocks, complaint_moves, work
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.clocks import reckon
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
from enquiry_tui.domain.text import excerpt
from enquiry_tui.domain.when import show_day
from enquiry_tui.records import calendars, complaints, directory
from enquiry_tui.records.base import Row

# Whom the directory names for a review; and how much of an allegation its line of the letter has.
_DOORS = {ReviewBody.IOPC: "iopc", ReviewBody.BODY: "opcc-complaints"}
_EXCERPT = 80


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


def outcome_words(desk: Desk, row: Row, on: date | None = None) -> str:
    """Write what the outcome letter has to say, for the day that they are given it.

    Each allegation with its decision, what was found, and the actions; then the review right.
    """
    alleged = enumerate(complaints.allegations(desk.store, row["id"]), start=1)
    lines = [f"{number}. {_finding(desk, item)}" for number, item in alleged]
    return "\n".join([*lines, review_words(desk, row, on)])


def _finding(desk: Desk, item: Row) -> str:
    """Say of one allegation what was decided, why, and what is done about it."""
    rules = complaint_moves.book(desk)
    decision = rules.decisions.get(item["decision"])
    about = excerpt(item["words"], _EXCERPT).rstrip(".")
    if decision is None:
        return f"{about}: not decided yet."
    actions = ", ".join(rules.actions[name].label for name in str(item["actions"]).split())
    found = str(item["decided_why"]).rstrip(".")
    parts = (f"{about}: {decision.label}", f"We found: {found}", f"What we do: {actions}")
    return ". ".join(part for part in parts if not part.endswith(": ")) + "."


def review_words(desk: Desk, row: Row, on: date | None = None) -> str:
    """Write the sentence about the right to a review, as the letter has it: until when, whom."""
    found = reviewing(desk, row)
    if found.body is ReviewBody.NONE:
        return found.reasons[0].label
    rule = desk.packs.clocks.value.rule(complaint_clocks.WINDOW)
    if rule is None:
        raise NotFound("clock of that name")
    day = on or work.day(row["told_on"]) or desk.today()
    due = reckon(rule, day, calendars.load(desk.store, rule.calendar)).legal
    last = work.day(row["review_until"]) or (due.day if due is not None else None)
    by = f": on {show_day(last)} at the latest, given on {show_day(day)}" if last else ""
    return (
        f"You may ask the {found.body.words} for a review. It must reach them within {rule.length}"
        f" days, starting with the day after you are given this{by}.\n{_write_to(desk, found.body)}"
    )


def _write_to(desk: Desk, body: ReviewBody) -> str:
    """Say whom to write to; an address only where the directory has one that is confirmed."""
    entry = directory.by_key(desk.store, _DOORS[body])
    if entry is None or not entry["active"]:
        return f"Write to: {body.words} (add the address: the directory has no such entry)."
    known = [str(entry[name]) for name in ("address", "email") if entry[name]]
    if entry["confirmed_at"] is None or not known:
        return f"Write to: {entry['name']} (add the address: the directory has none confirmed)."
    where = ", ".join(", ".join(known).splitlines())
    return f"Write to: {entry['name']}, {where}."
