"""The key map as a page of the documentation: `python -m enquiry_tui.tui.commands.keymap_doc`."""

from __future__ import annotations

import sys

from enquiry_tui.tui.commands.catalogue import COMMANDS
from enquiry_tui.tui.commands.command import Command, Place

_HEAD = """\
# Keys

Made from the list of commands by `python -m enquiry_tui.tui.commands.keymap_doc > docs/KEYS.md`.

The same key means the same on every screen; only urgent harm gives its own meaning to `F2` to
`F7`. Where a key has a twin, either works. `Esc r` means: Escape leaves the text, then `r`.
A key that does nothing on a screen is not shown there. `F1`, `F10` and `F11` stay unused.
`Tab` goes to the next part of the screen.
"""


def page() -> str:
    """Write the whole page."""
    return _HEAD + "".join(_section(place) for place in Place)


def _section(place: Place) -> str:
    rows = [row for row in COMMANDS if place in row.places]
    if not rows:
        return ""
    lines = [f"\n## {place.value}\n", "| Keys | Name | Does |", "|---|---|---|"]
    lines.extend(_row(row) for row in rows)
    return "\n".join(lines) + "\n"


def _row(row: Command) -> str:
    keys = " ".join(f"`{key}`" for key in row.all_keys().split(" · ") if key) or "by name"
    return f"| {keys} | {row.title} | {row.help} |"


if __name__ == "__main__":
    sys.stdout.write(page())
