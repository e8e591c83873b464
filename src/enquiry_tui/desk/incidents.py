"""Said in error: not a decision, recordable at any state of the gate, never withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from enquiry_tui.desk import steps
from enquiry_tui.desk.clock_steps import running, start_clock
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.messages import TakeMessage, record_message
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.text import clean, clean_line
from enquiry_tui.domain.vocabulary import InfoClass, Route
from enquiry_tui.domain.when import utc_text
from enquiry_tui.errors import Refused
from enquiry_tui.records import directory, enquiries, ledger, people
from enquiry_tui.records.base import Row

CLOCK = "breach-ico"


@dataclass(frozen=True, slots=True)
class Slip:
    """What was said that should not have been: what, to whom, when, how it was noticed."""

    words: str
    to_whom: str = ""
    how_noticed: str = ""
    contact_uid: str = ""
    enquiry_uid: str = ""
    info_class: InfoClass | None = None
    about_person_uid: str = ""
    happened_at: datetime | None = None


def record_incident(desk: Desk, slip: Slip) -> str:
    """Record a slip beside the ledger; starts the 72 hours and tells the data-protection queue."""
    words = clean(slip.words).text.strip()
    if not words:
        raise Refused("Say what was said.", "One line is enough; nothing is decided by it.")
    with desk.act(Action.INCIDENT_RECORD) as act:
        contact = steps.contact(desk, slip.contact_uid) if slip.contact_uid else None
        matter = _matter(act, desk, slip, contact)
        line = _line(act, desk, slip, contact, matter["id"], words)
        happened = slip.happened_at or act.now
        uid = act.new_uid()
        ledger.add_incident(
            act.tx,
            uid=uid,
            origin_vault=desk.store.vault_id,
            contact_id=contact["id"] if contact else None,
            enquiry_id=matter["id"],
            ledger_id=line,
            to_whom=clean_line(slip.to_whom).text,
            how_noticed=clean_line(slip.how_noticed).text,
            happened_at=utc_text(min(happened, act.now)),
            noticed_at=act.at,
            due_at=_start_clock(act, matter["uid"], uid),
            officer_uid=desk.officer.uid,
        )
        told = TakeMessage(
            enquiry_uid=matter["uid"],
            for_whom="Data protection officer",
            words="Something was said in error: see the incident here. The clock for the ICO runs.",
            urgent=True,
            entry_key="dpo" if directory.by_key(act.tx, "dpo") is not None else "",
        )
        record_message(act, desk, matter, told)
        act.event("incident", uid, words=words, to_whom=slip.to_whom)
        return uid


def annotate_incident(desk: Desk, incident_uid: str, words: str) -> None:
    """Add to an incident; what stands is not withdrawn."""
    with desk.act(Action.INCIDENT_ANNOTATE) as act:
        row = ledger.incident_by_uid(desk.store, incident_uid)
        if row is None or enquiries.by_key(act.tx, row["enquiry_id"] or 0) is None:
            raise NotFound("incident")
        added = f"{row['annotation']}\n{steps.reason(words)}".strip()
        ledger.annotate_incident(act.tx, row["id"], added)
        act.event("incident", incident_uid, words=words)


def _start_clock(act: Act, enquiry_uid: str, uid: str) -> str:
    """Start the hours in which the regulator is told, from now on; gives the moment they end."""
    start_clock(act, enquiry_uid, CLOCK, act.now, about=uid)
    clock = next(item for item in running(act.tx, enquiry_uid) if item.about == uid)
    due = clock.legal.at if clock.legal is not None else None
    return utc_text(due) if due is not None else clock.due_on.isoformat()


def _matter(act: Act, desk: Desk, slip: Slip, contact: Row | None) -> Row:
    """Give the matter it belongs to: named, the contact's, or one of its own."""
    if slip.enquiry_uid:
        return steps.enquiry(desk, slip.enquiry_uid)
    if contact is not None and contact["enquiry_id"] is not None:
        return steps.written(enquiries.by_key(act.tx, contact["enquiry_id"]))
    return steps.open_matter(act, desk, "Said in error")


def _line(
    act: Act, desk: Desk, slip: Slip, contact: Row | None, enquiry_id: int, words: str
) -> int:
    """Write the ledger line of a slip: not a decision, and no gate stands before it."""
    about = people.by_uid(desk.store, slip.about_person_uid) if slip.about_person_uid else None
    info_class = slip.info_class or InfoClass.OPERATIONAL
    return ledger.add(
        act.tx,
        words,
        uid=act.new_uid(),
        origin_vault=desk.store.vault_id,
        contact_id=contact["id"] if contact else None,
        enquiry_id=enquiry_id,
        decision="said-in-error",
        item="said in error",
        info_class=str(info_class),
        class_rank=info_class.digit,
        content=1,
        about_person_id=about["id"] if about else None,
        recipient_person_id=contact["person_id"] if contact else None,
        route=str(Route.INCIDENT),
        rule="incident",
        pack_hash=desk.packs.disclosure.hash,
        officer_uid=desk.officer.uid,
        at=act.at,
    )
