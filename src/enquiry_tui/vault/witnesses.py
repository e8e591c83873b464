"""What checkpoints and anchors prove against the chain, and what an administrator has accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from enquiry_tui.vault.anchors import Anchor, Reading, Since
from enquiry_tui.vault.certificates import Certificate
from enquiry_tui.vault.chain import signed_text
from enquiry_tui.vault.encoding import detail_of, show_utc
from enquiry_tui.vault.keys import signed_by
from enquiry_tui.vault.reading import ReadsVault
from enquiry_tui.vault.verdicts import Verdict
from enquiry_tui.vault.vouching import Vouching

_NEVER = 1 << 63  # beyond any event
_TOGETHER = 400  # numbers in one question to the database


class Standing(StrEnum):
    """How the anchors of this user and machine stand to the vault."""

    OFF = "off"  # none are kept
    NONE = "none"  # none yet
    AGREE = "agree"
    AHEAD = "ahead"  # they know events that the vault does not have
    CONTRADICT = "contradict"  # they know another hash of an event
    GONE = "gone"  # the vault knows that there were some
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An administrator took the record as it was: what came after `agreed`.

    `seq` is the event that says so; `inside` and `outside` are up to when checkpoints kept with the
    record and anchors outside may have been told, to be explained by it.
    """

    seq: int
    agreed: int
    inside: str
    outside: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a witness proves: `seq` is the event that it knows, `utc` when it was told.

    `agreed` is the last event before it on which witnesses and chain agree, 0 where none is known.
    """

    verdict: Verdict
    seq: int
    utc: str
    agreed: int

    @property
    def when(self) -> str:
        """When the witness was told, as shown."""
        return show_utc(self.utc)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The anchors against the chain. `proves` is what they prove against it, if they do.

    `since` says who wrote the lines about events that the chain does not have; `missing` counts the
    checkpoints that were told here after the last line that is there.
    """

    standing: Standing
    lines: int = 0
    torn: int = 0
    damaged: int = 0
    unknown: int = 0
    last: Anchor | None = None
    proves: Contradiction | None = None
    since: tuple[Since, ...] = ()
    missing: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        """What is to be said of the anchors themselves."""
        told = {
            Standing.GONE: "The anchors that this machine kept of the record are gone.",
            Standing.UNREADABLE: "The anchors of the record on this machine cannot be read.",
        }
        found = [told[self.standing]] if self.standing in told else []
        if self.torn:
            found.append(f"{_lines(self.torn)} cut off while being written.")
        if self.damaged:
            found.append(f"{_lines(self.damaged)} altered, or others before them removed.")
        if self.unknown:
            found.append(f"{_lines(self.unknown)} written under keys that this copy has not.")
        if self.missing:
            found.append(f"{_lines(self.missing)} not there at the end: cut off, or never written.")
        return tuple(found)


def _lines(count: int) -> str:
    return "1 anchor line was" if count == 1 else f"{count:,} anchor lines were"


def acceptances(
    store: ReadsVault,
    signing: Mapping[str, frozenset[bytes]],
    retired: Mapping[bytes, int],
    certificates: Sequence[Certificate],
) -> tuple[Acceptance, ...]:
    """Read what was accepted, from events that have their detail.

    Each must be signed by who was administrator then: anybody who holds the files can sign an event
    in their own name, and what is accepted is no finding any more.
    """
    rows = store.query(
        # Or SQLite goes through every detail, and looks up the event of each.
        "SELECT e.seq, e.utc, e.actor, e.leaf, e.signature, d.body"
        " FROM event e INDEXED BY event_accepted"
        " JOIN event_detail d ON d.vault = e.vault AND d.seq = e.seq"
        " WHERE e.vault = ? AND e.action = 'record.accepted'",
        (store.vault_id,),
    )
    found, vouching = [], Vouching(store, certificates)
    for row in rows:
        seq, message = int(row["seq"]), signed_text(row["leaf"])
        keys = (key for key in signing.get(row["actor"], ()) if retired.get(key, seq) >= seq)
        signed = any(signed_by(key, row["signature"], message) for key in keys)
        if signed and vouching.administers(row["actor"], seq):
            body = detail_of(row["body"])
            utc = str(row["utc"])
            # The clock may have been ahead when what is accepted was told.
            until = [max(utc, str(body.get(name, ""))) for name in ("inside", "outside")]
            found.append(Acceptance(seq, _number(body.get("agreed")), *until))
    return tuple(found)


def _number(value: object) -> int:
    """Give how far witnesses agreed; where that cannot be read, nothing is explained by it."""
    return value if isinstance(value, int) else _NEVER


def is_explained(seq: int, utc: str, accepted: Iterable[Acceptance]) -> bool:
    """Say whether what a checkpoint knows of this event was accepted as lost."""
    return any(seq > item.agreed and utc <= item.inside for item in accepted)


def latest_against(store: ReadsVault, anchors: Sequence[Anchor], head: int) -> dict[str, str]:
    """Give the latest time of checkpoints (`inside`) and anchors that the chain contradicts.

    An acceptance covers all of them, though the clock was ahead of today's when they were told.
    """
    leaves = _leaves(store, {anchor.seq for anchor in anchors if anchor.seq <= head})
    against = [item.utc for item in anchors if leaves.get(item.seq, (b"", ""))[0] != item.head]
    sql = (
        "SELECT max(c.utc) AS latest FROM checkpoint c LEFT JOIN event e"
        " ON e.vault = c.vault AND e.seq = c.seq WHERE c.vault = ? AND e.leaf IS NOT c.head"
    )
    found = store.query(sql, (store.vault_id,))[0]["latest"]
    return {"inside": str(found or ""), "outside": max(against, default="")}


def compare(
    store: ReadsVault, name: str, reading: Reading, head: int, accepted: Sequence[Acceptance]
) -> Comparison:
    """Hold the anchors kept under this name against the chain, whose last event is `head`."""
    proves = contradiction(store, reading.anchors, head, accepted)
    if not reading.present:
        standing = Standing.NONE
    elif proves is None:
        standing = Standing.AGREE if reading.anchors else Standing.NONE
    elif proves.seq > head:
        standing = Standing.AHEAD
    else:
        standing = Standing.CONTRADICT
    return Comparison(
        standing,
        len(reading.anchors),
        reading.torn,
        reading.damaged,
        reading.unknown,
        reading.anchors[-1] if reading.anchors else None,
        proves,
        reading.since,
        _missing(store, name, reading.anchors) if reading.present else 0,
    )


def contradiction(
    store: ReadsVault, anchors: Sequence[Anchor], head: int, accepted: Sequence[Acceptance]
) -> Contradiction | None:
    """Find what anchors prove: the furthest event that is missing, or the first that differs."""
    leaves = _leaves(store, {anchor.seq for anchor in anchors if anchor.seq <= head})
    agreed, differs, ahead = 0, None, None
    open_still = list(accepted)
    for anchor in anchors:
        leaf, utc = leaves.get(anchor.seq, (b"", ""))
        if leaf == anchor.head:
            agreed = max(agreed, anchor.seq)
            # What was told after an acceptance is not explained by it, whatever the clock said.
            open_still = [item for item in open_still if item.seq > anchor.seq]
        elif any(anchor.seq > it.agreed and anchor.utc <= it.outside for it in open_still):
            continue
        elif anchor.seq > head:
            ahead = anchor if ahead is None or anchor.seq > ahead.seq else ahead
        elif differs is None or anchor.seq < differs[0].seq:
            differs = (anchor, utc)
    if differs is not None:
        agreed = min(agreed, differs[0].seq - 1)
    if ahead is not None:
        return Contradiction(Verdict.ROLLED_BACK, ahead.seq, ahead.utc, agreed)
    if differs is not None:
        anchor, utc = differs
        # An event that stands in another's place and is younger was made after a roll-back.
        verdict = Verdict.ROLLED_BACK if utc > anchor.utc else Verdict.RECHAINED
        return Contradiction(verdict, anchor.seq, anchor.utc, agreed)
    return None


def _missing(store: ReadsVault, name: str, anchors: Sequence[Anchor]) -> int:
    """Count the checkpoints told under this name since the newest of them that has a line."""
    there = {(anchor.seq, anchor.head) for anchor in anchors}
    sql = (
        "SELECT seq, head FROM checkpoint WHERE vault = ? AND witness = ? ORDER BY seq DESC LIMIT ?"
    )
    told: list[tuple[int, bytes]] = []
    for most in (1, _TOGETHER):  # nearly always the newest has one
        told = [(row[0], row[1]) for row in store.query(sql, (store.vault_id, name, most))]
        for number, each in enumerate(told):
            if each in there:
                return number
    return len(told)


def was_witnessed(store: ReadsVault, name: str) -> bool:
    """Say whether this vault has told a witness of that name before."""
    sql = "SELECT 1 FROM checkpoint WHERE vault = ? AND witness = ? LIMIT 1"
    return bool(store.query(sql, (store.vault_id, name)))


def _leaves(store: ReadsVault, wanted: set[int]) -> dict[int, tuple[bytes, str]]:
    numbers, found = sorted(wanted), {}
    for at in range(0, len(numbers), _TOGETHER):
        some = numbers[at : at + _TOGETHER]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT seq, leaf, utc FROM event WHERE vault = ? AND seq IN ({marks})"
        for row in store.query(sql, (store.vault_id, *some)):
            found[int(row["seq"])] = (bytes(row["leaf"]), str(row["utc"]))
    return found
