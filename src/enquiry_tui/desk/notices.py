"""What an officer is told at sign-in: failed sign-ins, vetting that ends, a backup that is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enquiry_tui.desk.accounts import vetting_notices
from enquiry_tui.desk.backups import standing
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.when import parse_utc, show_moment

if TYPE_CHECKING:
    from enquiry_tui.vault.tries import Tries

_DAMAGED = "The count of failed sign-ins was damaged and has begun again at nothing."


def at_sign_in(desk: Desk) -> tuple[str, ...]:
    """Give everything that is to be said, the most pressing first."""
    return (*failed_sign_ins(desk), *vetting_notices(desk), *backup_notices(desk))


def backup_notices(desk: Desk) -> tuple[str, ...]:
    """Say what is due: a first backup, another after 7 days, a drill after 30."""
    words = standing(desk).words
    return (words,) if words else ()


def failed_sign_ins(desk: Desk) -> tuple[str, ...]:
    """Say which sign-ins failed since the last good one; nothing where none did."""
    unlocked = desk.unlocked
    told = [
        _words(unlocked.failed, "to your account since your last one"),
        _words(unlocked.failed_unknown, "with a handle that nobody has"),
        _DAMAGED if unlocked.tries_damaged else "",
    ]
    return tuple(words for words in told if words)


def _words(tries: Tries | None, which: str) -> str:
    if tries is None:
        return ""
    count = "1 failed sign-in" if tries.count == 1 else f"{tries.count} failed sign-ins"
    latest = show_moment(parse_utc(tries.last))
    return f"{count} {which}, the latest {latest}. Not you? Tell a supervisor."
