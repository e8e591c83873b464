"""Blocks set on A4 sheets: which words stand at which place, before anything is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from enquiry_tui.documents.layout import Block, Kind
from enquiry_tui.documents.printable import printable
from enquiry_tui.documents.wrap import wrap

WIDTH_MM = 210.0
HEIGHT_MM = 297.0
MARGIN_MM = 16.0
TOP_MM = 26.0
BOTTOM_MM = 271.0
MM_A_POINT = 25.4 / 72
SIZES = tuple(half / 2 for half in range(20, 7, -1))  # points, from 10 down to 4
ANNEX_SIZE = 9.5
_LEADING = 1.25
_LABEL_MM = 34.0
_BULLET_MM = 4.0

# The width of a character, in thousandths of the size of type: regular, then bold.
Widths = tuple[Callable[[str], float], Callable[[str], float]]


@dataclass(frozen=True, slots=True)
class Run:
    """Some words on one line: millimetres from the left and from the top (base line), and how."""

    x: float
    y: float
    text: str
    bold: bool
    size: float


@dataclass(frozen=True, slots=True)
class _Line:
    """One line before it has a place: the runs on it, and the space above it in millimetres."""

    runs: tuple[tuple[float, str, bool, float], ...]
    height: float
    above: float = 0.0
    keep: bool = False


def sheets(first: tuple[Block, ...], annexes: tuple[Block, ...], widths: Widths) -> list[list[Run]]:
    """Give the runs of each sheet: page one in the largest type that fits, then the annexes."""
    placed: list[list[Run]] = []
    for size in SIZES:
        placed = _place(_lines(first, size, widths))
        if len(placed) == 1:
            break
    return placed + (_place(_lines(annexes, ANNEX_SIZE, widths)) if annexes else [])


def fitted(
    text: str, width: float, sizes: tuple[float, ...], measure: Callable[[str], float]
) -> float:
    """Give the largest of some sizes at which a line is no wider than `width` millimetres."""
    thousandths = sum(map(measure, text))
    for size in sizes:
        if thousandths * size * MM_A_POINT / 1000 <= width:
            return size
    return sizes[-1]


def _place(lines: list[_Line]) -> list[list[Run]]:
    """Fill sheets from the top; a heading never stands last on one."""
    pages: list[list[Run]] = [[]]
    y = TOP_MM
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        above = line.above if pages[-1] else 0.0
        need = above + line.height
        if line.keep and following:
            need += following.above + following.height
        if y + need > BOTTOM_MM and pages[-1]:
            pages.append([])
            y, above = TOP_MM, 0.0
        y += above + line.height
        pages[-1].extend(Run(x, y, text, bold, size) for x, text, bold, size in line.runs)
    return pages


def _lines(blocks: tuple[Block, ...], size: float, widths: Widths) -> list[_Line]:
    """Break blocks into lines of one size of type."""
    lines: list[_Line] = []
    for block in blocks:
        text = printable(block.text)
        match block.kind:
            case Kind.TITLE:
                lines.extend(_column(text, MARGIN_MM, size * 1.4, widths, bold=True))
                lines.append(_Line((), size * MM_A_POINT * 0.4))
            case Kind.HEADING:
                head, *rest = _column(text, MARGIN_MM, size, widths, bold=True)
                above = size * MM_A_POINT * 0.6
                lines.append(_Line(head.runs, head.height, above, keep=True))
                lines.extend(rest)
            case Kind.PAIR:
                lines.extend(_pair(printable(block.label), text, size, widths))
            case Kind.BULLET:
                head, *rest = _column(text, MARGIN_MM + _BULLET_MM, size, widths)
                dash = (MARGIN_MM, "–", False, size)
                lines.extend([_Line((dash, *head.runs), head.height), *rest])
            case Kind.TEXT:
                lines.extend(_column(text, MARGIN_MM, size, widths))
    return lines


def _column(
    text: str, x: float, size: float, widths: Widths, *, bold: bool = False, to: float = 0.0
) -> list[_Line]:
    """Wrap a text into lines that begin at `x` and end at `to` (or the right margin)."""
    room = ((to or WIDTH_MM - MARGIN_MM) - x) / (size * MM_A_POINT) * 1000
    height = size * MM_A_POINT * _LEADING
    return [
        _Line(((x, line, bold, size),), height)
        for line in wrap(text, room, widths[1 if bold else 0])
    ]


def _pair(label: str, text: str, size: float, widths: Widths) -> list[_Line]:
    """Set a bold label with its value beside it."""
    left = MARGIN_MM + _LABEL_MM
    labels = _column(label, MARGIN_MM, size, widths, bold=True, to=left - 2)
    values = _column(text, left, size, widths)
    height = size * MM_A_POINT * _LEADING
    lines = []
    for index in range(max(len(labels), len(values))):
        runs = (*labels[index].runs,) if index < len(labels) else ()
        runs += (*values[index].runs,) if index < len(values) else ()
        lines.append(_Line(runs, height))
    return lines
