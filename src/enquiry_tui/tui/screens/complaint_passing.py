"""Passing a complaint on, with the way out where its entry of the directory is not confirmed."""

from __future__ import annotations

from enquiry_tui.desk import complaint_steps, complaints, directory
from enquiry_tui.desk.complaints import AddressNotConfirmed, Complaint
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.directory import DirectoryEntry
from enquiry_tui.errors import Refused
from enquiry_tui.tui.screens.work import WorkScreen


async def pass_on(screen: WorkScreen, uid: str) -> Complaint | None:
    """Pass a complaint on; where the entry is unconfirmed, ask how its number was checked.

    None where Escape was pressed: it stays as it is. Raises what passing raises.
    """
    try:
        return await screen.write(complaints.pass_complaint, uid)
    except AddressNotConfirmed:
        entry = await screen.read(door_of, uid)
    where = entry.phone or entry.email or entry.address
    if not where:
        raise Refused(
            f"{entry.name} has no number or address in the directory yet.",
            "Add one there first (Ctrl+P, directory), then pass it on from here again.",
        )
    screen.notice.say(
        f"{entry.name}: {where} is not confirmed yet, so nothing may be sent there.",
        tone="warning",
        hint="Check it by a second source now. Enter confirms it and passes this on.",
    )
    how = await screen.prompt.line("How did you find out that it is right?")
    if not how:
        return None
    await screen.write(directory.confirm_entry, entry.key, how)
    return await screen.write(complaints.pass_complaint, uid)


def door_of(desk: Desk, uid: str) -> DirectoryEntry:
    """Give the entry that a complaint is passed to."""
    about = complaints.complaint(desk, uid).about
    return directory.entry(desk, complaint_steps.authority(desk, about).door)
