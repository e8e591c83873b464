"""Verifying an exported record: the file alone, without vault or passphrase."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from enquiry_tui.errors import EnquiryError
from enquiry_tui.vault.chain import START, code_of
from enquiry_tui.vault.checkpoint import NoteRefused, verify_note
from enquiry_tui.vault.encoding import canonical, number_of, packed, record_of, text_of, unpacked
from enquiry_tui.vault.exporting import END, FIELDS, FORMAT
from enquiry_tui.vault.found import Verification
from enquiry_tui.vault.founding import fingerprint_of
from enquiry_tui.vault.keys import KEY_BYTES, signed_by
from enquiry_tui.vault.walk import Walk

_LONGEST = 16 * 1024  # bytes of a line
_SLICE = 500  # events
_KEYS = frozenset({"uid", "administrator", "key", "seq", "since", "by", "sig"})
_HEAD = frozenset({"format", "vault", "root", "made", "by", "keys", "events"})
_EVENT = frozenset({*FIELDS, "sig", "sig2"})
_END = frozenset({"checkpoint", "sha256", "sig"})


class ExportRefused(EnquiryError):
    """A file is not an exported record, or not as it was written."""


@dataclass(frozen=True, slots=True)
class VerifiedExport:
    """What the file proves; `fingerprint` is of the root key that everything leads back to."""

    vault_id: str
    fingerprint: str
    made: str
    verification: Verification


class _Keys:
    """The keys of the file, each vouched for by an administrator before it."""

    def __init__(self, vault: str, root: bytes) -> None:
        self.vault, self.root = vault, root
        self.signing: dict[str, frozenset[bytes]] = {}
        self.retired: dict[bytes, int] = {}
        self._newest: dict[str, tuple[bytes, bool]] = {}
        self._since: dict[str, int] = {}

    def take(self, record: dict[str, object]) -> None:
        """Check one key and add it. Raises ExportRefused, ValueError."""
        uid, issuer = text_of(record, "uid"), text_of(record, "by")
        public, since = unpacked(record["key"], KEY_BYTES), number_of(record, "since")
        if public == self.root and not self._newest:
            voucher = self.root
        elif issuer in self._newest and self._newest[issuer][1]:
            voucher = self._newest[issuer][0]
        else:
            raise _refused("A key in it is vouched for by nobody who could")
        signed = {name: value for name, value in record.items() if name != "sig"}
        body = canonical({"ctx": "enquiry key v1", "vault": self.vault, **signed})
        if not signed_by(voucher, unpacked(record["sig"], 64), body):
            raise _refused("A key in it is not what an administrator signed")
        if uid in self._newest and since != self._since[uid]:
            self.retired[self._newest[uid][0]] = since - 1
        self._since[uid] = since
        self._newest[uid] = (public, record["administrator"] is True)
        self.signing[uid] = self.signing.get(uid, frozenset()) | {public}


def verify_export(path: Path) -> VerifiedExport:
    """Check an exported record. Raises ExportRefused where it is not as it was written, OSError."""
    try:
        with path.open("rb") as stream:
            return _verified(stream)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _refused("It does not have the form of an exported record") from error


def _verified(stream: BinaryIO) -> VerifiedExport:
    lines = _Lines(stream)
    head = lines.next(_HEAD)
    if head["format"] != FORMAT:
        raise _refused("It is of another format")
    vault, root = text_of(head, "vault"), unpacked(head["root"], KEY_BYTES)
    keys = _Keys(vault, root)
    for _ in range(number_of(head, "keys")):
        keys.take(lines.next(_KEYS))
    walk = Walk(keys.signing, keys.retired, (0, START), inside=False)
    left = number_of(head, "events")
    while left > 0:
        some = [_event(vault, lines.next(_EVENT)) for _ in range(min(left, _SLICE))]
        walk.step(some, {})
        left -= len(some)
    _check_end(lines, keys, text_of(head, "by"), (vault, number_of(head, "events"), walk.head))
    return VerifiedExport(
        vault,
        fingerprint_of(root),
        text_of(head, "made"),
        Verification(
            events=walk.events,
            signatures=walk.signatures,
            head=walk.head.hex(),
            code=code_of(walk.head),
            findings=tuple(sorted(walk.finish(), key=lambda finding: finding.seq)),
        ),
    )


def _check_end(lines: _Lines, keys: _Keys, by: str, ends: tuple[str, int, bytes]) -> None:
    """Check the last line: hash and signature over all before it, and the checkpoint."""
    digest = lines.digest.copy()
    end = lines.next(_END)
    publics = keys.signing.get(by, frozenset())
    signature = unpacked(end["sig"], 64)
    if end["sha256"] != digest.hexdigest() or not any(
        signed_by(public, signature, END + digest.digest()) for public in publics
    ):
        raise _refused("It was changed after it was written")
    try:
        note = verify_note(text_of(end, "checkpoint"), publics)
    except NoteRefused as error:
        raise _refused("Its checkpoint is not what was signed") from error
    if (note.vault_id, note.seq, note.head) != ends or note.name != by:
        raise _refused("Its checkpoint is of another record")
    if packed(signature) != end["sig"] or lines.rest():
        raise _refused("There is more in it than was written")


def _event(vault: str, record: dict[str, object]) -> tuple[Any, ...]:
    """Give an event in the order that its hash and the walk want."""
    values: list[object] = [vault]
    for name in FIELDS:
        match name:
            case "seq" | "mono":
                values.append(number_of(record, name))
            case "commitment" | "state" | "prev":
                values.append(_from_hex(record, name))
            case _:
                values.append(text_of(record, name))
    return (*values, None, _from_hex(record, "sig"), _from_hex(record, "sig2"), None, None)


def _from_hex(record: dict[str, object], name: str) -> bytes:
    return bytes.fromhex(text_of(record, name))


class _Lines:
    """The lines of the file, each in the one form in which it can have been written."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def next(self, names: frozenset[str]) -> dict[str, object]:
        """Give the next line, which must have these names and no others."""
        line = self._stream.readline(_LONGEST)
        record = record_of(json.loads(line))
        if record.keys() != names or canonical(record) + b"\n" != line:
            raise _refused("A line of it is not as it was written")
        self.digest.update(line)
        return record

    def rest(self) -> bool:
        """Say whether anything follows."""
        return bool(self._stream.read(1))


def _refused(why: str) -> ExportRefused:
    return ExportRefused(
        f"That exported record does not hold: {why[:1].lower()}{why[1:]}",
        "Do not rely on it. Ask for the file again, and keep this one.",
    )
