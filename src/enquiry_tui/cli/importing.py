"""`import letter`: saved e-mails and text files become letters, one line of answer for each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from enquiry_tui.cli.clocks import read_day
from enquiry_tui.cli.data import file_name
from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option
from enquiry_tui.cli.output import Record, narrate, print_rows
from enquiry_tui.cli.session import signed_in
from enquiry_tui.errors import EnquiryError, NotPermitted, Refused

if TYPE_CHECKING:
    from enquiry_tui.desk.desk import Desk

_COLUMNS = (
    "file",
    "reference",
    "from",
    "subject",
    "received",
    "received_from",
    "characters",
    "attachments",
    "removed",
    "sha256",
    "duplicate",
    "refused",
)


@click.group("import")
def import_() -> None:
    """Bring in what was saved elsewhere."""


@import_.command()
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option("--received", metavar="DATE", help="The day they came in, instead of their own.")
@as_json_option
@click.pass_obj
def letter(options: Globals, files: tuple[Path, ...], received: str | None, as_json: bool) -> None:
    """Store e-mails (.eml) and text files as letters; one that is refused stops no other.

    An e-mail came in on the day of its newest Received line, else of its Date; a text file today.
    """
    day = read_day(received) if received else None
    refused = 0
    with signed_in(options) as desk:
        for path in files:
            answer = _import_one(desk, path, day)
            refused += "refused" in answer
            print_rows([answer], _COLUMNS, as_json=as_json)
    if refused:
        narrate(f"{len(files) - refused} of {len(files)} stored")
        raise Refused(
            f"{refused} of {len(files)} files {'was' if refused == 1 else 'were'} refused.",
            "The reason stands beside each; the others are stored.",
        )


def _import_one(desk: Desk, path: Path, day: date | None) -> Record:
    from enquiry_tui.desk.letters import Duplicate, import_letter
    from enquiry_tui.intake.letter import MAX_FILE_BYTES
    from enquiry_tui.machine.files import read_bounded

    name = file_name(path)
    try:
        data = read_bounded(path, MAX_FILE_BYTES)
        result = import_letter(desk, data, file_name(Path(path.name)), received_on=day)
    except NotPermitted:
        raise
    except EnquiryError as error:
        return {"file": name, "refused": f"{error.title.rstrip('.')}. {error.hint}".strip()}
    except OSError as error:
        return {"file": name, "refused": error.strerror or "It cannot be read."}
    if isinstance(result, Duplicate):
        return {"file": name, "duplicate": True, "reference": result.reference}
    return {
        "file": name,
        "reference": result.reference,
        "from": result.from_,
        "subject": result.subject,
        "received": result.received.day.isoformat(),
        "received_from": result.received.line or ("given" if day else "today"),
        "characters": result.characters,
        "attachments": result.attachments,
        "removed": result.removed,
        "sha256": result.sha256,
    }
