"""On which matter a letter is put: one that is named when it comes in, or a new one."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.desk import enquiries, steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.timeline import brief
from enquiry_tui.domain.post_line import Onto, read_onto


@dataclass(frozen=True, slots=True)
class LetterPlace:
    """The matter a letter belongs to, no `enquiry_uid` for a new one; `about` is its own subject.

    `not_there` is a reference that began the subject and that no matter in sight has.
    """

    about: str
    enquiry_uid: str = ""
    short: str = ""
    called: str = ""
    is_closed: bool = False
    not_there: str = ""


def place_of(desk: Desk, onto: str, about: str) -> LetterPlace:
    """Find the matter named in a line of its own, or at the start of the subject.

    Raises NotFound where somebody named one in so many words and there is none.
    """
    read = Onto(onto.strip(), about, is_named=True) if onto.strip() else read_onto(about)
    if not read.reference:
        return LetterPlace(about)
    try:
        uid = enquiries.find_reference(desk, read.reference)
    except NotFound:
        if read.is_named:
            raise
        return LetterPlace(about, not_there=read.reference)
    row = steps.enquiry(desk, uid)
    rest = read.rest or row["subject"]
    closed = row["state"] == "closed"
    return LetterPlace(rest, uid, brief(desk, row["reference"]), row["subject"], closed)
