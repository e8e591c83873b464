"""`vault`: looked over, and given new keys."""

from __future__ import annotations

import click

from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option
from enquiry_tui.cli.output import narrate, print_record, print_rows
from enquiry_tui.cli.progress import Ticker
from enquiry_tui.cli.recovery import recover, recovery_check, recovery_sheet
from enquiry_tui.cli.session import signed_in, signed_in_with_passphrase
from enquiry_tui.errors import Refused

_COLUMNS = ("state", "what", "hint")


@click.group()
def vault() -> None:
    """Look after the vault itself."""


vault.add_command(recover)
vault.add_command(recovery_check)
vault.add_command(recovery_sheet)


@vault.command()
@as_json_option
@click.pass_obj
def check(options: Globals, as_json: bool) -> None:
    """Look the vault over: pages, structure, key header, record. Exit code 1 where it is bad."""
    from enquiry_tui.desk.vault_care import check_vault
    from enquiry_tui.vault.aside import Progress
    from enquiry_tui.vault.errors import VaultDamaged

    findings: list[dict[str, object]] = []
    try:
        with signed_in(options) as desk, Ticker() as ticker:
            for looked in check_vault(desk):
                ticker.tell(Progress(looked.what))
                findings.append(
                    {"what": looked.what, "state": str(looked.state), "hint": looked.hint}
                )
    except VaultDamaged:  # it may not take the event of the sign-out
        if all(finding["state"] != "bad" for finding in findings):
            raise
    bad = [finding for finding in findings if finding["state"] == "bad"]
    _print(findings, ok=not bad, as_json=as_json)
    if bad:
        raise Refused(f"The vault is not as it should be: {bad[0]['what']}.", str(bad[0]["hint"]))


@vault.command()
@as_json_option
@click.pass_obj
def rotate(options: Globals, as_json: bool) -> None:
    """Give the vault new keys; everybody keeps the own passphrase.

    Copies of the folder that were made before still open with what opened them then.
    """
    from enquiry_tui.desk.vault_care import rotate_keys

    with signed_in_with_passphrase(options) as (desk, passphrase), Ticker() as ticker:
        for step in rotate_keys(desk, passphrase):
            ticker.tell(step)
        what = f"new keys, of epoch {desk.unlocked.ring.header.epoch}"
    _print([{"what": what, "state": "good", "hint": ""}], ok=True, as_json=as_json)
    narrate("The vault has new keys. Destroy copies of the folder that were made before.")


def _print(findings: list[dict[str, object]], *, ok: bool, as_json: bool) -> None:
    if as_json:
        print_record({"ok": ok, "findings": findings}, as_json=True)
    else:
        print_rows(findings, _COLUMNS, as_json=False)
