"""What can be done anywhere: hide, urgent harm, keys, leaving, colours; and before the desk."""

from __future__ import annotations

from enquiry_tui.tui.commands.command import Command, Place

_ANYWHERE = frozenset({Place.ANYWHERE})

APP_COMMANDS: tuple[Command, ...] = (
    Command(
        "urgent",
        "URGENT",
        "Urgent harm: what to do and say now, then record it.",
        ("f9", "ctrl+g"),
        _ANYWHERE,
        priority=True,
        footer=90,
    ),
    Command(
        "hide",
        "hide",
        "Hide the screen at once; the same key again locks it.",
        ("f8", "ctrl+l"),
        _ANYWHERE,
        priority=True,
        footer=91,
    ),
    Command(
        "keys",
        "keys",
        "Show the keys of this screen.",
        ("question_mark",),
        _ANYWHERE,
        footer=80,
    ),
    Command(
        "command-palette",
        "everything by name",
        "Find anything that can be done by its name.",
        ("ctrl+p",),
        _ANYWHERE,
        priority=True,
        palette=False,
    ),
    Command(
        "leave",
        "leave",
        "Save drafts, lock the vault and leave; with calls still open it asks first.",
        ("ctrl+q",),
        _ANYWHERE,
        priority=True,
    ),
    Command("colours", "colours", "Change to the next set of colours.", (), _ANYWHERE),
    Command(
        "twins",
        "keys without Fn",
        "Show the Ctrl and Esc keys in the footer instead of F-keys.",
        (),
        _ANYWHERE,
    ),
    Command("lock", "lock", "Lock now; a passphrase opens it again.", (), _ANYWHERE),
    Command(
        "switch-officer",
        "another officer",
        "Lock, so that another officer can sign in.",
        (),
        _ANYWHERE,
    ),
    Command("passphrase", "new passphrase", "Change my own passphrase.", (), _ANYWHERE),
)

DOOR_COMMANDS: tuple[Command, ...] = (
    Command(
        "recover",
        "recovery key",
        "Let an administrator in again with the recovery key, once Esc has left the fields.",
        ("r",),
        frozenset({Place.SIGN_IN}),
        palette=False,
    ),
    Command(
        "suggest",
        "offer a passphrase",
        "Offer a passphrase of six random words; the same key offers another.",
        ("ctrl+n",),
        frozenset({Place.SIGN_IN}),
        priority=True,
        footer=20,
    ),
)
