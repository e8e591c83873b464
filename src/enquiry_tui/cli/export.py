"""`export`: what leaves as a file, after the passphrase, with its event and its code."""

from __future__ import annotations

import re
from pathlib import Path

import click

from enquiry_tui.cli.data import file_name
from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option, force_option, out_option
from enquiry_tui.cli.output import narrate, print_record
from enquiry_tui.cli.session import signed_in_with_passphrase
from enquiry_tui.errors import UsageError

_NUMBERED = re.compile(r"(?P<matter>.+?)(?:/(?P<number>[1-9]\d{0,5}))?", re.DOTALL)


@click.group()
def export() -> None:
    """Write a file for somebody else to have."""


@export.command()
@click.argument("reference", metavar="REF[/N]")
@out_option()
@click.option(
    "--format", "form", required=True, type=click.Choice(["pdf", "txt", "json"]), help="What it is."
)
@click.option("--protect", is_flag=True, help="Lock the PDF with a password that is shown once.")
@click.option("--field", "fields", multiple=True, metavar="NAME", help="Only this field; repeat.")
@force_option
@as_json_option
@click.pass_obj
def referral(
    options: Globals,
    reference: str,
    out: Path,
    form: str,
    protect: bool,
    fields: tuple[str, ...],
    force: bool,
    as_json: bool,
) -> None:
    """Write the summary of a referral: the latest of a matter, or number N."""
    from enquiry_tui.desk.exports import ExportRequest, export_referral

    matter, number = split(reference)
    with signed_in_with_passphrase(options) as (desk, passphrase):
        request = ExportRequest(
            reference=matter,
            out=out,
            passphrase=passphrase,
            format=form,
            number=number,
            protect=protect,
            fields=fields,
            force=force,
        )
        exported = export_referral(desk, request)
    record = {
        "file": file_name(exported.file),
        "sha256": exported.sha256,
        "code": exported.code,
        "recipient": exported.recipient,
        "fields": list(exported.fields),
    }
    print_record(record, as_json=as_json)
    if exported.password:
        narrate(f"Password: {exported.password}")
        narrate("It is shown this once. Tell it by another way than the file goes.")


@export.command()
@out_option("The file to be written, such as clocks.ics.")
@force_option
@as_json_option
@click.pass_obj
def calendar(options: Globals, out: Path, force: bool, as_json: bool) -> None:
    """Write the dates of your running clocks as iCalendar: reference and rule, and no names."""
    from enquiry_tui.desk.clock_export import export_calendar

    with signed_in_with_passphrase(options) as (desk, passphrase):
        done = export_calendar(desk, out, passphrase, force=force)
    record = {
        "file": file_name(done.file),
        "sha256": done.sha256,
        "entries": done.entries,
        "left_out": done.left_out,
    }
    print_record(record, as_json=as_json)
    if done.left_out:
        narrate(f"{done.left_out} left out: restricted matters go into no calendar.")


@export.command()
@click.argument("reference", metavar="REF/N")
@out_option()
@force_option
@as_json_option
@click.pass_obj
def enclosure(options: Globals, reference: str, out: Path, force: bool, as_json: bool) -> None:
    """Write enclosure N of a matter's letters as it was sent; the first letter's come first."""
    from enquiry_tui.desk.enclosures import enclosure_of, export_enclosure

    matter, number = split(reference)
    if number is None:
        raise UsageError("No enclosure is named.", "Give its number too, such as 26-123/1.")
    with signed_in_with_passphrase(options) as (desk, passphrase):
        uid = enclosure_of(desk, matter, number)
        done = export_enclosure(desk, uid, out, passphrase, force=force)
    record = {
        "file": file_name(done.file),
        "sha256": done.sha256,
        "name": done.name,
        "bytes": done.size,
    }
    print_record(record, as_json=as_json)
    narrate("It is as it was sent, and was not looked through: open it with care.")


def split(reference: str) -> tuple[str, int | None]:
    """Part `OPCC-2026-000123/2`; in `OPCC/2026/123` the last number is the matter's own."""
    found = _NUMBERED.fullmatch(reference)
    if found is None:
        raise UsageError("No enquiry is named.", "Give its reference, such as 26-123 or 26-123/2.")
    if found["number"] is None or re.fullmatch(r"[A-Za-z][A-Za-z0-9]*/\d{4}", found["matter"]):
        return reference, None
    return found["matter"], int(found["number"])
