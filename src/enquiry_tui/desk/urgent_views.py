"""Urgent harm as its screen opens: the words, whom to ring, and the call that runs already."""

from __future__ import annotations

import re
from dataclasses import dataclass

from enquiry_tui.desk import contacts, directory, emergencies
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.directory import DirectoryEntry
from enquiry_tui.desk.emergencies import UrgentView
from enquiry_tui.domain.phones import read_phone
from enquiry_tui.domain.wordings import UrgentBook
from enquiry_tui.records import urgents

_NUMBER = re.compile(r"\+?\d[\d ()-]{8,}\d")
CONTROL_ROOM = "control-room"


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


def number_in(desk: Desk, urgent: UrgentView, words: str) -> str:
    """Find the caller's number in a line of the log, where none is kept for the call yet."""
    found = _NUMBER.search(words)
    if found is None or contacts.view(desk, urgent.contact_uid).phone:
        return ""
    return found[0] if read_phone(found[0]).last9 else ""
