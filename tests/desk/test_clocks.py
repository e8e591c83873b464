from __future__ import annotations

from datetime import date, timedelta

import pytest

from enquiry_tui.desk import clock_steps, enquiries
from enquiry_tui.desk.clock_steps import finish_clock, running, start_clock
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import ClosingRefused
from enquiry_tui.domain.audit import Action
from tests.desk.matters import new_matter


def start(desk: Desk, matter: str, rule: str, day: date, **named: str) -> str:
    with desk.act(Action.CLOCK_STARTED) as act:
        uid = start_clock(act, matter, rule, day, **named)
        act.event("clock", uid)
    return uid


def finish(desk: Desk, matter: str, rule: str, day: date, **named: str) -> None:
    with desk.act(Action.CLOCK_MET) as act:
        finish_clock(act, matter, rule, day, **named)
        act.event("", "")


def test_a_clock_keeps_its_rule_its_dates_and_how_they_were_worked_out(desk):
    matter = new_matter(desk)
    uid = start(desk, matter, "foi", date(2026, 11, 21))
    (clock,) = running(desk.store, matter)
    assert (clock.uid, clock.rule, clock.state) == (uid, "foi", "running")
    assert clock.legal is not None and clock.legal.day == date(2026, 12, 21)
    assert clock.terms.source.startswith("Freedom of Information Act 2000")
    assert any("Saint Andrew" in skip.why for skip in clock.working.skipped)
    assert clock.pack_hash == desk.packs.clocks.hash


def test_a_repeating_clock_starts_again_when_it_is_met_and_not_when_it_is_ended(desk):
    matter = new_matter(desk)
    first = desk.today() - timedelta(days=10)
    start(desk, matter, "complaint-update", first, about="c1")
    finish(desk, matter, "complaint-update", desk.today(), about="c1")
    (clock,) = running(desk.store, matter)
    assert clock.round == 2
    assert clock.legal is not None and clock.legal.day == desk.today() + timedelta(days=28)
    finish(desk, matter, "complaint-update", desk.today(), about="c1", outcome="ended")
    assert running(desk.store, matter) == []
