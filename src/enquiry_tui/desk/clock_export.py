"""The open clocks of an officer as a calendar file: reference and rule, and nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from enquiry_tui.desk.clock_views import ClockView, view_of
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.exports import NotDelivered
from enquiry_tui.documents.deliver import prepare
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.clocks import Due
from enquiry_tui.domain.ics import Entry, calendar_text
from enquiry_tui.errors import EnquiryError
from enquiry_tui.records import clocks
from enquiry_tui.vault.vault import prove_again

_PRODUCT = "enquiry-tui"


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar file that was written; `left_out` are dates of restricted matters."""

    file: Path
    sha256: str
    entries: int
    left_out: int


def my_clocks(desk: Desk) -> tuple[ClockView, ...]:
    """Give the open clocks of the officer's own matters, the nearest first."""
    found = clocks.open_of_owner(desk.store, desk.officer.uid)
    return tuple(view_of(desk.store, row) for row in found)


def export_calendar(desk: Desk, out: Path, passphrase: str, *, force: bool = False) -> CalendarFile:
    """Write the dates of one's own running clocks to a file, the passphrase typed again.

    Restricted matters stay out: a calendar is seen by others. Raises WrongPassphrase,
    NotPermitted, FileExists, CannotDeliver, NotDelivered.
    """
    desk.demand(Action.EXPORT)
    prove_again(desk.unlocked, passphrase)
    entries, left_out = [], 0
    for row in clocks.open_of_owner(desk.store, desk.officer.uid):
        if row["state"] != "running":
            continue
        if row["restricted"]:
            left_out += 1
            continue
        entries += _entries(view_of(desk.store, row))
    words = calendar_text(entries, made_at=desk.now(), product=_PRODUCT)
    prepared = prepare(out, words.encode(), force=force)
    try:
        with desk.act(Action.EXPORT) as act:
            what = {"what": "calendar", "entries": len(entries), "sha256": prepared.sha256}
            act.event("", "", written=what)
    except BaseException:
        prepared.discard()
        raise
    try:
        file = prepared.commit()
    except EnquiryError as error:
        with desk.act(Action.EXPORT) as act:
            act.event("", "", outcome="not-delivered", sha256=prepared.sha256)
        raise NotDelivered(error) from error
    return CalendarFile(file, prepared.sha256, len(entries), left_out)


def _entries(view: ClockView) -> list[Entry]:
    """Make an entry for each date of a clock: the legal one and the office's own are apart."""
    title = f"{view.reference}: {view.title}"
    if view.legal is None or view.service is None:
        return [_entry(view, "", title, view.legal or view.service)]
    return [
        _entry(view, "", f"{title}, legal date", view.legal),
        _entry(view, "-service", f"{title}, service date", view.service),
    ]


def _entry(view: ClockView, suffix: str, title: str, due: Due | None) -> Entry:
    on = (due.at or due.day) if due is not None else view.due_on
    return Entry(f"{view.uid}{suffix}@{_PRODUCT}", title, on)
