from __future__ import annotations

from enquiry_tui.desk import steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.when import utc_text
from enquiry_tui.records import contacts, markers


def new_matter(desk: Desk, subject: str = "Parking at the school gates") -> str:
    with desk.act(Action.ENQUIRY_OPEN) as act:
        row = steps.open_matter(act, desk, subject)
        act.event("enquiry", row["uid"])
    return str(row["uid"])


def new_call(
    desk: Desk, matter: str, *, who: str = "Janet Holt", person: str = "", phone: str = ""
) -> str:
    """A live call in a matter, linked with a person where one is named by uid."""
    row = steps.enquiry(desk, matter)
    with desk.act(Action.CONTACT_BEGIN) as act:
        uid = act.new_uid()
        known = steps.person(desk, person) if person else None
        contacts.add(
            act.tx,
            uid=uid,
            origin_vault=desk.store.vault_id,
            enquiry_id=row["id"],
            officer_uid=desk.officer.uid,
            channel="telephone",
            direction="in",
            state="talking",
            started_at=act.at,
            limit_at=utc_text(act.now.replace(hour=23)),
            who_said=who,
            phone=phone,
            person_id=known["id"] if known else None,
        )
        if known:
            steps.give_part(act, desk, row["id"], known["id"], "enquirer")
        act.event("contact", uid)
    return uid


def new_person(
    desk: Desk, name: str = "Janet Holt", *, phone: str = "07700 900111", address: str = ""
) -> str:
    with desk.act(Action.PERSON_RECORD) as act:
        row = steps.add_person(act, desk, name)
        if phone:
            steps.add_point(act, desk, row["id"], "phone", phone, "given by caller")
        if address:
            steps.add_point(act, desk, row["id"], "address", address, "given by caller")
        act.event("person", row["uid"])
    return str(row["uid"])


def set_marker(desk: Desk, person: str, kind: str, *, safe_number: str = "") -> None:
    row = steps.person(desk, person)
    with desk.act(Action.MARKER_SET) as act:
        uid = act.new_uid()
        markers.add(
            act.tx,
            uid=uid,
            origin_vault=desk.store.vault_id,
            person_id=row["id"],
            kind=kind,
            line=f"plan: {kind}",
            reason="said so",
            safe_number=safe_number,
            review_on="2027-02-24",
            set_at=act.at,
            set_by=desk.officer.uid,
        )
        act.event("marker", uid)
