"""Opening one matter: all that its screen shows, masked for whoever is on the line."""

from __future__ import annotations

from datetime import date

from enquiry_tui.desk import check_views, holds, pack_steps, retention_steps, steps, timeline
from enquiry_tui.desk.code_words import word_to_tell
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.gate import open_class
from enquiry_tui.desk.seeing import Limits, lower, masked, seen_of
from enquiry_tui.desk.unread import unread
from enquiry_tui.desk.views import (
    CheckView,
    EnquiryView,
    LedgerView,
    MarkerView,
    PersonView,
    PointView,
)
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.masking import MASK, is_open, mask
from enquiry_tui.domain.references import Reference
from enquiry_tui.domain.vocabulary import Decision, InfoClass, MarkerKind
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.records import (
    checks,
    contacts,
    enquiries,
    ledger,
    markers,
    officers,
    people,
)
from enquiry_tui.records.base import Row

_DECISIONS = frozenset(map(str, Decision))
_LISTED = frozenset({"enquirer", "complainant"})  # under whose name the desk lists a matter


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


def show(desk: Desk, row: Row, contact_uid: str) -> EnquiryView:
    """Put a matter together for a screen, masked by what is open in the live contact."""
    contact = contacts.by_uid(desk.store, contact_uid) if contact_uid else None
    live = contact is not None and contact["enquiry_id"] == row["id"]
    opened = open_class(desk, contact) if live and contact is not None else None
    seen = seen_of(desk, row["id"])
    if live:  # a held call's own pass shows nothing while somebody else is talking
        seen = lower(seen, opened)
    named = _named(desk, row, seen, contact if live else None)
    owner = officers.by_uid(desk.store, row["owner"])
    shown = EnquiryView(
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
        people=_people(desk, row, seen, named),
        markers=_markers(desk, row, seen),
        may_be_told=timeline.may_be_told(desk, row),
        timeline=timeline.lines(desk, row, seen),
        checks=_checks(desk, row),
        ledger=_ledger(desk, row, seen, named),
        links=tuple(
            (x["kind"], x["reference"], x["uid"]) for x in enquiries.links(desk.store, row["id"])
        ),
        open_class=opened,
        opened_at=parse_utc(row["opened_at"]),
        closed_at=parse_utc(row["closed_at"]) if row["closed_at"] else None,
    )
    return unread(desk, shown, ("code_word",))


def _checks(desk: Desk, row: Row) -> tuple[CheckView, ...]:
    return tuple(check_views.view_row(desk, c) for c in checks.of_enquiry(desk.store, row["id"]))


def _named(
    desk: Desk, row: Row, seen: InfoClass | None, contact: Row | None
) -> frozenset[int] | None:
    """Give whose names stand: who is on the line; else, as on the desk, whom the matter is of.

    None for everybody's, where other people may be seen.
    """
    if is_open(InfoClass.THIRD_PARTY, seen):
        return None
    if contact is not None:
        return frozenset({contact["person_id"]} - {None})
    parts = enquiries.parts(desk.store, row["id"])
    return frozenset(part["person_id"] for part in parts if part["part"] in _LISTED)


def _people(
    desk: Desk, row: Row, seen: InfoClass | None, named: frozenset[int] | None
) -> tuple[PersonView, ...]:
    shown = []
    for part in enquiries.parts(desk.store, row["id"]):
        stands = named is None or part["person_id"] in named
        points = tuple(_point(desk, p, seen) for p in people.points(desk.store, part["person_id"]))
        person = PersonView(
            uid=part["person_uid"],
            name=part["name"] if stands else MASK,
            part=part["part"],
            unsure=bool(part["unsure"]) and stands,
            organisation=(part["organisation"] or "") if stands else "",
            needs=part["needs"] if stands or not part["needs"] else MASK,
            points=points,
        )
        shown.append(unread(desk, person, ("needs",)))
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


def _markers(desk: Desk, row: Row, seen: InfoClass | None) -> tuple[MarkerView, ...]:
    """List the markers: their line stands in words wherever the person does, their number not."""
    return tuple(
        MarkerView(
            uid=m["uid"],
            kind=MarkerKind(m["kind"]),
            line=m["line"],
            safe_number=masked(desk, "marker.safe_number", m["safe_number"], seen),
            review_on=date.fromisoformat(m["review_on"]),
            on="matter" if m["enquiry_id"] else "person",
        )
        for m in markers.standing(desk.store, person_id=None, enquiry_id=row["id"])
    )


def _ledger(
    desk: Desk, row: Row, seen: InfoClass | None, named: frozenset[int] | None
) -> tuple[LedgerView, ...]:
    lines = ledger.of_enquiry(desk.store, row["id"])
    return tuple(_ledger_line(desk, line, seen, named) for line in lines)


def _ledger_line(
    desk: Desk, line: Row, seen: InfoClass | None, named: frozenset[int] | None
) -> LedgerView:
    """Show a line; what was told is masked as the thing itself is, also in whose name."""
    info_class = InfoClass(line["info_class"])
    words = line["words"] or ""

    def who(name: str, key: int | None) -> str:
        return name if named is None or not name or key in named else MASK

    return LedgerView(
        uid=line["uid"],
        at=parse_utc(line["at"]),
        officer=line["officer_name"],
        decision=line["decision"],
        item=_item(desk, line, named),
        info_class=info_class,
        lowered=line["lowered_from"] is not None,
        content=bool(line["content"]),
        words=mask(words, info_class, seen) if words else "",
        recipient=line["entry_name"]
        or who(line["recipient_name"] or "", line["recipient_person_id"]),
        about=who(line["about_name"] or "", line["about_person_id"]),
        route=line["route"],
        basis=line["basis"],
        rule=line["rule"],
        pack_hash=line["pack_hash"],
        rules=pack_steps.rules_of_hash(desk.store, line["pack_hash"]),
        corrects=line["corrects_uid"] or "",
        contact_uid=line["contact_uid"] or "",
    )


def _item(desk: Desk, line: Row, named: frozenset[int] | None) -> str:
    """Give what was asked: a field's name; in words of its own it names whom it likes."""
    item = str(line["item"])
    if named is None or "." in item or item in _DECISIONS or not item:
        return item
    heard = Limits(desk).said_in(line["contact_id"], line["enquiry_id"])
    return mask(item, InfoClass.THIRD_PARTY, heard)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
