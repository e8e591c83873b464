"""Steps of an identity check that its verbs share, each inside the act of the verb."""

from __future__ import annotations

from datetime import timedelta

from enquiry_tui.desk import steps
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.gate import OPENING, judge_contact, standing_of
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.checks import StepName, shown
from enquiry_tui.domain.flags import SOFT_MEANS_RING_BACK, Flag
from enquiry_tui.domain.standing import Need, Standing
from enquiry_tui.domain.vocabulary import CheckOutcome, InfoClass, Recognition
from enquiry_tui.domain.when import utc_text
from enquiry_tui.errors import Refused
from enquiry_tui.records import checks, contacts
from enquiry_tui.records.base import Row

STEPS = {str(step): step for step in StepName}


def found(desk: Desk, check_uid: str) -> Row:
    """Find a check. Raises NotFound."""
    check = checks.by_uid(desk.store, check_uid)
    if check is None or contacts.by_uid(desk.store, check["contact_uid"]) is None:
        raise NotFound("check")
    return check


def running(desk: Desk, check_uid: str) -> Row:
    """Find a check that can still be passed: running, in a live, unchanged contact."""
    check = found(desk, check_uid)
    row = contact_of(desk, check)
    steps.live_contact(desk, row["uid"])
    same = all(check[n] == row[n] for n in ("person_id", "kind", "channel", "enquiry_id"))
    if check["outcome"] is not None or check["shut_at"] is not None or not same:
        raise Refused("This check has ended.", "Begin a new one (F3).")
    return check


def contact_of(desk: Desk, check: Row) -> Row:
    """Give the contact a check belongs to."""
    return steps.contact(desk, check["contact_uid"])


def misses_today(desk: Desk, check: Row) -> int:
    """Count misses on this person's details in the pack's window of hours."""
    since = utc_text(desk.now() - timedelta(hours=desk.packs.catalogue.window_hours))
    return checks.misses_since(desk.store, check["person_id"], check["enquiry_id"], since)


def add_step(act: Act, check_id: int, step: StepName, passed: bool, source: str) -> None:
    """Keep a step: its kind, whether it matched, where a number came from."""
    checks.add_step(
        act.tx,
        uid=act.new_uid(),
        check_id=check_id,
        step=str(step),
        passed=int(passed),
        source=source,
        at=act.at,
    )


def end_if_reached(act: Act, desk: Desk, check_uid: str, until: Need | None) -> None:
    """End a check as passed once its steps show what was needed."""
    check = found(desk, check_uid)
    if until is None or check["outcome"] is not None:
        return
    if not until.is_empty and shown_by(act, check).meets(_steps_only(until)):
        pass_check(act, desk, check)


def pass_check(act: Act, desk: Desk, check: Row) -> None:
    """End a check as passed at the level its steps reach. Raises Refused where they reach none."""
    standing = shown_by(act, check)
    soft = sum(not Flag(flag).hard for flag in check["flags"].split())
    rung = any(
        s["passed"] and STEPS[s["step"]] in {StepName.RING_HELD, StepName.RING_ORG}
        for s in checks.steps(act.tx, check["id"])
    )
    if soft >= SOFT_MEANS_RING_BACK and not rung:
        raise Refused("Three flags: ring back first.", "b rings a number that we hold or found.")
    if standing.recognition is Recognition.NONE and not standing.authorities:
        raise Refused(
            "What was said does not reach a level yet.",
            "One matter item and one other, or reference and code word; f ends it as failed.",
        )
    row = contact_of(desk, check)
    together = standing.and_also(standing_of(desk, row))
    opened = [item.digit for item in InfoClass if _opens(desk, row, item, together)]
    checks.change(
        act.tx,
        check["id"],
        outcome=str(CheckOutcome.PASSED),
        recognition=str(standing.recognition),
        proof=str(standing.proof),
        authorities=" ".join(sorted(standing.authorities)),
        opens=max(opened, default=0),
        ended_at=act.at,
    )


def stop_check(act: Act, check: Row, flag: str) -> None:
    """Stop a check and shut the contact's gate: taking a flag off revives nothing."""
    if check["outcome"] is None:
        checks.change(act.tx, check["id"], outcome=str(CheckOutcome.STOPPED), ended_at=act.at)
    checks.change(act.tx, check["id"], hard_flag=check["hard_flag"] or flag)
    steps.shut_gate(act, check["contact_id"])


def _opens(desk: Desk, row: Row, info_class: InfoClass, standing: Standing) -> bool:
    """Say whether a class can be told once the check stands; need-to-know comes with the line."""
    verdict = judge_contact(desk, row, info_class, purpose="to be given", standing=standing)
    return verdict.allowed in OPENING


def shown_by(act: Act, check: Row) -> Standing:
    """Add up what the passed steps of a check show."""
    done = checks.steps(act.tx, check["id"])
    return shown(STEPS[s["step"]] for s in done if s["passed"])


def _steps_only(need: Need) -> Need:
    return Need(need.recognition, need.proof, need.authorities)
