"""The only doors through which text reaches the screen: no markup, no control characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from rich.cells import cell_len, set_cell_size
from textual.app import App
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.widgets import TextArea  # not loaded for the sign-in

Tone = Literal["information", "warning", "error"]

REPLACEMENT = "\ufffd"
ELLIPSIS = "…"

# Bounds, so that a line of 100 kB costs no more to draw than one that fits.
_CHARACTERS_PER_CELL = 8
_WIDEST = 1_000

# Everything a terminal or a reader's eye could be steered with: C0, DEL, C1, direction marks,
# zero-width characters, line separators, tag characters, lone surrogates. The joiners U+200C and
# U+200D stay: names in Persian and Indic scripts need them.
_STEERING = (
    *range(0x20),
    *range(0x7F, 0xA0),
    0x061C,
    0x180E,
    0x200B,
    0x200E,
    0x200F,
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    *range(0xD800, 0xE000),
    *range(0xE0000, 0xE0080),
)
LINE_TABLE: dict[int, str] = {**dict.fromkeys(_STEERING, REPLACEMENT), 0x09: " ", 0x0A: " "}
BLOCK_TABLE: dict[int, str] = {**LINE_TABLE, 0x0A: "\n"}
_PASTE_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_STEERING, None),
    **dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT),
    0x09: " ",
    0x0A: "\n",
}
_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029|\x85")


def shown(value: str) -> str:
    """Return `value` as one line that cannot steer a terminal; line ends become spaces."""
    return value if value.isprintable() else value.translate(LINE_TABLE)


def shown_block(value: str) -> str:
    """Return `value` with its line ends kept and everything else that steers made visible."""
    return value if value.isprintable() else _LINE_ENDS.sub("\n", value).translate(BLOCK_TABLE)


def pasted(value: str) -> str:
    """Return pasted text as it goes into a field: line ends as LF, hidden characters dropped."""
    return value if value.isprintable() else _LINE_ENDS.sub("\n", value).translate(_PASTE_TABLE)


def text(value: str, style: str = "") -> Content:
    """Make one line of literal text; brackets in it are brackets."""
    return Content.styled(shown(value), style) if style else Content(shown(value))


def block(value: str, style: str = "") -> Content:
    """Make literal text of many lines."""
    kept = shown_block(value)
    return Content.styled(kept, style) if style else Content(kept)


def join(*parts: str | Content | tuple[str, str]) -> Content:
    """Put one line together from literal pieces; a tuple is (text, style)."""
    pieces = [
        part
        if isinstance(part, Content)
        else text(*part)
        if isinstance(part, tuple)
        else text(part)
        for part in parts
    ]
    return Content("").join(pieces)


def fit(value: str, width: int, *, right: bool = False) -> str:
    """Cut or pad one line to exactly `width` terminal cells, with an ellipsis where cut."""
    if width <= 0:
        return ""
    bound = width * _CHARACTERS_PER_CELL
    line = shown(value[:bound])
    room = cell_len(line)
    if room > width or len(value) > bound:
        return set_cell_size(line, width - 1) + ELLIPSIS
    return " " * (width - room) + line if right else line + " " * (width - room)


def short(value: str, style: str = "") -> Content:
    """Make one line for a place that never wraps: no more of it than any screen is wide."""
    return text(value if len(value) <= _WIDEST else value[:_WIDEST] + ELLIPSIS, style)


class NoMarkup(Static):
    """A block of literal text. Every static text on every screen is one of these."""

    def __init__(
        self,
        content: str | Content = "",
        *,
        id: str | None = None,  # noqa: A002 (the name every textual widget uses)
        classes: str | None = None,
    ) -> None:
        super().__init__(_literal(content), id=id, classes=classes, markup=False)

    def show(self, content: str | Content) -> None:
        """Replace the text."""
        self.update(_literal(content))


def _literal(content: str | Content) -> Content:
    return content if isinstance(content, Content) else block(content)


def toast(
    app: App[Any],
    message: str,
    *,
    title: str = "",
    tone: Tone = "information",
    seconds: float | None = None,
) -> None:
    """Show a short message in the corner, taken literally; for as long as textual does, or so."""
    words = shown_block(message)
    app.notify(words, title=shown(title), severity=tone, timeout=seconds, markup=False)


def set_border_title(widget: Widget, title: str, subtitle: str = "") -> None:
    """Give a widget the titles on its border, taken literally."""
    widget.border_title = text(title)
    widget.border_subtitle = text(subtitle) if subtitle else None


def set_placeholder(area: TextArea, hint: str) -> None:
    """Give a text area its hint, taken literally."""
    area.placeholder = text(hint)
