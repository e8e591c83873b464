"""The flags of a pretext call, to be ticked by digit."""

from __future__ import annotations

from collections.abc import Collection

from textual.content import Content

from enquiry_tui.domain.flags import Flag
from enquiry_tui.domain.wordings import FlagBook
from enquiry_tui.tui.safe import NoMarkup, fit, join, text


class FlagPanel(NoMarkup, can_focus=True):
    """Hard flags, soft flags, what is no flag; letters and digits work while it has the focus."""

    DEFAULT_CSS = """
    FlagPanel { height: 1fr; padding: 0 0 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    FlagPanel:focus { background: $boost; }
    """
    ALLOW_SELECT = False

    def show_flags(
        self,
        book: FlagBook | None,
        ticked: Collection[str],
        *,
        accompanied: bool,
        asked_alone: bool = False,
    ) -> None:
        """Show the ticks as they stand."""
        lines: list[Content] = []
        for hard, title in ((True, "HARD FLAGS: one stops it"), (False, "SOFT: three, ring back")):
            lines.append(text(title, "bold"))
            lines.extend(self._tick(book, flag, ticked) for flag in Flag if flag.hard is hard)
        lines.append(text("Not flags: withheld number,", "dim"))
        lines.append(text("distress, interpreter, relay", "dim"))
        lines.append(text(""))
        there = "asked: nobody is there" if asked_alone else "someone is with them"
        lines.append(_line("w", accompanied, there))
        lines.append(text("q suspected pretext, stop"))
        self.show(Content("\n").join(lines))

    def _tick(self, book: FlagBook | None, flag: Flag, ticked: Collection[str]) -> Content:
        label = book.flags[flag].label if book is not None else flag.replace("-", " ")
        return _line(flag.key, str(flag) in ticked, label)


def _line(key: str, on: bool, label: str) -> Content:
    mark = "[x]" if on else "[ ]"
    words = fit(label, 24).rstrip()  # the panel is as wide as this, its mark and its edge
    return join((f"{key} {mark} ", "bold" if on else ""), (words, "bold" if on else ""))
