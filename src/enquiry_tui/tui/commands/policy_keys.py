"""What can be done with the policy packs."""

from __future__ import annotations

from enquiry_tui.tui.commands.command import Command, Place

_POLICY = frozenset({Place.POLICY})

POLICY_COMMANDS: tuple[Command, ...] = (
    Command(
        "check-pack",
        "check",
        "Check a file: its form, what it would change, which open matters it touches.",
        ("c",),
        _POLICY,
        footer=10,
    ),
    Command(
        "install-pack",
        "install",
        "Check a file, see what it changes, and put it in force; the old one is kept.",
        ("i",),
        _POLICY,
        footer=11,
    ),
    Command(
        "take-shipped",
        "take the program's",
        "Put in force what the program brings for this pack.",
        ("b",),
        _POLICY,
        footer=12,
    ),
    Command(
        "pack-history",
        "history",
        "What was in force under this name, since when, by whom and why.",
        ("h",),
        _POLICY,
        footer=13,
    ),
    Command(
        "pack-text",
        "read it",
        "Read a pack of whatever day by its hash: the rules that a decision stood under.",
        ("t",),
        _POLICY,
        footer=14,
    ),
)
