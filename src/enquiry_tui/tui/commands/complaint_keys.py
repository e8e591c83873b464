"""What can be done with a complaint after it was taken down."""

from __future__ import annotations

from enquiry_tui.tui.commands.command import Command, Place

_PATH = frozenset({Place.COMPLAINT_PATH})

COMPLAINT_COMMANDS: tuple[Command, ...] = (
    Command(
        "complaint-path",
        "complaint's path",
        "A complaint taken down: the path so far, the steps from here.",
        ("C",),
        frozenset({Place.ENQUIRY}),
        menu="o",
        footer=31,
    ),
    Command("next-complaint", "next one", "The next complaint of this matter.", ("N",), _PATH),
    Command(
        "whole-path",
        "path in full",
        "The path so far with every word, who decided and who entered it.",
        ("P",),
        _PATH,
        footer=10,
    ),
    Command(
        "standing",
        "standing",
        "In which standing they complain.",
        ("S",),
        _PATH,
        footer=11,
    ),
    Command(
        "outcome-words",
        "letter",
        "The words of the outcome letter, with who reviews it.",
        ("L",),
        _PATH,
        footer=12,
    ),
    Command(
        "equality-form",
        "equality",
        "Voluntary equality answers: counted, and nothing else kept of them.",
        ("E",),
        _PATH,
        footer=13,
    ),
    Command(
        "equality-figures",
        "equality figures",
        "How often each voluntary answer was given this year; small numbers are left out.",
        (),
        _PATH,
    ),
)
