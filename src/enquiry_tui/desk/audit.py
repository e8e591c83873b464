"""The record about the record: is it whole, and who did what; looking is itself written down."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from enquiry_tui.desk import steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.going_back import accepting_brings_back
from enquiry_tui.desk.session import bring_up
from enquiry_tui.documents.deliver import prepare_from
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.rights import ADMINISTRATOR, AuditReach, Right, audit_reach, may
from enquiry_tui.domain.when import utc_text
from enquiry_tui.errors import Refused
from enquiry_tui.records import audit as records
from enquiry_tui.records.base import Reader, Row
from enquiry_tui.vault import vault
from enquiry_tui.vault.accounts import RECOVERY_HANDLE
from enquiry_tui.vault.chain import code_of, head_of_code
from enquiry_tui.vault.checkpoint import signed_note
from enquiry_tui.vault.encoding import moment_of
from enquiry_tui.vault.exporting import export_lines
from enquiry_tui.vault.found import Verification
from enquiry_tui.vault.set_back import ACCEPTED

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
    at: datetime | None  # None where it was altered and cannot be read
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
    """Check the whole record in one go, and leave the event of having done so."""
    work = verification(desk)
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: Verification = end.value
            return found


def verification(desk: Desk) -> Generator[int, None, Verification]:
    """Check the whole record in short steps, each giving the event reached.

    Leaves the event of having done so, but in a vault that is held: there nothing is written.
    """
    desk.demand(Action.AUDIT_VERIFIED)
    found = yield from desk.unlocked.verification()
    if desk.unlocked.proof.held is None:
        with desk.act(Action.AUDIT_VERIFIED) as act:
            outcome = "verified" if found.verified else "failed"
            verdicts = [str(verdict) for verdict in found.verdicts]
            act.event(
                "", "", outcome=outcome, events=found.events, code=found.code, verdicts=verdicts
            )
    return found


def event_of_code(desk: Desk, code: str) -> int:
    """Give the event after which the record had this code, as printed or read at a sign-in.

    Raises Refused where it is no code, or no event of this record has it.
    """
    digits = head_of_code(code)
    if not digits:
        raise Refused("That is not a code of a record.", "It is 12 letters and figures.")
    seq = records.by_code(desk.store, desk.store.vault_id, digits)
    if seq is None:
        raise Refused(
            "No event of this record has that code.",
            "Read it again. If it is right, the record is not the one that it was printed from.",
        )
    return seq


def accept_record(desk: Desk, reason: str, passphrase: str) -> str:
    """Take a held record as it is, with a reason, the passphrase typed again; then work goes on.

    The event names what was seen and is missing. Gives what of access is older again, in words, and
    nothing where the vault is no older copy. Where nothing holds the record but it is ahead of the
    clock, it is the clock that is taken as right. Raises NotPermitted, ReasonMissing, Refused,
    WrongPassphrase, StorageFailed.
    """
    desk.demand(Action.RECORD_ACCEPTED)
    why = steps.reason(reason)
    vault.prove_again(desk.unlocked, passphrase)
    if desk.unlocked.proof.held is None and is_clock_behind(desk):
        _accept_clock(desk, why)
        return ""
    older = accepting_brings_back(desk)
    vault.accept(desk.unlocked, why)
    bring_up(desk, desk.packs)
    return older


def is_clock_behind(desk: Desk) -> bool:
    """Say whether the machine's clock stands behind the record: an administrator can accept it."""
    return desk.time.behind() is not None


def _accept_clock(desk: Desk, why: str) -> None:
    clock, reached = utc_text(desk.clock.now()), utc_text(desk.now())
    with desk.act(Action.CLOCK_BACK) as act:
        act.event("", "", outcome=ACCEPTED, reason=why, clock=clock, reached=reached)
    desk.time.accept()
    desk.unlocked.proof.clock_back = None


def checkpoint(desk: Desk) -> str:
    """Give the signed note of how far the record goes, to be kept somewhere else."""
    with desk.act(Action.AUDIT_CHECKPOINT) as act:
        act.event("", "")
        act.tx.checkpoint("asked")
    seq, head = desk.store.head()
    return signed_note(desk.store.vault_id, seq, head, desk.officer.handle, desk.unlocked.keys)


@dataclass(frozen=True, slots=True)
class ExportedRecord:
    """A record that left as a file: its hash, its events, and what everything leads back to."""

    file: Path
    sha256: str
    events: int
    head: str
    code: str
    fingerprint: str


def export_record(desk: Desk, out: Path, passphrase: str, *, force: bool = False) -> ExportedRecord:
    """Write the record to a file for a third party, the passphrase typed again.

    It has no name and no word in it, and is verified without a passphrase. Raises NotPermitted,
    WrongPassphrase, FileExists, CannotDeliver.
    """
    if not any(_carries(desk, right) for right in (Right.AUDIT_ALL, Right.AUDIT_VAULT)):
        desk.demand(Right.AUDIT_ALL)
    vault.prove_again(desk.unlocked, passphrase)
    seq, head = desk.store.head()
    prepared = prepare_from(out, export_lines(desk.unlocked), force=force)
    try:
        with desk.act(Action.AUDIT_EXPORTED) as act:
            act.event("", "", sha256=prepared.sha256, events=seq, code=code_of(head))
        file = prepared.commit()
    except BaseException:
        prepared.discard()
        raise
    fingerprint = vault.fingerprint_of(desk.unlocked.ring.root)
    return ExportedRecord(file, prepared.sha256, seq, head.hex(), code_of(head), fingerprint)


def _carries(desk: Desk, right: Right) -> bool:
    return may(desk.officer.role, desk.officer.administrator, right)


def events(desk: Desk, limit: int = 100, offset: int = 0) -> tuple[EventView, ...]:
    """Read the events that the officer's right reaches, the latest first. Raises NotPermitted.

    An officer reads the own acts, a supervisor the team's, a monitoring officer and an auditor all;
    the acts on vault and accounts are the administrator's. Reading leaves an event of its own.
    """
    scope = _scope(desk)
    reader = Action.AUDIT_READ
    if desk.unlocked.proof.held is not None:  # nothing is written; and this shows nobody's words
        desk.demand(reader)
        return _views(desk.store, desk, scope, (limit, offset))
    with desk.act(reader) as act:
        found = _views(act.tx, desk, scope, (limit, offset))
        act.event("", "", count=len(found), offset=offset)
    return found


def vault_events(desk: Desk, limit: int = 100, offset: int = 0) -> tuple[EventView, ...]:
    """Read the acts on vault, accounts and packs, for an administrator. Raises NotPermitted."""
    desk.demand(Right.AUDIT_VAULT)
    with desk.act(Action.AUDIT_VAULT_READ) as act:
        scope = records.Scope(only=VAULT_ACTS)
        found = _views(act.tx, desk, scope, (limit, offset))
        act.event("", "", count=len(found), offset=offset)
    return found


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


def _views(
    reader: Reader, desk: Desk, scope: records.Scope, part: tuple[int, int]
) -> tuple[EventView, ...]:
    limit, offset = min(part[0], MOST), max(0, part[1])
    rows = records.events(reader, desk.store.vault_id, scope, limit, offset)
    key = desk.unlocked.ring.header.recovery()
    return tuple(_view(row, "" if key is None else key.uid) for row in rows)


def _view(row: Row, recovery: str) -> EventView:
    is_recovery = row["actor"] == recovery
    action = str(row["action"])
    return EventView(
        seq=row["seq"],
        at=moment_of(row["utc"]),
        officer="the recovery key" if is_recovery else row["name"] or "",
        handle=RECOVERY_HANDLE if is_recovery else row["handle"] or "",
        second=row["second_name"] or "",
        action=action,
        operation=_WORDS.get(action, ""),
        object_uid=row["object"],
        reference=row["reference"] or "",
        purpose=row["purpose"],
        outcome=row["outcome"],
        recipient_uid=row["recipient"],
    )
