"""Confirming an entry of the directory where something is about to be sent to it."""

from __future__ import annotations

from enquiry_tui.desk import directory
from enquiry_tui.desk.directory import DirectoryEntry
from enquiry_tui.errors import Refused
from enquiry_tui.tui.screens.work import WorkScreen


async def confirm_in_place(screen: WorkScreen, entry: DirectoryEntry) -> bool:
    """Ask how an entry was found to be right and confirm it; False where Escape was pressed.

    Raises Refused where the entry has nothing that could be confirmed.
    """
    where = entry.phone or entry.email or entry.address
    if not where:
        raise Refused(
            f"{entry.name} has no number or address in the directory yet.",
            "A supervisor adds one there (Ctrl+P, directory); then send from here again.",
        )
    screen.notice.say(
        f"{entry.name}: {where} is not confirmed yet, so nothing may be sent there.",
        tone="warning",
        hint="Check it by a second source now. Enter confirms it and goes on.",
    )
    how = await screen.prompt.line("How did you find out that it is right?")
    if not how:
        return False
    await screen.write(directory.confirm_entry, entry.key, how)
    return True
