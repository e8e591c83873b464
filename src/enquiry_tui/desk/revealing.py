"""Showing one masked thing, with its purpose on the record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from enquiry_tui.desk import steps, urgent_views
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound, ReasonMissing, SecondOfficerNeeded
from enquiry_tui.desk.session import second_key
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.rights import Right
from enquiry_tui.domain.vocabulary import MarkerKind
from enquiry_tui.records import (
    contacts,
    enquiries,
    ledger,
    letters,
    markers,
    people,
    promises,
    urgents,
)
from enquiry_tui.records.base import Row

PURPOSES = (
    "to deal with this contact",
    "to answer in writing",
    "to pass it on",
    "to check the record",
    "to supervise",
)


@dataclass(frozen=True, slots=True)
class Reveal:
    """One masked thing to be shown: a number, an address, a letter, a note, what was told; and why.

    `purpose` is a number of PURPOSES, 1 to 5; a restricted matter wants `reason` typed; a protected
    address wants a second officer's handle and passphrase.
    """

    enquiry_uid: str
    object_uid: str
    purpose: int
    reason: str = ""
    second_handle: str = ""
    second_passphrase: str = ""


def reveal(desk: Desk, request: Reveal) -> str:
    """Give one masked value, with its purpose on the record.

    Raises NotFound, ReasonMissing, SecondOfficerNeeded, NotPermitted, WrongPassphrase.
    """
    if not 1 <= request.purpose <= len(PURPOSES):
        raise ReasonMissing
    purpose = PURPOSES[request.purpose - 1]
    with ExitStack() as stack:
        second = None
        if _is_protected(desk, request.object_uid):
            if not request.second_handle:
                raise SecondOfficerNeeded("This address is protected: a second officer signs too.")
            given = (request.second_handle, request.second_passphrase)
            second = stack.enter_context(second_key(desk, *given, Right.REVEAL))
        act = stack.enter_context(desk.act(Action.ENQUIRY_REVEAL, purpose))
        row = steps.enquiry(desk, request.enquiry_uid)
        if row["restricted"]:
            steps.reason(request.reason)
        table, value = _revealed(desk, row, request.object_uid)
        act.event(table, request.object_uid, second=second, reason=request.reason)
    return value


def _is_protected(desk: Desk, uid: str) -> bool:
    """Say whether this is an address of somebody whose address is protected."""
    point = people.point_by_uid(desk.store, uid)
    if point is None or point["kind"] != "address":
        return False
    return markers.protects(desk.store, MarkerKind.PROTECTED_ADDRESS, point["person_id"])


def _revealed(desk: Desk, row: Row, uid: str) -> tuple[str, str]:
    """Find what is to be revealed among the things of this matter, and nowhere else."""
    for table, key, value in _things(desk, row, uid):
        if key == uid:
            return table, value
    raise NotFound("entry in this matter")


def _things(desk: Desk, row: Row, uid: str) -> Iterator[tuple[str, str, str]]:
    """List what a matter holds that may be masked: its table, its uid, and the value."""
    for part in enquiries.parts(desk.store, row["id"]):
        yield "person", part["person_uid"], str(part["name"])
        for point in people.points(desk.store, part["person_id"]):
            yield "contact_point", point["uid"], str(point["value"])
    for marker in markers.standing(desk.store, person_id=None, enquiry_id=row["id"]):
        yield "marker", marker["uid"], str(marker["safe_number"])
    for promise in promises.of_enquiry(desk.store, row["id"]):
        said = filter(None, (promise["what"], promise["safe_number"]))
        yield "promise", promise["uid"], " · ".join(said)
    for line in ledger.of_enquiry(desk.store, row["id"]):
        yield "ledger", line["uid"], str(line["words"] or "")
    letter = letters.by_uid(desk.store, uid)
    if letter is not None and letter["enquiry_id"] == row["id"]:
        yield "letter", uid, str(letter["words"])
    urgent = urgents.by_uid(desk.store, uid)
    if urgent is not None and urgent["enquiry_id"] == row["id"]:
        yield "urgent", uid, urgent_views.log_words(desk, urgent)
    contact = contacts.by_uid(desk.store, uid)
    if contact is not None and contact["enquiry_id"] == row["id"]:
        yield "contact", uid, str(contact["note"])
