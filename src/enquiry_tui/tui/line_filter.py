"""The last filter between what a widget drew and the terminal."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from enquiry_tui.tui.safe import LINE_TABLE


class ControlFilter(LineFilter):
    """Replaces every character that steers a terminal, and drops links, in what is written out.

    The width of a line was settled before this runs, so a replacement never widens its segment.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments with nothing left in them but characters that print."""
        return [segment if _is_plain(segment) else _filtered(segment) for segment in segments]


def _is_plain(segment: Segment) -> bool:
    linked = segment.style is not None and segment.style.link is not None
    return not linked and not segment.control and segment.text.isprintable()


def _filtered(segment: Segment) -> Segment:
    style = segment.style
    if style is not None and style.link is not None:
        style = Style.combine([style.update_link(None)])
    cleaned = segment.text.translate(LINE_TABLE)
    width = cell_len(segment.text)
    if cell_len(cleaned) != width:
        cleaned = set_cell_size(cleaned, width)
    return Segment(cleaned, style)
