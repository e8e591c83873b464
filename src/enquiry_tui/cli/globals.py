"""The options that stand before every command, and what the entry lends to commands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class OpensDesk(Protocol):
    """The desk on the whole screen: another face, lent by the entry, which alone knows both."""

    def demand(self) -> None:
        """Check that there is a terminal to open on. Raises UsageError."""

    def open(
        self,
        vault: Path | None,
        officer: str | None,
        line: str = "",
        anchors: Path | None = None,
    ) -> int:
        """Run the desk until it ends; gives its exit code.

        `line` stands over the sign-in of a demonstration, for which no anchors are kept.
        """


@dataclass(frozen=True, slots=True)
class Globals:
    """Which vault, who is at the desk, and where the passphrase comes from."""

    vault: Path | None
    officer: str | None
    passphrase_file: str | None
    desk: OpensDesk
    anchors: Path | None = None

    def folder(self) -> Path:
        """Give the vault's folder: the one named, or the platform's own place for it."""
        if self.vault is not None:
            return self.vault
        from enquiry_tui.machine.paths import default_vault_folder

        return default_vault_folder()

    def anchors_folder(self) -> Path:
        """Give the folder of the anchors: the one named, or the platform's own place for them."""
        from enquiry_tui.machine.paths import anchors_folder

        return anchors_folder(self.anchors)
