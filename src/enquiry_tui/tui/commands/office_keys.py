"""The parts of the Office, and what can be done about accounts: one table feeds menu and keys."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.tui.commands.command import Command, Place
from enquiry_tui.tui.others import SCREENS

_OFFICE = frozenset({Place.OFFICE})
_ACCOUNTS = frozenset({Place.ACCOUNTS})


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the Office: its key, its title, what is done there, the name of its screen."""

    key: str
    title: str
    words: str
    screen: str


_PLANNED = (
    Section("1", "Accounts", "who may sign in, vetting, forgotten passphrases", "accounts"),
    Section("2", "Backups", "make one, try one out, what is due", "backups"),
    Section("3", "Policy", "the rules that this office works by", "policy"),
    Section("4", "This machine", "is it fit for this vault: disk, screen, versions", "machine"),
)
SECTIONS = tuple(section for section in _PLANNED if section.screen in SCREENS)
"""The parts whose screens are there."""

OFFICE_COMMANDS: tuple[Command, ...] = (
    *(
        Command(
            f"section-{section.screen}",
            section.title.lower(),
            f"{section.title}: {section.words}.",
            (section.key,),
            _OFFICE,
            footer=int(section.key),
            handler="section",
            argument=section.key,
        )
        for section in SECTIONS
    ),
    Command(
        "add-officer",
        "add",
        "Give a colleague an account; the temporary passphrase is shown once.",
        ("a",),
        _ACCOUNTS,
        footer=10,
    ),
    Command(
        "reset-officer",
        "reset",
        "A forgotten passphrase: new keys, and a temporary passphrase that is shown once.",
        ("t",),
        _ACCOUNTS,
        footer=11,
    ),
    Command(
        "renew-vetting",
        "vetting",
        "Record until which day an officer's vetting holds.",
        ("v",),
        _ACCOUNTS,
        footer=12,
    ),
    Command(
        "change-officer",
        "change",
        "Change an officer's name, role or administrator right.",
        ("e",),
        _ACCOUNTS,
        footer=13,
    ),
    Command(
        "recovery-sheet",
        "recovery sheet",
        "A new recovery key, on paper or in a file to print; the one before is dead.",
        ("s",),
        _ACCOUNTS,
        footer=15,
    ),
    Command(
        "remove-officer",
        "remove",
        "End an account: no sign-in any more, and new keys for the vault.",
        ("d",),
        _ACCOUNTS,
        footer=14,
    ),
    Command(
        "new-keys",
        "new keys",
        "Give the vault new keys; everybody keeps the own passphrase.",
        ("k",),
        _ACCOUNTS,
        footer=16,
    ),
)
