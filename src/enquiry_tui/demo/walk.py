"""The main job without a terminal: one call, one letter and what follows, verb by verb."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from enquiry_tui.demo import walk_calls, walk_onward, walk_proof
from enquiry_tui.demo.build import DemoOffice
from enquiry_tui.demo.stage import OFFICER
from enquiry_tui.demo.steps import Step, Walker
from enquiry_tui.desk import session
from enquiry_tui.machine.clock import Clock


def walk(office: DemoOffice, folder: Path, clock: Clock) -> Iterator[Step]:
    """Do the day's work in a built office and tell each step; leaves `folder`/referral.pdf.

    Raises whatever a verb refuses that ought to go through, and RuntimeError where one goes
    through that ought to be refused.
    """
    desk = session.sign_in(office.folder, OFFICER.handle, OFFICER.passphrase, clock)
    walker = Walker(desk)
    try:
        yield from walk_calls.steps(walker)
        yield from walk_onward.steps(walker, folder)
    finally:
        session.sign_out(desk)
    yield from walk_proof.steps(office, walker, clock)
