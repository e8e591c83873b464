"""`doctor`: one page on this machine."""

from __future__ import annotations

import os
import sys

import click

from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option
from enquiry_tui.cli.output import print_record, print_rows
from enquiry_tui.cli.progress import Ticker
from enquiry_tui.cli.session import signed_in
from enquiry_tui.errors import EnquiryError, Refused

_COLUMNS = ("state", "what", "hint")


@click.command()
@as_json_option
@click.pass_obj
def doctor(options: Globals, as_json: bool) -> None:
    """Look this machine over: is it fit for a vault, and what to do. Exit code 1 where it is bad.

    Needs no vault and no sign-in. With --officer and --passphrase-file it adds what only somebody
    signed in can see.
    """
    from enquiry_tui.desk.doctor import look_at_machine, look_at_vault, unseen_vault
    from enquiry_tui.vault.aside import Progress

    found = []
    with Ticker() as ticker:
        for finding in look_at_machine(options.folder(), _size()):
            ticker.tell(Progress(finding.what))
            found.append(finding)
    refusal: EnquiryError | None = None
    if options.passphrase_file is not None:
        try:
            with signed_in(options) as desk:
                found.extend(look_at_vault(desk))
        except EnquiryError as error:  # the page is told first: it may say why
            refusal = error
    if options.passphrase_file is None or refusal is not None:
        found.append(unseen_vault())
    rows = [{"what": f.what, "state": str(f.state), "hint": f.hint} for f in found]
    wrong = [row for row in rows if row["state"] == "bad"]
    if as_json:
        print_record({"ok": not wrong, "findings": rows}, as_json=True)
    else:
        print_rows(rows, _COLUMNS, as_json=False)
    if refusal is not None:
        raise refusal
    if wrong:
        raise Refused(f"This machine is not as it should be: {wrong[0]['what']}.", wrong[0]["hint"])


def _size() -> tuple[int, int] | None:
    """Measure the terminal: one may be there although the page goes into a pipe or a file."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        if stream is not None and stream.isatty():
            return _measured(stream.fileno())
    try:
        descriptor = os.open("/dev/tty", os.O_RDONLY | getattr(os, "O_NOCTTY", 0))
    except OSError:  # nobody's terminal, or a system that has no such name
        return None
    try:
        return _measured(descriptor)
    finally:
        os.close(descriptor)


def _measured(descriptor: int) -> tuple[int, int] | None:
    try:
        size = os.get_terminal_size(descriptor)
    except OSError:
        return None
    return size.columns, size.lines
