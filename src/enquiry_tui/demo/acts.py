"""What happens again and again in the demonstration, each through the verbs of the desk."""

from __future__ import annotations

from enquiry_tui.demo.stage import Stage
from enquiry_tui.desk import (
    contact_points,
    contacts,
    enquiries,
    letters,
    opening,
    quicklog,
    referrals,
)
from enquiry_tui.desk.people import NewPerson
from enquiry_tui.domain.confirming import Way
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.vocabulary import Recognition

LOW = Need(recognition=Recognition.LOW)
PUBLIC_TASK = "Public task: UK GDPR Art 6(1)(e), DPA 2018 s8"
WHO = ("enquiry.reference", "person.name", "contact_point.phone")
WHAT = ("enquiry.reference", "enquiry.subject")


def log(
    stage: Stage, key: str, line: str, *, person: str = "", end: bool = True
) -> quicklog.Logged:
    """Log one quick line; keep its matter and its person under the key."""
    request = quicklog.LineRequest(
        line,
        person_uid=stage.people.get(person, ""),
        enquiry_uid=stage.enquiries.get(key, ""),
        end=end,
    )
    logged = quicklog.log_line(stage.desk, request)
    stage.enquiries[key] = logged.enquiry_uid
    if logged.person_uid:
        stage.people.setdefault(person or key, logged.person_uid)
    return logged


def post(
    stage: Stage, key: str, typed: letters.TypedLetter, writer: NewPerson | None = None
) -> str:
    """Write a letter down and give its contact; the writer is linked where one is named.

    Raises TypeError for a letter that came in twice.
    """
    brought = letters.type_letter(stage.desk, typed)
    if not isinstance(brought, letters.Imported):
        raise TypeError("the same letter twice")
    stage.enquiries[key] = brought.enquiry_uid
    if writer is not None:
        stage.people[key] = contacts.pick_person(stage.desk, brought.contact_uid, writer).person_uid
    return brought.contact_uid


def acknowledge(stage: Stage, key: str, contact_uid: str, held_by: str = "") -> None:
    """Say that an acknowledgement went out, who has the matter, and end the letter's contact."""
    enquiry = stage.enquiries[key]
    enquiries.mark_sent(stage.desk, enquiry, "acknowledgement", acknowledgement=True)
    if held_by:
        enquiries.set_with(stage.desk, enquiry, held_by)
    contacts.end_contact(stage.desk, contact_uid)


def refer(
    stage: Stage,
    key: str,
    entry: str,
    words: tuple[str, str],
    *,
    fields: tuple[str, ...] = WHO,
    contact_uid: str = "",
    risk: str = "",
) -> str:
    """Refer a matter onward: what is asked and what was said; gives the referral's uid."""
    request = referrals.ReferralRequest(
        stage.enquiries[key],
        entry,
        contact_uid=contact_uid,
        request=words[0],
        account=words[1],
        risk=risk,
        fields=fields,
        basis=PUBLIC_TASK,
        necessity="They deal with such matters; without this they cannot begin.",
        who_tells="this office",
    )
    return referrals.refer(stage.desk, request).uid


_BY_LETTER = (Way.LETTER_HELD, Way.RUNG_HELD, Way.FIRST_LETTER)


def confirm_points(stage: Stage, key: str, how: str) -> None:
    """Confirm every number and address of the first person of a matter."""
    view = opening.open_enquiry(stage.desk, stage.enquiries[key])
    for point in view.people[0].points:
        open_now = contact_points.confirm_ways(stage.desk, point.uid)
        way = next(way for way in _BY_LETTER if way in open_now)
        contact_points.confirm_by(stage.desk, point.uid, way, how)


def close(stage: Stage, key: str, why: str) -> None:
    """Close a matter that has nothing open."""
    enquiries.close_enquiry(stage.desk, stage.enquiries[key], why)
