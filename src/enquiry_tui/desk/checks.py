"""Identity checks: begun, steps compared blind, flags, and an outcome for each."""

from __future__ import annotations

from enquiry_tui.desk import evidence, steps
from enquiry_tui.desk.check_steps import (
    STEPS,
    add_step,
    contact_of,
    end_if_reached,
    found,
    misses_today,
    pass_check,
    running,
    stop_check,
)
from enquiry_tui.desk.check_views import view
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.gate import stopped
from enquiry_tui.desk.views import CheckView
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.checks import StepKind, StepName, misses_left
from enquiry_tui.domain.compare import looks_like
from enquiry_tui.domain.flags import Flag
from enquiry_tui.domain.hearing import Hearing, hearing
from enquiry_tui.domain.phones import read_phone
from enquiry_tui.domain.quickline import parse
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.vocabulary import CheckOutcome
from enquiry_tui.domain.when import LONDON, parse_utc
from enquiry_tui.errors import Refused
from enquiry_tui.records import checks, contacts, enquiries
from enquiry_tui.records.base import Row


def open_check(desk: Desk, contact_uid: str) -> CheckView:
    """Begin a check in a live contact, or go on with the one that has no outcome yet."""
    row = steps.live_contact(desk, contact_uid)
    if stopped(desk, row):
        raise Refused(
            "The check was stopped for this call.",
            "Nothing more can be opened in it; ring back on a number we hold, in a new contact.",
        )
    unended = [c for c in checks.of_contact(desk.store, row["id"]) if c["outcome"] is None]
    for check in unended:
        if _still_fits(check, row):
            return view(desk, check["uid"])
    with desk.act(Action.CHECK_OPEN) as act:
        for check in unended:  # begun for another person, kind or matter: nothing can pass it now
            outcome = CheckOutcome.FAILED if check["misses"] else CheckOutcome.NOT_NEEDED
            checks.change(act.tx, check["id"], outcome=str(outcome), ended_at=act.at)
        uid = act.new_uid()
        checks.add(
            act.tx,
            uid=uid,
            contact_id=row["id"],
            enquiry_id=row["enquiry_id"],
            person_id=row["person_id"],
            kind=row["kind"],
            channel=row["channel"],
            officer_uid=desk.officer.uid,
            pack_hash=desk.packs.disclosure.hash,
            begun_at=act.at,
        )
        act.event("identity_check", uid)
    return view(desk, uid)


def try_step(
    desk: Desk,
    check_uid: str,
    said: str,
    step: StepName | None = None,
    *,
    until: Need | None = None,
) -> CheckView:
    """Compare blind what the caller volunteered; kept is only the kind of step and the result.

    Without `step` the words may meet any item held. `until` ends the check as passed when reached.
    Three misses on a person's details in 24 hours close the box. Raises Refused.
    """
    with desk.act(Action.CHECK_STEP) as act:
        check = running(desk, check_uid)
        if misses_left(misses_today(desk, check), desk.packs.catalogue.misses_allowed) == 0:
            raise _box_closed()
        done = {STEPS[s["step"]] for s in checks.steps(act.tx, check["id"]) if s["passed"]}
        known = evidence.held_before(desk, check)
        held = {name: values for name, values in known.items() if name not in done}
        met = evidence.match(_comparable(known, held, said, step, done), said, step)
        name = met or step or looks_like(said)
        add_step(act, check["id"], name, met is not None, "")
        if met is None:
            checks.change(act.tx, check["id"], misses=check["misses"] + 1)
        known_by = _matter_known_by(desk, check) if met is StepName.CODE_WORD else ""
        if known_by and StepName.REFERENCE not in done:
            add_step(act, check["id"], StepName.REFERENCE, True, known_by)
        end_if_reached(act, desk, check_uid, until)
        act.event("identity_check", check_uid, outcome="match" if met else "miss", step=str(name))
    return view(desk, check_uid)


def take_step(
    desk: Desk, check_uid: str, step: StepName, source: str, *, until: Need | None = None
) -> CheckView:
    """Record a step that is seen rather than said: a person known, a photo document. Say where.

    Raises Refused for a step that is compared or rung, for paper, which rests on its own record
    (`authorities.take_authority`), and without a source.
    """
    if step.kind is StepKind.AUTHORITY and step is not StepName.RING_ORG:
        raise Refused(
            "Paper counts by its record: whose, what it covers, until when.",
            "a shows what is on file, or records it.",
        )
    if step in {StepName.RING_HELD, StepName.RING_ORG} or step.kind in {
        StepKind.MATTER,
        StepKind.PERSON,
        StepKind.REFERENCE,
        StepKind.PASSWORD,
    }:
        raise Refused("That step is not ticked by hand.", "Compare what they say, or ring back.")
    with desk.act(Action.CHECK_STEP) as act:
        check = running(desk, check_uid)
        add_step(act, check["id"], step, True, steps.reason(source))
        end_if_reached(act, desk, check_uid, until)
        act.event("identity_check", check_uid, outcome="match", step=str(step), source=source)
    return view(desk, check_uid)


def set_flag(desk: Desk, check_uid: str, flag: Flag, on: bool) -> CheckView:
    """Tick a red flag, or take it off. A hard one stops the check and shuts the gate for good."""
    with desk.act(Action.CHECK_FLAG) as act:
        check = found(desk, check_uid)
        flags = set(check["flags"].split())
        flags = flags | {str(flag)} if on else flags - {str(flag)}
        checks.change(act.tx, check["id"], flags=" ".join(sorted(flags)))
        if on and flag.hard:
            stop_check(act, check, str(flag))
        act.event("identity_check", check_uid, flag=str(flag), on=on)
    return view(desk, check_uid)


def suspect_pretext(desk: Desk, check_uid: str) -> CheckView:
    """Stop a check as suspected pretext; the record says so for the data-protection officer."""
    with desk.act(Action.CHECK_PRETEXT) as act:
        check = found(desk, check_uid)
        checks.change(act.tx, check["id"], pretext=1)
        stop_check(act, check, "pretext")
        act.event("identity_check", check_uid, outcome="stopped")
    return view(desk, check_uid)


def unfinished_checks(desk: Desk, enquiry_uid: str) -> tuple[CheckView, ...]:
    """List the checks of a matter that have no outcome yet: closing waits for them."""
    matter = steps.enquiry(desk, enquiry_uid)
    return tuple(
        view(desk, row["uid"])
        for row in checks.of_enquiry(desk.store, matter["id"])
        if row["outcome"] is None
    )


def end_check(desk: Desk, check_uid: str, outcome: CheckOutcome) -> CheckView:
    """Give a check its outcome. `passed` is worked out from the steps, never given by hand."""
    with desk.act(Action.CHECK_END) as act:
        check = found(desk, check_uid)
        if check["outcome"] is not None:
            raise Refused("This check has ended.", "Begin a new one (F3).")
        if outcome is CheckOutcome.PASSED:
            pass_check(act, desk, running(desk, check_uid))
        else:
            checks.change(act.tx, check["id"], outcome=str(outcome), ended_at=act.at)
        act.event("identity_check", check_uid, outcome=str(outcome))
    return view(desk, check_uid)


def _comparable(
    known: evidence.Held,
    held: evidence.Held,
    said: str,
    step: StepName | None,
    done: set[StepName],
) -> evidence.Held:
    """Give what words are compared with. Raises Refused where they are not, and count for nothing.

    `known` is all that was held before, `held` what of it has not matched yet.
    """
    if not known:
        raise Refused(
            "Nothing was held before this call, so nothing can be compared.",
            "What they say now cannot prove who they are. F4 has the words to say.",
        )
    heard = hearing(said, done, held) if step is None else Hearing.COMPARE
    if heard is Hearing.GENERAL:
        raise Refused(
            "Too general to compare: not counted as a miss.",
            "Ask for more without prompting: what happened, and where?",
        )
    matched = {name: values for name, values in known.items() if name in done}
    again = step is None and evidence.match(held, said, None) is None
    if heard is Hearing.ALREADY or (again and evidence.match(matched, said, None)):
        raise Refused(
            "That has matched already: not counted again, and not as a miss.",
            "Type only another item: a date, a name, a postcode, a number.",
        )
    return held


def _still_fits(check: Row, row: Row) -> bool:
    """Say whether a check that runs is still about this person, kind, channel and matter."""
    same = all(check[n] == row[n] for n in ("person_id", "kind", "channel", "enquiry_id"))
    return same and check["shut_at"] is None


def _matter_known_by(desk: Desk, check: Row) -> str:
    """Say what stands in for the reference beside a code word that matched; blank: it is asked.

    A reference on the call line counts with the code word alone, which nobody can guess and which
    the caller said. It may have been typed by an officer who read it on the desk, so it is never a
    step by itself, nor the *one other* beside what a former partner knows too.
    """
    if _on_the_line(desk, contact_of(desk, check)):
        return "on the call line, with the code word"
    return "same caller, same matter, today" if _rang_today(desk, check) else ""


def _on_the_line(desk: Desk, row: Row) -> bool:
    """Say whether the matter's reference stands on the call line, whoever read it from where."""
    matter = enquiries.by_key(desk.store, row["enquiry_id"] or 0)
    if matter is None or not row["line"]:
        return False
    moment = parse_utc(row["started_at"]).astimezone(LONDON)
    heard = parse(
        row["line"], now=moment, calendar=desk.calendar, own_prefix=desk.office.prefix
    ).matter
    return heard is not None and heard.full == matter["reference"]


def _rang_today(desk: Desk, check: Row) -> bool:
    """Say whether this person was in touch about this matter earlier today, and all was well.

    Recognition low is reference with code word. Who comes back within the day stands in for the
    reference: the officer took the row up with `+`, and the word was given or used hours ago. That
    is as much as four keys can carry (the routine *same caller again within the day*), so anything
    odd takes it away: a miss or a stop today, or another number than before.
    """
    if check["person_id"] is None or check["enquiry_id"] is None or misses_today(desk, check):
        return False
    here = contact_of(desk, check)
    number = read_phone(here["phone"]).last9 if here["phone"] else ""
    earlier = [
        row
        for row in contacts.of_enquiry(desk.store, check["enquiry_id"])
        if row["person_id"] == check["person_id"] and row["id"] < check["contact_id"]
        if parse_utc(row["started_at"]).astimezone(LONDON).date() == desk.today()
        if row["struck_at"] is None
    ]
    numbers = {read_phone(row["phone"]).last9 for row in earlier if row["phone"]}
    another = bool(number and numbers) and number not in numbers
    return bool(earlier) and not another and not any(stopped(desk, row) for row in earlier)


def _box_closed() -> Refused:
    return Refused(
        "Three misses: the compare box is closed for today.",
        "F4 has the words to say; h answers to the contact we hold.",
    )
