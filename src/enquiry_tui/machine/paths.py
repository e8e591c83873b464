"""Where things live when nobody says otherwise: the platform's own folders."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APPLICATION = "enquiry-tui"


def default_vault_folder() -> Path:
    """Give the folder of the vault for this user of the machine. Nothing is made."""
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False)) / "vault"


def looks_file() -> Path:
    """Give the file of colours and keys for this user of the machine. Nothing is made."""
    return Path(platformdirs.user_config_dir(APPLICATION, appauthor=False)) / "looks"


def anchors_folder(given: Path | None = None) -> Path:
    """Give the folder for anchors, which must live outside the vault. Nothing is made.

    The one given, that of the environment (ENQUIRY_ANCHORS), or the platform's own for this user.
    It is no setting of the vault: whoever alters the vault must not be able to say where its
    witness stands.
    """
    if given is not None:
        return given
    if named := os.environ.get("ENQUIRY_ANCHORS"):
        return Path(named)
    return Path(platformdirs.user_state_dir(APPLICATION, appauthor=False)) / "anchors"
