"""The clocks of a matter: started, stopped and resumed, extended, met, and their service dates.

A legal date follows from its working and is never moved by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from enquiry_tui.desk import clock_dating, clock_steps, steps, work
from enquiry_tui.desk.clock_views import ClockView, view_of
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.clock_data import read_due, rule_from
from enquiry_tui.domain.clock_rules import ClockRule, Sort
from enquiry_tui.domain.clocks import Due
from enquiry_tui.domain.rights import Right
from enquiry_tui.domain.when import show_day
from enquiry_tui.errors import Refused
from enquiry_tui.records import clocks
from enquiry_tui.records.base import Row


def rules(desk: Desk) -> tuple[ClockRule, ...]:
    """List the clocks that can be started, in the order of the pack."""
    return tuple(desk.packs.clocks.value.rules.values())


def clocks_of(desk: Desk, enquiry_uid: str) -> tuple[ClockView, ...]:
    """Give the clocks of a matter, open ones first and the nearest first. Raises NotFound."""
    matter = steps.enquiry(desk, enquiry_uid)
    return tuple(view_of(desk.store, row) for row in clocks.of_enquiry(desk.store, matter["id"]))


def clock(desk: Desk, uid: str) -> ClockView:
    """Give one clock. Raises NotFound."""
    return view_of(desk.store, _found(desk, uid))


def begin_clock(desk: Desk, enquiry_uid: str, rule: str, start: date | datetime) -> ClockView:
    """Start a clock of a matter from the day, or the moment, that its rule counts from.

    Raises NotFound, ClockRuns, Refused where that lies in the future.
    """
    with desk.act(Action.CLOCK_STARTED) as act:
        if steps.enquiry(desk, enquiry_uid)["state"] == "closed":
            raise Refused("This matter is closed.", "Re-open it first.")
        uid = clock_steps.start_clock(act, enquiry_uid, rule, start)
        act.event("clock", uid, rule=rule, start=start.isoformat(), matter=enquiry_uid)
    return clock(desk, uid)


def stop_clock(desk: Desk, uid: str, cause: str, since: date, why: str) -> ClockView:
    """Let a clock stand still from a day on, for one of the reasons its rule knows.

    Raises NotFound, WrongState, ReasonMissing, ReasonTooShort, Refused.
    """
    with _changing(desk, Action.CLOCK_PAUSED, uid, "running") as (act, row):
        rule = rule_from(row["terms"])
        pause = rule.pause(cause)
        if pause is None:
            known = ", ".join(item.cause for item in rule.pauses)
            hint = f"It stops for: {known}." if known else "Nothing stops it."
            raise Refused(f"That does not stop the clock for {rule.title}.", hint)
        reason = work.reason_in_words(why)
        _demand_stoppable(desk, row, since)
        clocks.add_stop(
            act.tx,
            uid=act.new_uid(),
            clock_id=row["id"],
            cause=cause,
            effect=str(pause.effect),
            since=since.isoformat(),
            why=reason,
            stopped_at=act.at,
            stopped_by=desk.officer.uid,
        )
        clocks.change(act.tx, row["id"], state="paused")
        clock_dating.keep_reply_date(act, row["enquiry_id"])
        act.event("clock", uid, cause=cause, since=since.isoformat(), why=reason)
    return clock(desk, uid)


def resume_clock(desk: Desk, uid: str, on: date, why: str) -> ClockView:
    """Let a clock that stands still go on: what was waited for came on this day.

    Raises NotFound, WrongState, ReasonMissing, ReasonTooShort, Refused.
    """
    with _changing(desk, Action.CLOCK_RESUMED, uid, "paused") as (act, row):
        reason = work.reason_in_words(why)
        since = str(clocks.stops(act.tx, row["id"])[-1]["since"])
        if not since <= on.isoformat() <= desk.today().isoformat():
            words = show_day(date.fromisoformat(since))
            raise Refused(f"The clock stands still since {words}.", "Give a day from then on.")
        clocks.end_stop(act.tx, row["id"], until=on.isoformat(), at=act.at, by=desk.officer.uid)
        calendar = clock_dating.calendar_of(act.tx, row)
        found = clock_dating.date_again(act, row, calendar, state="running")
        clock_dating.keep_reply_date(act, row["enquiry_id"])
        due = found.due.day.isoformat()
        act.event("clock", uid, on=on.isoformat(), why=reason, old=row["due_on"], new=due)
    return clock(desk, uid)


def take_back_stop(desk: Desk, uid: str, why: str) -> ClockView:
    """Take back the last stop, entered by mistake, with the reason: as if it had never stopped.

    Raises NotFound, WrongState, ReasonMissing, ReasonTooShort, Refused where there is none.
    """
    with _changing(desk, Action.CLOCK_STOP_BACK, uid, "running", "paused") as (act, row):
        reason = work.reason_in_words(why)
        stop = _last_stop(desk, row)
        taken = {"at": act.at, "by": desk.officer.uid, "why": reason}
        clocks.take_back_stop(act.tx, stop["id"], **taken)
        calendar = clock_dating.calendar_of(act.tx, row)
        found = clock_dating.date_again(act, row, calendar, state="running")
        clock_dating.keep_reply_date(act, row["enquiry_id"])
        known = {"cause": stop["cause"], "since": stop["since"], "until": stop["until"] or ""}
        new = found.due.day.isoformat()
        act.event("clock", uid, why=reason, old=row["due_on"], new=new, **known)
    return clock(desk, uid)


def date_without_stop(desk: Desk, uid: str) -> Due:
    """Give the date that a clock would have without its last stop: nothing is changed.

    Raises NotFound, Refused where it was never stopped.
    """
    row = _found(desk, uid)
    stop, calendar = str(_last_stop(desk, row)["uid"]), clock_dating.calendar_of(desk.store, row)
    extended = bool(row["extended"])
    found = clock_dating.dated(desk.store, row, calendar, extended=extended, without_stop=stop)
    return found.due


def extend_clock(desk: Desk, uid: str, why: str) -> ClockView:
    """Take the extension that the rule knows, once, before the date has passed.

    Raises NotFound, WrongState, ReasonMissing, ReasonTooShort, Refused.
    """
    with _changing(desk, Action.CLOCK_EXTENDED, uid, "running") as (act, row):
        reason = work.reason_in_words(why)
        _demand_extendable(desk, row)
        calendar = clock_dating.calendar_of(act.tx, row)
        found = clock_dating.date_again(act, row, calendar, extended=1)
        clock_dating.keep_reply_date(act, row["enquiry_id"])
        new = found.due.day.isoformat()
        act.event("clock", uid, why=reason, old=row["due_on"], new=new)
    return clock(desk, uid)


def take_back_extension(desk: Desk, uid: str, why: str) -> ClockView:
    """Take back an extension that was entered by mistake, with the reason; the date goes back.

    Raises NotFound, WrongState, ReasonMissing, ReasonTooShort, Refused where there is none.
    """
    with _changing(desk, Action.CLOCK_EXTENSION_BACK, uid, "running") as (act, row):
        reason = work.reason_in_words(why)
        if not row["extended"]:
            raise Refused("No extension was taken.", "The date stands.")
        steps.keep_old(act, desk, "clock", row, "extended", str(row["due_on"]), reason)
        calendar = clock_dating.calendar_of(act.tx, row)
        found = clock_dating.date_again(act, row, calendar, extended=0)
        clock_dating.keep_reply_date(act, row["enquiry_id"])
        new = found.due.day.isoformat()
        act.event("clock", uid, why=reason, old=row["due_on"], new=new)
    return clock(desk, uid)


def date_with_extension(desk: Desk, uid: str, why: str, *, extended: bool = True) -> Due:
    """Give the date that a clock would have with its extension, or without: nothing is changed.

    Raises NotFound, ReasonMissing, ReasonTooShort, Refused as `extend_clock` would.
    """
    row = _found(desk, uid)
    work.reason_in_words(why)
    if extended:
        _demand_extendable(desk, row)
    calendar = clock_dating.calendar_of(desk.store, row)
    return clock_dating.dated(desk.store, row, calendar, extended=extended).due


def meet_clock(desk: Desk, uid: str, on: date | datetime, how: str = "") -> ClockView:
    """Say that what the clock waits for was done on this day; late, it is missed and says so.

    Raises NotFound, WrongState, Refused for a day to come or before the clock began.
    """
    with _changing(desk, Action.CLOCK_MET, uid, "running", "paused") as (act, row):
        day = clock_dating.day_of(on)
        if not row["start"][:10] <= day.isoformat() <= desk.today().isoformat():
            raise Refused("That day does not fit this clock.", "From its start up to today.")
        clock_steps.finish(act, row, on, "met", work.line(how))
        act.event("clock", uid, on=day.isoformat(), how=how)
    return clock(desk, uid)


def end_clock(desk: Desk, uid: str, why: str) -> ClockView:
    """End a clock that no longer applies, with the reason; a legal one is a supervisor's to end.

    Raises NotFound, WrongState, ReasonMissing, NotPermitted.
    """
    with _changing(desk, Action.CLOCK_ENDED, uid, "running", "paused") as (act, row):
        if row["sort"] == Sort.LEGAL:
            desk.demand(Right.COUNTERSIGN)
        reason = work.reason_in_words(why)
        clock_steps.finish(act, row, desk.today(), "ended", reason)
        act.event("clock", uid, why=reason)
    return clock(desk, uid)


def move_service_date(desk: Desk, uid: str, day: date | None, why: str) -> ClockView:
    """Put the service date on another day, or take it off, with the reason; the old one is kept.

    Raises NotFound, WrongState, ReasonMissing, Refused for a day after the legal date.
    """
    with _changing(desk, Action.CLOCK_MOVED, uid, "running", "paused") as (act, row):
        reason = steps.reason(why)
        clock_dating.move_service(act, row, day, reason)
        new = day.isoformat() if day is not None else ""
        act.event("clock", uid, why=reason, old=row["service_due"] or "", new=new)
    return clock(desk, uid)


@contextmanager
def _changing(desk: Desk, action: Action, uid: str, *states: str) -> Iterator[tuple[Act, Row]]:
    """Open the act of a verb on one clock, in one of these states."""
    with desk.act(action) as act:
        row = _found(desk, uid)
        if row["state"] not in states:
            words = {"paused": "standing still"}.get(row["state"], row["state"])
            raise work.WrongState("clock", f"{words}", "Look at its working first.")
        yield act, row


def _last_stop(desk: Desk, row: Row) -> Row:
    """Give the stop of a clock that can be taken back. Raises Refused."""
    stops = clocks.stops(desk.store, row["id"])
    if not stops:
        raise Refused("This clock was never stopped.", "There is nothing to take back.")
    return stops[-1]


def _demand_extendable(desk: Desk, row: Row) -> None:
    """Check that a clock has an extension that may still be taken. Raises Refused."""
    rule = rule_from(row["terms"])
    if rule.extension is None or row["extended"]:
        again = "was taken already" if row["extended"] else "is not in its rule"
        raise Refused(f"An extension {again}: {rule.title}.", "The date stands.")
    due = read_due(row["legal_due"] or row["service_due"])
    if due is not None and due.day < desk.today():
        raise Refused(
            f"The date passed on {show_day(due.day)}.",
            "An extension is taken and told before that; answer now, and say why it is late.",
        )


def _demand_stoppable(desk: Desk, row: Row, since: date) -> None:
    """Check the day on which a clock is to stop. Raises Refused."""
    due = read_due(row["legal_due"] or row["service_due"])
    stops = clocks.stops(desk.store, row["id"])
    first = max([str(row["start"])[:10], *(str(stop["until"]) for stop in stops)])
    if not first <= since.isoformat() <= desk.today().isoformat():
        words = show_day(date.fromisoformat(first))
        raise Refused("That day does not fit this clock.", f"From {words} up to today.")
    if due is not None and since > due.day:
        raise Refused(f"It ran out on {show_day(due.day)}.", "It cannot be stopped after that.")


def _found(desk: Desk, uid: str) -> Row:
    row = clocks.by_uid(desk.store, uid)
    if row is None:
        raise NotFound("clock")
    return row
