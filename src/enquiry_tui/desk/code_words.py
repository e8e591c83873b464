"""Who is told the code word of a matter: whoever began it, or was recognised; nobody else."""

from __future__ import annotations

from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.unread import is_unread
from enquiry_tui.domain.vocabulary import CheckOutcome
from enquiry_tui.records import checks, contacts
from enquiry_tui.records.base import Row


def word_to_tell(desk: Desk, matter: Row, contact: Row) -> str:
    """Give the code word where it is said at the end of this contact, else nothing.

    It opens the matter to whoever has it: an unchecked caller on an older matter never hears it.
    """
    first = min((row["id"] for row in contacts.of_enquiry(desk.store, matter["id"])), default=None)
    recognised = any(
        check["outcome"] == CheckOutcome.PASSED and check["shut_at"] is None
        for check in checks.of_contact(desk.store, contact["id"])
    )
    told = recognised or first is None or first == contact["id"]
    return str(matter["code_word"]) if told else ""


def word_before_end(desk: Desk, matter: Row | None, contact: Row) -> str:
    """Give the code word while it can still be told: the contact runs, and may have it."""
    if matter is None or contact["state"] == "ended" or is_unread(desk):
        return ""
    return word_to_tell(desk, matter, contact)
