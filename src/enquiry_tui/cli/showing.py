"""One enquiry as a record: what its screen shows, under the names that scripts know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enquiry_tui.cli.data import plain

if TYPE_CHECKING:
    from enquiry_tui.desk.clock_views import ClockView
    from enquiry_tui.desk.desk import Desk
    from enquiry_tui.desk.views import EnquiryView

_REFERRAL = (
    "uid",
    "number",
    "kind",
    "entry_name",
    "urgency",
    "state",
    "made_at",
    "reply_by",
    "answered_at",
    "told_at",
)
_COMPLAINT = (
    "uid",
    "about",
    "authority",
    "state",
    "restricted",
    "missing",
    "received_on",
    "logged_at",
    "passed_at",
    "passed_to",
)
_MESSAGE = ("uid", "for_whom", "urgent", "state", "deadline", "taken_at", "passed_at", "told_at")


def shown(desk: Desk, view: EnquiryView) -> dict[str, object]:
    """Put the record together; nothing in it is less masked than on the screen."""
    from enquiry_tui.desk.complaints import complaints_of
    from enquiry_tui.desk.messages import messages_of
    from enquiry_tui.desk.referrals import referrals_of

    return {
        "reference": view.reference,
        "status": view.state,
        "subject": view.subject,
        "people": plain(view.people),
        "contacts": [plain(line, "masked") for line in view.timeline if _is_contact(line.what)],
        "checks": [plain(check, "available") for check in view.checks],
        "disclosures": plain(view.ledger),
        "referrals": [_some(item, _REFERRAL) for item in referrals_of(desk, view.uid)],
        "complaints": [_some(item, _COMPLAINT) for item in complaints_of(desk, view.uid)],
        "messages": [_some(item, _MESSAGE) for item in messages_of(desk, view.uid)],
        "clocks": _clocks(desk, view),
        "markers": plain(view.markers),
        "holds": plain(view.holds),
        "retention": plain(view.kept),
    }


def _is_contact(what: str) -> bool:
    return what.endswith((" in", " out"))


def _some(item: object, names: tuple[str, ...]) -> dict[str, object]:
    return {name: plain(getattr(item, name)) for name in names}


def _clocks(desk: Desk, view: EnquiryView) -> list[dict[str, object]]:
    """List the clocks of the matter; a reply date that was set by hand stands on its own."""
    from enquiry_tui.desk.clocks import clocks_of

    found = clocks_of(desk, view.uid)
    shown = [_clock(item) for item in found]
    if view.due_on is not None and not any(item.is_reply for item in found):
        shown.insert(0, {"clock": "reply", "due": plain(view.due_on), "why": view.due_why})
    return shown


def _clock(item: ClockView) -> dict[str, object]:
    from enquiry_tui.cli.clocks import due_text
    from enquiry_tui.domain.clock_words import source_words

    return {
        "clock": item.rule,
        "uid": item.uid,
        "about": item.about or None,
        "state": item.state,
        "provisional": item.provisional,
        "start": plain(item.start),
        "due": plain(item.due_on),
        "legal": due_text(item.legal) if item.legal else None,
        "service": due_text(item.service) if item.service else None,
        "skipped": [{"date": plain(x.day), "why": x.why} for x in item.working.skipped],
        "stopped": [
            {"cause": x.cause, "since": plain(x.since), "until": plain(x.until)}
            for x in item.stops
            if not x.taken_back_why
        ],
        "calendar": item.calendar,
        "calendar_version": item.calendar_version,
        "source": source_words(item.terms.source, verify=item.terms.verify),
        "pack": item.pack_hash,
    }
