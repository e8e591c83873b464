"""A password agreed for ringing: set in a passed contact, kept as a hash, replaced or withdrawn."""

from __future__ import annotations

from enquiry_tui.desk import evidence, steps
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.gate import standing_of, stopped
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.checks import StepName
from enquiry_tui.domain.compare import compare
from enquiry_tui.domain.vocabulary import Proof, Recognition
from enquiry_tui.domain.when import LONDON, parse_utc, show_day
from enquiry_tui.errors import Refused
from enquiry_tui.records import authorities, checks, people
from enquiry_tui.records.base import Row
from enquiry_tui.vault import agreed

SHORTEST = 8  # characters that count; two everyday words have more
_ON_RECORD = (StepName.CODE_WORD, StepName.REFERENCE, StepName.BIRTH_DATE, StepName.POSTCODE)


def agree_password(desk: Desk, contact_uid: str, password: str) -> None:
    """Agree a password with who is on the line; an earlier one ends. Only its hash is kept.

    It will be worth recognition medium, so it takes that much here: a pass may not be turned into
    a stronger one. Raises Refused for a weaker contact, a short word, or one on the record.
    """
    with desk.act(Action.PASSWORD_AGREED) as act:
        row = steps.live_contact(desk, contact_uid)
        person = people.by_key(desk.store, row["person_id"] or 0)
        if person is None:
            raise NotFound("person in this call")
        _demand_passed(desk, row)
        spoken = evidence.as_spoken(password)
        if len(spoken) < SHORTEST:
            raise Refused(
                "That password is too short.",
                f"Two words that are easy to say, at least {SHORTEST} letters together.",
            )
        _demand_not_on_record(desk, row, person, password)
        _end(act, desk, person["id"], "replaced")
        uid = act.new_uid()
        authorities.agree(
            act.tx,
            uid=uid,
            origin_vault=desk.store.vault_id,
            person_id=person["id"],
            contact_id=row["id"],
            hash=agreed.hashed(spoken),
            agreed_at=act.at,
            agreed_by=desk.officer.uid,
        )
        act.event("agreed_password", uid, person=person["uid"])


def withdraw_password(desk: Desk, person_uid: str, why: str) -> None:
    """End the password agreed with a person, with the reason. Raises NotFound, ReasonMissing."""
    with desk.act(Action.PASSWORD_ENDED) as act:
        person = steps.person(desk, person_uid)
        because = steps.reason(why)
        uid = _end(act, desk, person["id"], because)
        if not uid:
            raise NotFound("agreed password")
        act.event("agreed_password", uid, outcome="withdrawn", why=because)


def has_password(desk: Desk, person_uid: str) -> str:
    """Say since when a password is agreed, as a day in words; empty where none is."""
    person = people.by_uid(desk.store, person_uid)
    row = authorities.agreed(desk.store, person["id"]) if person is not None else None
    if row is None:
        return ""
    return show_day(parse_utc(row["agreed_at"]).astimezone(LONDON).date())


def _end(act: Act, desk: Desk, person_id: int, why: str) -> str:
    row = authorities.agreed(act.tx, person_id)
    if row is None:
        return ""
    authorities.end_agreed(act.tx, row["id"], at=act.at, by=desk.officer.uid, why=why)
    return str(row["uid"])


def _demand_passed(desk: Desk, row: Row) -> None:
    shown = standing_of(desk, row)
    enough = shown.recognition is Recognition.MEDIUM or shown.proof is not Proof.NONE
    if stopped(desk, row) or row["accompanied"] or row["under_duress"] or not enough:
        raise Refused(
            "A password is agreed only in a contact that passed at medium, with nobody listening.",
            "Ring back on a number held first (F3, b), or agree it at the counter.",
        )


def _demand_not_on_record(desk: Desk, row: Row, person: Row, password: str) -> None:
    """Refuse what a letter or the person's own details give away."""
    spoken = evidence.as_spoken(password)
    held: dict[StepName, tuple[str, ...]] = {}
    for check in checks.of_contact(desk.store, row["id"])[-1:]:
        held = evidence.held_values(desk, check)
    names = {evidence.as_spoken(word) for word in (person["name"], *str(person["name"]).split())}
    known = any(
        compare(step, password, value) for step in _ON_RECORD for value in held.get(step, ())
    )
    if known or spoken in names:
        raise Refused(
            "That stands in the record or on a letter.",
            "A password is something that nobody else could read or guess.",
        )
