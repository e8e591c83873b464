"""Opening one matter: all that its screen shows, masked for whoever is on the line."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date

from enquiry_tui.desk import check_views, holds, pack_steps, retention_steps, steps, timeline
from enquiry_tui.desk.code_words import word_to_tell
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.gate import open_class
from enquiry_tui.desk.problems import NotFound, ReasonMissing, SecondOfficerNeeded
from enquiry_tui.desk.session import second_key
from enquiry_tui.desk.views import (
    CheckView,
    EnquiryView,
    LedgerView,
    MarkerView,
    PersonView,
    PointView,
)
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.masking import is_open, mask
from enquiry_tui.domain.references import Reference
from enquiry_tui.domain.rights import Right, sees_masked_only
from enquiry_tui.domain.vocabulary import InfoClass, MarkerKind
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.records import (
    checks,
    contacts,
    enquiries,
    ledger,
    letters,
    markers,
    officers,
    people,
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
    """One masked thing to be shown: a contact point, a letter or a contact's note, and why.

    `purpose` is a number of PURPOSES, 1 to 5; a restricted matter wants `reason` typed; a protected
    address wants a second officer's handle and passphrase.
    """

    enquiry_uid: str
    object_uid: str
    purpose: int
    reason: str = ""
    second_handle: str = ""
    second_passphrase: str = ""


def open_enquiry(desk: Desk, enquiry_uid: str, *, contact_uid: str = "") -> EnquiryView:
    """Open a matter: a consultation event, then everything about it, masked. Raises NotFound.

    `contact_uid` is the live contact in it: what is above what its gate has opened stays masked.
    """
    with desk.act(Action.ENQUIRY_CONSULT) as act:
        row = steps.enquiry(desk, enquiry_uid)
        act.event("enquiry", enquiry_uid)
    return show(desk, row, contact_uid)


def refresh(desk: Desk, enquiry_uid: str, *, contact_uid: str = "") -> EnquiryView:
    """Show a matter that is open already, after a change in it: no second consultation."""
    return show(desk, steps.enquiry(desk, enquiry_uid), contact_uid)


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
    standing = markers.standing(desk.store, person_id=point["person_id"], enquiry_id=None)
    return any(marker["kind"] == MarkerKind.PROTECTED_ADDRESS for marker in standing)


def show(desk: Desk, row: Row, contact_uid: str) -> EnquiryView:
    """Put a matter together for a screen, masked by what is open in the live contact."""
    contact = contacts.by_uid(desk.store, contact_uid) if contact_uid else None
    live = contact is not None and contact["enquiry_id"] == row["id"]
    opened = open_class(desk, contact) if live and contact is not None else None
    seen = opened if live else _seen_outside(desk)
    owner = officers.by_uid(desk.store, row["owner"])
    return EnquiryView(
        uid=row["uid"],
        reference=row["reference"],
        short=Reference(desk.office.prefix, row["year"], row["number"]).short,
        subject=row["subject"],
        topics=tuple(row["topics"].split()),
        their_reference=row["their_reference"],
        code_word=row["code_word"],
        word_to_tell=word_to_tell(desk, row, contact) if live and contact is not None else "",
        state=row["state"],
        waiting_on=row["waiting_on"],
        owner=owner["name"] if owner else "",
        owner_uid=row["owner"],
        held_by=row["held_by"],
        due_on=_day(row["due_on"]),
        due_why=row["due_why"],
        urgent=bool(row["urgent"]),
        restricted=row["restricted"],
        kept=retention_steps.kept(desk, row),
        holds=holds.holds_of(desk, row["uid"]),
        people=_people(desk, row, seen, contact if live else None),
        markers=_markers(desk, row),
        may_be_told=timeline.may_be_told(desk, row),
        timeline=timeline.lines(desk, row, seen),
        checks=_checks(desk, row),
        ledger=tuple(_ledger_line(desk, x) for x in ledger.of_enquiry(desk.store, row["id"])),
        links=tuple(
            (x["kind"], x["reference"], x["uid"]) for x in enquiries.links(desk.store, row["id"])
        ),
        open_class=opened,
        opened_at=parse_utc(row["opened_at"]),
        closed_at=parse_utc(row["closed_at"]) if row["closed_at"] else None,
    )


def _checks(desk: Desk, row: Row) -> tuple[CheckView, ...]:
    return tuple(check_views.view_row(desk, c) for c in checks.of_enquiry(desk.store, row["id"]))


def _seen_outside(desk: Desk) -> InfoClass | None:
    """Say what is seen outside a contact: all but whereabouts and special-category fields."""
    return None if sees_masked_only(desk.officer.role) else InfoClass.THIRD_PARTY


def _people(
    desk: Desk, row: Row, seen: InfoClass | None, contact: Row | None
) -> tuple[PersonView, ...]:
    shown = []
    for part in enquiries.parts(desk.store, row["id"]):
        on_line = contact is None or contact["person_id"] == part["person_id"]
        name = part["name"] if on_line else mask(part["name"], InfoClass.THIRD_PARTY, seen)
        points = tuple(_point(desk, p, seen) for p in people.points(desk.store, part["person_id"]))
        shown.append(
            PersonView(
                uid=part["person_uid"],
                name=name,
                part=part["part"],
                unsure=bool(part["unsure"]),
                organisation=part["organisation"] or "",
                needs=part["needs"],
                points=points,
            )
        )
    return tuple(shown)


def _point(desk: Desk, point: Row, seen: InfoClass | None) -> PointView:
    field_class = desk.packs.table.class_of(f"contact_point.{point['kind']}")
    return PointView(
        uid=point["uid"],
        kind=point["kind"],
        value=mask(point["value"], field_class, seen),
        confirmed=point["confirmed_at"] is not None,
        how=point["confirmed_how"] or "",
        masked=not is_open(field_class, seen),
    )


def _markers(desk: Desk, row: Row) -> tuple[MarkerView, ...]:
    return tuple(
        MarkerView(
            uid=m["uid"],
            kind=MarkerKind(m["kind"]),
            line=m["line"],
            safe_number=m["safe_number"],
            review_on=date.fromisoformat(m["review_on"]),
            on="matter" if m["enquiry_id"] else "person",
        )
        for m in markers.standing(desk.store, person_id=None, enquiry_id=row["id"])
    )


def _ledger_line(desk: Desk, line: Row) -> LedgerView:
    return LedgerView(
        uid=line["uid"],
        at=parse_utc(line["at"]),
        officer=line["officer_name"],
        decision=line["decision"],
        item=line["item"],
        info_class=InfoClass(line["info_class"]),
        lowered=line["lowered_from"] is not None,
        content=bool(line["content"]),
        words=line["words"] or "",
        recipient=line["entry_name"] or line["recipient_name"] or "",
        about=line["about_name"] or "",
        route=line["route"],
        basis=line["basis"],
        rule=line["rule"],
        pack_hash=line["pack_hash"],
        rules=pack_steps.rules_of_hash(desk.store, line["pack_hash"]),
        corrects=line["corrects_uid"] or "",
    )


def _revealed(desk: Desk, row: Row, uid: str) -> tuple[str, str]:
    """Find what is to be revealed among the things of this matter, and nowhere else."""
    for part in enquiries.parts(desk.store, row["id"]):
        if part["person_uid"] == uid:
            return "person", str(part["name"])
        for point in people.points(desk.store, part["person_id"]):
            if point["uid"] == uid:
                return "contact_point", str(point["value"])
    letter = letters.by_uid(desk.store, uid)
    if letter is not None and letter["enquiry_id"] == row["id"]:
        return "letter", str(letter["words"])
    contact = contacts.by_uid(desk.store, uid)
    if contact is not None and contact["enquiry_id"] == row["id"]:
        return "contact", str(contact["note"])
    raise NotFound("entry in this matter")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
