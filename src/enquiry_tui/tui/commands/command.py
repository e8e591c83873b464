"""What a command is: one row that feeds bindings, footer, help, palette and the key map."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding


class Place(StrEnum):
    """Where a command can be given. The value is what the help screen and the key map call it."""

    ANYWHERE = "Anywhere"
    SIGN_IN = "Sign-in"
    DESK = "Desk"
    CALL_LINE = "Call line"
    PEOPLE = "People under the call line"
    ENQUIRY = "Enquiry"
    IDENTITY = "Who is asking"
    SAY = "What may I say"
    REFERRAL = "Referral"
    COMPLAINT = "Complaint"
    COMPLAINT_PATH = "Complaint, afterwards"
    PROMISE = "Promise"
    POST = "Post"
    FIND = "Find"
    DIRECTORY = "Directory"
    REVIEW = "Review"
    SAMPLE = "Sample"
    FIGURES = "Figures"
    AUDIT = "Audit"
    OFFICE = "Office"
    ACCOUNTS = "Accounts"
    BACKUPS = "Backups"
    MACHINE = "This machine"
    MESSAGE = "Message"
    LETTERS = "Letters"
    ENTRY = "Entry of a history"
    HAND_OVER = "Hand-over"
    URGENT = "Urgent harm"
    CLOCKS = "Clocks"
    HOLIDAYS = "Holidays"
    POLICY = "Policy"
    HELP = "Keys"


CALL_PLACES = frozenset(
    {
        Place.DESK,
        Place.CALL_LINE,
        Place.PEOPLE,
        Place.ENQUIRY,
        Place.IDENTITY,
        Place.SAY,
        Place.REFERRAL,
        Place.COMPLAINT,
        Place.PROMISE,
        Place.FIND,
        Place.DIRECTORY,
        Place.POST,
        Place.MESSAGE,
        Place.LETTERS,
    }
)
"""The screens where a call can be live, and its keys therefore work."""

# On these the letters are taken by the list, by text or by choices of their own.
_NO_ESCAPE_LETTERS = frozenset(
    {
        Place.DESK,
        Place.CALL_LINE,
        Place.PEOPLE,
        Place.IDENTITY,
        Place.SAY,
        Place.POST,
        Place.COMPLAINT,
        Place.REFERRAL,
        Place.PROMISE,
        Place.FIND,
        Place.DIRECTORY,
        Place.MESSAGE,
        Place.LETTERS,
    }
)

_KEY_NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "space": "Space",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done.

    `keys` are textual's key names, the main one first. `letter` works after Escape has left the
    text. A screen that can do it has a method `action_<id>`, hyphens as underscores; a command
    declared here whose method a screen lacks is not bound there and not shown there.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    places: frozenset[Place]
    priority: bool = False
    letter: str = ""
    footer: int = 0
    """Order in the footer; 0 keeps it out."""
    palette: bool = True
    argument: str = ""
    """What the handler is called with, for rows that share one (`queue(3)`)."""
    menu: str = ""
    """Its letter in the menu of a matter; empty keeps it out."""
    handler: str = ""
    """The handler's name where it is not the id's."""

    @property
    def action(self) -> str:
        """Return the name of the handler without `action_`."""
        return self.handler or self.id.replace("-", "_")

    @property
    def call(self) -> str:
        """Return the action as a binding calls it."""
        return f"{self.action}({self.argument})" if self.argument else self.action

    def works_in(self, place: Place) -> bool:
        """Say whether it belongs to this place."""
        return place in self.places or Place.ANYWHERE in self.places

    def letter_in(self, place: Place) -> str:
        """Return the letter that works after Escape there, or nothing."""
        return "" if place in _NO_ESCAPE_LETTERS else self.letter

    def key_text(self, *, twin: bool = False, place: Place | None = None) -> str:
        """Return the key as it is written on screen; `twin` prefers one without Fn that works."""
        if twin and len(self.keys) > 1:
            return key_name(self.keys[1])
        if twin and (letter := self.letter if place is None else self.letter_in(place)):
            return f"Esc {letter}"
        return key_name(self.keys[0]) if self.keys else ""

    def all_keys(self, place: Place | None = None) -> str:
        """Return every key of it, for help and the key map; those that work in a place if given."""
        names = [key_name(key) for key in self.keys]
        letter = self.letter if place is None else self.letter_in(place)
        if letter:
            names.append(f"Esc {letter}")
        return " · ".join(names)

    def bindings(self, place: Place) -> list[Binding]:
        """Make the bindings for one place; letters never have priority over typing."""
        keys = [self._binding(key, index) for index, key in enumerate(self.keys)]
        if letter := self.letter_in(place):
            keys.append(Binding(letter, self.call, self.title, id=f"{self.id}.letter"))
        return keys

    def _binding(self, key: str, index: int) -> Binding:
        identity = self.id if index == 0 else f"{self.id}.twin-{index}"
        return Binding(
            key,
            self.call,
            self.title,
            show=self.footer > 0 and index == 0,
            priority=self.priority,
            tooltip=self.help,
            id=identity,
        )


def key_name(key: str) -> str:
    """Write a key as people say it: `ctrl+t` is `Ctrl+T`, `f9` is `F9`, `H` stays `H`."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    if len(key) == 1:
        return key
    return "+".join(
        part.upper() if len(part) <= 3 and part != "ctrl" else part.capitalize()
        for part in key.split("+")
    )


def is_letter(row: Command) -> bool:
    """Say whether the key of a command is one that is typed where the cursor is in a text."""
    name = key_name(row.keys[0]) if row.keys else ""
    return len(name) == 1 and name.isascii()  # and not an arrow
