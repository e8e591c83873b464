"""`init`: a new vault and its first officer."""

from __future__ import annotations

import sys
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from enquiry_tui.cli.clearing import clear_after, say_by_hand
from enquiry_tui.cli.data import file_name
from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option, choice
from enquiry_tui.cli.output import narrate, print_record
from enquiry_tui.cli.recovery import check_words, form_option, two_option
from enquiry_tui.cli.secrets import is_blind, read_new_secret, typed_back
from enquiry_tui.domain.vocabulary import Office
from enquiry_tui.errors import UsageError

if TYPE_CHECKING:
    from enquiry_tui.desk.session import NewOffice
    from enquiry_tui.desk.sheet_files import SheetFiles

_KEY = "recovery key"


@click.command()
@click.option("--officer", metavar="H", help="Handle of the first officer. [env: ENQUIRY_OFFICER]")
@click.option("--name", required=True, metavar="N", help="Name of the first officer.")
@click.option(
    "--office",
    required=True,
    metavar="O",
    help="Name of the office; or chief-constable, or local-policing-body.",
)
@click.option(
    "--kind",
    type=choice(Office),
    help="Whose office it is. Left out, it is told from the name and said.",
)
@click.option(
    "--prefix", required=True, metavar="P", help="Start of every reference, such as OPCC."
)
@click.option(
    "--contact",
    required=True,
    metavar="TEXT",
    help='The line printed under "if received in error".',
)
@click.option(
    "--recovery-out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the recovery sheet to a new file instead of showing the key.",
)
@form_option
@two_option
@as_json_option
@click.pass_obj
def init(
    options: Globals,
    officer: str | None,
    name: str,
    office: str,
    kind: str | None,
    prefix: str,
    contact: str,
    recovery_out: Path | None,
    form: str | None,
    two: bool,
    as_json: bool,
) -> None:
    """Make a vault. Its first officer is supervisor and administrator."""
    from enquiry_tui.desk.session import NewOffice
    from enquiry_tui.policy.packs import load_shipped

    handle = officer or options.officer
    if not handle:
        raise UsageError("It is not said who the first officer is.", "Give --officer HANDLE.")
    title, whose = office_of(office, kind)
    if kind is None and title == office:
        words = load_shipped().office.value.offices[whose].whose
        narrate(f"Taken for the office of a {words}; --kind says otherwise.")
    new = NewOffice(handle, name, title, whose, prefix, contact)
    if recovery_out is None and (form or two):
        raise UsageError(
            "It is not said where the recovery sheet goes.", "Give --recovery-out FILE."
        )
    files = None
    if recovery_out is not None:
        from enquiry_tui.desk.sheet_files import SheetFiles

        files = SheetFiles(recovery_out, options.folder(), form, two=two)
    record = _made(options, new, files, two=two)
    print_record(record, as_json=as_json)


def office_of(text: str, kind: str | None) -> tuple[str, Office]:
    """Tell the name of the office and whose it is, from either; a given `kind` decides."""
    from enquiry_tui.policy.packs import load_shipped

    rules = load_shipped().office.value
    with suppress(ValueError):
        whose = Office(text.strip().lower())
        return rules.offices[whose].name, whose
    return text, Office(kind) if kind is not None else rules.office_named(text)


def _made(
    options: Globals, new: NewOffice, files: SheetFiles | None, *, two: bool
) -> dict[str, object]:
    from enquiry_tui.desk.session import create_office
    from enquiry_tui.machine.clock import SystemClock
    from enquiry_tui.machine.mounts import is_synced

    folder = options.folder()
    if is_synced(folder):
        narrate("A program seems to copy that folder to a network. Keep the vault elsewhere.")
    passphrase = read_new_secret(options.passphrase_file)
    with files or nullcontext():
        narrate("Measuring this machine; this takes some seconds.")
        created = create_office(folder, new, passphrase, SystemClock())
        if files is not None:
            files.write(created, new.office, SystemClock().now())
    if files is not None:
        narrate(f"The recovery key is in the file. Print it, test the paper: {check_words(two)}")
        narrate("Then lock it away and delete the file.")
    else:
        narrate(f"Recovery key: {created.recovery_key}")
        narrate(f"Fingerprint: {created.fingerprint}")
        narrate("Write both on paper and lock that away: the key is shown once, kept nowhere.")
        have_it_kept(created.recovery_key, is_typed_blind=is_blind(options.passphrase_file))
        narrate(f"Test the paper: {check_words(two)}")
    return {
        "vault": file_name(folder.absolute()),
        "officer": new.handle.strip(),
        "fingerprint": created.fingerprint,
    }


def have_it_kept(key: str, *, is_typed_blind: bool) -> None:
    """Have the key typed back where somebody sits there; then take it off the terminal."""
    if is_typed_blind and _is_typed_back(key):
        clear_after(_KEY, sys.stderr)
    else:
        say_by_hand(_KEY, sys.stderr)


def _is_typed_back(key: str) -> bool:
    """Have the key typed from the paper, until it is right; the vault is there either way."""
    from enquiry_tui.desk.recovery import is_same_key

    narrate("Now type it back, from the paper.")
    again = "That is not the key. Compare the paper with it, group by group, and type it again."
    is_right = typed_back("Recovery key", lambda typed: is_same_key(typed, key), again)
    narrate("The paper is right." if is_right else "It was not typed back.")
    return is_right
