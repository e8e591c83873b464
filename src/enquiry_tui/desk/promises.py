"""Promises by day and time: made, moved with the first time kept, kept or released."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from enquiry_tui.desk import steps, work
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.seeing import Limits, masked
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.phones import read_phone
from enquiry_tui.domain.vocabulary import InfoClass, MarkerKind
from enquiry_tui.domain.when import parse_utc, utc_text
from enquiry_tui.errors import Refused
from enquiry_tui.records import contacts, enquiries, markers, people, promises
from enquiry_tui.records.base import Row


class PastTime(Refused):
    """A promise would be due before now."""

    def __init__(self) -> None:
        super().__init__("That time is past.", "Give a day and time still to come.")


class SafeNumberOnly(Refused):
    """A marker says by which number this person may be rung, and another one was given."""

    def __init__(self) -> None:
        super().__init__(
            "Safe contact only: another number is marked as the safe one.",
            "Leave the number blank to use it, or ask a supervisor to change the marker.",
        )


@dataclass(frozen=True, slots=True)
class MakePromise:
    """A promise as it is made; `due_at` is aware. Whom and number are filled in if blank."""

    enquiry_uid: str
    what: str
    due_at: datetime
    contact_uid: str = ""
    to_whom: str = ""
    safe_number: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise as it stands; `no_voicemail` and the safe number come before anything else."""

    uid: str
    enquiry_uid: str
    reference: str
    what: str
    to_whom: str
    safe_number: str
    safe_only: bool
    no_voicemail: bool
    due_at: datetime
    first_due_at: datetime
    moved: int
    told_of_move: bool
    owner: str
    owner_uid: str
    state: str
    made_at: datetime
    settled_at: datetime | None
    settled_how: str


def make_promise(desk: Desk, request: MakePromise) -> Promise:
    """Promise something by a day and time. Raises NotFound, PastTime, SafeNumberOnly."""
    with desk.act(Action.PROMISE_MAKE) as act:
        matter = steps.enquiry(desk, request.enquiry_uid)
        uid = record_promise(act, desk, matter, request)
        act.event(
            "promise", uid, matter=matter["uid"], what=request.what, due=utc_text(request.due_at)
        )
    return promise(desk, uid)


def record_promise(act: Act, desk: Desk, matter: Row, request: MakePromise) -> str:
    """Add the row of a promise, under the markers that stand: the step that quick log shares."""
    if request.due_at <= act.now:
        raise PastTime
    contact = work.contact_for(desk, request.contact_uid, matter)
    person_id = contact["person_id"] if contact else None
    safe = _safe_number(desk, matter["id"], person_id, work.line(request.safe_number))
    due = utc_text(request.due_at)
    uid = act.new_uid()
    promises.add(
        act.tx,
        uid=uid,
        origin_vault=desk.store.vault_id,
        enquiry_id=matter["id"],
        contact_id=contact["id"] if contact else None,
        person_id=person_id,
        owner=desk.officer.uid,
        what=work.line(request.what) or "ring back",
        to_whom=work.line(request.to_whom) or _name_of(desk, contact),
        safe_number=safe,
        due_at=due,
        first_due_at=due,
        state="open",
        made_at=act.at,
    )
    enquiries.refresh_desk_key(act.tx, matter["id"])
    return uid


def move_promise(desk: Desk, uid: str, due_at: datetime, why: str, *, told: bool) -> Promise:
    """Move a promise; the first time stays in sight, and whether they were told of the move.

    Raises NotFound, WrongState, PastTime, ReasonMissing.
    """
    with desk.act(Action.PROMISE_MOVE) as act:
        row = _open(desk, uid)
        because = steps.reason(why)
        if due_at <= act.now:
            raise PastTime
        contacts.keep_old(
            act.tx,
            uid=act.new_uid(),
            object_kind="promise",
            object_uid=uid,
            field="due_at",
            old_value=row["due_at"],
            why=because,
            at=act.at,
            by=desk.officer.uid,
        )
        changes = {"moved": row["moved"] + 1, "told_of_move": int(told)}
        promises.change(act.tx, row["id"], due_at=utc_text(due_at), **changes)
        enquiries.refresh_desk_key(act.tx, row["enquiry_id"])
        act.event("promise", uid, old=row["due_at"], new=utc_text(due_at), why=because, told=told)
    return promise(desk, uid)


def keep_promise(desk: Desk, uid: str, how: str = "") -> Promise:
    """Say that a promise was kept, and how. Raises NotFound, WrongState."""
    with desk.act(Action.PROMISE_KEEP) as act:
        _settle(act, _open(desk, uid), "kept", work.line(how))
    return promise(desk, uid)


def release_promise(desk: Desk, uid: str, why: str) -> Promise:
    """Let a promise go, with the reason. Raises NotFound, WrongState, ReasonMissing."""
    with desk.act(Action.PROMISE_DROP) as act:
        _settle(act, _open(desk, uid), "released", steps.reason(why))
    return promise(desk, uid)


def promise(desk: Desk, uid: str) -> Promise:
    """Give one promise. Raises NotFound."""
    return _view(desk, _found(desk, uid))


def promises_of(desk: Desk, enquiry_uid: str) -> tuple[Promise, ...]:
    """Give the promises of a matter, open ones first and by time. Raises NotFound."""
    matter = steps.enquiry(desk, enquiry_uid)
    limits = Limits(desk)
    rows = promises.of_enquiry(desk.store, matter["id"])
    return tuple(
        _masked(desk, _view(desk, row), limits.said_in(row["contact_id"], matter["id"]))
        for row in rows
    )


def _masked(desk: Desk, promise: Promise, seen: InfoClass | None) -> Promise:
    """Mask what may not be seen now; `v` on the matter shows it with a purpose."""
    return replace(
        promise,
        what=masked(desk, "promise.what", promise.what, seen),
        safe_number=masked(desk, "promise.safe_number", promise.safe_number, seen),
    )


def my_promises(desk: Desk) -> tuple[Promise, ...]:
    """Give the officer's own open promises by time."""
    return tuple(_view(desk, row) for row in promises.open_of(desk.store, desk.officer.uid))


def _settle(act: Act, row: Row, state: str, how: str) -> None:
    promises.change(act.tx, row["id"], state=state, settled_at=act.at, settled_how=how)
    enquiries.refresh_desk_key(act.tx, row["enquiry_id"])
    act.event("promise", row["uid"], how=how)


def _found(desk: Desk, uid: str) -> Row:
    row = promises.by_uid(desk.store, uid)
    if row is None:
        raise NotFound("promise")
    return row


def _open(desk: Desk, uid: str) -> Row:
    row = _found(desk, uid)
    if row["state"] != "open":
        raise work.WrongState("promise", f"already {row['state']}", "Make a new one if needed.")
    return row


def _safe_number(desk: Desk, enquiry_id: int, person_id: int | None, given: str) -> str:
    """Give the number to ring: the marked safe one wherever one stands. Raises SafeNumberOnly."""
    safe = [
        str(row["safe_number"])
        for row in markers.standing(desk.store, person_id=person_id, enquiry_id=enquiry_id)
        if row["kind"] == MarkerKind.SAFE_CONTACT_ONLY and row["safe_number"]
    ]
    if not safe:
        return given
    if given and not any(_same_number(given, number) for number in safe):
        raise SafeNumberOnly
    return given or safe[0]


def _same_number(one: str, other: str) -> bool:
    left, right = read_phone(one), read_phone(other)
    return left.last9 == right.last9 if left.last9 else one == other


def _name_of(desk: Desk, contact: Row | None) -> str:
    if contact is None:
        return ""
    known = people.by_key(desk.store, contact["person_id"]) if contact["person_id"] else None
    return str(known["name"] if known else contact["who_said"])


def _view(desk: Desk, row: Row) -> Promise:
    standing = markers.standing(
        desk.store, person_id=row["person_id"], enquiry_id=row["enquiry_id"]
    )
    kinds = {str(marker["kind"]) for marker in standing}
    return Promise(
        uid=row["uid"],
        enquiry_uid=row["enquiry_uid"],
        reference=row["reference"],
        what=row["what"],
        to_whom=row["to_whom"],
        safe_number=row["safe_number"],
        safe_only=MarkerKind.SAFE_CONTACT_ONLY in kinds,
        no_voicemail=MarkerKind.NO_VOICEMAIL in kinds,
        due_at=parse_utc(row["due_at"]),
        first_due_at=parse_utc(row["first_due_at"]),
        moved=row["moved"],
        told_of_move=bool(row["told_of_move"]),
        owner=row["owner_name"],
        owner_uid=row["owner"],
        state=row["state"],
        made_at=parse_utc(row["made_at"]),
        settled_at=work.moment(row["settled_at"]),
        settled_how=row["settled_how"],
    )
