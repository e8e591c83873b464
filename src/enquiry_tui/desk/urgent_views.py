"""Urgent harm as its screen opens: the words, whom to ring, and the call that runs already."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.desk import directory, emergencies
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.directory import DirectoryEntry
from enquiry_tui.desk.emergencies import UrgentView
from enquiry_tui.domain.emergency import CONTROL_ROOM
from enquiry_tui.domain.when import LONDON, parse_utc
from enquiry_tui.domain.wordings import UrgentBook
from enquiry_tui.records import urgents
from enquiry_tui.records.base import Row


@dataclass(frozen=True, slots=True)
class UrgentLook:
    """What the screen begins with. `running` is an urgent call that has not ended."""

    book: UrgentBook
    services: tuple[DirectoryEntry, ...]
    running: UrgentView | None


def look(desk: Desk) -> UrgentLook:
    """Give the words, the emergency services with the control room first, and what runs."""
    found = urgents.running(desk.store, desk.officer.uid)
    services = sorted(
        directory.entries(desk, kind="emergency"), key=lambda entry: entry.key != CONTROL_ROOM
    )
    return UrgentLook(
        book=desk.packs.urgent.value,
        services=tuple(services),
        running=emergencies.view(desk, found["uid"]) if found is not None else None,
    )


def log_words(desk: Desk, urgent: Row) -> str:
    """Write the log of an urgent call, a line for each entry, and who took it."""
    lines = [
        f"{parse_utc(line['at']).astimezone(LONDON):%H:%M:%S} {line['words']}"
        for line in urgents.lines(desk.store, urgent["id"])
    ]
    named = (
        ("incident", urgent["incident_number"]),
        ("taken by", urgent["taken_by"]),
        ("answer", urgent["accepted"]),
    )
    last = " · ".join(f"{label} {words}" for label, words in named if words)
    return "\n".join([*lines, last] if last else lines)
