"""`vault recover`, `recovery-check`, `recovery-sheet`: the key used, tried out, made anew."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from enquiry_tui.cli.data import file_name
from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option, out_option
from enquiry_tui.cli.output import narrate, print_record
from enquiry_tui.cli.secrets import read_secrets
from enquiry_tui.cli.session import signed_in_with_passphrase
from enquiry_tui.errors import UsageError

form_option = click.option(
    "--recovery-form",
    "form",
    type=click.Choice(["text", "pdf"]),
    help="The sheet as text, or as a page of PDF with a QR code; told from FILE otherwise.",
)
two_option = click.option(
    "--two-envelopes", "two", is_flag=True, help="Two sheets, FILE-A and FILE-B: both are needed."
)


def check_words(two: bool) -> str:
    """Name the command that tries the paper out."""
    return f"enquiry-tui vault recovery-check{' --two-envelopes' if two else ''}"


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
    from enquiry_tui.desk.recovery import Paper, Renewal, open_with_key
    from enquiry_tui.machine.clock import SystemClock

    handle = officer or options.officer
    if not handle:
        raise UsageError("It is not said who is to sign in again.", "Give --officer HANDLE.")
    *sheets, passphrase = _read(options.passphrase_file, _keys(two=two))
    vetted = vetting_expires.date() if vetting_expires else None
    renewal = Renewal(handle, passphrase, vetted, name)
    anchors = options.anchors_folder()
    opened = open_with_key(options.folder(), Paper(*sheets), SystemClock(), anchors=anchors)
    with closing(opened) as key:
        found = key.renew(renewal)
    record = {"officer": handle.strip(), "fingerprint": found.fingerprint}
    print_record(record, as_json=as_json)
    narrate("The new passphrase is in force. Compare the fingerprint with the sheet's.")
    narrate("The recovery key goes on working: have a new sheet made (vault recovery-sheet).")
    if found.held:
        narrate(found.held)
        narrate("The record stays read only until it is accepted: sign in, then audit accept.")


@click.command("recovery-check")
@click.option("--two-envelopes", "two", is_flag=True, help="The key is on two sheets: read both.")
@as_json_option
@click.pass_obj
def recovery_check(options: Globals, two: bool, as_json: bool) -> None:
    """Try the recovery key out: does it open this vault? Nothing is changed, no event left.

    One a line: the key, or with --two-envelopes both sheets. Wrong ones have to wait as at sign-in.
    """
    from enquiry_tui.desk.recovery import Paper, fingerprint_by_key
    from enquiry_tui.machine.clock import SystemClock

    sheets = read_secrets(options.passphrase_file, _keys(two=two))
    found = fingerprint_by_key(options.folder(), Paper(*sheets), SystemClock())
    print_record({"opens": True, "fingerprint": found}, as_json=as_json)
    narrate("The key opens this vault. The sheet has to show the same fingerprint.")
    narrate("Nothing was changed and nobody signed in: there is no event of it.")


@click.command("recovery-sheet")
@out_option("A new file for the sheet, outside the vault's folder.")
@form_option
@two_option
@as_json_option
@click.pass_obj
def recovery_sheet(options: Globals, out: Path, form: str | None, two: bool, as_json: bool) -> None:
    """Make a new recovery key and its sheet; the key before opens the vault no more."""
    from enquiry_tui.desk.recovery import issue_recovery_sheet

    with signed_in_with_passphrase(options) as (desk, passphrase):
        issued, files = issue_recovery_sheet(desk, passphrase, out, form, two=two)
    record = {"files": [file_name(path) for path in files], "fingerprint": issued.fingerprint}
    print_record(record, as_json=as_json)
    sheets = "Both sheets are needed. Print them" if two else "Print it"
    narrate(f"The new recovery key is in force. {sheets}, then test the paper: {check_words(two)}")
    narrate("Then lock it away and delete the file.")


def _keys(*, two: bool) -> list[str]:
    return ["Sheet A", "Sheet B"] if two else ["Recovery key"]


def _read(source: str | None, keys: list[str]) -> list[str]:
    """Read the sheets and the new passphrase, which is typed twice where it is typed blind."""
    from enquiry_tui.cli.secrets import is_blind

    if not is_blind(source):
        return read_secrets(source, [*keys, "New passphrase"])
    *sheets, first, again = read_secrets(source, [*keys, "New passphrase", "The same again"])
    if first != again:
        raise UsageError("The two were not the same.", "Nothing was changed. Try again.")
    return [*sheets, first]
