"""A promise typed in one line: when it is due, and in the rest what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from enquiry_tui.domain.moments import MomentRead, read_moment
from enquiry_tui.domain.workdays import WorkCalendar

_MOST_WORDS = 6  # `next friday at 4.30 pm` and a spare


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """What was understood: the moment, if the line begins with one, and the words behind it."""

    moment: MomentRead | None
    what: str


def read_promise(line: str, now: datetime, calendar: WorkCalendar) -> PromiseLine:
    """Read `16:00`, `wed 11:00 ring with who has it`, `tomorrow 9am letter`; `now` is aware.

    The longest beginning that is a day, a time or both is the moment: `4 dec` never becomes `4`.
    """
    words = line.split()
    for cut in range(min(len(words), _MOST_WORDS), 0, -1):
        read = read_moment(" ".join(words[:cut]), now, calendar)
        if read is not None:
            return PromiseLine(read, " ".join(words[cut:]))
    return PromiseLine(None, " ".join(words))
