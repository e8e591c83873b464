"""Override: two officers open a cell that lacks a level, and only such a cell."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.desk import steps
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.gate import judge_contact
from enquiry_tui.desk.session import second_key
from enquiry_tui.desk.telling import shut
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.gate import Verdict
from enquiry_tui.domain.permits import permits
from enquiry_tui.domain.rights import Right
from enquiry_tui.domain.text import clean, clean_line
from enquiry_tui.domain.vocabulary import Decision, InfoClass, Route, highest
from enquiry_tui.records import ledger, people
from enquiry_tui.records.base import Row


@dataclass(frozen=True, slots=True)
class Override:
    """What is to be told although the check lacks a level, and who answers for it."""

    contact_uid: str
    item: str
    words: str
    info_class: InfoClass
    decision: Decision
    why: str
    second_handle: str
    second_passphrase: str


def override(desk: Desk, request: Override) -> str:
    """Tell under two signatures. Raises GateShut for `never` and `route`, NotPermitted, Refused.

    The second officer proves the passphrase and must carry the right to countersign; the event
    bears both signatures.
    """
    row = steps.live_contact(desk, request.contact_uid)
    verdict = _verdict(desk, row, request)
    if not permits(verdict, request.decision, Route.OVERRIDE):
        raise shut(verdict)
    why = steps.reason(request.why)
    with (
        second_key(
            desk, request.second_handle, request.second_passphrase, Right.COUNTERSIGN
        ) as second,
        desk.act(Action.LEDGER_OVERRIDE, "override") as act,
    ):
        uid = _line(act, desk, row, request, verdict, second.account.uid)
        person = people.by_key(desk.store, row["person_id"] or 0)
        recipient = person["uid"] if person is not None else ""
        act.event("ledger", uid, recipient=recipient, second=second, why=why)
        return uid


def _verdict(desk: Desk, row: Row, request: Override) -> Verdict:
    """Judge the item; a field is never judged below its own class here."""
    info_class = request.info_class
    if request.item in desk.packs.table.fields:
        info_class = highest(info_class, desk.packs.table.class_of(request.item))
    return judge_contact(desk, row, info_class, purpose=request.why)


def _line(act: Act, desk: Desk, row: Row, request: Override, verdict: Verdict, second: str) -> str:
    info_class = verdict.info_class or request.info_class
    uid = act.new_uid()
    ledger.add(
        act.tx,
        clean(request.words).text,
        uid=uid,
        origin_vault=desk.store.vault_id,
        contact_id=row["id"],
        enquiry_id=row["enquiry_id"],
        decision=str(request.decision),
        item=clean_line(request.item).text,
        info_class=str(info_class),
        class_rank=info_class.digit,
        content=1,
        about_person_id=row["person_id"],
        recipient_person_id=row["person_id"],
        route=str(Route.OVERRIDE),
        basis=clean_line(request.why).text,
        second_officer=second,
        rule=verdict.rule,
        pack_hash=desk.packs.disclosure.hash,
        officer_uid=desk.officer.uid,
        at=act.at,
    )
    return uid
