"""Identity checks as a face sees them: kinds of step, results, what to try next."""

from __future__ import annotations

from enquiry_tui.desk import evidence, steps
from enquiry_tui.desk.check_steps import STEPS, found, misses_today
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.views import CheckView, StepView
from enquiry_tui.domain.checks import StepName, misses_left
from enquiry_tui.domain.phones import read_phone
from enquiry_tui.domain.plan import plan
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.vocabulary import Authority, Channel, CheckOutcome, InfoClass, Recognition
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.records import checks, ledger, promises
from enquiry_tui.records.base import Row

_DECIDES = frozenset(
    {CheckOutcome.PASSED, CheckOutcome.FAILED, CheckOutcome.REFUSED, CheckOutcome.STOPPED}
)


def view(desk: Desk, check_uid: str) -> CheckView:
    """Show one check: kinds of step and results. Raises NotFound."""
    return view_row(desk, found(desk, check_uid))


def view_row(desk: Desk, check: Row) -> CheckView:
    """Show one check from its row."""
    done = checks.steps(desk.store, check["id"])
    failed = {STEPS[s["step"]] for s in done if not s["passed"]}
    today = misses_today(desk, check)
    there: set[StepName] = set()
    if check["outcome"] is None:
        there = evidence.available(desk, check, desk.packs.catalogue, failed)
    return CheckView(
        uid=check["uid"],
        contact_uid=check["contact_uid"],
        outcome=CheckOutcome(check["outcome"]) if check["outcome"] else None,
        recognition=Recognition(check["recognition"]),
        authorities=tuple(Authority(word) for word in check["authorities"].split()),
        opens=InfoClass.from_digit(check["opens"]) if check["opens"] else None,
        steps=tuple(StepView(s["step"], bool(s["passed"])) for s in done),
        available=tuple(sorted(there)),
        misses=check["misses"],
        misses_today=today,
        box_closed=misses_left(today, desk.packs.catalogue.misses_allowed) == 0,
        flags=tuple(check["flags"].split()),
        hard_flag=check["hard_flag"],
        pretext=bool(check["pretext"]),
        at=parse_utc(check["begun_at"]),
        shut=check["shut_at"] is not None,
    )


def next_steps(desk: Desk, check_uid: str, needed: tuple[Need, ...]) -> tuple[StepName, ...]:
    """List the steps worth taking now, quickest way to what is needed first."""
    check = found(desk, check_uid)
    done = checks.steps(desk.store, check["id"])
    passed = {STEPS[s["step"]] for s in done if s["passed"]}
    failed = {STEPS[s["step"]] for s in done if not s["passed"]} - passed
    there = evidence.available(desk, check, desk.packs.catalogue, failed)
    worth = plan(needed, Channel(check["channel"]), passed, there, desk.packs.catalogue)
    return tuple(step.name for step in worth)


def ring_choices(desk: Desk, check_uid: str) -> tuple[tuple[str, str], ...]:
    """List the held numbers a ring back may use: uid and number, confirmed before today."""
    check = found(desk, check_uid)
    rows = evidence.ring_points(desk, check["person_id"])
    return tuple((row["uid"], read_phone(row["value"]).masked) for row in rows)


def left_undecided(desk: Desk, contact_uid: str) -> str:
    """Say in words what a live contact would leave without a decision if it ended; else nothing.

    That is a question that was asked, or a check that ended, with no line in the ledger for it. A
    promise made in the call, such as a ring back that is parked, is what follows from it.
    """
    row = steps.contact(desk, contact_uid)
    promised = promises.of_enquiry(desk.store, row["enquiry_id"] or 0)
    if row["state"] == "ended" or any(made["contact_id"] == row["id"] for made in promised):
        return ""
    asked = [ask for ask in checks.asks(desk.store, row["id"]) if ask["decision"] is None]
    if asked:
        named = asked[-1]["info_class"]
        return f"asked: {InfoClass(named).label if named else 'class not chosen'}"
    ended = [c for c in checks.of_contact(desk.store, row["id"]) if c["outcome"] in _DECIDES]
    if not ended or ledger.of_contact(desk.store, row["id"]):
        return ""
    return f"checked: {ended[-1]['outcome']}"
