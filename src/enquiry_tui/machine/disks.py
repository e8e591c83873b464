"""Whether what is written to a disk is encrypted: swap, and the disk under a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from enquiry_tui.machine.findings import Finding, bad, good, warning
from enquiry_tui.machine.mounts import mount_of

SWAPS = Path("/proc/swaps")
BLOCKS = Path("/sys/dev/block")
_DEEPEST = 8  # devices upon devices


def swap() -> Finding:
    """Look at where memory goes when it runs short: what was read would lie there in the clear."""
    hint = "Encrypt it or switch it off: what was read may be written there."
    try:
        lines = SWAPS.read_text("utf-8", "surrogateescape").splitlines()[1:]
    except OSError:
        return not_looked("swap", "Have swap (page file) encrypted with the disk.")
    names = [line.split()[0] for line in lines if line.strip()]
    if not names:
        return good("swap: none")
    states = {_swap_state(Path(name)) for name in names}
    if states <= {"memory"}:
        return good("swap: in compressed memory only")
    if states <= {"memory", "encrypted"}:
        return good("swap: encrypted")
    if "clear" in states:
        return bad("swap: on a disk, not encrypted", hint)
    return warning("swap: on a disk; it cannot be told whether it is encrypted", hint)


def disk(folder: Path) -> Finding:
    """Look at the disk under a folder: names, sizes and times of files are in the clear there."""
    hint = "Have the whole disk encrypted: the vault hides words, not sizes."
    mount = mount_of(folder)
    if sys.platform != "linux" or mount is None:
        return not_looked("encryption of the disk", hint)
    if mount.kind in {"tmpfs", "ramfs"}:
        return warning("disk of the vault: it is in memory only", "It is gone with the machine.")
    match _is_encrypted(mount.device, mount.source):
        case True:
            return good("disk of the vault: encrypted")
        case _:
            return warning("disk of the vault: not seen to be encrypted", hint)


def not_looked(what: str, hint: str) -> Finding:
    """Say that this system was not looked at, and what to see to."""
    return warning(f"{what}: not looked at on this system", hint)


def _swap_state(path: Path) -> str:
    if path.name.startswith("zram"):
        backing = _read(Path("/sys/block") / path.name / "backing_dev")
        return "memory" if backing in {"", "none"} else "clear"
    try:
        device = path.stat()
    except OSError:
        return "unknown"
    if device.st_rdev:
        encrypted = _is_encrypted(_numbers(device.st_rdev), "")
    else:  # a file
        mount = mount_of(path)
        encrypted = None if mount is None else _is_encrypted(mount.device, mount.source)
    return {True: "encrypted", False: "clear", None: "unknown"}[encrypted]


def _is_encrypted(device: str, source: str, depth: int = 0) -> bool | None:
    """Ask the kernel's device tree; None where it does not know the device."""
    folder = BLOCKS / device
    if not folder.exists() and source.startswith("/dev/"):  # btrfs has numbers of its own
        try:
            folder = BLOCKS / _numbers(Path(source).stat().st_rdev)
        except OSError:
            return None
    if not folder.exists() or depth > _DEEPEST:
        return None
    if _read(folder / "dm" / "uuid").startswith("CRYPT-"):
        return True
    below = [_read(entry / "dev") for entry in sorted((folder / "slaves").glob("*"))]
    return bool(below) and all(_is_encrypted(name, "", depth + 1) for name in below)


def _numbers(device: int) -> str:
    import os  # noqa: PLC0415  # has these on POSIX only

    return f"{os.major(device)}:{os.minor(device)}"


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii", "replace").strip()
    except OSError:
        return ""
