"""A field for what a caller says: compared and forgotten."""

from __future__ import annotations

from enquiry_tui.tui.widgets.entry import LineInput

SAID_CHARACTERS = 400


class BlindInput(LineInput):
    """Takes what a caller volunteers. It is emptied when it is read, and nothing else keeps it.

    Not copied, not cut, not to be selected by mouse, no draft, no history: only compared.
    """

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (as every widget)
        super().__init__(id=id, limit=SAID_CHARACTERS)

    def action_copy(self) -> None:
        """Refuse, so that ctrl+c does nothing here."""

    def action_cut(self) -> None:
        """Refuse."""

    def take_out(self) -> str:
        """Return what was typed and empty the field."""
        value = self.value
        self.clear()
        return value
