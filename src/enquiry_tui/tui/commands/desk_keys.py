"""What can be done on the desk and on a matter: letters."""

from __future__ import annotations

from enquiry_tui.tui.commands.command import Command, Place

_DESK = frozenset({Place.DESK})
_LINE = frozenset({Place.CALL_LINE})
_PEOPLE = frozenset({Place.PEOPLE})
_ROW = frozenset({Place.DESK, Place.FIND})
_MATTER = frozenset({Place.DESK, Place.ENQUIRY})
_REFERS = _MATTER | {Place.REFERRAL, Place.COMPLAINT, Place.COMPLAINT_PATH}

DESK_COMMANDS: tuple[Command, ...] = (
    Command(
        "call-line",
        "call",
        "Log a call: one line, Enter saves and ends it.",
        ("n",),
        _DESK,
        footer=1,
    ),
    Command("post", "post", "Log the post, one item after the other.", ("p",), _DESK, footer=2),
    Command(
        "find",
        "find",
        "Find by word, by sound, by number, by their reference.",
        ("slash",),
        _MATTER,
        footer=3,
    ),
    Command(
        "owner", "owner", "Take it, give it, or hand over the live call.", ("o",), _MATTER, footer=4
    ),
    Command(
        "again",
        "again",
        "The same caller again: same person, same matter, new contact.",
        ("plus",),
        _ROW,
        footer=5,
    ),
    Command(
        "correct",
        "correct",
        "Correct: amend, move, strike, unlink, a name; each with a reason.",
        ("e",),
        _MATTER | {Place.ENTRY},
        footer=30,
    ),
    Command("whose", "mine/team", "Show only my own matters, or the team's.", ("m",), _DESK),
    Command("visitor-view", "visitor view", "Show references and states only.", ("V",), _DESK),
    Command("directory", "directory", "The directory of places to refer to.", (), _REFERS),
    Command(
        "letters", "letters", "Letters that came in: read, answer, sent.", (), _MATTER, menu="j"
    ),
    Command("audit", "audit", "The record of who did what, and its proof.", (), _MATTER),
    Command("office", "office", "Accounts, backups, policy, this machine.", ("A",), _MATTER),
    Command("backups", "backups", "Make a backup, try one out; what is due.", (), _MATTER),
    *(
        Command(
            f"queue-{number}",
            f"queue {number}",
            f"Go to queue {number} in the list on the left.",
            (str(number),),
            _DESK,
            palette=False,
            handler="queue",
            argument=str(number),
        )
        for number in range(1, 10)
    ),
    *(
        Command(
            f"queue-{name}",
            name,
            f"Go to {name.capitalize()} in the list on the left.",
            (key,),
            _DESK,
            palette=False,
            handler="queue",
            argument=str(number),
        )
        for key, name, number in (("minus", "restricted", 10), ("0", "everything", 11))
    ),
)

LINE_COMMANDS: tuple[Command, ...] = (
    Command(
        "people-take",
        "take person+matter",
        "Take this person, with the matter that stands there.",
        ("enter",),
        _PEOPLE,
        footer=11,
    ),
    Command(
        "people-new",
        "with a new matter",
        "Take this person, with a new matter.",
        ("n",),
        _PEOPLE,
        footer=12,
    ),
    Command(
        "line-save",
        "save+end",
        "Log the line and end the call.",
        ("enter",),
        _LINE,
        footer=11,
    ),
    Command(
        "line-pick",
        "pick person/matter",
        "Go to the people it might be; Enter takes one, n one with a new matter.",
        ("down",),
        _LINE,
        footer=12,
    ),
    Command(
        "line-open",
        "open the call",
        "Open the call on its matter and go on there.",
        ("tab",),
        _LINE,
        footer=13,
    ),
)
