"""`officer`: accounts: made, listed, and given a passphrase of their own."""

from __future__ import annotations

from datetime import datetime

import click

from enquiry_tui.cli.data import plain
from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option, choice
from enquiry_tui.cli.output import narrate, print_record, print_rows
from enquiry_tui.cli.session import signed_in, signed_in_to_change, signed_in_with_passphrase
from enquiry_tui.domain.rights import Role

_COLUMNS = ("handle", "name", "role", "administrator", "vetting_expires", "uid")


@click.group()
def officer() -> None:
    """Look after the accounts of this vault."""


@officer.command()
@click.argument("handle", metavar="H")
@click.option("--name", required=True, metavar="N", help="Name as shown and printed.")
@click.option("--role", required=True, type=choice(Role), help="What the officer is at this desk.")
@click.option("--administrator", is_flag=True, help="Also looks after accounts and backups.")
@click.option(
    "--vetting-expires",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Last day on which the account opens, YYYY-MM-DD.",
)
@as_json_option
@click.pass_obj
def add(
    options: Globals,
    handle: str,
    name: str,
    role: str,
    administrator: bool,
    vetting_expires: datetime | None,
    as_json: bool,
) -> None:
    """Make an account. Its temporary passphrase is the last line: tell it, do not send it."""
    from enquiry_tui.desk.session import NewOfficer, add_officer

    vetted_until = vetting_expires.date() if vetting_expires else None
    new = NewOfficer(handle, name, role, administrator, vetted_until)
    with signed_in_with_passphrase(options) as (desk, passphrase):
        added = add_officer(desk, new, passphrase)
    record = {"handle": handle.strip(), "uid": added.uid}
    if as_json:
        print_record({**record, "temporary": added.temporary}, as_json=True)
    else:
        print_record(record, as_json=False, last_line=added.temporary)
    narrate("The passphrase opens the account for 24 hours and must then be changed.")


@officer.command("list")
@as_json_option
@click.pass_obj
def list_officers(options: Globals, as_json: bool) -> None:
    """List the officers of this vault."""
    from enquiry_tui.desk.session import list_officers as accounts

    with signed_in(options) as desk:
        rows = [
            {column: plain(getattr(account, column)) for column in _COLUMNS}
            for account in accounts(desk)
        ]
    print_rows(rows, _COLUMNS, as_json=as_json)


@officer.command()
@as_json_option
@click.pass_obj
def passphrase(options: Globals, as_json: bool) -> None:
    """Change your own passphrase: the old one is read first, then the new one, one a line."""
    from enquiry_tui.desk.session import change_passphrase

    with signed_in_to_change(options) as (desk, old, new):
        change_passphrase(desk, old, new)
        handle = desk.officer.handle
    print_record({"handle": handle}, as_json=as_json)
    narrate("The passphrase is changed.")
