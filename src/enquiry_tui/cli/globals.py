"""The options that stand before every command."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Globals:
    """Which vault, who is at the desk, and where the passphrase comes from."""

    vault: Path | None
    officer: str | None
    passphrase_file: str | None

    def folder(self) -> Path:
        """Give the vault's folder: the one named, or the platform's own place for it."""
        if self.vault is not None:
            return self.vault
        from enquiry_tui.machine.paths import default_vault_folder

        return default_vault_folder()
