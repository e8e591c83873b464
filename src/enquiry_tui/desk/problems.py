"""What a verb refuses, in words that say what to do next."""

from __future__ import annotations

from enquiry_tui.errors import Refused


class NotFound(Refused):
    """There is nothing of this name for this officer: also what a restricted matter looks like."""

    def __init__(self, what: str) -> None:
        super().__init__(f"No such {what}.", "Check the number, or find it with / by name or word.")


class ContactOver(Refused):
    """The contact has ended, or its time limit has passed."""

    def __init__(self) -> None:
        super().__init__(
            "This contact is over: nothing more can be told in it.",
            "Begin a new contact (n, or + on the row) and check again who is asking.",
        )


class MaskedNow(Refused):
    """What was asked for is masked: somebody is on the line who was not checked for it."""

    def __init__(self) -> None:
        super().__init__(
            "This stays masked while the call runs: its check does not open it.",
            "F3 says what opens it; or look once the call has ended.",
        )


class GateShut(Refused):
    """The gate does not open for this."""


class MatterClosed(Refused):
    """A contact would go onto a closed matter, and nobody said what to do."""

    def __init__(self) -> None:
        super().__init__(
            "That matter is closed.", "Re-open it, or log this as a new matter linked with it."
        )


class ClosingRefused(Refused):
    """Something must be finished before the matter can be closed; `blocks` names each."""

    def __init__(self, blocks: tuple[str, ...]) -> None:
        super().__init__("This matter cannot be closed yet.", "Still open: " + "; ".join(blocks))
        self.blocks = blocks


class ReasonMissing(Refused):
    """A reason is wanted and none was given."""

    def __init__(self) -> None:
        super().__init__("A reason is needed here.", "Say in one line why; nothing is lost.")


class ReasonTooShort(Refused):
    """What changes a date in law or a rule wants a reason that somebody can read later."""

    def __init__(self) -> None:
        super().__init__(
            "That is no reason yet.", "Say in a word or more why: it moves a date or a rule."
        )


class SecondOfficerNeeded(Refused):
    """Something that takes two officers, and only one has signed."""

    def __init__(self, title: str) -> None:
        super().__init__(title, "Have a colleague give their handle and passphrase.")
