"""The end of the walk: what the second officer cannot see, and the proof of the whole record."""

from __future__ import annotations

from collections.abc import Iterator

from enquiry_tui.demo.build import DemoOffice
from enquiry_tui.demo.stage import SECOND, SUPERVISOR
from enquiry_tui.demo.steps import Step, Walker, demand, refused
from enquiry_tui.desk import audit, enquiries, lists, session
from enquiry_tui.machine.clock import Clock


def steps(office: DemoOffice, walker: Walker, clock: Clock) -> Iterator[Step]:
    """Look for a restricted matter as the second officer, then verify as the supervisor."""
    desk = session.sign_in(office.folder, SECOND.handle, SECOND.passphrase, clock)
    try:
        shut = refused(lambda: enquiries.find_reference(desk, walker.restricted))
        seen = lists.queue_counts(desk)["restricted"]
        demand(seen == 0)
    finally:
        session.sign_out(desk)
    yield Step(
        "Another officer looks for a restricted matter",
        (
            f"{SECOND.name} asks for {walker.restricted}: {shut}",
            f"Restricted matters in {SECOND.name}'s lists: {seen}",
        ),
    )
    desk = session.sign_in(office.folder, SUPERVISOR.handle, SUPERVISOR.passphrase, clock)
    try:
        found = audit.verify_record(desk)
    finally:
        session.sign_out(desk)
    demand(found.verified and not found.failures)
    yield Step(
        "The record is proved",
        (
            f"{found.events} events in one chain, {found.signatures} signatures, all verified",
            f"Code of the record now: {found.code}",
        ),
    )
