"""What can be done on the screens of work: letters, which work once the cursor is in no text."""

from __future__ import annotations

from enquiry_tui.tui.commands.command import Command, Place

_REFERRAL = frozenset({Place.REFERRAL})
_PROMISE = frozenset({Place.PROMISE})
_MESSAGE = frozenset({Place.MESSAGE})
_DIRECTORY = frozenset({Place.DIRECTORY})
_LETTERS = frozenset({Place.LETTERS})
_AUDIT = frozenset({Place.AUDIT})
_BACKUPS = frozenset({Place.BACKUPS})

WORK_COMMANDS: tuple[Command, ...] = (
    Command(
        "send-on",
        "send on",
        "Send information on to this entry: what is asked, what goes, on which basis.",
        ("s",),
        _REFERRAL,
        footer=10,
    ),
    Command("accepted", "accepted", "It was taken on, and by whom.", ("a",), _REFERRAL, footer=11),
    Command("declined", "declined", "It was declined, and by whom.", ("d",), _REFERRAL, footer=12),
    Command(
        "told-back",
        "enquirer told",
        "The enquirer has been told who has it, or has had the answer.",
        ("t",),
        _REFERRAL | _MESSAGE,
        footer=13,
    ),
    Command(
        "read-summary",
        "read it",
        "Read the summary of a referral as its reader sees it.",
        ("i",),
        _REFERRAL,
        footer=14,
    ),
    Command(
        "to-file",
        "to a file",
        "Write the summary to a file: from then on it has left this machine.",
        ("f",),
        _REFERRAL,
        footer=15,
    ),
    Command("kept", "kept", "The promise was kept, and how.", ("k",), _PROMISE, footer=10),
    Command(
        "move-promise",
        "move",
        "Move a promise; its first time stays in sight, and whether they were told.",
        ("m",),
        _PROMISE,
        footer=11,
    ),
    Command(
        "let-go",
        "let go",
        "Let a promise go, with the reason.",
        ("g",),
        _PROMISE,
        footer=12,
    ),
    Command(
        "passed",
        "passed",
        "The message has reached its person, and how.",
        ("s",),
        _MESSAGE,
        footer=10,
    ),
    Command(
        "withdraw-message",
        "withdraw",
        "It was taken in error: it is withdrawn, with the reason, and stays readable.",
        ("w",),
        _MESSAGE,
        footer=14,
    ),
    Command(
        "keep-item",
        "keep",
        "Keep the item and begin the next, from any line; with a call live, end the call.",
        ("f12", "ctrl+s"),
        frozenset({Place.POST}),
        priority=True,
        footer=26,
    ),
    Command("answered", "answered", "The answer that came back.", ("a",), _MESSAGE, footer=11),
    Command(
        "confirm-entry",
        "confirm",
        "The number and address of this entry are right, and how that was found out.",
        ("c",),
        _DIRECTORY,
        footer=10,
    ),
    Command(
        "change-entry",
        "change",
        "Change this entry; its old version is kept.",
        ("e",),
        _DIRECTORY,
        footer=11,
    ),
    Command(
        "entry-history", "history", "The old versions of this entry.", ("h",), _DIRECTORY, footer=12
    ),
    Command("add-entry", "add", "Add an entry, unconfirmed.", ("a",), _DIRECTORY, footer=13),
    Command(
        "reply-sent",
        "sent",
        "A reply or an acknowledgement went today.",
        ("s",),
        _LETTERS,
        footer=10,
    ),
    Command(
        "save-enclosure",
        "save enclosure",
        "Write an enclosure to a file: from then on it has left this machine.",
        ("x",),
        _LETTERS,
        footer=11,
    ),
    Command(
        "verify",
        "verify",
        "Check every event of the record, from the first to the last.",
        ("v",),
        _AUDIT,
        footer=10,
    ),
    Command(
        "accept-record",
        "accept",
        "Take a record that contradicts what was seen of it, with a reason; work goes on.",
        ("a",),
        _AUDIT,
        footer=11,
    ),
    Command(
        "export-record",
        "to a file",
        "Write the record to a file that a third party verifies: no names, no words.",
        ("x",),
        _AUDIT,
        footer=12,
    ),
    Command("make-backup", "make", "Make a backup in a folder.", ("m",), _BACKUPS, footer=10),
    Command("look-into", "folder", "List the backups in a folder.", ("f",), _BACKUPS, footer=11),
    Command(
        "drill-backup",
        "try out",
        "Open this backup and check every byte, page and event; nothing is restored.",
        ("d",),
        _BACKUPS,
        footer=12,
    ),
    Command(
        "prune-backups",
        "prune",
        "Remove this vault's backups beyond 7 daily, 4 weekly and 6 monthly.",
        ("p",),
        _BACKUPS,
        footer=13,
    ),
)
