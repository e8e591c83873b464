"""What checks ask of an open store: its vault, and rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol


class ReadsVault(Protocol):
    """An open store, as far as checks use it."""

    @property
    def vault_id(self) -> str:
        """The vault whose chain is checked."""
        ...

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """Give all rows."""
        ...
