"""What of access goes back with an older copy of the vault, and what is to be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from enquiry_tui.domain.when import LONDON, parse_utc, show_day
from enquiry_tui.vault.access import access_since
from enquiry_tui.vault.encoding import moment_of
from enquiry_tui.vault.verdicts import Verdict

if TYPE_CHECKING:
    from enquiry_tui.desk.backups import Ahead
    from enquiry_tui.desk.desk import Desk
    from enquiry_tui.vault.drill import Drilled

_MOST_NAMED = 8
_RESTORED = "SELECT 1 FROM meta WHERE key = 'restored_from'"
_AT = "SELECT utc FROM event WHERE vault = ? AND seq = ?"
BY_COMMAND = (
    "Look through `officer list`: remove again who was removed since, then `vault rotate` and print"
    " a new recovery sheet."
)
AT_THE_DESK = (
    "Look through Office, accounts: d remove again who was removed since, then k new keys and"
    " s a new recovery sheet."
)


def goes_back_words(at: datetime) -> str:
    """Say as of which day accounts, passphrases and recovery sheets count again."""
    day = show_day(at.astimezone(LONDON).date())
    return f"Accounts, passphrases and recovery sheets are again as they were on {day}."


def accepting_brings_back(desk: Desk) -> str:
    """Say what of access is older in the vault that is held; nothing where it is no older copy."""
    at = _goes_back_to(desk)
    return goes_back_words(at) if at is not None else ""


def before_accepting(desk: Desk) -> str:
    """Say who opens a held vault that is an older copy, and what is known to differ since.

    That is little: what anchors tell of whoever wrote them. It says what cannot be known. Nothing
    where the vault is no older copy.
    """
    at = _goes_back_to(desk)
    if at is None:
        return ""
    unlocked = desk.unlocked
    handles = [account.handle for account in unlocked.accounts()]
    since = access_since(
        unlocked.proof.comparison.since, unlocked.ring.header.epoch, unlocked.certificates
    )
    day = show_day(at.astimezone(LONDON).date())
    told = f"By the anchors, since then: {named(since)}" if since else "The anchors name no change."
    return (
        f"Accepting brings back accounts, passphrases and recovery sheets as of {day}, for"
        f" {_some(handles, ', ')}. {told} Who else was removed, reset, renewed or given another"
        " role since cannot be known here: a newer backup tells (backup drill), or whoever did it."
    )


def _goes_back_to(desk: Desk) -> datetime | None:
    held = desk.unlocked.proof.held
    if held is None:
        return None
    if held.verdict is not Verdict.ROLLED_BACK and not desk.store.query(_RESTORED):
        return None
    # As of the last event that witnesses agree on: what came after is of this copy alone.
    rows = desk.store.query(_AT, (desk.store.vault_id, held.agreed or held.ends))
    return moment_of(rows[0]["utc"]) if rows else None


def restored_words(found: Drilled, ahead: Ahead | None) -> tuple[str, ...]:
    """Say what of access goes back with a backup: as of when, where compared whose, what to do."""
    if ahead is not None and not ahead.access:
        return ("Accounts, passphrases and recovery sheets in it are those of the present vault.",)
    words = goes_back_words(parse_utc(found.manifest.up_to))
    whose = () if ahead is None else (named(ahead.access),)
    return (words, *whose, BY_COMMAND)


def named(access: Sequence[str]) -> str:
    """Name the accounts that differ, some of them where there are many."""
    return f"{_some(access, '; ')}."


def _some(words: Sequence[str], between: str) -> str:
    more = len(words) - _MOST_NAMED
    rest = f"{between}and {more:,} more" if more > 0 else ""
    return f"{between.join(words[:_MOST_NAMED])}{rest}"
