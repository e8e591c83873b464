"""The steps of a referral, inside the act of the verb that refers or passes a complaint on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from enquiry_tui.desk import referral_fields, work
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.messages import refuse_subject
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.referral_fields import FieldChoice
from enquiry_tui.domain.vocabulary import Decision, InfoClass, Route, highest
from enquiry_tui.errors import Refused
from enquiry_tui.records import directory, enquiries, ledger, referrals, search
from enquiry_tui.records.base import Row

KINDS = ("signpost", "onward", "iopc")
ACCOUNT_KINDS = ("fact", "allegation", "opinion")
ACCOUNT = "referral.account"


class AddressNotConfirmed(Refused):
    """Something would be sent to an entry whose number and addresses nobody has confirmed."""

    def __init__(self) -> None:
        super().__init__(
            "The address of this directory entry is not confirmed, so nothing can be sent to it.",
            "Check it through a second source, confirm it in the directory, then send.",
        )


class ReferralIncomplete(Refused):
    """Something a referral needs is missing; `missing` names each."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__("This referral is not complete.", "Still needed: " + "; ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class ReferralRequest:
    """What is to be referred, to which entry; a signpost needs no more than matter and entry.

    `fields` are names from `field_choices`; nothing else of the matter goes with it.
    """

    enquiry_uid: str
    entry_key: str
    kind: str = "onward"
    contact_uid: str = ""
    urgency: str = "routine"
    request: str = ""
    account: str = ""
    account_kind: str = "allegation"
    risk: str = ""
    wants: str = ""
    done_so_far: str = ""
    fields: tuple[str, ...] = ()
    left_out: str = ""
    basis: str = ""
    necessity: str = ""
    reply_by: date | None = None
    who_tells: str = ""
    destroy_by: date | None = None


def record_referral(act: Act, desk: Desk, matter: Row, request: ReferralRequest) -> tuple[str, Row]:
    """Add a referral and its ledger lines: the step that complaints share. Gives uid and entry."""
    entry = directory.by_key(act.tx, request.entry_key)
    if entry is None or not entry["active"]:
        raise NotFound("directory entry")
    _demand_complete(request)
    chosen = _chosen(desk, matter, request)
    if request.kind != "signpost":
        request = _settled(desk, matter, request)
        refuse_subject(desk, matter, str(entry["name"]), entry)
        if entry["confirmed_at"] is None:
            raise AddressNotConfirmed
    contact = work.contact_for(desk, request.contact_uid, matter)
    contact_id = contact["id"] if contact else None
    uid = act.new_uid()
    key = _add(act, desk, request, uid, matter["id"], entry["id"], contact_id)
    if request.kind != "signpost":
        _share(act, desk, matter, entry, (key, contact_id), request, chosen)
        if entry["kind"] == "unit" and request.kind == "onward":
            enquiries.change(act.tx, matter["id"], held_by=entry["name"], held_since=act.at)
    text = f"{request.request} {request.account}"
    search.index(act.tx, "referral", uid, text, enquiry_id=matter["id"])
    return uid, entry


def _demand_complete(request: ReferralRequest) -> None:
    if request.kind not in KINDS or request.account_kind not in ACCOUNT_KINDS:
        raise Refused("There is no such kind of referral.", f"One of: {', '.join(KINDS)}.")
    if request.kind == "iopc" and request.entry_key != "iopc":
        raise Refused(
            "A statutory referral goes to the Independent Office for Police Conduct only.",
            "Choose its entry, or an onward referral.",
        )
    if request.kind == "signpost":
        if request.fields or request.account.strip():
            raise Refused(
                "A signpost shares nothing: the person is only given a number.",
                "Untick the fields, or choose an onward referral.",
            )
        return
    needed = {
        "what is asked of them, in one line": request.request,
        "the lawful basis": request.basis,
        "why it is necessary": request.necessity,
    }
    missing = tuple(what for what, words in needed.items() if not work.line(words))
    if missing:
        raise ReferralIncomplete(missing)


def _chosen(desk: Desk, matter: Row, request: ReferralRequest) -> tuple[FieldChoice, ...]:
    """Give the ticked fields. Raises Refused for one that may not go."""
    offered = {choice.name: choice for choice in referral_fields.choices_for(desk, matter)}
    if any(name not in offered for name in request.fields):
        raise Refused(
            "One of these fields cannot be sent.",
            "It is empty, protected or not of this matter: choose from the list that is shown.",
        )
    return tuple(offered[name] for name in dict.fromkeys(request.fields))


def _settled(desk: Desk, matter: Row, request: ReferralRequest) -> ReferralRequest:
    """Fill in what the office has settled: until when it is kept, and name what was not ticked."""
    offered = referral_fields.choices_for(desk, matter)
    unticked = [choice.label for choice in offered if choice.name not in request.fields]
    kept = timedelta(days=desk.packs.office.value.destroy_by_days)
    return replace(
        request,
        left_out="\n".join(filter(None, (request.left_out.strip(), ", ".join(unticked)))),
        destroy_by=request.destroy_by or desk.today() + kept,
    )


def _add(
    act: Act,
    desk: Desk,
    request: ReferralRequest,
    uid: str,
    enquiry_id: int,
    entry_id: int,
    contact_id: int | None,
) -> int:
    return referrals.add(
        act.tx,
        uid=uid,
        origin_vault=desk.store.vault_id,
        enquiry_id=enquiry_id,
        number=referrals.next_number(act.tx, enquiry_id),
        contact_id=contact_id,
        entry_id=entry_id,
        kind=request.kind,
        urgency=work.line(request.urgency) or "routine",
        request=work.line(request.request),
        account=work.text(request.account),
        account_kind=request.account_kind,
        risk=work.text(request.risk),
        wants=work.text(request.wants),
        done_so_far=work.text(request.done_so_far),
        fields="\n".join(dict.fromkeys(request.fields)),
        left_out=work.text(request.left_out),
        basis=work.line(request.basis),
        necessity=work.text(request.necessity),
        reply_by=request.reply_by.isoformat() if request.reply_by else None,
        who_tells=work.line(request.who_tells),
        destroy_by=request.destroy_by.isoformat() if request.destroy_by else None,
        state="given" if request.kind == "signpost" else "sent",
        made_at=act.at,
        made_by=desk.officer.uid,
    )


def _share(
    act: Act,
    desk: Desk,
    matter: Row,
    entry: Row,
    keys: tuple[int, int | None],
    request: ReferralRequest,
    chosen: tuple[FieldChoice, ...],
) -> None:
    """Write a ledger line for each field and each text that goes: shared, on its basis."""
    fields = [(choice.name, choice.info_class, choice.value) for choice in chosen]
    for item, info_class, words in (*fields, *_texts(desk, request)):
        ledger.add(
            act.tx,
            words,
            uid=act.new_uid(),
            origin_vault=desk.store.vault_id,
            contact_id=keys[1],
            enquiry_id=matter["id"],
            referral_id=keys[0],
            decision=str(Decision.RELEASE),
            item=item,
            info_class=str(info_class),
            class_rank=info_class.digit,
            content=1,
            about_person_id=referral_fields.subject_id(desk, matter),
            recipient_entry_id=entry["id"],
            route=str(Route.SHARED),
            basis=work.line(request.basis),
            rule=f"referral.{request.kind}",
            pack_hash=desk.packs.disclosure.hash,
            officer_uid=desk.officer.uid,
            at=act.at,
        )


def _texts(desk: Desk, request: ReferralRequest) -> list[tuple[str, InfoClass, str]]:
    """Give the texts that go, each under its field's class."""
    found = []
    for name in ("request", "account", "risk", "wants", "done_so_far"):
        words = work.text(getattr(request, name))
        if words:
            # An account speaks of whom it likes: third party at least, whatever the field says.
            floor = InfoClass.THIRD_PARTY if name == "account" else InfoClass.PUBLIC
            own = desk.packs.table.class_of(f"referral.{name}")
            found.append((f"referral.{name}", highest(own, floor), words))
    return found
