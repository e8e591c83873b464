"""Text set into lines of a width, in time that grows with its length and no faster."""

from __future__ import annotations

from collections.abc import Callable


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Break a text into lines no wider than `width` (in the units of `measure`, one character)."""
    lines: list[str] = []
    for hard in text.split("\n"):
        lines.extend(_wrap_line(hard.expandtabs(4), width, measure))
    return lines


def _wrap_line(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Break one line at blanks, and a word that is too long wherever it reaches the edge."""
    space = measure(" ")
    lines: list[str] = []
    line: list[str] = []
    used = 0.0
    for word in text.split(" "):
        size = sum(map(measure, word))
        if line and used + space + size > width:
            lines.append(" ".join(line))
            line, used = [], 0.0
        if size > width:
            pieces = _pieces(word, width, measure)
            lines.extend(pieces[:-1])
            word = pieces[-1]  # noqa: PLW2901 - what is left of it begins the next line
            size = sum(map(measure, word))
        used += size + (space if line else 0)
        line.append(word)
    lines.append(" ".join(line))
    return [one.rstrip() for one in lines]


def _pieces(word: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Cut a word into pieces that fit; one character is always taken."""
    pieces: list[str] = []
    start, used = 0, 0.0
    for index, character in enumerate(word):
        size = measure(character)
        if index > start and used + size > width:
            pieces.append(word[start:index])
            start, used = index, 0.0
        used += size
    pieces.append(word[start:])
    return pieces
