"""The walk's second half: an emergency, a referral that leaves as a PDF, a complaint."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from enquiry_tui.demo.acts import PUBLIC_TASK
from enquiry_tui.demo.stage import OFFICER
from enquiry_tui.demo.steps import Step, Walker, demand, refused
from enquiry_tui.desk import (
    complaints,
    contacts,
    emergencies,
    enquiries,
    exports,
    lists,
    quicklog,
    referrals,
)
from enquiry_tui.domain.emergency import Card

REFERRAL = "referral.pdf"


def steps(walker: Walker, folder: Path) -> Iterator[Step]:
    """Walk from the urgent call to the matter that cannot be closed yet."""
    yield _emergency(walker)
    yield from _referral(walker, folder)
    yield _complaint(walker)
    yield _closing(walker)


def _emergency(walker: Walker) -> Step:
    desk = walker.desk
    contact = contacts.begin_contact(desk).uid
    contacts.set_phone(desk, contact, "07700 900318")
    urgent = emergencies.begin_urgent(desk, contact).uid
    emergencies.set_place(desk, urgent, "footbridge by the station", Card.SUICIDE)
    emergencies.dialled(desk, urgent)
    held = emergencies.held_details(desk, urgent)
    chosen = tuple(item for item in held if item.field in {"name", "address"})
    demand(bool(chosen))
    numbers = tuple(item.number for item in chosen)
    shut = refused(lambda: emergencies.release_emergency(desk, urgent, "press-office", numbers))
    lines = emergencies.release_emergency(desk, urgent, "control-room", numbers)
    emergencies.set_incident(
        desk, urgent, number="NM-0557", taken_by="Sgt Ames", accepted="accepted"
    )
    emergencies.end_urgent(desk, urgent, "help is with them", well="yes, told the supervisor")
    contacts.end_contact(desk, contact)
    return Step(
        "Somebody on a bridge: an emergency release, without any check",
        (
            f"Held under the number, not proof of who it is: {len(held)} details",
            f"To the press office: refused. {shut}",
            f"To the control room: {', '.join(item.field for item in chosen)}",
            f"{len(lines)} lines in the ledger; incident NM-0557, accepted",
            "A supervisor reviews it on the next working day",
        ),
    )


def _referral(walker: Walker, folder: Path) -> Iterator[Step]:
    desk = walker.desk
    request = referrals.ReferralRequest(
        walker.enquiry,
        "neighbourhood",
        urgency="same-day",
        request="Please visit the school gates in Mill Lane before nine and tell her the outcome.",
        account="Vans stop on the zigzag lines every morning.\nA van nearly hit her daughter.",
        wants="to know when an officer comes",
        fields=("enquiry.reference", "enquiry.subject", "person.name", "contact_point.phone"),
        basis=PUBLIC_TASK,
        necessity="They patrol there; without her number they cannot tell her.",
        who_tells="the neighbourhood team",
    )
    made = referrals.refer(desk, request)
    signpost = referrals.ReferralRequest(walker.enquiry, "council", kind="signpost")
    given = referrals.refer(desk, signpost)
    yield Step(
        "The matter is referred onward",
        (
            f"{made.reference}/{made.number} to {made.entry_name}, with {len(made.fields)} fields",
            f"Basis: {made.basis}",
            f"A signpost beside it, to {given.entry_name}: a number given, nothing shared",
        ),
    )
    yield _export(walker, made, folder / REFERRAL)


def _export(walker: Walker, made: referrals.Referral, out: Path) -> Step:
    desk = walker.desk
    wrong = exports.ExportRequest(made.reference, out, "not the passphrase", number=made.number)
    shut = refused(lambda: exports.export_referral(desk, wrong))
    exported = exports.export_referral(
        desk,
        exports.ExportRequest(made.reference, out, OFFICER.passphrase, number=made.number),
    )
    walker.code = exported.code
    return Step(
        "Its summary leaves as a PDF, after the passphrase",
        (
            f"With a wrong passphrase: refused. {shut}",
            f"Written: {exported.file}",
            f"SHA-256 {exported.sha256}",
            f"Code printed on it: {exported.code}",
        ),
    )


def _complaint(walker: Walker) -> Step:
    desk = walker.desk
    line = "Harriet Voss 07700 900205 ~ Rude on the telephone"
    logged = quicklog.log_line(desk, quicklog.LineRequest(line, end=False))
    intake = complaints.ComplaintIntake(
        logged.enquiry_uid,
        "The officer who rang her back laughed at her and hung up.",
        contact_uid=logged.contact_uid,
        about="officer",
    )
    taken = complaints.log_complaint(desk, intake)
    shut = refused(lambda: complaints.pass_complaint(desk, taken.uid))
    complaints.amend_complaint(
        desk,
        taken.uid,
        {
            "about_whom": "PC Dorn, B shift",
            "reach": "07700 900205",
            "wants": "an apology",
            "read_back": "agreed",
        },
    )
    spoken = complaints.read_back(desk, taken.uid)
    passed = complaints.pass_complaint(desk, taken.uid)
    contacts.end_contact(desk, logged.contact_uid)
    return Step(
        "A complaint is taken down and passed on the same day",
        (
            f"{passed.reference}; decided by {passed.authority} ({passed.authority_source})",
            f"Passed too early: refused. {shut}",
            f'Read back: "{spoken}"',
            f"Passed to {passed.passed_to}",
        ),
    )


def _closing(walker: Walker) -> Step:
    desk = walker.desk
    enquiries.take_enquiry(desk, walker.enquiry)
    shut = refused(lambda: enquiries.close_enquiry(desk, walker.enquiry, "answered"))
    hidden = lists.queue_rows(desk, lists.queue_keys(desk, "restricted"))
    demand(bool(hidden))
    walker.restricted = hidden[0].reference
    return Step("Closing the matter is refused", (f"{walker.reference}: {shut}",))
