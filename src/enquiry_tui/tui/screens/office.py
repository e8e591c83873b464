"""Office: the parts that keep this desk running, by number, and what is to be seen to."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from enquiry_tui.desk import notices
from enquiry_tui.tui import others
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.commands.office_keys import SECTIONS
from enquiry_tui.tui.safe import NoMarkup, join, short
from enquiry_tui.tui.screens.work import WorkScreen


class OfficeScreen(WorkScreen):
    """A menu: each part is a screen of its own; only those that are there are offered."""

    PLACE = Place.OFFICE
    HEADING = "Office"
    CSS_PATH = "office.tcss"
    NEEDS_MATTER = False

    def content(self) -> ComposeResult:
        """Show the parts, and what is due."""
        lines = [
            join((f"   {part.key}  ", "bold"), (f"{part.title:<14}", "bold"), (part.words, "dim"))
            for part in SECTIONS
        ]
        yield NoMarkup(Content("\n").join(lines), id="parts")
        yield NoMarkup(id="due")

    async def ready(self) -> None:
        """Say what is to be seen to; the notices of the sign-in say the same, and go."""
        self.app.clear_notifications()
        told = await self.read(notices.due)
        lines = [short(f" ! {words}", "$text-warning") for words in told]
        if lines:
            lines.insert(0, join((" To be seen to", "bold")))
        self.query_one("#due", NoMarkup).show(Content("\n").join(lines))

    def on_screen_resume(self) -> None:
        """Look again after a part was left."""
        if self.is_attached and self._has_begun:
            self.work(self.ready(), group="due")

    def action_section(self, key: str) -> None:
        """Open a part."""
        part = next(part for part in SECTIONS if part.key == str(key))
        self.app.push_screen(others.make(part.screen))
