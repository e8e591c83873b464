"""Complaints as they reach the desk: taken down, read back, passed on the same day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from enquiry_tui.desk import complaint_steps, steps, work
from enquiry_tui.desk.complaint_steps import ABOUT, ComplaintIncomplete, Suggestions
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.referral_steps import AddressNotConfirmed, record_referral
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.references import Reference, spoken_code_word
from enquiry_tui.domain.text import excerpt
from enquiry_tui.domain.when import LONDON, parse_utc
from enquiry_tui.records import complaints, contacts, directory, search
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


@dataclass(frozen=True, slots=True)
class Allegation:
    """One thing complained of; an empty category is for PSD to say."""

    uid: str
    words: str
    category: str
    suggested: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint as it stands; `missing` names what must still be asked before it is passed."""

    uid: str
    enquiry_uid: str
    reference: str
    about: str
    about_whom: str
    words: str
    when_where: str
    reach: str
    wants: str
    mentioned: tuple[str, ...]
    authority: str
    authority_source: str
    read_back: str
    state: str
    restricted: bool
    missing: tuple[str, ...]
    allegations: tuple[Allegation, ...]
    received_on: date
    logged_at: datetime
    passed_at: datetime | None
    passed_to: str


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
        contact = work.contact_for(desk, intake.contact_uid, matter)
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
            state="logged",
            received_on=_received(desk, contact),
            logged_at=act.at,
            logged_by=desk.officer.uid,
            **values,
        )
        _allege(act, desk, key, values["words"], intake.category)
        complaint_steps.restrict(act, desk, matter, values["about"], values["about_whom"])
        if contact is not None and contact["person_id"]:
            steps.give_part(act, desk, matter["id"], contact["person_id"], "complainant")
        _index(act, uid, values, matter["id"])
        act.event("complaint", uid, matter=matter["uid"], about=values["about"])
    return complaint(desk, uid)


def amend_complaint(
    desk: Desk, uid: str, changes: Mapping[str, object], why: str = ""
) -> Complaint:
    """Change fields of a complaint by the names of ComplaintIntake; the old values are kept.

    Raises NotFound, WrongState once it is passed (only `read_back` may still be set), Refused.
    """
    with desk.act(Action.COMPLAINT_AMEND) as act:
        row = _found(desk, uid)
        if row["state"] == "passed" and set(changes) - {"read_back"}:
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
        _index(act, uid, now, row["enquiry_id"])
        act.event("complaint", uid, fields=sorted(changes), why=work.line(why))
    return complaint(desk, uid)


def pass_complaint(desk: Desk, uid: str) -> Complaint:
    """Pass a complaint on to who decides, as an onward referral in the same act.

    Raises NotFound, WrongState, ComplaintIncomplete naming what is missing, AddressNotConfirmed.
    """
    with desk.act(Action.COMPLAINT_PASS) as act:
        row = _found(desk, uid)
        if row["state"] != "logged":
            raise work.WrongState("complaint", "passed on already", "See its referral.")
        if missing := complaint_steps.missing(row):
            raise ComplaintIncomplete(missing)
        matter = steps.enquiry(desk, row["enquiry_uid"])
        request = complaint_steps.referral_request(desk, matter, row)
        referral_uid, entry = record_referral(act, desk, matter, request)
        complaints.change(
            act.tx, row["id"], state="passed", passed_at=act.at, passed_to=entry["id"]
        )
        act.event("complaint", uid, recipient=entry["uid"], referral=referral_uid)
    return complaint(desk, uid)


def read_back(desk: Desk, uid: str) -> str:
    """Give the sentence to read back, made of what was taken down. Raises NotFound."""
    row = _found(desk, uid)
    matter = steps.enquiry(desk, row["enquiry_uid"])
    reference = Reference(desk.office.prefix, matter["year"], matter["number"])
    where = f"{row['when_where']}: " if row["when_where"] else ""
    about = f" It is about {row['about_whom']}." if row["about_whom"] else ""
    wants = f" You would like: {row['wants']}." if row["wants"] else ""
    reach = f" We reach you by {row['reach']}." if row["reach"] else ""
    passed = f" I pass it on today to: {row['authority']}." if row["authority"] else ""
    return (
        f"So: {where}{excerpt(row['words'], 400).rstrip('.')}.{about}{wants}{reach}{passed}"
        f" Your reference is {reference.spoken}, and your word is"
        f" {spoken_code_word(matter['code_word'])}; keep it, we'll ask for it."
    )


def complaint(desk: Desk, uid: str) -> Complaint:
    """Give one complaint. Raises NotFound."""
    return _view(desk, _found(desk, uid))


def complaints_of(desk: Desk, enquiry_uid: str) -> tuple[Complaint, ...]:
    """Give the complaints of a matter. Raises NotFound."""
    matter = steps.enquiry(desk, enquiry_uid)
    return tuple(_view(desk, row) for row in complaints.of_enquiry(desk.store, matter["id"]))


def _received(desk: Desk, contact: Row | None) -> str:
    if contact is None:
        return desk.today().isoformat()
    return parse_utc(contact["started_at"]).astimezone(LONDON).date().isoformat()


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


def _found(desk: Desk, uid: str) -> Row:
    row = complaints.by_uid(desk.store, uid)
    if row is None:
        raise NotFound("complaint")
    return row


def _view(desk: Desk, row: Row) -> Complaint:
    entry = directory.by_id(desk.store, row["passed_to"]) if row["passed_to"] else None
    same = (
        "uid",
        "enquiry_uid",
        "reference",
        "about",
        *complaint_steps.ONE_LINE,
        "words",
        "authority",
    )
    return Complaint(
        **{name: row[name] for name in (*same, "authority_source", "read_back", "state")},
        mentioned=tuple(filter(None, str(row["mentioned"]).split("\n"))),
        restricted=bool(row["restricted"]),
        missing=complaint_steps.missing(row),
        allegations=tuple(
            Allegation(
                item["uid"], item["words"], item["category"], tuple(item["suggested"].split())
            )
            for item in complaints.allegations(desk.store, row["id"])
        ),
        received_on=date.fromisoformat(row["received_on"]),
        logged_at=parse_utc(row["logged_at"]),
        passed_at=work.moment(row["passed_at"]),
        passed_to=str(entry["name"]) if entry else "",
    )
