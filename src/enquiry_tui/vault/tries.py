"""Failed sign-ins: counted beside the vault, because the vault is shut when they happen."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from enquiry_tui.machine.files import UnsafeFile, atomic_write, read_bounded
from enquiry_tui.vault.encoding import (
    canonical,
    number_of,
    record_of,
    text_of,
    utc_moment,
    utc_text,
)

TRIES = "vault.tries"
UNKNOWN = "unknown"  # all handles that nobody has; what was typed is not kept
_FORMAT = 1
_LARGEST = 64 * 1024
_FREE = 3  # failures after which a try has to wait
_LONGEST_WAIT = 30  # seconds


@dataclass(frozen=True, slots=True)
class Tries:
    """How often a sign-in failed since the last good one, and when last (stored UTC)."""

    count: int
    last: str

    def wait(self, now: datetime) -> int:
        """Give the whole seconds until the next try: 1, 2, 4 … 30 after three failures and more.

        A clock that was set back shortens nothing: the wait then counts from `now`.
        """
        if self.count < _FREE:
            return 0
        whole = min(_LONGEST_WAIT, 1 << min(self.count - _FREE, _LONGEST_WAIT))
        since = max(0.0, (now - utc_moment(self.last)).total_seconds())
        return max(0, math.ceil(whole - since))


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

    def wait(self, uid: str, now: datetime) -> int:
        """Give the whole seconds that the next try has to wait; 0 for none."""
        tries = self.counts.get(uid)
        return tries.wait(now) if tries is not None else 0

    def at_latest(self, uid: str, now: datetime) -> TriesBook:
        """Count from `now` where the clock was set back to before the last failure."""
        tries = self.counts.get(uid)
        if tries is None or utc_moment(tries.last) <= now:
            return self
        return replace(self, counts={**self.counts, uid: replace(tries, last=utc_text(now))})

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
            uid: _tries(record_of(item)) for uid, item in record_of(record.get("tries")).items()
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


def _tries(record: Mapping[str, object]) -> Tries:
    tries = Tries(number_of(record, "count"), text_of(record, "last"))
    if tries.count < 0:
        raise ValueError("a count below nothing")
    utc_moment(tries.last)
    return tries
