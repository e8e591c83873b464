"""What an agency asks for: written down in the form the law wants, weighed, and what was done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from enquiry_tui.desk import steps, work
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.gate import judge_contact
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.seeing import Limits, veiled
from enquiry_tui.desk.unread import unread
from enquiry_tui.domain.agencies import Asked, RequestOutcome, faults
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.vocabulary import Decision, InfoClass, Kind, Office, Route
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.errors import Refused
from enquiry_tui.records import authorities, ledger, referrals
from enquiry_tui.records.base import Row

_SAID = {"purpose": "part.about", "about_whom": "part.about", "what": "part.about"}
_SAID |= {"why": "part.about", "asked_by": "part.about"}
_DECISIONS = {RequestOutcome.PASSED: Decision.ROUTE, RequestOutcome.REFUSED: Decision.REFUSE}


class TooWide(Refused):
    """The request lacks something, or it fishes."""

    def __init__(self, found: tuple[str, ...]) -> None:
        super().__init__("This cannot be weighed as it was asked.", " ".join(found))


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request as it was taken down in a live contact; `form_on`: the day its form came."""

    contact_uid: str
    asked: Asked
    info_class: InfoClass
    form_on: date | None = None


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request and what was done about it."""

    uid: str
    enquiry_uid: str
    agency: str
    asked_by: str
    purpose: str
    about_whom: str
    what: str
    info_class: InfoClass
    authorised: str
    form_on: date | None
    basis: str
    outcome: RequestOutcome | None
    why: str
    taken_at: datetime
    pack_hash: str


def take_request(desk: Desk, new: NewRequest) -> RequestView:
    """Write down what an agency asks. Raises TooWide for a trawl or a gap, Refused, ContactOver."""
    rules = desk.packs.authority.value.requests
    with desk.act(Action.AGENCY_ASKED) as act:
        row = steps.live_contact(desk, new.contact_uid)
        if row["enquiry_id"] is None:
            raise NotFound("matter for this call")
        basis = basis_for(desk, Kind(row["kind"]))
        if lacks := faults(new.asked, rules):
            raise TooWide(lacks)
        if new.form_on is not None and new.form_on > desk.today():
            raise Refused("The form cannot come from the future.", "Give the day it came.")
        uid = act.new_uid()
        asked = new.asked
        authorities.add_request(
            act.tx,
            uid=uid,
            origin_vault=desk.store.vault_id,
            contact_id=row["id"],
            enquiry_id=row["enquiry_id"],
            agency=work.line(asked.agency),
            asked_by=work.line(asked.asked_by),
            purpose=asked.purpose,
            about_whom=work.line(asked.about_whom),
            what=work.line(asked.what),
            info_class=str(new.info_class),
            necessity=work.line(asked.necessity),
            prejudice=work.line(asked.prejudice),
            authorised_rank=work.line(asked.authorised_rank),
            authorised_by=work.line(asked.authorised_by),
            form_on=new.form_on.isoformat() if new.form_on else None,
            basis=basis,
            pack_hash=desk.packs.authority.hash,
            taken_at=act.at,
            taken_by=desk.officer.uid,
        )
        act.event("agency_request", uid, purpose=asked.purpose, form=bool(new.form_on))
    return request(desk, uid)


def form_came(desk: Desk, uid: str, on_day: date) -> RequestView:
    """Keep the day on which the written form came. Raises NotFound, Refused."""
    with desk.act(Action.AGENCY_FORM) as act:
        row = _open(desk, uid)
        if on_day > desk.today():
            raise Refused("The form cannot come from the future.", "Give the day it came.")
        authorities.change_request(act.tx, row["id"], form_on=on_day.isoformat())
        act.event("agency_request", uid, form_on=on_day.isoformat())
    return request(desk, uid)


def settle_request(
    desk: Desk, uid: str, outcome: RequestOutcome, why: str, referral_uid: str = ""
) -> RequestView:
    """Record what was done, with its reason, on the ledger under its basis.

    The form gives no right, so each outcome is a decision. Sharing happens by a referral (tick
    list, confirmed address); here it is named. Raises NotFound, ReasonMissing, Refused.
    """
    with desk.act(Action.AGENCY_SETTLED) as act:
        row = _open(desk, uid)
        because = steps.reason(why)
        shared = _shared(desk, row, referral_uid) if outcome is RequestOutcome.SHARED else None
        line = shared["line"] if shared else _ledger_line(act, desk, row, outcome, because)
        authorities.change_request(
            act.tx,
            row["id"],
            outcome=str(outcome),
            why=because,
            ledger_uid=line,
            referral_id=shared["id"] if shared else None,
            settled_at=act.at,
            settled_by=desk.officer.uid,
        )
        act.event("agency_request", uid, outcome=str(outcome), why=because, line=line)
    return request(desk, uid)


def demand_specific(desk: Desk, asked: Asked) -> None:
    """Refuse what fishes or has gaps, before anybody asks who authorised it. Raises TooWide."""
    rules = replace(desk.packs.authority.value.requests, authoriser_required=False)
    if lacks := faults(asked, rules):
        raise TooWide(lacks)


def request(desk: Desk, uid: str) -> RequestView:
    """Give one request. Raises NotFound."""
    return _view(desk, _found(desk, uid), Limits(desk))


def requests_of(desk: Desk, enquiry_uid: str) -> tuple[RequestView, ...]:
    """List the requests in a matter, those without an outcome first. Raises NotFound."""
    matter, limits = steps.enquiry(desk, enquiry_uid), Limits(desk)
    rows = authorities.requests_of(desk.store, matter["id"])
    return tuple(_view(desk, row, limits) for row in rows)


def basis_for(desk: Desk, kind: Kind) -> str:
    """Give the law a request of this kind is weighed under. Raises Refused where none is."""
    rules = desk.packs.authority.value.requests
    basis = rules.basis(Office(desk.office.kind), kind)
    if basis and kind in rules.kinds:
        return basis
    if kind is Kind.OWN_FORCE:
        raise Refused("Your own force needs no form here.", rules.own)
    raise Refused("That form is for police and other agencies.", "F4 says who is asking.")


def _ledger_line(act: Act, desk: Desk, row: Row, outcome: RequestOutcome, because: str) -> str:
    contact = steps.contact(desk, row["contact_uid"])
    info_class = InfoClass(row["info_class"])
    uid = act.new_uid()
    ledger.add(
        act.tx,
        "",
        uid=uid,
        origin_vault=desk.store.vault_id,
        contact_id=contact["id"],
        enquiry_id=row["enquiry_id"],
        decision=str(_DECISIONS[outcome]),
        item="agency request",
        info_class=str(info_class),
        class_rank=info_class.digit,
        content=0,
        recipient_person_id=contact["person_id"],
        route=str(Route.TOLD),
        basis=f"{row['basis']}. {because}",
        rule=judge_contact(desk, contact, info_class).rule,
        pack_hash=desk.packs.disclosure.hash,
        officer_uid=desk.officer.uid,
        at=act.at,
    )
    return uid


def _shared(desk: Desk, row: Row, referral_uid: str) -> dict[str, int | str]:
    """Find the referral by which something was shared in answer to the request."""
    if row["form_on"] is None:
        raise Refused(
            "Nothing is shared before the written form is here.", "Keep the day it came first."
        )
    referral = referrals.by_uid(desk.store, referral_uid)
    lines = [
        line
        for line in ledger.of_enquiry(desk.store, row["enquiry_id"])
        if referral is not None and line["referral_id"] == referral["id"]
        if line["route"] == Route.SHARED
    ]
    if referral is None or referral["enquiry_id"] != row["enquiry_id"] or not lines:
        raise Refused(
            "No referral in this matter shared anything.",
            "Share by F5: tick list, basis, confirmed address. Then say here which one it was.",
        )
    return {"id": int(referral["id"]), "line": str(lines[-1]["uid"])}


def _open(desk: Desk, uid: str) -> Row:
    row = _found(desk, uid)
    if row["outcome"] is not None:
        raise Refused("This request has its outcome.", "A new request is taken down anew.")
    return row


def _found(desk: Desk, uid: str) -> Row:
    row = authorities.request_by_uid(desk.store, uid)
    if row is None:
        raise NotFound("request")
    return row


def _view(desk: Desk, row: Row, limits: Limits) -> RequestView:
    view = RequestView(
        uid=row["uid"],
        enquiry_uid=row["enquiry_uid"],
        agency=row["agency"],
        asked_by=row["asked_by"],
        purpose=row["purpose"],
        about_whom=row["about_whom"],
        what=row["what"],
        info_class=InfoClass(row["info_class"]),
        authorised=" ".join(w for w in (row["authorised_rank"], row["authorised_by"]) if w),
        form_on=work.day(row["form_on"]),
        basis=row["basis"],
        outcome=RequestOutcome(row["outcome"]) if row["outcome"] else None,
        why=row["why"],
        taken_at=parse_utc(row["taken_at"]),
        pack_hash=row["pack_hash"],
    )
    seen = limits.said_in(row["contact_id"], row["enquiry_id"])
    return unread(desk, veiled(desk, view, _SAID, seen), _SAID)
