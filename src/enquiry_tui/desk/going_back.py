"""What of access goes back with an older copy of the vault, and what is to be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from enquiry_tui.domain.when import LONDON, parse_utc, show_day
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
    held = desk.unlocked.proof.held
    if held is None:
        return ""
    if held.verdict is not Verdict.ROLLED_BACK and not desk.store.query(_RESTORED):
        return ""
    # As of the last event that witnesses agree on: what came after is of this copy alone.
    rows = desk.store.query(_AT, (desk.store.vault_id, held.agreed or held.ends))
    return goes_back_words(parse_utc(rows[0]["utc"])) if rows else ""


def restored_words(found: Drilled, ahead: Ahead | None) -> tuple[str, ...]:
    """Say what of access goes back with a backup: as of when, where compared whose, what to do."""
    if ahead is not None and not ahead.access:
        return ("Accounts, passphrases and recovery sheets in it are those of the present vault.",)
    words = goes_back_words(parse_utc(found.manifest.up_to))
    whose = () if ahead is None else (named(ahead.access),)
    return (words, *whose, BY_COMMAND)


def named(access: Sequence[str]) -> str:
    """Name the accounts that differ, some of them where there are many."""
    more = len(access) - _MOST_NAMED
    rest = f"; and {more:,} more" if more > 0 else ""
    return f"{'; '.join(access[:_MOST_NAMED])}{rest}."
