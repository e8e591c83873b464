"""Another category than those that are suggested, at the first words already."""

from __future__ import annotations

from textual import events

from enquiry_tui.tui.screens import complaint_words
from enquiry_tui.tui.screens.complaint_category import CategoryScreen
from enquiry_tui.tui.screens.complaint_words import Choice
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.options import ChoiceLine


class PicksCategory(WorkScreen):
    """A form with a line of categories: `/` in it lists every one."""

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._picked = ("", "")

    def on_key(self, event: events.Key) -> None:
        """Open the list of every category from the line of categories."""
        line = self.query_one("#category", ChoiceLine)
        if event.character == "/" and line.has_focus:
            event.stop()
            event.prevent_default()
            self.work(self._pick_category())

    async def _pick_category(self) -> None:
        words = self.value("happened")
        categories, suggested = await self.read(complaint_words.every_category, words)
        screen = CategoryScreen("Category: any of them, or Esc", categories, suggested)
        code = await self.app.push_screen(screen, wait_for_dismiss=True)
        if code:
            self._picked = (code, categories[code].name)
            line = self.query_one("#category", ChoiceLine)
            line.offer(self.with_picked(line.options))
            line.value = code

    def with_picked(self, offered: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """Offer what was picked beside what is suggested."""
        code, name = self._picked
        if not code or code in {option[1] for option in offered}:
            return offered
        return (("/", code, f"{code} {name}"), *offered)
