"""The files that a recovery key is written to, made sure of before there is a key."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from enquiry_tui.documents.recovery_sheet import RecoverySheet, SheetForm, render
from enquiry_tui.errors import Refused, UsageError
from enquiry_tui.machine.files import atomic_write, create_exclusive
from enquiry_tui.vault.vault import Created, Issued, in_two


class SheetFiles:
    """New files (0600) for a recovery key: their places are made sure of before there is a key.

    Left by an error, nothing of them stays. Raises UsageError for a place in the vault's folder,
    Refused where a file exists.
    """

    def __init__(self, path: Path, folder: Path, form: str | None, *, two: bool) -> None:
        if (path.parent.resolve() / path.name).is_relative_to(folder.resolve()):
            raise UsageError(
                "The recovery key must not lie in the vault's folder.",
                "Choose another place for it.",
            )
        self._form = form or ("pdf" if path.suffix.lower() == ".pdf" else "text")
        parts = ("-A", "-B") if two else ("",)
        self._paths = {part: path.with_name(f"{path.stem}{part}{path.suffix}") for part in parts}
        self._two = two
        self._reserved: list[Path] = []
        self._written = False

    def paths(self) -> list[Path]:
        """Give the files' places."""
        return [path.absolute() for path in self._paths.values()]

    def write(self, issued: Issued | Created, office: str, made: datetime) -> None:
        """Write the sheets and have them on the disk. Raises Refused."""
        try:
            for part, body in _sheets(issued, office, made, SheetForm(self._form), two=self._two):
                atomic_write(self._paths[part], body)
        except OSError as error:
            raise Refused(
                "The recovery key is made, but its sheet could not be written.",
                "Have a new one made, in a place with room: enquiry-tui vault recovery-sheet",
            ) from error
        self._written = True

    def __enter__(self) -> Self:
        for path in self._paths.values():
            try:
                create_exclusive(path, b"")
            except FileExistsError:
                self._clear()
                raise Refused(
                    "The file for the recovery key exists.", "Choose another name."
                ) from None
            except OSError as error:
                self._clear()
                raise Refused(
                    "The file for the recovery key cannot be made there.",
                    "Name a file in a folder that exists and that you may write to.",
                ) from error
            self._reserved.append(path)
        return self

    def __exit__(self, *_error: object) -> None:
        if not self._written:
            self._clear()

    def _clear(self) -> None:
        for path in self._reserved:
            with suppress(OSError):
                path.unlink()


def _sheets(
    issued: Issued | Created, office: str, made: datetime, form: SheetForm, *, two: bool
) -> list[tuple[str, bytes]]:
    """Give the sheets to print: what each adds to the file's name, and its bytes."""
    keys = {"": issued.recovery_key}
    if two:
        keys = dict(zip("AB", in_two(issued.recovery_key), strict=True))
    found = []
    for part, key in keys.items():
        sheet = RecoverySheet(office, issued.vault_id, issued.fingerprint, made, key, part)
        found.append((f"-{part}" if part else "", render(sheet, form)))
    return found
