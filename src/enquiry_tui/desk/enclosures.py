"""What was enclosed with a letter, written to a file: as it was sent, once, and recorded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from enquiry_tui.desk import hold_steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.exports import NotDelivered
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.documents.deliver import prepare
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.holds import Barred
from enquiry_tui.domain.references import read_reference
from enquiry_tui.domain.rights import sees_masked_only
from enquiry_tui.errors import EnquiryError, Refused
from enquiry_tui.records import enquiries, letters
from enquiry_tui.records.base import Row
from enquiry_tui.vault.vault import prove_again

# The ending of an offered name is ours: what the letter calls its enclosure is only words.
_ENDINGS = {
    "application/pdf": ".pdf",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "text/plain": ".txt",
}


class Damaged(Refused):
    """An enclosure is not what was stored."""

    def __init__(self) -> None:
        super().__init__(
            "This enclosure is damaged: it is not what was stored.",
            "Go to the paper or the e-mail, and have an administrator check the vault.",
        )


@dataclass(frozen=True, slots=True)
class EnclosureFile:
    """An enclosure that was written: under which file, and what the letter called it."""

    file: Path
    sha256: str
    name: str
    size: int


def enclosure_of(desk: Desk, reference: str, number: int) -> str:
    """Give the uid of enclosure `number` of a matter, the first letter's first. Raises NotFound."""
    read = read_reference(reference, this_year=desk.today().year, own_prefix=desk.office.prefix)
    matter = enquiries.by_reference(desk.store, read.full) if read else None
    if matter is None:
        raise NotFound("matter")
    uids = letters.attachment_uids(desk.store, matter["id"])
    if not 0 < number <= len(uids):
        raise NotFound("enclosure")
    return uids[number - 1]


def offered_name(reference: str, number: int, media_type: str) -> str:
    """Offer a file's name that takes nothing from the letter: `CCO-2026-000118-enclosure-1.pdf`."""
    return f"{reference}-enclosure-{number}{_ENDINGS.get(media_type.casefold(), '.bin')}"


def export_enclosure(
    desk: Desk, uid: str, out: Path, passphrase: str, *, force: bool = False
) -> EnclosureFile:
    """Write an enclosure to a file (0600) as it was sent, the passphrase typed again.

    Raises WrongPassphrase, NotPermitted, NotFound, HoldInForce, Damaged, FileExists,
    CannotDeliver, NotDelivered. Written in full under a private name, recorded, then named.
    """
    desk.demand(Action.EXPORT)
    prove_again(desk.unlocked, passphrase)
    row = letters.attachment_by_uid(desk.store, uid)
    if row is None or sees_masked_only(desk.officer.role):
        raise NotFound("enclosure")
    hold_steps.demand_free(desk, row["enquiry_id"], Barred.EXPORT)
    prepared = prepare(out, _bytes(desk, row), force=force)
    what = {"what": "enclosure", "name": row["name"], "sha256": row["sha256"]}
    try:
        with desk.act(Action.EXPORT) as act:
            act.event("attachment", uid, matter=row["enquiry_uid"], written=what)
    except BaseException:
        prepared.discard()
        raise
    try:
        file = prepared.commit()
    except EnquiryError as error:
        with desk.act(Action.EXPORT) as act:
            act.event("attachment", uid, outcome="not-delivered", sha256=prepared.sha256)
        raise NotDelivered(error) from error
    return EnclosureFile(file, prepared.sha256, row["name"], row["size"])


def _bytes(desk: Desk, row: Row) -> bytes:
    data = letters.attachment_data(desk.store, row["id"])
    if hashlib.sha256(data).hexdigest() != row["sha256"]:
        raise Damaged
    return data
