"""A referral summary as a document, once its library is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from benchmarks.office import Office
from benchmarks.timing import CPU, Line, median, seconds
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.directory import confirm_entry
from enquiry_tui.desk.exports import summary_of
from enquiry_tui.desk.quicklog import LineRequest, log_line
from enquiry_tui.desk.referrals import ReferralRequest, field_choices, refer
from enquiry_tui.documents.pdf import render_pdf

_TIMES = 5
_ENTRY = "neighbourhood"
_ACCOUNT = "Vans stop on the zigzag lines every morning. A van reversed over the kerb. " * 6


def measure(office: Office) -> Iterator[Line]:
    """Refer a matter, then make its summary again and again."""
    import_module("fpdf")
    with office.signed_in() as desk:
        uid = _referred(desk)
        put_together = median(lambda: summary_of(desk, uid), _TIMES, CPU)
        summary = summary_of(desk, uid)
        first = seconds(lambda: render_pdf(summary), CPU)
        drawn = median(lambda: render_pdf(summary), _TIMES, CPU)
        shut = median(lambda: render_pdf(summary, "marble otter 41"), _TIMES, CPU)
    for what, took in (
        ("a referral summary as PDF, the first after its import", first + put_together),
        ("the next ones", drawn + put_together),
        ("  the same, protected by a password", shut + put_together),
    ):
        yield Line(what, 1000 * took, "ms", target="≤ 150", meets=took <= 0.150)
    yield Line("  of which put together from the record", 1000 * put_together, "ms")


def _referred(desk: Desk) -> str:
    """Refer a matter onward with all that may go with it; gives the referral."""
    logged = log_line(desk, LineRequest("Siân O'Brien 07700 900111 ~ vans at the school gates"))
    confirm_entry(desk, _ENTRY, "rang the published number")
    choices = field_choices(desk, logged.enquiry_uid)
    request = ReferralRequest(
        logged.enquiry_uid,
        _ENTRY,
        contact_uid=logged.contact_uid,
        request="Please look at the vans outside the school",
        account=_ACCOUNT,
        risk="Children at the gates every school day",
        wants="A visit, and a call back",
        fields=tuple(choice.name for choice in choices),
        basis="Public task",
        necessity="They decide about parking",
    )
    return refer(desk, request).uid
