"""Failed sign-ins: counted beside the vault, because the vault is shut when they happen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from enquiry_tui.machine.files import UnsafeFile, atomic_write, read_bounded
from enquiry_tui.vault.encoding import canonical, number_of, record_of, text_of, utc_text

TRIES = "vault.tries"
UNKNOWN = "unknown"  # all handles that nobody has; what was typed is not kept
_FORMAT = 1
_LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Tries:
    """How often a sign-in failed since the last good one, and when last (stored UTC)."""

    count: int
    last: str


@dataclass(frozen=True, slots=True)
class TriesBook:
    """All counts by uid. `readable` is false when the file was not what was written."""

    counts: Mapping[str, Tries]
    readable: bool = True

    def with_failure(self, uid: str, now: datetime) -> TriesBook:
        """Count one more."""
        before = self.counts.get(uid)
        tries = Tries((before.count if before else 0) + 1, utc_text(now))
        return TriesBook({**self.counts, uid: tries})

    def without(self, *uids: str) -> TriesBook:
        """Forget the counts of these, once the audit holds them."""
        kept = {uid: tries for uid, tries in self.counts.items() if uid not in uids}
        return replace(self, counts=kept, readable=True)


def read_tries(folder: Path) -> TriesBook:
    """Read the counts. A missing file has none; a damaged one says so and never bars anybody."""
    try:
        record = record_of(json.loads(read_bounded(folder / TRIES, _LARGEST)))
        if record.get("format") != _FORMAT:
            return TriesBook({}, readable=False)
        counts = {
            uid: Tries(number_of(record_of(item), "count"), text_of(record_of(item), "last"))
            for uid, item in record_of(record.get("tries")).items()
        }
    except FileNotFoundError:
        return TriesBook({})
    except (ValueError, RecursionError, UnsafeFile):
        return TriesBook({}, readable=False)
    return TriesBook(counts)


def write_tries(folder: Path, book: TriesBook) -> None:
    """Write the counts, whole and on the disk."""
    counts = {uid: {"count": item.count, "last": item.last} for uid, item in book.counts.items()}
    atomic_write(folder / TRIES, canonical({"format": _FORMAT, "tries": counts}) + b"\n")
