"""What the program runs in: the process, the terminal, the way to it, the locale, the folder."""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from enquiry_tui.machine.disks import not_looked
from enquiry_tui.machine.findings import Finding, bad, good, warning
from enquiry_tui.machine.mounts import Reach, is_in_memory, is_synced, mount_of
from enquiry_tui.machine.temporary import passing_place

_PR_GET_DUMPABLE = 3  # linux/prctl.h
_COLUMNS, _ROWS = 80, 24
_NAMED = 3  # files told by name


def process() -> Finding:
    """Look at what this very process gives away: core dumps, and its memory to other programs."""
    if sys.platform != "linux":
        return not_looked("core dumps", "Have them switched off for this user.")
    import resource  # noqa: PLC0415  # exists on POSIX only

    dumps = resource.getrlimit(resource.RLIMIT_CORE)[0] != 0
    try:
        seen = bool(ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0))
    except (OSError, AttributeError):
        seen = True
    if dumps or seen:
        hint = "Start it as enquiry-tui; a wrapper may have allowed them again."
        return bad("core dumps: this process may leave one, or show its memory", hint)
    return good("core dumps: off, and no other program of yours sees the memory")


def passing() -> Finding:
    """Look at where passing files of the demonstration go: in memory, or on a disk."""
    place = passing_place()
    if mount_of(place) is None:
        return not_looked("folder for passing files", "Have the whole disk encrypted.")
    if is_in_memory(place):
        return good("passing files: in memory")
    how = "give the machine a /dev/shm that you may write to"
    if os.environ.get("XDG_RUNTIME_DIR"):  # it is taken before /dev/shm
        how = "unset XDG_RUNTIME_DIR, which is on a disk, or set it to a folder in memory"
        if not is_in_memory(Path("/dev/shm")):  # noqa: S108 (looked at only)
            how = "set XDG_RUNTIME_DIR, which is on a disk, to a folder in memory"
    return warning("passing files: on a disk", f"Only the demonstration uses it; {how}.")


def terminal(environment: Mapping[str, str], size: tuple[int, int] | None) -> Finding:
    """Look at the terminal: its kind, colours and `size` in columns and rows; None for none."""
    kind = environment.get("TERM", "")
    if size is None:
        return warning("terminal: none here to look at", "Run this in the terminal of the desk.")
    if sys.platform != "win32" and kind in {"", "dumb", "unknown"}:
        return bad("terminal: it does not say what it can do", "Set TERM, or use another terminal.")
    many = environment.get("COLORTERM", "") in {"truecolor", "24bit"}
    colours = "all" if many else "256" if "256color" in kind else "16"
    what = f"terminal: {size[0]} × {size[1]}, {colours} colours"
    if size[0] < _COLUMNS or size[1] < _ROWS:
        return warning(what, f"Make it {_COLUMNS} × {_ROWS} at least: lines are cut off.")
    return good(what)


def way_to_it(environment: Mapping[str, str]) -> Finding:
    """Look for what stands between this program and the eyes: a multiplexer, another machine."""
    if environment.get("SSH_TTY") or environment.get("SSH_CONNECTION"):
        return warning(
            "screen: it goes over a network to another machine",
            "Sit at this one: the other can keep everything that is shown.",
        )
    if environment.get("TMUX") or environment.get("STY"):
        return warning(
            "screen: inside tmux or screen",
            "Switch off its logging of panes, or work without it.",
        )
    return good("screen: no multiplexer, no network between")


def locale(environment: Mapping[str, str]) -> Finding:
    """Look at the terminal's encoding, as its environment tells it."""
    if sys.platform == "win32":
        return not_looked("locale", "Use a terminal that shows UTF-8.")
    named = next(
        (value for name in ("LC_ALL", "LC_CTYPE", "LANG") if (value := environment.get(name))), ""
    )
    if named.upper().replace("-", "").endswith("UTF8"):
        return good("locale: UTF-8")
    return warning("locale: not UTF-8", "Set LANG=en_GB.UTF-8, or names are shown wrongly.")


def place(folder: Path) -> Finding:
    """Look at how far away the disk is that a vault's folder lies on."""
    mount = mount_of(folder)
    hint = "Move it to a disk of this machine that nothing copies elsewhere."
    if is_synced(folder):
        return warning("folder of the vault: a program seems to copy it to a network", hint)
    if mount is None:
        return not_looked("folder of the vault, local or not", hint)
    match mount.reach:
        case Reach.NETWORK:
            return bad(f"folder of the vault: on a network ({mount.kind}); it is refused", hint)
        case Reach.HOST:
            return warning(f"folder of the vault: lent by a host ({mount.kind})", hint)
        case Reach.LOCAL:
            return good(f"folder of the vault: on this machine ({mount.kind})")


def permissions(folder: Path) -> Finding:
    """Look at who may get at a vault's folder and files. Nothing is changed, nothing followed."""
    if not hasattr(os, "getuid"):
        return not_looked("permissions of the vault", "Only your account may reach the folder.")
    hint = "chmod 700 the folder and 600 its files; they must belong to you."
    try:
        if not _is_private(folder, stat.S_IFDIR):
            return bad("permissions of the vault: others can reach the folder", hint)
        files = sorted(folder.iterdir())
        wrong = [path.name for path in files if not _is_private(path, stat.S_IFREG)]
    except OSError:
        return bad("permissions of the vault: they cannot be read", hint)
    if not wrong:
        return good("permissions of the vault: yours alone")
    own = [name for name in wrong if name.startswith("vault.") and name.isascii()][:_NAMED]
    others = len(wrong) - len(own)
    told = ", ".join([*own, *([f"{others} more"] if others else [])])
    return bad(f"permissions of the vault: too wide, or a link: {told}", hint)


def _is_private(path: Path, kind: int) -> bool:
    found = path.lstat()
    of_kind = stat.S_IFMT(found.st_mode) == kind
    return of_kind and found.st_uid == os.getuid() and not found.st_mode & 0o077
