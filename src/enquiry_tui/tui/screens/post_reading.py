"""What the post screen has the store thread do: read a day or a file, bring in a letter."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from enquiry_tui.desk import enquiries, letters
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.letters import Duplicate, Imported, TypedLetter
from enquiry_tui.domain.dates import DayRead, read_day
from enquiry_tui.errors import Refused
from enquiry_tui.intake.letter import MAX_FILE_BYTES
from enquiry_tui.machine.files import read_bounded


def day_of(desk: Desk, typed: str) -> DayRead | None:
    """Read a day that was typed; blank is today, None is no day."""
    return read_day(typed or "today", desk.today(), desk.calendar, past=True)


def own_day(desk: Desk, data: bytes, name: str) -> tuple[date, str]:
    """Give the day that a file itself says it came, and how that is said."""
    came = letters.came_in(desk, data, name)
    return came.day, came.words(desk.today())


def type_in(typed: TypedLetter, desk: Desk, *, duplicate_ok: bool) -> Imported | Duplicate:
    """Write down a letter from paper."""
    return letters.type_letter(desk, typed, duplicate_ok=duplicate_ok)


def import_file(
    data: bytes, name: str, day: date, enquiry_uid: str, desk: Desk, *, duplicate_ok: bool
) -> Imported | Duplicate:
    """Bring in a file."""
    return letters.import_letter(
        desk,
        data,
        name,
        received_on=day,
        enquiry_uid=enquiry_uid or None,
        duplicate_ok=duplicate_ok,
    )


def reopen(desk: Desk, enquiry_uid: str) -> None:
    """Open a closed matter again: a letter came in."""
    enquiries.reopen_enquiry(desk, enquiry_uid, "a letter came in")


def follows(desk: Desk, new_uid: str, old_uid: str) -> None:
    """Link the new matter of a letter with the closed one that it names."""
    enquiries.link_enquiries(desk, new_uid, old_uid, "follows")


def bring(
    desk: Desk, way: partial[Imported | Duplicate], duplicate_ok: bool
) -> Imported | Duplicate:
    """Bring in a letter one way or the other."""
    return way(desk, duplicate_ok=duplicate_ok)


def read_file(_desk: Desk, path: Path) -> bytes:
    """Read a file of the officer's. Raises Refused where it cannot be read."""
    try:
        return read_bounded(path.expanduser(), MAX_FILE_BYTES)
    except (OSError, RuntimeError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "no such file"
        raise Refused(f"That file cannot be read: {why}.", "Check its name and folder.") from error
