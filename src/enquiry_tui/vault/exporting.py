"""The record as a file that anybody can verify: no names, no words, no passphrase.

`docs/AUDIT.md` describes it byte by byte; whoever changes something here changes it there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from enquiry_tui.vault.certificates import Certificate
from enquiry_tui.vault.checkpoint import signed_note
from enquiry_tui.vault.encoding import canonical, packed, utc_text

if TYPE_CHECKING:
    from enquiry_tui.vault.session import Unlocked

FORMAT = "enquiry audit export v1"
END = f"{FORMAT}\0".encode()
FIELDS = (
    *("seq", "utc", "mono", "actor", "second", "session", "action", "object", "purpose"),
    *("outcome", "recipient", "pack", "commitment", "state", "prev"),
)
_SLICE = 1000  # events read together
_EVENTS = f"""
    SELECT {", ".join(FIELDS)}, signature, second_signature FROM event
     WHERE vault = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT {_SLICE}
"""


def export_lines(unlocked: Unlocked) -> Iterator[bytes]:
    """Give the lines of the file, up to the event that is the last one now."""
    seq, head = unlocked.store.head()
    digest = hashlib.sha256()
    for line in _body(unlocked, seq):
        digest.update(line)
        yield line
    keys = unlocked.keys
    yield _line(
        {
            "checkpoint": signed_note(unlocked.vault_id, seq, head, keys.uid, keys),
            "sha256": digest.hexdigest(),
            "sig": packed(keys.sign(END + digest.digest())),
        }
    )


def _body(unlocked: Unlocked, last: int) -> Iterator[bytes]:
    certificates = unlocked.all_certificates
    yield _line(
        {
            "format": FORMAT,
            "vault": unlocked.vault_id,
            "root": packed(unlocked.ring.root),
            "made": utc_text(unlocked.clock.now()),
            "by": unlocked.keys.uid,
            "keys": len(certificates),
            "events": last,
        }
    )
    for certificate in certificates:
        yield _line(_key(certificate))
    after, store = 0, unlocked.store
    while rows := store.query(_EVENTS, (unlocked.vault_id, after, last)):
        yield b"".join(_line(_event(tuple(row))) for row in rows)
        after = int(rows[-1][0])


def _key(certificate: Certificate) -> dict[str, object]:
    return {
        "uid": certificate.uid,
        "administrator": certificate.administrator,
        "key": packed(certificate.signing_public),
        "seq": certificate.seq,
        "since": certificate.since,
        "by": certificate.issuer,
        "sig": packed(certificate.key_signature),
    }


def _event(row: tuple[Any, ...]) -> dict[str, object]:
    record: dict[str, object] = dict(zip(FIELDS, row, strict=False))
    for name in ("commitment", "state", "prev"):
        record[name] = bytes(row[FIELDS.index(name)]).hex()
    record["sig"], record["sig2"] = bytes(row[-2]).hex(), bytes(row[-1]).hex()
    return record


def _line(record: dict[str, object]) -> bytes:
    return canonical(record) + b"\n"
