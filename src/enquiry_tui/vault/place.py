"""Where a backup may lie: a folder of one's own, with room, outside the vault."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from enquiry_tui.errors import Refused

PASSING = "drill"
"""What the copy of a drill is called while it lasts; sign-in sweeps what a killed one left."""
_SPARE = 4 * 1024 * 1024  # bytes


def demand_place(folder: Path, vault: Path, needed: int) -> None:
    """Check a folder for backups: there, not the vault's own, closed to others, `needed` bytes.

    Raises Refused.
    """
    try:
        found = folder.stat()
    except (OSError, ValueError) as error:
        raise Refused("There is no such folder", "Make it first, or choose another.") from error
    if not stat.S_ISDIR(found.st_mode):
        raise Refused("That is not a folder", "Name the folder that the backup goes to.")
    if folder.resolve().is_relative_to(vault.resolve()):
        raise Refused(
            "A backup in the vault's own folder goes with it", "Choose another, on another disk."
        )
    open_to_others = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if hasattr(os, "getuid") and open_to_others and not found.st_mode & stat.S_ISVTX:
        raise Refused("Others may write to that folder", "Choose one that only you may write to.")
    if shutil.disk_usage(folder).free < needed + _SPARE:
        megabytes = -(-(needed + _SPARE) // 1_000_000)
        raise Refused(
            "There is not enough room on that disk",
            f"Making the backup takes {megabytes:,} MB for a while. Free some, or choose another.",
        )


def on_same_device(one: Path, other: Path) -> bool:
    """Tell whether two folders lie on the same device, so that both are lost with it."""
    return one.stat().st_dev == other.stat().st_dev
