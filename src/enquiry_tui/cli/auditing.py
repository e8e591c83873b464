"""`audit`: the chain of signed events."""

from __future__ import annotations

import click

from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option
from enquiry_tui.cli.output import print_record
from enquiry_tui.cli.session import signed_in
from enquiry_tui.errors import Refused


@click.group()
def audit() -> None:
    """Prove the record."""


@audit.command()
@as_json_option
@click.pass_obj
def verify(options: Globals, as_json: bool) -> None:
    """Check every event: order, hash, signatures. Exit code 1 where anything fails."""
    from enquiry_tui.desk.audit import verify_record

    with signed_in(options) as desk:
        found = verify_record(desk)
    record = {
        "verified": found.verified,
        "events": found.events,
        "signatures": found.signatures,
        "head": found.head,
        "code": found.code,
        "failures": list(found.failures),
    }
    print_record(record, as_json=as_json)
    if not found.verified:
        raise Refused(
            f"The audit does not hold: {found.failures[0]}.",
            "Keep the vault's folder as it is, and tell whoever looks after it.",
        )
