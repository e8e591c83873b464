"""A field for the name of a file: what the folder holds is offered behind the cursor."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.suggester import Suggester

from enquiry_tui.tui.widgets.entry import LineInput

_MOST_LOOKED_AT = 2_000


class PathSuggester(Suggester):
    """Offers the first name of the folder that begins with what is typed."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Look into the folder, away from the screen's own thread."""
        return await asyncio.to_thread(_first, value)


class PathInput(LineInput):
    """A path; the right arrow takes what is offered."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(value, placeholder=placeholder, id=id)
        self.suggester = PathSuggester()


def _first(value: str) -> str | None:
    folder, _, start = value.rpartition("/")
    if not value.strip():
        return None
    try:
        place = Path(f"{folder}/" if folder or value.startswith("/") else ".").expanduser()
        names = []
        for at, item in enumerate(place.iterdir()):
            if at >= _MOST_LOOKED_AT:
                break
            hidden = item.name.startswith(".") and not start.startswith(".")
            if item.name.startswith(start) and item.name.isprintable() and not hidden:
                names.append(f"{item.name}/" if item.is_dir() else item.name)
    except (OSError, RuntimeError, ValueError):
        return None
    if not names:
        return None
    return f"{folder}/{min(names)}" if "/" in value else min(names)
