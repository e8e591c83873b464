"""The start of the real program: the app over the real vault, with the desk behind the door."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from textual.screen import Screen

from enquiry_tui.tui import others
from enquiry_tui.tui.app import EnquiryApp
from enquiry_tui.tui.door import VaultDoor, anchors_folder, vault_folder
from enquiry_tui.tui.looks import LooksFile


def make_app(
    vault: Path | None, officer: str | None, line: str = "", anchors: Path | None = None
) -> EnquiryApp:
    """Make the app over a vault folder; nothing is opened yet.

    `line` stands over the sign-in of a demonstration, which leaves nothing behind: no anchors,
    and no colours either.
    """
    door = VaultDoor(
        vault_folder(vault), line=line, anchors=None if line else partial(anchors_folder, anchors)
    )
    app = EnquiryApp(
        door, home, urgent=urgent(), officer=officer or "", warm=door.warm, demo=bool(line)
    )
    if not line:
        app.keep_looks_in(LooksFile(_looks))
    return app


def run(
    vault: Path | None = None,
    officer: str | None = None,
    line: str = "",
    anchors: Path | None = None,
) -> int:
    """Run the desk on this terminal and give its exit code."""
    app = make_app(vault, officer, line, anchors)
    app.run()
    return app.return_code or 0


def _looks() -> Path:
    from enquiry_tui.machine.paths import looks_file  # noqa: PLC0415

    return looks_file()


def home() -> Screen[Any]:
    """Make the first screen after a sign-in."""
    from enquiry_tui.tui.screens.desk import DeskScreen  # noqa: PLC0415

    return DeskScreen()


def urgent() -> Callable[[], Screen[Any]]:
    """Return what makes the urgent screen."""
    return partial(others.make, "urgent")
