"""`audit`: the chain of signed events: verified, written down, exported, accepted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from enquiry_tui.cli.data import file_name
from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option, force_option, out_option
from enquiry_tui.cli.output import narrate, print_record, print_text
from enquiry_tui.cli.session import signed_in, signed_in_with_passphrase
from enquiry_tui.errors import Refused, UsageError

if TYPE_CHECKING:
    from enquiry_tui.vault.found import Verification
    from enquiry_tui.vault.witnesses import Comparison


@click.group()
def audit() -> None:
    """Prove the record."""


@audit.command()
@click.option(
    "--export",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check an exported record; neither vault nor passphrase is needed.",
)
@click.option("--code", metavar="CODE", help="Say which event a printed code is of.")
@as_json_option
@click.pass_obj
def verify(options: Globals, file: Path | None, code: str | None, as_json: bool) -> None:
    """Check every event, every row and the anchors. Exit code 1 where anything fails."""
    older = ""
    if file is not None:
        if code is not None:
            raise UsageError("A code is looked for in a vault only.", "Leave --export or --code.")
        found, more = _exported(file)
    else:
        from enquiry_tui.desk.audit import event_of_code, verify_record
        from enquiry_tui.desk.going_back import before_accepting

        with signed_in(options) as desk:
            of_code = {} if code is None else {"code_event": event_of_code(desk, code)}
            found = verify_record(desk)
            older = before_accepting(desk)
        more = {**of_code, "anchors": _anchors(found.anchors)}
    print_record({**_record(found), **more}, as_json=as_json)
    if found.anchors is not None:
        for words in filter(None, (*found.anchors.words, older)):
            narrate(words)
    if not found.verified:
        raise Refused(
            f"The audit does not hold: {found.failures[0]}.",
            "Keep the vault's folder as it is, and tell whoever looks after it.",
        )


@audit.command()
@as_json_option
@click.pass_obj
def checkpoint(options: Globals, as_json: bool) -> None:
    """Print how far the record goes, as a signed note to be kept somewhere else."""
    from enquiry_tui.desk.audit import checkpoint as make

    with signed_in(options) as desk:
        note = make(desk)
    if as_json:
        print_record({"checkpoint": note}, as_json=True)
    else:
        print_text(note)


@audit.command()
@out_option()
@force_option
@as_json_option
@click.pass_obj
def export(options: Globals, out: Path, force: bool, as_json: bool) -> None:
    """Write the record to a file that a third party verifies, without names or passphrase."""
    from enquiry_tui.desk.audit import export_record

    with signed_in_with_passphrase(options) as (desk, passphrase):
        made = export_record(desk, out, passphrase, force=force)
    record = {
        "file": file_name(made.file),
        "sha256": made.sha256,
        "events": made.events,
        "head": made.head,
        "code": made.code,
        "root": made.fingerprint,
    }
    print_record(record, as_json=as_json)
    narrate(
        "Give the root's fingerprint by another way than the file: everything leads back to it."
    )


@audit.command()
@click.option("--reason", required=True, metavar="TEXT", help="Why it is taken as it is.")
@as_json_option
@click.pass_obj
def accept(options: Globals, reason: str, as_json: bool) -> None:
    """Take a record that contradicts what was seen of it; work goes on, and the event says so.

    Or take the clock as right, where the record is ahead of it.
    """
    from enquiry_tui.desk.audit import accept_record
    from enquiry_tui.desk.going_back import BY_COMMAND, before_accepting

    with signed_in_with_passphrase(options) as (desk, passphrase):
        held = desk.unlocked.proof.held
        if before := before_accepting(desk):
            narrate(before)
        older = accept_record(desk, reason, passphrase)
        head = desk.store.head()[0]
    record = {
        "accepted": str(held.verdict) if held is not None else "clock",
        "seen": held.seq if held is not None else 0,
        "agreed": held.agreed if held is not None else 0,
        "events": head,
    }
    print_record(record, as_json=as_json)
    if older:
        narrate(older)
        narrate(BY_COMMAND)


def _record(found: Verification) -> dict[str, object]:
    return {
        "verified": found.verified,
        "events": found.events,
        "signatures": found.signatures,
        "head": found.head,
        "code": found.code,
        "failures": list(found.failures),
        "verdicts": [str(verdict) for verdict in found.verdicts],
    }


def _exported(file: Path) -> tuple[Verification, Mapping[str, object]]:
    from enquiry_tui.vault.exported import verify_export

    try:
        found = verify_export(file)
    except FileNotFoundError as error:
        raise Refused("There is no such file.", "Check the name.") from error
    return found.verification, {"vault": found.vault_id, "root": found.fingerprint}


def _anchors(found: Comparison | None) -> dict[str, object]:
    if found is None:
        return {"standing": "off"}
    last = found.last
    return {
        "standing": str(found.standing),
        "lines": found.lines,
        "torn": found.torn,
        "damaged": found.damaged,
        "unknown": found.unknown,
        "missing": found.missing,
        "last": last.seq if last is not None else None,
        "at": last.utc if last is not None else None,
    }
