"""Which records of authority there are: in a matter, and held by who is on the line."""

from __future__ import annotations

from enquiry_tui.desk import steps
from enquiry_tui.desk.authority_views import AuthorityView, view_row
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.seeing import seen_of, shows, veiled
from enquiry_tui.domain.authorities import Stands
from enquiry_tui.errors import Refused
from enquiry_tui.records import authorities, people
from enquiry_tui.records.base import Row

_NAMING = dict.fromkeys(
    ("whose", "holder", "scope", "evidence", "withdrawn_why"), "part.acting-for"
)


def authorities_of(
    desk: Desk, enquiry_uid: str, contact_uid: str = ""
) -> tuple[AuthorityView, ...]:
    """List the records of a matter and of those represented in it. Raises NotFound.

    While a contact is live, in it or elsewhere, what names people in a record that is not the
    enquirer's is masked, as other people are; for who sees masked records only, always.
    """
    matter = steps.enquiry(desk, enquiry_uid)
    shown = [view_row(desk, row) for row in authorities.of_enquiry(desk.store, matter["id"])]
    if not contact_uid and shows(desk, "part.acting-for", seen_of(desk, matter["id"])):
        return tuple(shown)
    own: set[str] = set()
    person = ""
    if contact_uid:
        own = {item.uid for item in on_file(desk, contact_uid)}
        row = people.by_key(desk.store, steps.contact(desk, contact_uid)["person_id"] or 0)
        person = row["uid"] if row is not None else ""
    return tuple(
        item
        if item.uid in own or (person and item.whose_uid == person)
        else veiled(desk, item, _NAMING, None)
        for item in shown
    )


def on_file(desk: Desk, contact_uid: str) -> tuple[AuthorityView, ...]:
    """List what who is on the line holds for somebody in this matter: those that stand first."""
    row = steps.contact(desk, contact_uid)
    shown = [view_row(desk, held) for held in on_file_rows(desk, row)]
    return tuple(sorted(shown, key=lambda item: item.stands is not Stands.STANDS))


def on_file_rows(desk: Desk, contact: Row) -> list[Row]:
    """List the records that whoever is on the line, or their organisation, holds here."""
    person = people.by_key(desk.store, contact["person_id"] or 0)
    if person is None or contact["enquiry_id"] is None:
        return []
    holders = tuple(key for key in (person["id"], person["at_organisation"]) if key)
    return authorities.held_by(desk.store, holders, contact["enquiry_id"])


def holder_in(desk: Desk, contact_uid: str) -> str:
    """Give who holds what is brought in a contact: the organisation where they stand at one.

    Raises Refused where nobody is linked to the contact yet.
    """
    row = steps.contact(desk, contact_uid)
    person = people.by_key(desk.store, row["person_id"] or 0)
    if person is None:
        raise Refused("Nobody is linked to this call yet.", "Say who it is first: P on the matter.")
    firm = people.by_key(desk.store, person["at_organisation"] or 0)
    return str((firm or person)["uid"])
