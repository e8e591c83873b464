"""Which file system a folder lies on: of this machine, of its host, or somewhere on a network."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

TABLE = Path("/proc/self/mountinfo")

# fmt: off
_NETWORK = frozenset(
    {
        "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "gpfs",
        "kafs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "pvfs2", "smb3",
        "smbfs"
    }
)
_NETWORK_FUSE = frozenset(
    {
        "blobfuse", "blobfuse2", "ceph-fuse", "curlftpfs", "davfs", "gcsfuse", "glusterfs",
        "goofys", "google-drive-ocamlfuse", "gvfsd-fuse", "juicefs", "mount.davfs",
        "moosefs", "onedriver", "rclone", "s3fs", "seaweedfs", "smbnetfs", "sshfs"
    }
)
_OF_THE_HOST = frozenset(
    {
        "9p", "drvfs", "fuse.vmhgfs-fuse", "hgfs", "prl_fs", "vboxsf", "virtiofs"
    }
)
# fmt: on
_SYNCED = re.compile(  # how the programs that copy a folder to a network name theirs
    r"box(?: sync)?|dropbox.*|(?:my )?google ?drive|googledrive.*|icloud.*|mobile documents"
    r"|cloudstorage|mega(?:sync)?|nextcloud.*|onedrive.*|owncloud.*|pcloud.*|proton ?drive"
    r"|seafile|sharepoint.*|sync(?:thing)?|syncplicity|tresorit.*",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\([0-7]{3})")  # how the kernel writes blanks


class Reach(Enum):
    """How far away the disk is."""

    LOCAL = auto()
    HOST = auto()  # a folder that a host lends to this virtual machine
    NETWORK = auto()


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of the mount table: where, which kind of file system, from what, device numbers."""

    point: Path
    kind: str
    source: str
    device: str  # "major:minor"

    @property
    def reach(self) -> Reach:
        """Tell how far away it is, by its kind."""
        if self.kind in _NETWORK or self.kind.removeprefix("fuse.") in _NETWORK_FUSE:
            return Reach.NETWORK
        return Reach.HOST if self.kind in _OF_THE_HOST else Reach.LOCAL


def mounts() -> list[Mount]:
    """Read the mount table; empty where the system has none to read (Windows, macOS)."""
    try:
        lines = TABLE.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []
    return parse(lines)


def parse(lines: Iterable[str]) -> list[Mount]:
    """Read lines of the form that proc(5) gives for mountinfo; others are passed over."""
    found = []
    for line in lines:
        before, dash, after = line.partition(" - ")
        first, second = before.split(" "), after.split(" ")
        if dash and len(first) >= 6 and len(second) >= 2:
            found.append(Mount(Path(_plain(first[4])), second[0], _plain(second[1]), first[2]))
    return found


def mount_of(folder: Path) -> Mount | None:
    """Give the mount that a folder, existing or to be made, lies on; None where nobody can say."""
    place, found = folder.resolve(), None
    for mount in mounts():
        # The longest point counts; of two the later, which lies over the earlier.
        if place.is_relative_to(mount.point) and (
            found is None or len(mount.point.parts) >= len(found.point.parts)
        ):
            found = mount
    return found


def is_in_memory(folder: Path) -> bool:
    """Tell whether a folder is known to lie in memory, and not on a disk."""
    mount = mount_of(folder)
    return mount is not None and mount.kind in {"tmpfs", "ramfs"}


def is_synced(folder: Path) -> bool:
    """Tell, by the names on the way to it, whether a program copies a folder to a network."""
    return any(_SYNCED.fullmatch(part) for part in folder.resolve().parts)


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 8)), text)
