"""What this package uses of sqlcipher3, which has no types of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

Value = str | int | float | bytes | None
Parameters = Sequence[Value] | Mapping[str, Value]


class Row(Protocol):
    """A row of a result: by column name or position."""

    def __getitem__(self, key: str | int, /) -> Any:  # noqa: ANN401  # what the column holds
        """Give one value."""
        ...

    def keys(self) -> list[str]:
        """Give the column names."""
        ...

    def __iter__(self) -> Iterator[Any]: ...

    def __len__(self) -> int: ...


class Cursor(Protocol):
    """What `execute` gives back."""

    @property
    def lastrowid(self) -> int | None:
        """The key of the row that was added last."""
        ...

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        ...

    def fetchone(self) -> Row | None:
        """Give the next row."""
        ...

    def fetchall(self) -> list[Row]:
        """Give all rows that are left."""
        ...


class Connection(Protocol):
    """An open database."""

    row_factory: Any

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is under way."""
        ...

    @property
    def total_changes(self) -> int:
        """How many rows were changed since the connection was opened."""
        ...

    def execute(self, sql: str, parameters: Parameters = (), /) -> Cursor:
        """Run one statement."""
        ...

    def set_authorizer(self, callback: Callable[..., int] | None) -> None:
        """Have every statement judged when it is prepared; expires those prepared before."""
        ...

    def set_key(self, key: bytearray) -> None:
        """Hand over the key."""
        ...

    def backup(
        self,
        target: Connection,
        *,
        pages: int = -1,
        progress: Callable[[int, int, int], None] | None = None,
        sleep: float = 0.25,
    ) -> None:
        """Copy everything into another database, under that one's key, some pages at a time.

        `progress` hears SQLite's result code, and how many pages are left of how many.
        """
        ...

    def close(self) -> None:
        """Close the database."""
        ...


def scalar(connection: Connection, sql: str) -> Any:  # noqa: ANN401  # what the column holds
    """Give the first value of the first row, or None where there is no row."""
    row = connection.execute(sql).fetchone()
    return None if row is None else row[0]
