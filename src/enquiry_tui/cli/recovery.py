"""`vault recover` and `vault recovery-sheet`; and the files that a recovery key is written to."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from enquiry_tui.cli.data import file_name
from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option
from enquiry_tui.cli.output import narrate, print_record
from enquiry_tui.cli.secrets import read_secrets
from enquiry_tui.cli.session import signed_in_with_passphrase
from enquiry_tui.errors import Refused, UsageError

if TYPE_CHECKING:
    from enquiry_tui.vault.vault import Created, Issued

form_option = click.option(
    "--recovery-form",
    "form",
    type=click.Choice(["text", "pdf"]),
    help="The sheet as text, or as a page of PDF with a QR code; told from FILE otherwise.",
)
two_option = click.option(
    "--two-envelopes", "two", is_flag=True, help="Two sheets, FILE-A and FILE-B: both are needed."
)


@click.command()
@click.option("--officer", metavar="H", help="The administrator who is to sign in again.")
@click.option("--two-envelopes", "two", is_flag=True, help="The key is on two sheets: read both.")
@click.option(
    "--vetting-expires",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Renew the vetting: last day on which the account opens, YYYY-MM-DD.",
)
@click.option("--name", default="", metavar="N", help="Only where no administrator is left.")
@as_json_option
@click.pass_obj
def recover(
    options: Globals,
    officer: str | None,
    two: bool,
    vetting_expires: datetime | None,
    name: str,
    as_json: bool,
) -> None:
    """Give an administrator a new passphrase with the recovery key, which is read first.

    One a line: the key (with --two-envelopes both sheets), then the new passphrase.
    """
    from enquiry_tui.desk.recovery import Paper, Renewal
    from enquiry_tui.desk.recovery import recover as renew
    from enquiry_tui.machine.clock import SystemClock

    handle = officer or options.officer
    if not handle:
        raise UsageError("It is not said who is to sign in again.", "Give --officer HANDLE.")
    keys = ["Sheet A", "Sheet B"] if two else ["Recovery key"]
    *sheets, passphrase = _read(options.passphrase_file, keys)
    vetted = vetting_expires.date() if vetting_expires else None
    renewal = Renewal(handle, passphrase, vetted, name)
    found = renew(options.folder(), Paper(*sheets), renewal, SystemClock())
    record = {"officer": handle.strip(), "fingerprint": found.fingerprint}
    print_record(record, as_json=as_json)
    narrate("The new passphrase is in force. Compare the fingerprint with the sheet's.")
    narrate("The recovery key goes on working: have a new sheet made (vault recovery-sheet).")


@click.command("recovery-sheet")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="A new file for the sheet, outside the vault's folder.",
)
@form_option
@two_option
@as_json_option
@click.pass_obj
def recovery_sheet(options: Globals, out: Path, form: str | None, two: bool, as_json: bool) -> None:
    """Make a new recovery key and its sheet; the key before opens the vault no more."""
    from enquiry_tui.desk.recovery import issue_recovery_key

    files = SheetFiles(out, options.folder(), form, two=two)
    with signed_in_with_passphrase(options) as (desk, passphrase), files:
        issued = issue_recovery_key(desk, passphrase)
        files.write(issued, desk.office.name)
    record = {"files": files.names(), "fingerprint": issued.fingerprint}
    print_record(record, as_json=as_json)
    narrate("The new recovery key is in force. Print it, lock it away, delete the file.")


class SheetFiles:
    """New files (0600) for a recovery key: their places are made sure of before there is a key.

    Left by an error, nothing of them stays. Raises UsageError for a place in the vault's folder,
    Refused where a file exists.
    """

    def __init__(self, path: Path, folder: Path, form: str | None, *, two: bool) -> None:
        if path.absolute().is_relative_to(folder.absolute()):
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

    def names(self) -> list[str]:
        """Give the files' names, fit to be printed."""
        return [file_name(path.absolute()) for path in self._paths.values()]

    def write(self, issued: Issued | Created, office: str) -> None:
        """Write the sheets and have them on the disk."""
        from enquiry_tui.desk.recovery import sheets
        from enquiry_tui.documents.recovery_sheet import SheetForm
        from enquiry_tui.machine.clock import SystemClock
        from enquiry_tui.machine.files import atomic_write

        made = SystemClock().now()
        for part, body in sheets(issued, office, made, SheetForm(self._form), two=self._two):
            atomic_write(self._paths[part], body)
        self._written = True

    def __enter__(self) -> Self:
        from enquiry_tui.machine.files import create_exclusive

        for path in self._paths.values():
            try:
                create_exclusive(path, b"")
            except FileExistsError:
                self._clear()
                raise Refused(
                    "The file for the recovery key exists.", "Choose another name."
                ) from None
            except BaseException:
                self._clear()
                raise
            self._reserved.append(path)
        return self

    def __exit__(self, *_error: object) -> None:
        if not self._written:
            self._clear()

    def _clear(self) -> None:
        for path in self._reserved:
            with suppress(OSError):
                path.unlink()


def _read(source: str | None, keys: list[str]) -> list[str]:
    """Read the sheets and the new passphrase, which is typed twice where it is typed blind."""
    from enquiry_tui.cli.secrets import is_blind

    if not is_blind(source):
        return read_secrets(source, [*keys, "New passphrase"])
    *sheets, first, again = read_secrets(source, [*keys, "New passphrase", "The same again"])
    if first != again:
        raise UsageError("The two were not the same.", "Nothing was changed. Try again.")
    return [*sheets, first]
