"""Referrals: a number given, information sent on, an answer kept, the enquirer told back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from enquiry_tui.desk import steps, work
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.referral_fields import FieldChoice, field_choices
from enquiry_tui.desk.referral_steps import (
    AddressNotConfirmed,
    ReferralIncomplete,
    ReferralRequest,
    record_referral,
)
from enquiry_tui.desk.seeing import Limits, veiled
from enquiry_tui.desk.unread import unread
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.errors import NotPermitted
from enquiry_tui.records import enquiries, referrals
from enquiry_tui.records.base import Row

__all__ = [
    "AddressNotConfirmed",
    "FieldChoice",
    "NotPermitted",
    "Referral",
    "ReferralIncomplete",
    "ReferralRequest",
    "answer_referral",
    "field_choices",
    "refer",
    "referral",
    "referrals_of",
    "tell_enquirer_of_referral",
]

_SAID = {
    "request": "referral.request",
    "account": "referral.account",
    "risk": "referral.risk",
    "wants": "referral.wants",
    "done_so_far": "referral.done_so_far",
    "left_out": "referral.account",
    "necessity": "referral.account",
}
"""Its texts, and the fields by which the pack classes them; two are of what the account says."""


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral as it stands."""

    uid: str
    enquiry_uid: str
    reference: str
    number: int
    entry_key: str
    entry_name: str
    kind: str
    urgency: str
    request: str
    account: str
    account_kind: str
    risk: str
    wants: str
    done_so_far: str
    fields: tuple[str, ...]
    left_out: str
    basis: str
    necessity: str
    reply_by: date | None
    who_tells: str
    destroy_by: date | None
    state: str
    made_at: datetime
    made_by: str
    answered_at: datetime | None
    answered_by: str
    told_at: datetime | None


def refer(desk: Desk, request: ReferralRequest) -> Referral:
    """Refer a matter: a signpost shares nothing, everything else is written to the ledger.

    Raises NotFound, NotPermitted, ReferralIncomplete, AddressNotConfirmed, MessageStopped.
    """
    signpost = request.kind == "signpost"
    with desk.act(Action.REFERRAL_SIGNPOST if signpost else Action.REFERRAL_SEND) as act:
        matter = steps.enquiry(desk, request.enquiry_uid)
        uid, entry = record_referral(act, desk, matter, request)
        act.event(
            "referral",
            uid,
            outcome=request.kind,
            recipient=entry["uid"],
            matter=matter["uid"],
            fields=list(request.fields),
        )
    return referral(desk, uid)


def answer_referral(desk: Desk, uid: str, accepted: bool, by: str) -> Referral:
    """Keep whether a referral was taken on, and by whom. Raises NotFound, WrongState."""
    with desk.act(Action.REFERRAL_ACCEPT if accepted else Action.REFERRAL_DECLINE) as act:
        row = _found(desk, uid)
        if row["state"] != "sent":
            hint = "It has been answered already; a signpost is answered by nobody."
            raise work.WrongState("referral", row["state"], hint)
        who = work.line(by)
        if not who:
            raise work.WordsMissing("who answered")
        state = "accepted" if accepted else "declined"
        changes = {"answered_at": act.at, "answered_by": who}
        referrals.change(act.tx, row["id"], state=state, **changes)
        matter = steps.enquiry(desk, row["enquiry_uid"])
        if not accepted and matter["held_by"] == row["entry_name"]:
            back = {"held_by": "this office", "held_since": act.at}
            enquiries.change(act.tx, matter["id"], **back)
        act.event("referral", uid, outcome=state, by=who)
    return referral(desk, uid)


def tell_enquirer_of_referral(desk: Desk, uid: str) -> Referral:
    """Say that the enquirer knows who has it; what was told stands in the ledger, not here."""
    with desk.act(Action.REFERRAL_TOLD) as act:
        row = _found(desk, uid)
        if row["state"] not in {"accepted", "declined"}:
            raise work.WrongState("referral", row["state"], "Keep its answer first.")
        referrals.change(act.tx, row["id"], state="told", told_at=act.at)
        act.event("referral", uid)
    return referral(desk, uid)


def referral(desk: Desk, uid: str) -> Referral:
    """Give one referral. Raises NotFound."""
    return _shown(desk, _found(desk, uid), Limits(desk))


def referrals_of(desk: Desk, enquiry_uid: str) -> tuple[Referral, ...]:
    """Give the referrals of a matter in their order. Raises NotFound."""
    matter, limits = steps.enquiry(desk, enquiry_uid), Limits(desk)
    rows = referrals.of_enquiry(desk.store, matter["id"])
    return tuple(_shown(desk, row, limits) for row in rows)


def _shown(desk: Desk, row: Row, limits: Limits) -> Referral:
    seen = limits.said_in(row["contact_id"], row["enquiry_id"])
    return unread(desk, veiled(desk, view(row), _SAID, seen), _SAID)


def _found(desk: Desk, uid: str) -> Row:
    row = referrals.by_uid(desk.store, uid)
    if row is None:
        raise NotFound("referral")
    return row


def view(row: Row) -> Referral:
    """Make the view of a referral from its row."""
    same = ("uid", "enquiry_uid", "reference", "number", "entry_key", "entry_name", "kind")
    texts = ("urgency", "request", "account", "account_kind", "risk", "wants", "done_so_far")
    rest = ("left_out", "basis", "necessity", "who_tells", "state", "answered_by")
    return Referral(
        **{name: row[name] for name in (*same, *texts, *rest)},
        fields=tuple(filter(None, str(row["fields"]).split("\n"))),
        reply_by=work.day(row["reply_by"]),
        destroy_by=work.day(row["destroy_by"]),
        made_at=parse_utc(row["made_at"]),
        made_by=row["officer_name"],
        answered_at=work.moment(row["answered_at"]),
        told_at=work.moment(row["told_at"]),
    )
