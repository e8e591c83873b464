"""One step on the path of a complaint, inside the act of its verb: checked, entered, moved."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from enquiry_tui.desk import complaint_clocks, complaint_steps, hold_steps, steps, work
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain import complaint_path
from enquiry_tui.domain.complaint_book import ComplaintBook
from enquiry_tui.domain.complaint_bound import grounds_forced
from enquiry_tui.domain.complaint_models import decider, offered
from enquiry_tui.domain.complaint_path import Facts, Step
from enquiry_tui.domain.complaint_states import Need, State, Verb, Who
from enquiry_tui.domain.holds import OUTCOMES, Barred
from enquiry_tui.domain.referral_screen import Answer, Screened, screen
from enquiry_tui.domain.rights import Right
from enquiry_tui.domain.vocabulary import Office
from enquiry_tui.domain.when import show_day
from enquiry_tui.errors import Refused
from enquiry_tui.records import clocks, complaints
from enquiry_tui.records.base import Row, Value

# Into these a complaint goes with a way back to where it stood.
_WITH_A_WAY_BACK = frozenset({State.SUSPENDED, State.WITHDRAWING, State.WITHDRAWN})
# The outcome is reached, and what comes to light may still have to be referred.
_OUTCOME_STANDS = frozenset({State.DECIDED, State.TOLD})
# What is entered on a day of its own, and says nothing about the order of the steps.
_OF_THE_DESK = frozenset({"log", str(Verb.PASS), str(Verb.DECIDE_AUTHORITY)})


class StepNotOpen(work.WrongState):
    """The table has no such step from where the complaint stands."""

    def __init__(self, step: Step, state: State) -> None:
        hint = f"Not from here: {step.title}. Its screen shows the steps (C on the matter)."
        super().__init__("complaint", state.words, hint)
        self.step = step


class StepNotOurs(Refused):
    """The step is another body's, by who decides this complaint and by the office's model."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"This office does not do this for such a complaint: {title}.",
            "Pass it on; enter their reference when they have taken it over.",
        )


class StepTooSoon(Refused):
    """Something must stand before this step; `missing` names each."""

    def __init__(self, title: str, missing: tuple[Need, ...]) -> None:
        super().__init__(
            f"Not yet: {title}.", "First: " + "; ".join(str(need) for need in missing) + "."
        )
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Move:
    """What is entered with a step: the day it happened, who decided it, and words."""

    on: date
    by: str = ""
    words: str = ""


def book(desk: Desk) -> ComplaintBook:
    """Give the rules of a complaint's life in force."""
    return desk.packs.complaints.value.book


def found(desk: Desk, uid: str) -> Row:
    """Find a complaint this officer may see. Raises NotFound."""
    row = complaints.by_uid(desk.store, uid)
    if row is None:
        raise NotFound("complaint")
    return row


def subject(desk: Desk, row: Row) -> str:
    """Give whom or what it is about, in the names of `rule authority`; blank until it is said."""
    rules = desk.packs.complaints.value
    return rules.aliases.get(row["about"], str(row["about"]))


def ours(desk: Desk, row: Row) -> frozenset[Verb]:
    """List the steps that this office enters itself for this complaint."""
    whose = decider(subject(desk, row))
    return offered(Office(desk.office.kind), book(desk).model, whose)


def screened(desk: Desk, row: Row) -> Screened:
    """Work out what the answers of the ten lines say so far."""
    answers = complaints.lines(desk.store, row["id"])
    lines = book(desk).lines
    known = {line.id for line in lines}
    return screen(lines, {k: Answer(v) for k, v in answers.items() if k in known})


def forced_grounds(desk: Desk, row: Row) -> dict[str, str]:
    """Give each ground of recording that a yes of the ten lines is, with why in words."""
    rules, answers = book(desk), screened(desk, row)
    labels = {line.id: line.label for line in answers.yes}
    return {
        ground: f" (the ten lines: {labels[line].rstrip('?')}: yes)"
        for ground, line in grounds_forced(labels).items()
        if ground in rules.grounds
    }


def facts(desk: Desk, row: Row) -> Facts:
    """Gather what a step may ask for."""
    rules = book(desk)
    answers = screened(desk, row)
    alleged = complaints.allegations(desk.store, row["id"])
    route = rules.routes.get(row["route"])
    today = desk.today().isoformat()
    referred = _referred(row, answers)
    elsewhere = row["state"] == State.ELSEWHERE
    reviewed = row["review_outcome"] not in {"", "invalid"}
    return Facts(
        about=bool(row["about"]),
        asked=not complaint_steps.missing(row),
        screen=answers.is_finished,
        screen_no=answers.may_stay_outside,
        caught=bool(answers.yes or answers.unsure) or _referral_is_due(desk, row),
        agreed=row["wants_recorded"] == "no" and row["wishes_read"] in {"agreed", "changed"},
        recorded=row["recorded_on"] is not None,
        referred=referred,
        referred_since=referred or row["state"] not in _OUTCOME_STANDS,
        handler=bool(row["handler"]),
        undecided=any(not item["decision"] for item in alleged),
        alleged=bool(alleged),
        categories=all(item["category"] for item in alleged),
        moved=any(item["decision"] == rules.moved for item in alleged),
        still_outside=row["route"] != "outside" or row["wants_recorded"] != "yes",
        review_right=elsewhere
        or bool(row["recorded_on"] and row["told_on"] and route and route.review and not reviewed),
        asked_to_withdraw=row["withdrawal_asked_on"] is not None,
        silence=bool(row["withdrawal_until"]) and str(row["withdrawal_until"]) < today,
        window_over=not row["review_until"] or str(row["review_until"]) < today,
    )


def _referred(row: Row, answers: Screened) -> bool:
    """Whether each yes of the ten lines went to the IOPC, and its answer came."""
    yes = {line.id for line in answers.yes}
    went = yes <= set(str(row["referred_lines"]).split())
    return went and (not yes or bool(row["iopc_answer"]))


def _referral_is_due(desk: Desk, row: Row) -> bool:
    """Whether the next-day clock of a referral runs, the provisional one too."""
    return any(
        (clock["rule"], clock["about"]) == (complaint_clocks.REFERRAL, row["uid"])
        for clock in clocks.open_of_enquiry(desk.store, row["enquiry_id"])
    )


def begin(desk: Desk, uid: str, verb: Verb) -> Row:
    """Find the complaint and check that this step is open.

    Raises NotFound, StepNotOpen, HoldInForce, StepNotOurs, NotPermitted, StepTooSoon.
    """
    row = found(desk, uid)
    if steps.enquiry(desk, row["enquiry_uid"])["state"] == "closed":
        raise Refused("The matter of this complaint is closed.", "Open it again first (a, then c).")
    step = complaint_path.step_of(verb)
    state = State(row["state"])
    if state not in step.start:
        raise StepNotOpen(step, state)
    if verb in OUTCOMES:
        hold_steps.demand_free(desk, row["enquiry_id"], Barred.OUTCOME)
    if verb not in ours(desk, row):
        raise StepNotOurs(step.title)
    if step.who is Who.DECIDER:
        desk.demand(Right.COUNTERSIGN)
    if missing := complaint_path.unmet(step, facts(desk, row)):
        raise StepTooSoon(step.title, missing)
    return row


def happened(desk: Desk, row: Row, on: date | None) -> date:
    """Check the day that a step happened; today where none is given.

    Raises Refused for a day to come, before it was received, or before the step before.
    """
    day = on or desk.today()
    floor = date.fromisoformat(row["received_on"])
    for entry in complaints.entries(desk.store, row["id"]):
        if entry["verb"] not in _OF_THE_DESK and entry["from_state"] != entry["to_state"]:
            floor = max(floor, date.fromisoformat(entry["on_day"]))
    if day > desk.today():
        raise Refused("That day is still to come.", "Enter it when it has happened.")
    if day < floor:
        raise Refused(
            f"That day lies before {show_day(floor)}, when the step before it happened.",
            "Look at the path so far, and give the day it really happened.",
        )
    return day


def move(act: Act, desk: Desk, row: Row, verb: Verb, how: Move, **columns: Value) -> State:
    """Take the step: its line on the path, the new state, and the columns that go with it."""
    step = complaint_path.step_of(verb)
    state = State(row["state"])
    stack = [State(name) for name in str(row["stood_before"]).split()]
    new = complaint_path.next_state(step, state, stack[-1] if stack else None)
    stack = _stack(step, state, new, stack)
    enter(act, desk, row, str(verb), (state, new), how)
    complaints.change(
        act.tx, row["id"], state=str(new), stood_before=" ".join(map(str, stack)), **columns
    )
    return new


def _stack(step: Step, state: State, new: State, stack: list[State]) -> list[State]:
    if not isinstance(step.end, State):
        return stack if new is state else stack[:-1]
    if new not in _WITH_A_WAY_BACK:
        return []
    # A withdrawal that is confirmed goes back, if at all, to where it was asked for.
    return stack if state is State.WITHDRAWING else [*stack, state]


def enter(
    act: Act, desk: Desk, row: Row, verb: str, states: tuple[State, State], how: Move
) -> None:
    """Add a line to the path."""
    complaints.add_entry(
        act.tx,
        uid=act.new_uid(),
        origin_vault=desk.store.vault_id,
        complaint_id=row["id"],
        verb=verb,
        from_state=str(states[0]),
        to_state=str(states[1]),
        on_day=how.on.isoformat(),
        by_whom=work.line(how.by),
        words=work.text(how.words),
        at=act.at,
        officer_uid=desk.officer.uid,
        pack_hash=desk.packs.complaints.hash,
    )


def chosen(names: Iterable[str], known: Container[str], what: str) -> str:
    """Check names against what the pack knows, and write them one a line. Raises Refused."""
    unique = list(dict.fromkeys(names))
    if any(name not in known for name in unique):
        raise Refused(f"The rules know no such {what}.", "Choose from those that are shown.")
    return "\n".join(unique)


def reset_decisions(act: Act, desk: Desk, row: Row, why: str) -> None:
    """Take the decisions off the allegations: it is handled anew. The old ones are kept."""
    for item in complaints.allegations(desk.store, row["id"]):
        if item["decision"]:
            steps.keep_old(act, desk, "allegation", item, "decision", item["decision"], why)
            clean: dict[str, Value] = {"decision": "", "actions": "", "decided_why": ""}
            complaints.change_allegation(act.tx, item["id"], decided_on=None, **clean)


# What handling anew begins without.
ANEW: dict[str, Value] = {
    **dict.fromkeys(("outcome_on", "told_on", "review_until", "review_on", "handling_on")),
    **dict.fromkeys(("finalised_on", "closed_on", "withdrawal_asked_on", "withdrawal_until")),
    **dict.fromkeys(("route", "handler", "told_how", "review_body", "review_outcome"), ""),
    **dict.fromkeys(("disposal", "decided_by"), ""),
}


def said(words: str, what: str) -> str:
    """Clean what must be said. Raises WordsMissing."""
    cleaned = work.line(words)
    if not cleaned:
        raise work.WordsMissing(what)
    return cleaned
