"""The lock: opaque, with nothing of anybody on it."""

from __future__ import annotations

from textual.app import ComposeResult

from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.screens.sign_in import SignInScreen

_REASONS = {
    "idle": "Locked: nobody had touched a key.",
    "hidden": "Locked: the screen was hidden for a minute.",
    "resumed": "Locked: the program or the machine had been stopped and was resumed.",
    "long": "Locked: eight hours had passed since the last sign-in.",
    "another": "Locked for another officer.",
}


class LockScreen(SignInScreen):
    """Asks for the passphrase again, or for another officer's. The vault behind it is closed."""

    HEADING = "Locked"

    def __init__(self, reason: str, handle: str) -> None:
        super().__init__("" if reason == "another" else handle)
        self._reason = reason

    def words(self) -> str:
        """Say why it is locked and that nothing was lost."""
        why = _REASONS.get(self._reason, "Locked.")
        return (
            f"{why} Entries are kept as drafts, calls go on.\nYour passphrase, or another handle."
        )

    def body(self) -> ComposeResult:
        """Add the way to urgent help under the fields."""
        yield from super().body()
        yield NoMarkup("F9 shows what to do and say when somebody is in danger.", id="urgent")
