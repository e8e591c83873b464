"""Everything the screen of a matter shows, read in one job on the store thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enquiry_tui.desk import (
    agencies,
    authority_lists,
    clocks,
    contacts,
    gate,
    letter_hints,
    opening,
    promises,
)
from enquiry_tui.desk.agencies import RequestView
from enquiry_tui.desk.authority_views import AuthorityView
from enquiry_tui.desk.clock_views import ClockView
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.letter_hints import Hints
from enquiry_tui.desk.promises import Promise
from enquiry_tui.desk.views import ContactView, EnquiryView
from enquiry_tui.domain.gate import Verdict
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.vocabulary import InfoClass
from enquiry_tui.domain.when import due_words, promise_words
from enquiry_tui.tui.screens.clock_text import press_of


@dataclass(frozen=True, slots=True)
class Page:
    """A matter, the call that is live in it if any, and what the gate says of each class."""

    view: EnquiryView
    contact: ContactView | None
    verdicts: tuple[Verdict, ...]
    promises: tuple[tuple[Promise, str], ...]
    clocks: tuple[tuple[ClockView, str], ...]
    authorities: tuple[AuthorityView, ...]
    requests: tuple[RequestView, ...]
    due: str
    today: date
    hints: Hints

    def verdict(self, info_class: InfoClass) -> Verdict | None:
        """Return what the gate says of a class; nothing without a live call."""
        return next((v for v in self.verdicts if v.info_class is info_class), None)

    @property
    def is_live(self) -> bool:
        """Say whether a call is live in this matter."""
        return self.contact is not None and self.contact.state != "ended"

    @property
    def masked(self) -> tuple[tuple[str, str], ...]:
        """List what can be revealed: uid and words for the question."""
        people = [
            (point.uid, f"{point.kind} of {person.part}")
            for person in self.view.people
            for point in person.points
            if point.masked
        ]
        numbers = [
            (marker.uid, f"safe number of the {marker.on}")
            for marker in self.view.markers
            if marker.safe_number == MASK
        ]
        promised = [
            (item.uid, f"promise of {item.made_at:%d %b}, its number")
            for item, _ in self.promises
            if MASK in {item.what, item.safe_number}
        ]
        lines = [
            (line.uid, f"{line.what} of {line.at:%d %b}")
            for line in self.view.timeline
            if line.masked and line.what != "promise"
        ]
        told = [
            (line.uid, f"what was told on {line.at:%d %b}: {line.item}")
            for line in self.view.ledger
            if line.words == MASK
        ]
        return (*people, *numbers, *promised, *lines, *told)


def load_page(desk: Desk, enquiry_uid: str, contact_uid: str, *, first: bool) -> Page:
    """Read a matter; `first` leaves the consultation event. Raises NotFound."""
    read = opening.open_enquiry if first else opening.refresh
    view = read(desk, enquiry_uid, contact_uid=contact_uid)
    contact = contacts.view(desk, contact_uid) if contact_uid else None
    live = contact is not None and contact.state != "ended" and contact.limit_at > desk.now()
    verdicts = tuple(gate.verdict(desk, contact_uid, item) for item in InfoClass) if live else ()
    now = desk.now()
    kept = tuple(
        (item, promise_words(item.due_at, now))
        for item in promises.promises_of(desk, enquiry_uid)
        if item.state == "open"
    )
    due = due_words(view.due_on, desk.today(), desk.calendar) if view.due_on else ""
    running = tuple(
        (item, press_of(desk, item)) for item in clocks.clocks_of(desk, enquiry_uid) if item.is_open
    )
    return Page(
        view,
        contact,
        verdicts,
        kept,
        running,
        authority_lists.authorities_of(desk, enquiry_uid, contact_uid if live else ""),
        agencies.requests_of(desk, enquiry_uid),
        due,
        desk.today(),
        letter_hints.hints_of(desk, enquiry_uid) if view.closed_at is None else Hints(),
    )
