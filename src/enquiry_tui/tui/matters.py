"""What the work screens need to know of a matter and its live contact, read on the store thread."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.desk import contacts, drafts, enquiries, opening
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.references import read_reference


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter as the screens of work name it, and what the contact in it brought along."""

    contact_uid: str
    enquiry_uid: str
    reference: str
    short: str
    who: str = ""
    phone: str = ""
    note: str = ""
    plan: str = ""
    safe_only: bool = False
    no_voicemail: bool = False
    possible_plan: bool = False


def matter_of(desk: Desk, contact_uid: str, enquiry_uid: str) -> Matter:
    """Say what work is about: the matter named, or the contact's own, made where it has none.

    Raises NotFound, ContactOver.
    """
    contact = contacts.view(desk, contact_uid) if contact_uid else None
    if not enquiry_uid and contact is not None:
        if not contact.enquiry_uid:
            contact = contacts.attach_contact(desk, contact_uid)
        enquiry_uid = contact.enquiry_uid
    shown = opening.refresh(desk, enquiry_uid, contact_uid=contact_uid)
    safe = any(marker.safe_number for marker in shown.markers)
    doubt = contact is not None and contact.possible_plan
    return Matter(
        contact_uid=contact_uid,
        enquiry_uid=enquiry_uid,
        reference=shown.reference,
        short=shown.short,
        who=contact.who if contact is not None else "",
        phone=contact.phone if contact is not None and not safe and not doubt else "",
        note=contact.note if contact is not None else "",
        plan=" · ".join(marker.line for marker in shown.markers),
        safe_only=safe,
        no_voicemail=any(marker.kind == "no-voicemail" for marker in shown.markers),
        possible_plan=doubt,
    )


def other_matter(desk: Desk, contact_uid: str, enquiry_uid: str) -> str:
    """Give the short reference of the matter a contact belongs to, where it is another one."""
    if not (contact_uid and enquiry_uid):
        return ""
    contact = contacts.view(desk, contact_uid)
    if contact.enquiry_uid in {"", enquiry_uid}:
        return ""
    read = read_reference(
        contact.reference, this_year=desk.today().year, own_prefix=desk.office.prefix
    )
    return read.short if read is not None else contact.reference


def draft_text(desk: Desk, place: str, contact: str) -> str:
    """Give what was left unfinished in a place, or nothing."""
    kept = drafts.draft(desk, place, contact)
    return str(kept.body.get("text", "")) if kept is not None else ""


def find_matter(desk: Desk, words: str) -> str:
    """Find the matter that a reference names. Raises NotFound."""
    return enquiries.find_reference(desk, words)
