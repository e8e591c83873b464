"""The allegations of a complaint: words, one category each, factors, a decision with actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from enquiry_tui.desk import complaint_moves, complaint_steps, steps, work
from enquiry_tui.desk.complaint_moves import Move
from enquiry_tui.desk.complaint_reading import Complaint, complaint
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.complaint_book import ComplaintBook
from enquiry_tui.domain.complaint_states import Verb
from enquiry_tui.domain.text import excerpt
from enquiry_tui.errors import Refused
from enquiry_tui.records import complaints
from enquiry_tui.records.base import Row


def add_allegation(desk: Desk, uid: str, words: str, category: str = "") -> Complaint:
    """Add another allegation, with its category or without one yet."""
    with desk.act(Action.COMPLAINT_ALLEGATION) as act:
        row = complaint_moves.begin(desk, uid, Verb.ADD_ALLEGATION)
        said = work.text(words)
        if not said:
            raise work.WordsMissing("what is complained of")
        _known(desk, category)
        complaints.add_allegation(
            act.tx,
            uid=act.new_uid(),
            origin_vault=desk.store.vault_id,
            complaint_id=row["id"],
            words=said,
            category=category,
            suggested=" ".join(complaint_steps.suggest(desk, said, "").categories[:3]),
        )
        how = Move(desk.today(), words=f"{category} {excerpt(said, 80)}".strip())
        complaint_moves.move(act, desk, row, Verb.ADD_ALLEGATION, how)
        act.event("complaint", uid, category=category)
    return complaint(desk, uid)


def categorise(desk: Desk, allegation_uid: str, category: str, why: str = "") -> Complaint:
    """Give an allegation its one category; the one it had is kept, with the reason."""
    with desk.act(Action.COMPLAINT_ALLEGATION) as act:
        item = _allegation(desk, allegation_uid)
        row = complaint_moves.begin(desk, item["complaint_uid"], Verb.CATEGORISE)
        if not category:
            raise work.WordsMissing("the category")
        _known(desk, category)
        if item["decision"]:
            raise Refused(
                "This allegation is decided already.", "Its category stays with its decision."
            )
        if item["category"] and item["category"] != category:
            steps.keep_old(act, desk, "allegation", item, "category", item["category"], why)
        complaints.change_allegation(act.tx, item["id"], category=category)
        name = desk.packs.complaints.value.categories[category].name
        how = Move(desk.today(), words=f"{category} {name}")
        complaint_moves.move(act, desk, row, Verb.CATEGORISE, how)
        act.event("complaint", row["uid"], allegation=allegation_uid, category=category)
    return complaint(desk, str(item["complaint_uid"]))


def set_factors(desk: Desk, uid: str, factors: Iterable[str]) -> Complaint:
    """Say what was going on around it: as many factors as fit."""
    with desk.act(Action.COMPLAINT_FACTORS) as act:
        row = complaint_moves.begin(desk, uid, Verb.SET_FACTORS)
        known = complaint_moves.book(desk).factors
        names = complaint_moves.chosen(factors, known, "factor")
        labels = ", ".join(known[name].label for name in names.split("\n") if name)
        how = Move(desk.today(), words=labels or "none")
        complaint_moves.move(act, desk, row, Verb.SET_FACTORS, how, factors=names)
        act.event("complaint", uid, factors=names.split("\n"))
    return complaint(desk, uid)


def decide_allegation(
    desk: Desk,
    allegation_uid: str,
    decision: str,
    actions: Iterable[str],
    *,
    why: str,
    by: str,
    on: date | None = None,
) -> Complaint:
    """Decide one allegation in the words of the route, with what is done about it and why.

    Raises Refused for a word that is not the route's, or where no action is named.
    """
    with desk.act(Action.COMPLAINT_DECIDE) as act:
        item = _allegation(desk, allegation_uid)
        row = complaint_moves.begin(desk, item["complaint_uid"], Verb.DECIDE)
        rules = complaint_moves.book(desk)
        route = rules.routes[row["route"]]
        complaint_moves.chosen((decision,), route.decisions, f"decision {route.label}")
        done = _actions(rules, actions)
        reason, who = steps.reason(why), complaint_moves.said(by, "who decided it")
        day = complaint_moves.happened(desk, row, on)
        if item["decision"]:
            steps.keep_old(act, desk, "allegation", item, "decision", item["decision"], reason)
        complaints.change_allegation(
            act.tx,
            item["id"],
            decision=decision,
            actions=done,
            decided_on=str(day),
            decided_why=reason,
        )
        words = f"{item['category']} {rules.decisions[decision].label}: {reason}"
        complaint_moves.move(act, desk, row, Verb.DECIDE, Move(day, who, words))
        act.event("complaint", row["uid"], allegation=allegation_uid, decision=decision)
    return complaint(desk, str(item["complaint_uid"]))


def _allegation(desk: Desk, uid: str) -> Row:
    row = complaints.allegation(desk.store, uid)
    if row is None:
        raise NotFound("allegation")
    return row


def _known(desk: Desk, category: str) -> None:
    if category:
        complaint_moves.chosen((category,), desk.packs.complaints.value.categories, "category")


def _actions(rules: ComplaintBook, actions: Iterable[str]) -> str:
    """Check what is done about it. Raises Refused."""
    done = complaint_moves.chosen(actions, rules.actions, "action")
    if not done:
        raise Refused("What is done about it?", "No further action is an answer too.")
    if "nfa" in done.split("\n") and done != "nfa":
        raise Refused("No further action stands alone.", "Learning or an explanation is an action.")
    return done
