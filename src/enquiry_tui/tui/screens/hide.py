"""The screen that hides everything at once, for a minute."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from enquiry_tui.tui.leaves_once import LeavesOnce
from enquiry_tui.tui.safe import NoMarkup

SECONDS_BEFORE_LOCK = 60.0


class HideScreen(LeavesOnce[None]):
    """Opaque and empty. Any key within a minute goes back; then it locks by itself."""

    SEALS = True
    DEFAULT_CSS = """
    HideScreen { align: center middle; background: $background; }
    HideScreen NoMarkup { width: auto; text-style: dim; }
    HideScreen Toast { display: none; }
    """

    def compose(self) -> ComposeResult:
        """Say nothing of what is behind."""
        yield NoMarkup("Any key goes back. F8 locks.")

    def on_mount(self) -> None:
        """Start the minute."""
        self.set_timer(SECONDS_BEFORE_LOCK, self.minute_over)

    def minute_over(self) -> None:
        """Lock, unless the urgent screen is behind: that one never locks."""
        from enquiry_tui.tui.app import EnquiryApp  # noqa: PLC0415 (the app imports this module)

        app = self.app
        if isinstance(app, EnquiryApp) and not app.never_locks():
            app.lock_now("hidden")

    def on_key(self, event: events.Key) -> None:
        """Go back; the key does nothing else."""
        event.stop()
        event.prevent_default()
        self.dismiss()
