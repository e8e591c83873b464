"""The backups in a folder, as far as they show without a passphrase, and which are to be kept."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from enquiry_tui.domain.keeping import kept
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.errors import EnquiryError, Refused
from enquiry_tui.vault.aside import Progress, told
from enquiry_tui.vault.backup import Tally
from enquiry_tui.vault.bundle import SUFFIX, OpenBundle
from enquiry_tui.vault.manifest import Manifest

_ALTERED, _UNREADABLE = "damaged or altered", "it cannot be read"

Signing = Mapping[str, frozenset[bytes]]


@dataclass(frozen=True, slots=True)
class Listed:
    """One file on the shelf. `signed` says that every byte is as it was signed.

    `own` says that it is of the given vault and signed with a key certified there; `may_go` that it
    is own, and no longer one of those to be kept. Sizes in bytes.
    """

    file: Path
    size: int
    sha256: str = ""
    vault_id: str = ""
    made_at: datetime | None = None
    seq: int = 0
    contacts: int = 0
    signed: bool = False
    own: bool = False
    may_go: bool = False
    fault: str = ""


def on_shelf(
    place: Path, vault_id: str = "", signing: Signing | None = None
) -> Generator[Progress, None, tuple[Listed, ...]]:
    """List a folder's backups, the newest first, in short steps; each file is read to its end.

    Raises Refused.
    """
    try:
        files = sorted(path for path in place.iterdir() if path.name.endswith(SUFFIX))
    except OSError as error:
        raise Refused("There is no such folder", "Name the folder that the backups are in.") from (
            error
        )
    found: list[Listed] = []
    for file in files:
        found.append((yield from _listed(file, vault_id, signing or {})))  # noqa: PERF401
    keep = kept(item.made_at for item in found if item.own and item.made_at is not None)
    marked = [
        replace(item, may_go=True) if item.own and item.made_at not in keep else item
        for item in found
    ]
    return tuple(sorted(marked, key=_newest_first, reverse=True))


def _newest_first(item: Listed) -> tuple[bool, float, str]:
    moment = item.made_at.timestamp() if item.made_at is not None else 0.0
    return item.made_at is not None, moment, item.file.name


def _listed(file: Path, vault_id: str, signing: Signing) -> Generator[Progress, None, Listed]:
    try:
        size = file.lstat().st_size
    except OSError:
        return Listed(file, 0, fault=_UNREADABLE)
    try:
        with OpenBundle(file) as bundle:
            tally = Tally(f"reading {file.name}", size)
            plain = _described(file, size, bundle.manifest)
            try:
                sha256 = yield from told(lambda: bundle.demand_whole(tally.add), tally.progress)
            except (EnquiryError, OSError):
                return replace(plain, fault=_ALTERED)
            manifest = bundle.manifest
    except OSError:
        return Listed(file, size, fault=_UNREADABLE)
    except (EnquiryError, ValueError):
        return Listed(file, size, fault="damaged, or no backup of this program")
    own = manifest.vault_id == vault_id and manifest.signer_public in signing.get(
        manifest.signer, frozenset()
    )
    return replace(plain, sha256=sha256, signed=True, own=own)


def _described(file: Path, size: int, manifest: Manifest) -> Listed:
    return Listed(
        file=file,
        size=size,
        vault_id=manifest.vault_id,
        made_at=parse_utc(manifest.created),
        seq=manifest.seq,
        contacts=manifest.counts.get("contact", 0),
    )
