"""`officer`: accounts: made, listed, changed, and ended; and one's own passphrase."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import click

from enquiry_tui.cli.clearing import clear_when_ready
from enquiry_tui.cli.data import plain
from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import Command, as_json_option, choice
from enquiry_tui.cli.output import narrate, print_record, print_rows
from enquiry_tui.cli.progress import Ticker
from enquiry_tui.cli.session import signed_in, signed_in_to_change, signed_in_with_passphrase
from enquiry_tui.domain.rights import Role
from enquiry_tui.errors import UsageError

if TYPE_CHECKING:
    from enquiry_tui.desk.accounts import AccountRow

_COLUMNS = (
    *("handle", "name", "role", "administrator", "vetting_expires", "vetting"),
    *("last_signed_in", "temporary_until", "uid"),
)
_handle = click.argument("handle", metavar="H")
_LENT = "The passphrase opens the account for 24 hours and must then be changed."


def _vetting(*, required: bool) -> Callable[[Command], Command]:
    return click.option(
        "--vetting-expires",
        required=required,
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="Last day on which the account opens, YYYY-MM-DD.",
    )


@click.group()
def officer() -> None:
    """Look after the accounts of this vault."""


@officer.command()
@_handle
@click.option("--name", required=True, metavar="N", help="Name as shown and printed.")
@click.option("--role", required=True, type=choice(Role), help="What the officer is at this desk.")
@click.option("--administrator", is_flag=True, help="Also looks after accounts and backups.")
@_vetting(required=False)
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
    source = options.passphrase_file
    _print_lent(source, handle.strip(), added.uid, added.temporary, as_json=as_json)


@officer.command("list")
@as_json_option
@click.pass_obj
def list_officers(options: Globals, as_json: bool) -> None:
    """List the officers of this vault, and how the vetting of each stands."""
    from enquiry_tui.desk.accounts import account_rows

    with signed_in(options) as desk:
        rows = [_listed(row) for row in account_rows(desk)]
    print_rows(rows, _COLUMNS, as_json=as_json)


@officer.command()
@_handle
@as_json_option
@click.pass_obj
def reset(options: Globals, handle: str, as_json: bool) -> None:
    """Give an officer who forgot the passphrase new keys. The temporary one is the last line."""
    from enquiry_tui.desk.accounts import account_of, reset_officer

    with signed_in_with_passphrase(options) as (desk, passphrase):
        row = account_of(desk, handle)
        added = reset_officer(desk, row.uid, passphrase)
    source = options.passphrase_file
    _print_lent(source, row.handle, added.uid, added.temporary, as_json=as_json)


@officer.command()
@_handle
@click.option("--give-to", metavar="H", help="Who takes on what is open with the officer.")
@as_json_option
@click.pass_obj
def remove(options: Globals, handle: str, give_to: str | None, as_json: bool) -> None:
    """Remove an account, and change the vault's keys: nobody else types a passphrase for it.

    What the officer recorded stays, under the name. Earlier copies of the folder still open for the
    officer, and earlier backups do for one who was an administrator.
    """
    from enquiry_tui.desk import accounts

    with signed_in_with_passphrase(options) as (desk, passphrase), Ticker() as ticker:
        row = accounts.account_of(desk, handle)
        heir = accounts.heir_of(desk, row.uid, give_to) if give_to else None
        work = accounts.demand_removable(desk, row.uid)
        for step in accounts.remove_officer(desk, row.uid, passphrase):
            ticker.tell(step)
        if heir is not None:
            work = accounts.reallocate_all(desk, row.uid, heir.uid)
        held = accounts.backups_opening_for(desk, row)
    record = {
        "handle": row.handle,
        "uid": row.uid,
        "given_to": None if heir is None else heir.handle,
        "open": plain(work),
    }
    print_record(record, as_json=as_json)
    if work:
        narrate(f"Still with {row.handle}: {work.words()}. A supervisor gives them to somebody.")
    if held:
        narrate(held)


@officer.command()
@_handle
@_vetting(required=True)
@as_json_option
@click.pass_obj
def renew(options: Globals, handle: str, vetting_expires: datetime, as_json: bool) -> None:
    """Record until which day an officer's vetting holds."""
    from enquiry_tui.desk.accounts import account_of, renew_vetting

    with signed_in_with_passphrase(options) as (desk, passphrase):
        row = account_of(desk, handle)
        renew_vetting(desk, row.uid, vetting_expires.date(), passphrase)
        row = account_of(desk, handle)
    print_record(_listed(row), as_json=as_json)


@officer.command()
@_handle
@click.option("--name", metavar="N", help="Name as shown and printed.")
@click.option("--role", type=choice(Role), help="What the officer is at this desk.")
@click.option(
    "--administrator/--no-administrator",
    default=None,
    help="Also looks after accounts and backups, or no longer.",
)
@as_json_option
@click.pass_obj
def certify(
    options: Globals,
    handle: str,
    name: str | None,
    role: str | None,
    administrator: bool | None,
    as_json: bool,
) -> None:
    """Change an officer's name, role or administrator right, without the officer's passphrase."""
    from enquiry_tui.desk.accounts import account_of, certify_officer

    if name is None and role is None and administrator is None:
        raise UsageError(
            "It is not said what to change.", "Give --name, --role or --administrator."
        )
    with signed_in_with_passphrase(options) as (desk, passphrase):
        row = account_of(desk, handle)
        certify_officer(
            desk, row.uid, passphrase, name=name, role=role, administrator=administrator
        )
        row = account_of(desk, handle)
    print_record(_listed(row), as_json=as_json)


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


def _listed(row: AccountRow) -> dict[str, object]:
    return {
        "handle": row.handle,
        "name": row.name,
        "role": row.role,
        "administrator": row.administrator,
        "vetting_expires": plain(row.vetting.expires),
        "vetting": str(row.vetting.state),
        "last_signed_in": plain(row.last_signed_in),
        "temporary_until": plain(row.temporary_until),
        "uid": row.uid,
    }


def _print_lent(
    source: str | None, handle: str, uid: str, temporary: str, *, as_json: bool
) -> None:
    record = {"handle": handle, "uid": uid}
    if as_json:
        print_record({**record, "temporary": temporary}, as_json=True)
    else:
        print_record(record, as_json=False, last_line=temporary)
    narrate(_LENT)
    clear_when_ready("temporary passphrase", sys.stdout, source)
