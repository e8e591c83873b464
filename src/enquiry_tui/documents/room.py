"""The room on the first page: how much of a text stands there, and what goes to an annex."""

from __future__ import annotations

from math import ceil

from enquiry_tui.documents.printable import printable

# Characters in a row at the smallest size of type, were each as wide as a capital W.
COLUMNS = 70
_LOOK_BACK = 60


def rows(text: str) -> int:
    """Give the rows that a text takes on the page at worst."""
    return sum(max(1, ceil(len(printable(line)) / COLUMNS)) for line in text.split("\n"))


def fit(text: str, characters: int, limit: int) -> tuple[str, str]:
    """Split a text into what fits (`characters`, and `limit` rows) and the rest, between words."""
    if len(text) <= characters and rows(text) <= limit:
        return text, ""
    cut = _reach(text[:characters], limit)
    if cut < len(text) and not text[cut].isspace():
        blank = max(text.rfind(" ", cut - _LOOK_BACK, cut), text.rfind("\n", cut - _LOOK_BACK, cut))
        cut = blank if blank > 0 else cut
    return text[:cut].rstrip(), text[cut:].lstrip()


def _reach(text: str, limit: int) -> int:
    """Give how many characters stay within some rows: found by halving, `rows` only grows."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if rows(text[:middle]) <= limit:
            low = middle
        else:
            high = middle - 1
    return low
