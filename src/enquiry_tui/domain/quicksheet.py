"""A quick line being read: what is claimed so far, what was found, what is still free."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from enquiry_tui.domain.quickvalues import Claim, Part, QuickLine
from enquiry_tui.domain.references import Reference, read_reference
from enquiry_tui.domain.workdays import WorkCalendar

_TILDE = re.compile(r"(?<!\S)~|~(?!\S)")
_WORD = re.compile(r"\S+")
# The forms that cannot be a date: `4/12` at the start of a line is a day, `26-118` is not.
_OUR_OWN = re.compile(
    r"#?\d{1,6}|\d\d-\d{1,6}|[a-z][a-z0-9]{1,7}[-/]20\d\d[-/]\d{1,7}", re.ASCII | re.IGNORECASE
)


class Sheet:
    """One reading of one cleaned line. What stands before `~` is the head: only it is claimed."""

    def __init__(self, line: str, now: datetime, calendar: WorkCalendar, prefix: str) -> None:
        tilde = _TILDE.search(line)
        self.line, self.now, self.calendar, self._prefix = line, now, calendar, prefix
        self.head = line[: tilde.start()] if tilde else line
        self.tail = line[tilde.end() :].strip() if tilde else ""
        self.has_tilde = tilde is not None
        self.found = QuickLine(line)
        self._claims: list[Claim] = []
        self._taken = bytearray(len(line))
        if tilde:
            self.take(tilde.start(), tilde.end(), Part.NOTE)

    def is_free(self, start: int, end: int) -> bool:
        """Say whether nothing there is claimed yet."""
        return self._taken.find(1, start, end) < 0

    def free_until(self, start: int) -> int:
        """Return where the free stretch that begins at `start` ends, within the head."""
        end = self._taken.find(1, start, len(self.head))
        return len(self.head) if end < 0 else end

    def take(self, start: int, end: int, part: Part, **fields: Any) -> None:  # noqa: ANN401
        """Claim a stretch for a part, and set fields of the result."""
        self._taken[start:end] = b"\x01" * (end - start)
        self._claims.append(Claim(start, end, part))
        if fields:
            self.found = replace(self.found, **fields)

    def set(self, **fields: Any) -> None:  # noqa: ANN401
        """Set fields of the result that no single stretch stands for."""
        self.found = replace(self.found, **fields)

    def words(self, start: int = 0) -> Iterator[re.Match[str]]:
        """Walk over the words of the head."""
        return _WORD.finditer(self.head, start)

    def unclaimed(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Find a pattern where nothing is claimed yet."""
        found = pattern.finditer(self.head)
        return [match for match in found if self.is_free(match.start(), match.end())]

    def reference(self, text: str) -> Reference | None:
        """Read a reference of this office's in a form that no date has, of this year or before."""
        if not _OUR_OWN.fullmatch(text):
            return None
        year = self.now.year
        read = read_reference(text, this_year=year, own_prefix=self._prefix)
        return read if read and read.year <= year else None

    def unread(self, words: str) -> None:
        """Remember what looked like a field and stays in the note."""
        if words not in self.found.unread:
            self.found = replace(self.found, unread=(*self.found.unread, words))

    def result(self) -> QuickLine:
        """Return what was found; what nobody claimed is the note, then what stood behind `~`."""
        free = (
            " " if taken else letter for letter, taken in zip(self.head, self._taken, strict=False)
        )
        left = " ".join("".join(free).split())
        claims = tuple(sorted(self._claims, key=lambda claim: claim.start))
        note = " ".join(filter(None, (left, self.tail)))
        return replace(self.found, note=note, claims=claims)
