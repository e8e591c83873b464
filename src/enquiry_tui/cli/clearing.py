"""A secret that was shown on a terminal: taken off it, scrollback too, or said how to."""

from __future__ import annotations

import sys
from typing import TextIO

from enquiry_tui.cli.output import is_shown, narrate, wipe
from enquiry_tui.cli.secrets import is_blind

_BY_HAND = "The {what} stays on this terminal: note it, then close the window."


def clear_after(what: str, shown_on: TextIO | None) -> None:
    """Clear the terminal that showed it and say so; nothing where it went to no terminal."""
    if not is_shown(shown_on):
        return
    if wipe(shown_on):
        narrate(f"Cleared, scrollback too: the {what} is no longer on this screen.")
    else:
        say_by_hand(what, shown_on)


def say_by_hand(what: str, shown_on: TextIO | None) -> None:
    """Say what to do where it stays on the terminal."""
    if is_shown(shown_on):
        narrate(_BY_HAND.format(what=what))


def clear_when_ready(what: str, shown_on: TextIO | None, source: str | None) -> None:
    """Let whoever typed the passphrase blind press Enter first; a script is not kept waiting."""
    if not is_shown(shown_on):
        return
    if not is_blind(source):
        say_by_hand(what, shown_on)
        return
    narrate(f"Once you have noted it, Enter clears the {what} off this screen.")
    if sys.stdin.readline():
        clear_after(what, shown_on)
    else:
        say_by_hand(what, shown_on)
