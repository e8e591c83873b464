"""The vault's folder: whether there is a vault, and the lock that keeps a second process out."""

from __future__ import annotations

import errno
from pathlib import Path

from enquiry_tui.errors import VaultUnavailable
from enquiry_tui.machine.files import UnsafeFile, existing_private_folder
from enquiry_tui.machine.locks import AlreadyLocked, FileLock
from enquiry_tui.machine.mounts import Reach, mount_of
from enquiry_tui.vault.errors import AlreadyOpen
from enquiry_tui.vault.header import COPY, HEADER, read_header
from enquiry_tui.vault.opening import DATABASE, UNFINISHED

LOCK = "vault.lock"


def vault_exists(folder: Path) -> bool:
    """Tell whether a vault, whole or damaged, is in the folder; one half founded is none."""
    if (folder / DATABASE).exists():
        return True
    header = (folder / HEADER).exists() or (folder / COPY).exists()
    return header and not (folder / UNFINISHED).exists()


def handles(folder: Path) -> list[str]:
    """Give the handles of all officers, which stand in the header for all to read.

    Raises VaultDamaged.
    """
    users = read_header(folder).users.values()
    return sorted((user.handle for user in users if user.kind == "person"), key=str.casefold)


def demand_local(folder: Path) -> None:
    """Check that a folder, there or not yet, is not on a network. Raises VaultUnavailable.

    There a lock may be had twice, and what was written may not be on the disk when it says so.
    """
    mount = mount_of(folder)
    if mount is not None and mount.reach is Reach.NETWORK:
        raise VaultUnavailable(
            f"The vault's folder is on a network ({mount.kind})",
            "Neither locks nor saving can be relied on there. Move it to a disk of this machine.",
        )


def demand_vault(folder: Path) -> None:
    """Check that a vault is there, on this machine, and that nobody else may write there.

    Raises VaultUnavailable.
    """
    demand_local(folder)
    try:
        existing_private_folder(folder)
    except FileNotFoundError as error:
        raise _no_vault() from error
    except UnsafeFile as error:
        raise VaultUnavailable(error.title, error.hint) from error
    except OSError as error:
        raise unusable(error) from error
    if not vault_exists(folder):
        raise _no_vault()


def take_lock(folder: Path) -> FileLock:
    """Keep every other process out until released. Raises VaultUnavailable at once, never waits."""
    try:
        return FileLock(folder / LOCK)
    except AlreadyLocked as error:
        raise AlreadyOpen from error
    except OSError as error:
        raise unusable(error) from error


def _no_vault() -> VaultUnavailable:
    return VaultUnavailable("There is no vault in that folder", "Make one with: enquiry-tui init")


def unusable(error: OSError) -> VaultUnavailable:
    """Say that the machine does not let the folder be read or written, and why if it is known."""
    if error.errno == errno.EROFS:
        return VaultUnavailable(
            "The disk of the vault's folder is read-only",
            "Every sign-in is written down there: have the disk made writable, or move the folder.",
        )
    return VaultUnavailable(
        "The vault's folder cannot be used", "Check that you may read and write it."
    )
