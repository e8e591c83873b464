"""Where a list's rows come from: a count and pages, never everything."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

PAGE_ROWS = 64
_PAGES_KEPT = 24


@dataclass(frozen=True, slots=True)
class Row:
    """One row as shown: `uid` keeps the cursor on it over a refresh.

    `tones` names a tone per column (`urgent`, `warning`, `good`, `quiet` or nothing).
    """

    uid: str
    cells: tuple[str, ...]
    tones: tuple[str, ...] = ()


class PageSource(Protocol):
    """What a list asks for its rows. Every call goes to the store thread and back."""

    async def count(self) -> int:
        """Read how many rows there are now; later pages agree with this count."""

    async def page(self, offset: int, limit: int) -> Sequence[Row]:
        """Read the rows from `offset`, at most `limit`."""

    async def index_of(self, uid: str) -> int | None:
        """Find a row's place, or nothing if it is no longer in the list."""


class KeyedPages:
    """A page source over sorted integer keys: all keys once (8 bytes each), rows by page.

    `load_keys` reads the keys in order; `load_rows` reads rows for keys and returns them in the
    same order; `key_of` finds the key of a uid.
    """

    def __init__(
        self,
        load_keys: Callable[[], Awaitable[Sequence[int]]],
        load_rows: Callable[[Sequence[int]], Awaitable[Sequence[Row]]],
        key_of: Callable[[str], Awaitable[int | None]],
    ) -> None:
        self._load_keys = load_keys
        self._load_rows = load_rows
        self._key_of = key_of
        self._keys: array[int] = array("q")

    async def count(self) -> int:
        """Read all keys again and count them."""
        keys = await self._load_keys()
        self._keys = keys if isinstance(keys, array) else array("q", keys)
        return len(self._keys)

    async def page(self, offset: int, limit: int) -> Sequence[Row]:
        """Read the rows of one slice of the keys."""
        return await self._load_rows(self._keys[offset : offset + limit])

    async def index_of(self, uid: str) -> int | None:
        """Find a uid among the keys read last."""
        key = await self._key_of(uid)
        if key is None:
            return None
        try:
            return self._keys.index(key)
        except ValueError:
            return None


class FixedPages:
    """A page source over rows that are already here: short lists of a panel."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = tuple(rows)

    async def count(self) -> int:
        """Count the rows."""
        return len(self._rows)

    async def page(self, offset: int, limit: int) -> Sequence[Row]:
        """Cut out some rows."""
        return self._rows[offset : offset + limit]

    async def index_of(self, uid: str) -> int | None:
        """Find a row's place."""
        return next((at for at, row in enumerate(self._rows) if row.uid == uid), None)


class PageCache:
    """The pages seen last, by number; old ones go first."""

    def __init__(self, pages_kept: int = _PAGES_KEPT) -> None:
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._pages_kept = pages_kept

    def row(self, index: int) -> Row | None:
        """Return a row if its page is here."""
        page = self._pages.get(index // PAGE_ROWS)
        at = index % PAGE_ROWS
        return page[at] if page is not None and at < len(page) else None

    def rows(self) -> Iterator[Row]:
        """Go through every row that is here."""
        return chain.from_iterable(self._pages.values())

    def missing(self, first: int, last: int) -> list[int]:
        """List the pages between two row indexes, both included, that are not here."""
        numbers = range(first // PAGE_ROWS, last // PAGE_ROWS + 1)
        return [number for number in numbers if number not in self._pages]

    def keep(self, number: int, rows: Sequence[Row]) -> None:
        """Keep a page and let the oldest go."""
        self._pages[number] = rows
        self._pages.move_to_end(number)
        while len(self._pages) > self._pages_kept:
            self._pages.popitem(last=False)

    def clear(self) -> None:
        """Forget every row."""
        self._pages.clear()
