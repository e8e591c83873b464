"""Passing a complaint on, with the way out where its entry of the directory is not confirmed."""

from __future__ import annotations

from enquiry_tui.desk import complaint_steps, complaints, directory
from enquiry_tui.desk.complaints import AddressNotConfirmed, Complaint
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.directory import DirectoryEntry
from enquiry_tui.tui.screens.confirming import confirm_in_place
from enquiry_tui.tui.screens.work import WorkScreen


async def pass_on(screen: WorkScreen, uid: str) -> Complaint | None:
    """Pass a complaint on; where the entry is unconfirmed, ask how its number was checked.

    None where Escape was pressed: it stays as it is. Raises what passing raises.
    """
    try:
        return await screen.write(complaints.pass_complaint, uid)
    except AddressNotConfirmed:
        entry = await screen.read(door_of, uid)
    if not await confirm_in_place(screen, entry):
        return None
    return await screen.write(complaints.pass_complaint, uid)


def door_of(desk: Desk, uid: str) -> DirectoryEntry:
    """Give the entry that a complaint is passed to."""
    about = complaints.complaint(desk, uid).about
    return directory.entry(desk, complaint_steps.authority(desk, about).door)
