"""What the vault is for."""

from __future__ import annotations

from enquiry_tui.records.base import Reader


def settings(reader: Reader) -> dict[str, str]:
    """Give every setting of the vault."""
    return {r["key"]: r["value"] for r in reader.query("SELECT key, value FROM meta")}
