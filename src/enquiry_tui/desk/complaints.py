"""Complaints as they reach the desk: taken down, read back, passed on the same day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from enquiry_tui.desk import (
    complaint_clocks,
    complaint_moves,
    complaint_steps,
    retention_steps,
    steps,
    work,
)
from enquiry_tui.desk.complaint_moves import Move
from enquiry_tui.desk.complaint_reading import (
    Allegation,
    Complaint,
    complaint,
    complaints_of,
    read_back,
)
from enquiry_tui.desk.complaint_steps import ABOUT, ComplaintIncomplete, Suggestions
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.referral_steps import AddressNotConfirmed, record_referral
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.complaint_states import State, Verb
from enquiry_tui.domain.vocabulary import Channel
from enquiry_tui.domain.when import LONDON, parse_utc
from enquiry_tui.records import complaints, contacts, search
from enquiry_tui.records.base import Row

__all__ = [
    "ABOUT",
    "AddressNotConfirmed",
    "Allegation",
    "Complaint",
    "ComplaintIncomplete",
    "ComplaintIntake",
    "Suggestions",
    "amend_complaint",
    "complaint",
    "complaints_of",
    "log_complaint",
    "pass_complaint",
    "read_back",
    "suggestions",
]


@dataclass(frozen=True, slots=True)
class ComplaintIntake:
    """A complaint as it is taken down: only the words are needed to save it.

    `about` is one of ABOUT or empty; `mentioned` the ids of the five ticks that came up.
    """

    enquiry_uid: str
    words: str
    contact_uid: str = ""
    about: str = ""
    about_whom: str = ""
    when_where: str = ""
    reach: str = ""
    wants: str = ""
    mentioned: tuple[str, ...] = ()
    category: str = ""
    read_back: str = ""


def suggestions(desk: Desk, words: str, about: str = "") -> Suggestions:
    """Suggest categories, whom it is about, and who decides: suggested, never decided here."""
    return complaint_steps.suggest(desk, words, about)


def log_complaint(desk: Desk, intake: ComplaintIntake) -> Complaint:
    """Take a complaint down. Raises NotFound, WordsMissing, OtherMatter.

    About the chief constable, the commissioner or this office, the matter is restricted at once:
    its readers are the officer who took it down and the monitoring officers and supervisors who
    are not the ones complained of. Nothing lifts that by itself.
    """
    with desk.act(Action.COMPLAINT_LOG) as act:
        matter = steps.enquiry(desk, intake.enquiry_uid)
        contact = work.contact_for(desk, intake.contact_uid, matter) or _came_in(desk, matter)
        values = complaint_steps.values(asdict(intake))
        if not values["words"]:
            raise work.WordsMissing("what happened")
        uid = act.new_uid()
        rule = complaint_steps.authority(desk, values["about"])
        key = complaints.add(
            act.tx,
            uid=uid,
            origin_vault=desk.store.vault_id,
            enquiry_id=matter["id"],
            contact_id=contact["id"] if contact else None,
            authority=rule.authority,
            authority_source=rule.source,
            state=str(State.LOGGED),
            in_writing=int(contact is not None and Channel(contact["channel"]).is_written),
            received_on=_received(desk, contact, matter),
            logged_at=act.at,
            logged_by=desk.officer.uid,
            **values,
        )
        _allege(act, desk, key, values["words"], intake.category)
        complaint_steps.restrict(act, desk, matter, values["about"], values["about_whom"])
        if contact is not None and contact["person_id"]:
            steps.give_part(act, desk, matter["id"], contact["person_id"], "complainant")
        retention_steps.settle(act, matter["id"])
        _index(act, uid, values, matter["id"])
        _first_line(act, desk, uid, rule.authority, values["mentioned"])
        act.event("complaint", uid, matter=matter["uid"], about=values["about"])
    return complaint(desk, uid)


def amend_complaint(
    desk: Desk, uid: str, changes: Mapping[str, object], why: str = ""
) -> Complaint:
    """Change fields of a complaint by the names of ComplaintIntake; the old values are kept.

    Raises NotFound, WrongState once it has gone on (only `read_back` may still be set), Refused.
    """
    with desk.act(Action.COMPLAINT_AMEND) as act:
        row = complaint_moves.found(desk, uid)
        if row["state"] != State.LOGGED and set(changes) - {"read_back"}:
            raise work.WrongState("complaint", "passed on", "Write to the authority that has it.")
        values = complaint_steps.values(changes)
        if values.get("words") == "":
            raise work.WordsMissing("what happened")
        new = {name: value for name, value in values.items() if value != row[name]}
        _keep_old(act, desk, row, new, work.line(why))
        if "about" in new:
            rule = complaint_steps.authority(desk, new["about"])
            new |= {"authority": rule.authority, "authority_source": rule.source}
        if new:
            complaints.change(act.tx, row["id"], **new)
        if isinstance(category := changes.get("category"), str):
            _categorise(act, row, work.line(category))
        now = {**{name: str(row[name]) for name in complaint_steps.TEXTS}, **new}
        complaint_steps.restrict(
            act, desk, steps.enquiry(desk, row["enquiry_uid"]), now["about"], now["about_whom"]
        )
        retention_steps.settle(act, row["enquiry_id"])
        _index(act, uid, now, row["enquiry_id"])
        _alert(act, desk, row, new.get("mentioned", ""))
        act.event("complaint", uid, fields=sorted(changes), why=work.line(why))
    return complaint(desk, uid)


def pass_complaint(desk: Desk, uid: str) -> Complaint:
    """Pass a complaint on to who decides, as an onward referral in the same act.

    Raises NotFound, WrongState, ComplaintIncomplete naming what is missing, AddressNotConfirmed.
    """
    with desk.act(Action.COMPLAINT_PASS) as act:
        row = complaint_moves.found(desk, uid)
        if row["state"] == State.LOGGED and (missing := complaint_steps.missing(row)):
            raise ComplaintIncomplete(missing)
        row = complaint_moves.begin(desk, uid, Verb.PASS)
        matter = steps.enquiry(desk, row["enquiry_uid"])
        request = complaint_steps.referral_request(desk, matter, row)
        referral_uid, entry = record_referral(act, desk, matter, request)
        how = Move(desk.today(), words=f"to {entry['name']}")
        sent = {"passed_at": act.at, "passed_to": entry["id"]}
        complaint_moves.move(act, desk, row, Verb.PASS, how, **sent)
        act.event("complaint", uid, recipient=entry["uid"], referral=referral_uid)
    return complaint(desk, uid)


def _received(desk: Desk, contact: Row | None, matter: Row) -> str:
    if contact is None:
        return desk.today().isoformat()
    if Channel(contact["channel"]).is_written and contact["enquiry_id"] == matter["id"]:
        return str(matter["received_on"])
    return parse_utc(contact["started_at"]).astimezone(LONDON).date().isoformat()


def _came_in(desk: Desk, matter: Row) -> Row | None:
    """Find what a complaint came in with, where it is taken down without a live call.

    The letter with which the matter began, or else the last that came in: it was received then,
    not on the day it is written down.
    """
    rows = [row for row in contacts.of_enquiry(desk.store, matter["id"]) if not row["struck_at"]]
    first = min(rows, key=lambda row: str(row["started_at"]), default=None)
    if first is None or (first["direction"] == "in" and Channel(first["channel"]).is_written):
        return first
    return next((row for row in rows if row["direction"] == "in"), None)


def _allege(act: Act, desk: Desk, key: int, words: str, category: str) -> None:
    complaints.add_allegation(
        act.tx,
        uid=act.new_uid(),
        origin_vault=desk.store.vault_id,
        complaint_id=key,
        words=words,
        category=work.line(category),
        suggested=" ".join(complaint_steps.suggest(desk, words, "").categories[:3]),
    )


def _categorise(act: Act, row: Row, category: str) -> None:
    first = complaints.allegations(act.tx, row["id"])[0]
    complaints.change_allegation(act.tx, first["id"], category=category)


def _keep_old(act: Act, desk: Desk, row: Row, new: Mapping[str, str], why: str) -> None:
    for name in new:
        if row[name]:
            contacts.keep_old(
                act.tx,
                uid=act.new_uid(),
                object_kind="complaint",
                object_uid=row["uid"],
                field=name,
                old_value=row[name],
                why=why,
                at=act.at,
                by=desk.officer.uid,
            )


def _index(act: Act, uid: str, values: Mapping[str, str], enquiry_id: int) -> None:
    text = " ".join(values[name] for name in ("words", "about_whom", "when_where"))
    search.index(act.tx, "complaint", uid, text, enquiry_id=enquiry_id)


def _first_line(act: Act, desk: Desk, uid: str, authority: str, mentioned: str) -> None:
    """Begin the path, and alert where a tick is mentioned."""
    row = steps.written(complaints.by_uid(act.tx, uid))
    how = Move(desk.today(), words=authority)
    complaint_moves.enter(act, desk, row, "log", (State.LOGGED, State.LOGGED), how)
    _alert(act, desk, row, mentioned)


def _alert(act: Act, desk: Desk, row: Row, mentioned: str) -> None:
    """Start the provisional clock where a tick is mentioned: the authority is to look tomorrow."""
    if mentioned:
        rule = complaint_clocks.REFERRAL
        complaint_clocks.start(act, row, rule, desk.today(), provisional=True)
