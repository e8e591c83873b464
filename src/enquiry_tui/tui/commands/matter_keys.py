"""What can be done on a matter: the menu under `a`, and the letters of its screen."""

from __future__ import annotations

from enquiry_tui.tui.commands.command import Command, Place

_ENQUIRY = frozenset({Place.ENQUIRY})

MATTER_ACTIONS: tuple[Command, ...] = (
    Command(
        "actions",
        "more",
        "Everything else that can be done on this matter.",
        ("a",),
        _ENQUIRY,
        footer=27,
        palette=False,
    ),
    Command(
        "ledger",
        "ledger",
        "What was asked and what was said, line by line.",
        ("l",),
        _ENQUIRY,
        footer=28,
    ),
    Command(
        "reveal",
        "show",
        "Show a masked field; asks the purpose and leaves an event.",
        ("v",),
        _ENQUIRY,
        footer=29,
    ),
    Command(
        "pick-person",
        "person",
        "Say who this is: pick a person, or record a new one.",
        ("P",),
        _ENQUIRY,
        menu="p",
    ),
    Command(
        "with-them",
        "someone with them",
        "Someone is with the caller, or no longer: only public things until it is cleared.",
        ("w",),
        _ENQUIRY,
        menu="w",
    ),
    Command(
        "said-in-error",
        "said in error",
        "Record something that was said and should not have been; starts the clock for the ICO.",
        ("x",),
        frozenset({Place.ENQUIRY, Place.SAY}),
    ),
    Command(
        "bring-forward",
        "bring forward",
        "Look at it again on a day, or say that it was looked at.",
        (),
        _ENQUIRY,
        menu="h",
    ),
    Command(
        "message",
        "message",
        "Take a message, or see those that were taken.",
        (),
        _ENQUIRY,
        menu="g",
    ),
    Command(
        "close-matter",
        "close",
        "Close the matter, or see what stands open.",
        (),
        _ENQUIRY,
        menu="c",
    ),
    Command("reopen-matter", "re-open", "Open the closed matter again.", (), _ENQUIRY, menu="c"),
    Command(
        "set-waiting", "waiting", "Say on whom it waits, and until when.", (), _ENQUIRY, menu="n"
    ),
    Command(
        "set-due", "due", "Set the day a reply is due, with the reason.", (), _ENQUIRY, menu="d"
    ),
    Command("mark-sent", "sent", "Say what was sent today.", (), _ENQUIRY, menu="s"),
    Command("set-with", "with", "Say which unit or team it is with.", (), _ENQUIRY, menu="u"),
    Command("set-retention", "retention", "Choose how long it is kept.", (), _ENQUIRY, menu="r"),
    Command("set-paper", "paper", "Say where its paper is.", (), _ENQUIRY, menu="e"),
    Command(
        "holds",
        "holds",
        "Place or lift a hold: claim, FOI or SAR, inquiry, IOPC, monitoring officer's stop.",
        (),
        _ENQUIRY,
        menu="y",
    ),
    Command(
        "new-code-word",
        "new code word",
        "Give it a new code word; the old one is dead.",
        (),
        _ENQUIRY,
        menu="k",
    ),
    Command(
        "set-marker", "marker", "Set a marker on the person or the matter.", (), _ENQUIRY, menu="m"
    ),
    Command(
        "remove-marker",
        "marker off",
        "Take a marker off: a supervisor's act, with a reason.",
        (),
        _ENQUIRY,
        menu="x",
    ),
    Command(
        "add-point",
        "number or address",
        "Add a phone number, e-mail or address of the person.",
        (),
        _ENQUIRY,
        menu="t",
    ),
    Command(
        "confirm-point",
        "confirm a number",
        "Confirm a number or address through a second channel.",
        (),
        _ENQUIRY,
        menu="f",
    ),
    Command(
        "authorities",
        "authority",
        "Who may act for whom: write one down, check it, withdraw it.",
        (),
        _ENQUIRY,
        menu="v",
    ),
    Command(
        "agency-requests",
        "agency's request",
        "What an agency asked, and what was done.",
        (),
        _ENQUIRY,
        menu="q",
    ),
    Command(
        "agreed-password",
        "agreed password",
        "Agree a password for ringing with who is on the line, or withdraw it.",
        (),
        _ENQUIRY,
        menu="z",
    ),
    Command(
        "end-check",
        "end a check",
        "Give an outcome to a check that was left without one.",
        (),
        _ENQUIRY,
        menu="i",
    ),
    Command("link-matter", "link", "Link it with another matter.", (), _ENQUIRY, menu="l"),
    Command(
        "restrict",
        "restrict",
        "Restrict it to named readers; for everyone else it is gone.",
        (),
        _ENQUIRY,
        menu="b",
    ),
)
