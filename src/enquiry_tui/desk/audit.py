"""The record about the record: is it whole, and who did what; looking is itself written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.rights import ADMINISTRATOR, AuditReach, Right, audit_reach, may
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.records import audit as records
from enquiry_tui.records.base import Row
from enquiry_tui.vault.verification import Verification

MOST = 500  # events in one answer

# What is done to the vault, the accounts and the packs: for the administrator, not for the team.
_OF_VAULT = ADMINISTRATOR - {Right.SIGN_IN}
_WORDS = {str(action): str(action.word) for action in Action}
VAULT_ACTS = tuple(
    sorted(
        str(action)
        for action in Action
        if action.right in _OF_VAULT or action.startswith(("vault.", "account."))
    )
)


@dataclass(frozen=True, slots=True)
class EventView:
    """One event as it may be read: who, when, which act and object; never words or values."""

    seq: int
    at: datetime
    officer: str
    handle: str
    second: str
    action: str
    operation: str
    object_uid: str
    reference: str
    purpose: str
    outcome: str
    recipient_uid: str


def verify_record(desk: Desk) -> Verification:
    """Check the whole chain of events, and leave the event of having done so."""
    found = desk.unlocked.verify()
    with desk.act(Action.AUDIT_VERIFIED) as act:
        outcome = "verified" if found.verified else "failed"
        act.event("", "", outcome=outcome, events=found.events, code=found.code)
    return found


def events(desk: Desk, limit: int = 100, offset: int = 0) -> tuple[EventView, ...]:
    """Read the events that the officer's right reaches, the latest first. Raises NotPermitted.

    An officer reads the own acts, a supervisor the team's, a monitoring officer and an auditor all;
    the acts on vault and accounts are the administrator's. Reading leaves an event of its own.
    """
    scope = _scope(desk)
    reader = Action.AUDIT_READ
    with desk.act(reader) as act:
        rows = records.events(act.tx, desk.store.vault_id, scope, min(limit, MOST), max(0, offset))
        act.event("", "", count=len(rows), offset=offset)
    return tuple(map(_view, rows))


def vault_events(desk: Desk, limit: int = 100, offset: int = 0) -> tuple[EventView, ...]:
    """Read the acts on vault, accounts and packs, for an administrator. Raises NotPermitted."""
    desk.demand(Right.AUDIT_VAULT)
    with desk.act(Action.AUDIT_VAULT_READ) as act:
        scope = records.Scope(only=VAULT_ACTS)
        rows = records.events(act.tx, desk.store.vault_id, scope, min(limit, MOST), max(0, offset))
        act.event("", "", count=len(rows), offset=offset)
    return tuple(map(_view, rows))


def _scope(desk: Desk) -> records.Scope:
    role, administrator = desk.officer.role, desk.officer.administrator
    match audit_reach(role):
        case AuditReach.ALL:
            return records.Scope(hide_restricted=False)
        case AuditReach.TEAM:
            vault_too = may(role, administrator, Right.AUDIT_VAULT)
            return records.Scope(never=() if vault_too else VAULT_ACTS)
        case AuditReach.OWN:
            return records.Scope(actor=desk.officer.uid, hide_restricted=False)


def _view(row: Row) -> EventView:
    action = str(row["action"])
    return EventView(
        seq=row["seq"],
        at=parse_utc(row["utc"]),
        officer=row["name"] or "",
        handle=row["handle"] or "",
        second=row["second_name"] or "",
        action=action,
        operation=_WORDS.get(action, ""),
        object_uid=row["object"],
        reference=row["reference"] or "",
        purpose=row["purpose"],
        outcome=row["outcome"],
        recipient_uid=row["recipient"],
    )
