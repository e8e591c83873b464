"""Blocks of lines: panels, what the app understood, words to say, notices."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Literal

from rich.cells import cell_len
from textual.content import Content

from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui.safe import NoMarkup, fit, join, short, shown, shown_block, text

Tone = Literal["plain", "good", "warning", "urgent"]

_MARKS: dict[Tone, str] = {"plain": "·", "good": "✓", "warning": "!", "urgent": "✗"}
_STYLES: dict[Tone, str] = {
    "plain": "",
    "good": "$text-success",
    "warning": "$text-warning",
    "urgent": "bold $text-error",
}


class Panel(NoMarkup):
    """A title and lines under it, each cut to the width, never wrapped."""

    DEFAULT_CSS = "Panel { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self, title: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._title = title

    def show_lines(self, lines: Sequence[str | Content], *, title: str | None = None) -> None:
        """Replace the lines, and the title if given."""
        if title is not None:
            self._title = title
        head = [text(f" {self._title}", "bold")] if self._title else []
        body = [line if isinstance(line, Content) else short(line) for line in lines]
        self.show(Content("\n").join([*head, *body]))


class Echo(NoMarkup):
    """One line under a quick entry that says how it was understood."""

    DEFAULT_CSS = "Echo { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    def show_parts(self, parts: Sequence[tuple[str, str]]) -> None:
        """Show pairs of what and its value: `who` and `Janet Holt, new`."""
        pieces: list[str | Content | tuple[str, str]] = [" "]
        for at, (what, value) in enumerate(parts):
            pieces.extend([" · " if at else "", (what, "dim"), " ", short(value)])
        self.show(join(*pieces))

    def clear(self) -> None:
        """Show nothing."""
        self.show("")


class SayCard(NoMarkup):
    """Words to say aloud, in quotation marks, after a heading such as `SAY`."""

    DEFAULT_CSS = "SayCard { height: auto; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._said: tuple[str, str, Tone] = ("", "", "plain")

    def show_words(self, words: str, *, heading: str = "SAY", tone: Tone = "plain") -> None:
        """Replace the words."""
        self._said = (shown_block(words), shown(heading), tone)
        self._lay_out(self.size.width)

    def clear(self) -> None:
        """Show nothing."""
        self._said = ("", "", "plain")
        self.show("")

    def on_resize(self) -> None:
        """Wrap the words again, under each other and not under the heading."""
        self._lay_out(self.size.width)

    def _lay_out(self, width: int) -> None:
        words, heading, tone = self._said
        if not words:
            return
        indent = " " * (cell_len(heading) + 1)
        room = max(20, (width or 78) - len(indent) - 1)
        quoted = f"“{words}”".split("\n")
        lines = [line for part in quoted for line in (wrap(part, room) or [""])]
        body = Content(f"\n{indent}".join(lines))
        self.show(Content.assemble(Content.styled(heading, _STYLES[tone] or "bold"), " ", body))


class Notice(NoMarkup):
    """One or two lines that say what happened: a mark and words, and colour where there is any."""

    DEFAULT_CSS = "Notice { height: auto; min-height: 1; max-height: 3; padding: 0 1; }"

    def say(self, words: str, *, tone: Tone = "plain", hint: str = "") -> None:
        """Show words, and a hint under them."""
        lines = [short(f"{_MARKS[tone]} {words}", _STYLES[tone])]
        if hint:
            lines.append(short(f"  {hint}"))
        self.show(Content("\n").join(lines))

    def fault(self, error: EnquiryError) -> None:
        """Show an error in its own words."""
        self.say(error.title, tone="urgent", hint=error.hint)

    def clear(self) -> None:
        """Show nothing."""
        self.show("")


def pair(label: str, value: str, width: int = 8) -> Content:
    """Make a panel's line of a label, padded to `width` cells, and its value."""
    return join(" ", (fit(label, width), "dim"), short(value))
