"""Entries of the directory as rows and as words to read out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from enquiry_tui.desk.directory import DirectoryEntry
from enquiry_tui.domain.phones import NOT_CONFIRMED
from enquiry_tui.domain.when import LONDON, show_day
from enquiry_tui.tui.widgets.paging import FixedPages, Row
from enquiry_tui.tui.widgets.panels import SayCard, Tone
from enquiry_tui.tui.widgets.window_list import Column

COLUMNS = (
    Column("", 3),
    Column("NAME", 32),
    Column("FOR", 0),
    Column("NUMBER", 15),
)


def pages(found: Iterable[DirectoryEntry], ticked: Iterable[str] = ()) -> FixedPages:
    """Make the rows of entries, the ticked ones marked."""
    on = set(ticked)
    return FixedPages([_row(entry, is_ticked=entry.key in on) for entry in found])


def _row(entry: DirectoryEntry, *, is_ticked: bool) -> Row:
    number = entry.phone or entry.email or "no number"
    if entry.may_be_an_example:
        number = NOT_CONFIRMED  # the number itself stands below, with what to do
    cells = ("[x]" if is_ticked else "", entry.name, ", ".join(entry.topics), number)
    return Row(entry.key, cells, ("", "", "quiet", ""))


def read_out(entry: DirectoryEntry) -> str:
    """Return the sentence with name, number and hours, as it is said on the telephone."""
    number = entry.phone or entry.email
    if entry.may_be_an_example:
        return (
            f"{entry.name}: the number {entry.listed_number}. Do not read it out:"
            " a supervisor or administrator puts it right in Directory."
        )
    if not number:
        return f"That is {entry.name}. I have no number for them."
    hours = f" {entry.hours.rstrip('.')}." if entry.hours else ""
    return f"That is {entry.name}. Their number is {number}.{hours}"


def show_words(card: SayCard, entries: Sequence[DirectoryEntry], tone: Tone = "plain") -> None:
    """Show what is read out of entries; what may be an example is not to be read out."""
    heading = "MIND" if any(entry.may_be_an_example for entry in entries) else "READ OUT"
    card.show_words(" ".join(map(read_out, entries)), heading=heading, tone=tone)


def about(entry: DirectoryEntry) -> str:
    """Return what an entry is, and what for."""
    return f"{entry.kind} · for {', '.join(entry.topics) or 'nothing named'}"


def confirmed_words(entry: DirectoryEntry) -> str:
    """Return whether its number and address were confirmed, when and how."""
    if entry.may_be_an_example:
        return "NOT CONFIRMED: it may be an example, and nothing can be sent there"
    if entry.confirmed_at is None:
        return "NOT CONFIRMED: to read out only, nothing can be sent"
    day = show_day(entry.confirmed_at.astimezone(LONDON).date())
    return f"confirmed {day}: {entry.confirmed_how}"


def rank(entry: DirectoryEntry, doors: tuple[str, ...]) -> int:
    """Return where an entry stands: those that the verdict sends to first, then as they were."""
    return doors.index(entry.key) if entry.key in doors else len(doors)
