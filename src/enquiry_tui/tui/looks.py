"""How the screen looks to whoever uses this machine: kept in a file, and nothing else in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from enquiry_tui.errors import EnquiryError
from enquiry_tui.machine.files import atomic_write, private_folder, read_bounded
from enquiry_tui.tui import themes

_LIMIT = 1_000  # bytes; a file of ours has forty


@dataclass(frozen=True, slots=True)
class Looks:
    """The set of colours, and whether the footer shows the keys that need no Fn."""

    theme: str = themes.DEFAULT_THEME
    twins: bool = False


class LooksFile:
    """Reads and writes the file; `place` gives its path, and is not asked before it is needed.

    It holds no name and no handle: it stands outside the vault, where anybody may read it.
    """

    def __init__(self, place: Callable[[], Path]) -> None:
        self._place = place

    def read(self) -> Looks:
        """Read what was kept; whatever cannot be read, or is not ours, is as it is at first."""
        try:
            words = read_bounded(self._place(), _LIMIT).decode("ascii", "replace").splitlines()
        except (OSError, EnquiryError):
            return Looks()
        kept = dict(line.split(" = ", 1) for line in words if " = " in line)
        names = {theme.name for theme in themes.THEMES}
        theme = kept.get("colours", "")
        return Looks(theme if theme in names else themes.DEFAULT_THEME, kept.get("keys") == "ctrl")

    def keep(self, looks: Looks) -> bool:
        """Write the file (0600); say whether it could be written."""
        keys = "ctrl" if looks.twins else "function"
        with suppress(OSError, EnquiryError):
            place = self._place()
            private_folder(place.parent)
            atomic_write(place, f"colours = {looks.theme}\nkeys = {keys}\n".encode("ascii"))
            return True
        return False
