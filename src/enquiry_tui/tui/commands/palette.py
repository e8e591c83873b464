"""Everything that can be done here, by name."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from typing import Any

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen

from enquiry_tui.tui.commands import registry
from enquiry_tui.tui.commands.command import Command
from enquiry_tui.tui.safe import join, text


class CommandProvider(Provider):
    """Offers the commands of the screen below the palette; nothing else is ever searched."""

    async def discover(self) -> Hits:
        """Offer everything, before a word is typed."""
        for row in self._rows():
            yield DiscoveryHit(self._label(row), self._run(row), text=_plain(row), help=row.help)

    async def search(self, query: str) -> Hits:
        """Offer what matches the typed word."""
        matcher = self.matcher(query)
        for row in self._rows():
            score = max(matcher.match(_plain(row)), matcher.match(row.help) * 0.5)
            if score > 0:
                yield Hit(score, self._label(row), self._run(row), text=_plain(row), help=row.help)

    def _rows(self) -> list[Command]:
        return [row for row in registry.available(self.app, self.screen) if row.palette]

    def _label(self, row: Command) -> Content:
        keys = row.all_keys(registry.place_of(self.screen))
        return join(row.title, "  ", (keys, "dim")) if keys else text(row.title)

    def _run(self, row: Command) -> partial[Coroutine[Any, Any, None]]:
        owner = registry.namespace(self.app, self.screen, row)
        return partial(_run_action, self.app, row.call, owner)


async def _run_action(app: App[Any], call: str, owner: App[Any] | Screen[Any]) -> None:
    await app.run_action(call, owner)


def _plain(row: Command) -> str:
    return row.title
