"""Where things live when nobody says otherwise: the platform's own folders."""

from __future__ import annotations

from pathlib import Path

import platformdirs

APPLICATION = "enquiry-tui"


def default_vault_folder() -> Path:
    """Give the folder of the vault for this user of the machine. Nothing is made."""
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False)) / "vault"


def state_folder() -> Path:
    """Give the folder for what must live outside the vault, such as anchors. Nothing is made."""
    return Path(platformdirs.user_state_dir(APPLICATION, appauthor=False))
