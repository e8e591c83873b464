"""What an officer is told at sign-in: wrong passphrases, vetting that ends, a backup due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enquiry_tui.desk.accounts import vetting_notices
from enquiry_tui.desk.backups import standing
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.policy import pack_notices
from enquiry_tui.domain.emergency import CONTROL_ROOM
from enquiry_tui.domain.phones import may_be_an_example
from enquiry_tui.domain.references import Reference
from enquiry_tui.domain.rights import Right, may
from enquiry_tui.domain.when import parse_utc, show_moment
from enquiry_tui.records import directory, urgents
from enquiry_tui.vault.set_back import behind_words

if TYPE_CHECKING:
    from enquiry_tui.vault.tries import Tries

_DAMAGED = "The count of wrong passphrases was damaged and has begun again at nothing."


def at_sign_in(desk: Desk) -> tuple[str, ...]:
    """Give everything that is to be said, the most pressing first."""
    return (
        *record_notices(desk),
        *urgent_calls(desk),
        *failed_sign_ins(desk),
        *due(desk),
        *pack_notices(desk),
    )


def urgent_calls(desk: Desk) -> tuple[str, ...]:
    """Say to whoever leads which matters have an urgent call that nobody has looked at."""
    if not may(desk.officer.role, desk.officer.administrator, Right.TEAM_AUDIT):
        return ()
    prefix = desk.office.prefix
    named = [
        Reference(prefix, row["year"], row["number"]).short for row in urgents.pressing(desk.store)
    ]
    return (f"URGENT call (F9) to be looked at: {', '.join(named)}.",) if named else ()


def due(desk: Desk) -> tuple[str, ...]:
    """Give what the office has to see to, for its own screen too."""
    return (*control_room(desk), *vetting_notices(desk), *backup_notices(desk))


def control_room(desk: Desk) -> tuple[str, ...]:
    """Say that F9 has no number of the control room's that anybody confirmed."""
    row = directory.by_key(desk.store, CONTROL_ROOM)
    if row is None or not may_be_an_example(row["phone"], confirmed=bool(row["confirmed_at"])):
        return ()
    return ("F9: the control room's number is NOT CONFIRMED. Ctrl+P directory: e, then c.",)


def record_notices(desk: Desk) -> tuple[str, ...]:
    """Say what anchors, checkpoints and clock prove against the record, if they do."""
    proof = desk.unlocked.proof
    if proof.held is None:
        return proof.warnings
    return (f"{proof.held.words} Nothing is written until it is accepted.", *proof.warnings)


def last_session(desk: Desk) -> str:
    """Say how the officer's session before this one ended: event and code, to be compared."""
    last = desk.unlocked.proof.last_session
    return last.words if last is not None else ""


def banner(desk: Desk) -> str:
    """Give what must stand on every screen for as long as it is so; asks no database."""
    if desk.unlocked.proof.held is not None:
        return "READ ONLY: the record contradicts what was seen of it. See the audit screen."
    behind = desk.time.behind()
    return behind_words(behind) if behind is not None else ""


def backup_notices(desk: Desk) -> tuple[str, ...]:
    """Say what is due: a first backup, another after 7 days, a drill after 30."""
    return standing(desk).words


def failed_sign_ins(desk: Desk) -> tuple[str, ...]:
    """Say which tries failed since the last good sign-in; nothing where none did.

    A wrong one typed in an open session, to confirm something, is among those of the account.
    """
    unlocked = desk.unlocked
    told = [
        _words(
            unlocked.failed,
            ("wrong passphrase", "wrong passphrases"),
            "for your account since your last sign-in",
        ),
        _words(
            unlocked.failed_unknown,
            ("failed try", "failed tries"),
            "with a handle that nobody has",
        ),
        _DAMAGED if unlocked.tries_damaged else "",
    ]
    return tuple(words for words in told if words)


def _words(tries: Tries | None, what: tuple[str, str], which: str) -> str:
    if tries is None:
        return ""
    one, many = what
    count = f"1 {one}" if tries.count == 1 else f"{tries.count} {many}"
    latest = show_moment(parse_utc(tries.last))
    return f"{count} {which}, the latest {latest}. Not you? Tell a supervisor."
