"""A backup in the hands of somebody who is not signed in: tried out, restored, compared."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

from enquiry_tui.desk.backups import Steps
from enquiry_tui.errors import EnquiryError
from enquiry_tui.machine.clock import Clock
from enquiry_tui.machine.temporary import passing_folder
from enquiry_tui.records.states import wrong_rows
from enquiry_tui.vault.bundle import OpenBundle
from enquiry_tui.vault.drill import Drilled, Opener, drill_steps
from enquiry_tui.vault.folder import vault_exists
from enquiry_tui.vault.header import Header, read_header
from enquiry_tui.vault.restore import Restored, restore_steps


def vault_of(file: Path) -> str:
    """Give the id of the vault that a backup says it is of. Raises BundleRefused."""
    with OpenBundle(file) as bundle:
        return bundle.manifest.vault_id


def vault_in(folder: Path) -> str:
    """Give the id of the vault in a folder, or nothing where there is none that can be read."""
    if not vault_exists(folder):
        return ""
    try:
        return read_header(folder).vault_id
    except EnquiryError:
        return ""


def opens_both(folder: Path, file: Path, handle: str) -> bool:
    """Say whether one passphrase opens an account in the vault and in the backup: none is tried."""
    try:
        with OpenBundle(file) as bundle:
            then = Header.decoded(bundle.small("header")).by_handle(handle)
        now = read_header(folder).by_handle(handle)
    except (EnquiryError, ValueError):
        return False
    return then is not None and now is not None and then.commit == now.commit


def drill_alone(file: Path, opener: Opener, clock: Clock) -> Steps[Drilled]:
    """Try a backup out where its vault is not open: nothing is written but a passing copy.

    Raises BundleRefused, WrongPassphrase, NotPermitted, VaultDamaged, CopyFailed.
    """
    beside = file.absolute().parent
    with ExitStack() as stack:
        # As large as the vault: beside the backup where that may be written, else in memory.
        workplace = (
            beside if os.access(beside, os.W_OK) else stack.enter_context(passing_folder("drill"))
        )
        return (yield from drill_steps(file, opener, workplace, clock, wrong_rows))


def restore(file: Path, opener: Opener, into: Path, clock: Clock) -> Steps[Restored]:
    """Restore a backup into a new folder. Raises as `drill_alone`, and Refused."""
    return (yield from restore_steps(file, opener, into, clock, wrong_rows))
