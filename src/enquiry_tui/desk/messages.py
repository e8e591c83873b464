"""Messages: taken, passed, answered, and the caller told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from enquiry_tui.desk import steps, work
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.seeing import Limits, veiled
from enquiry_tui.desk.unread import unread
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.names import likeness
from enquiry_tui.domain.rights import Right
from enquiry_tui.domain.text import fold_words
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.errors import Refused
from enquiry_tui.records import complaints, directory, enquiries, ledger, messages, search
from enquiry_tui.records.base import Row

_RANKS = frozenset(
    (
        *("pc", "dc", "sgt", "sergeant", "ps", "ds", "insp", "inspector", "di", "dci", "ch"),
        *("chief", "supt", "superintendent", "acc", "dcc", "cc", "constable", "officer", "staff"),
        *("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "the", "a", "of", "at"),
    )
)
_NO_ANSWER = {
    "taken": "Pass it first.",
    "withdrawn": "It was a mistake; take it again.",
    "answered": "It has its answer already.",
    "told": "It has its answer already.",
}
_SAID = {
    "withdrawn_why": "message.words",
    "words": "message.words",
    "answer": "message.answer",
    "call_back": "contact.phone",
}
_SAME_NAME = 80  # likeness from which on two names count as one person's here


class MessageStopped(Refused):
    """A message about a complaint would reach the person complained of."""

    def __init__(self) -> None:
        super().__init__(
            "A message about this cannot go to the person it is about.",
            "Choose somebody else, or pass the complaint on (F6): they will be told properly.",
        )


@dataclass(frozen=True, slots=True)
class TakeMessage:
    """A message as it is taken down; only the matter, for whom and the words are needed."""

    enquiry_uid: str
    for_whom: str
    words: str
    contact_uid: str = ""
    urgent: bool = False
    call_back: str = ""
    deadline: str = ""
    entry_key: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message and how far it has come."""

    uid: str
    enquiry_uid: str
    reference: str
    for_whom: str
    entry_key: str
    words: str
    urgent: bool
    call_back: str
    deadline: str
    state: str
    taken_at: datetime
    taken_by: str
    passed_at: datetime | None
    passed_how: str
    answered_at: datetime | None
    answer: str
    told_at: datetime | None
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""


def take_message(desk: Desk, request: TakeMessage) -> Message:
    """Take a message. Raises NotFound, WordsMissing, OtherMatter, MessageStopped."""
    with desk.act(Action.MESSAGE_TAKE) as act:
        matter = steps.enquiry(desk, request.enquiry_uid)
        uid = record_message(act, desk, matter, request)
        for_whom = work.line(request.for_whom)
        act.event("message", uid, matter=matter["uid"], to=for_whom, urgent=request.urgent)
    return message(desk, uid)


def record_message(act: Act, desk: Desk, matter: Row, request: TakeMessage) -> str:
    """Add the row of a message and make it findable: the step that quick log shares."""
    words, for_whom = work.text(request.words), work.line(request.for_whom)
    entry = _entry(desk, request.entry_key)
    for_whom = for_whom or (str(entry["name"]) if entry else "")
    if not for_whom:
        raise work.WordsMissing("whom it is for")
    if not words:
        raise work.WordsMissing("the message")
    refuse_subject(desk, matter, for_whom, entry)
    contact = work.contact_for(desk, request.contact_uid, matter)
    uid = act.new_uid()
    messages.add(
        act.tx,
        uid=uid,
        origin_vault=desk.store.vault_id,
        enquiry_id=matter["id"],
        contact_id=contact["id"] if contact else None,
        for_whom=for_whom,
        for_entry_id=entry["id"] if entry else None,
        words=words,
        urgent=int(request.urgent),
        call_back=work.line(request.call_back),
        deadline=work.line(request.deadline),
        state="taken",
        taken_at=act.at,
        taken_by=desk.officer.uid,
    )
    enquiries.refresh_desk_key(act.tx, matter["id"])
    search.index(act.tx, "message", uid, f"{for_whom} {words}", enquiry_id=matter["id"])
    return uid


def refuse_subject(desk: Desk, matter: Row, for_whom: str, entry: Row | None) -> None:
    """Refuse a message that would reach whoever this matter complains of. Raises MessageStopped."""
    names = [for_whom] + ([str(entry["name"]), str(entry["key"])] if entry else [])
    subjects = [
        str(row["name"])
        for row in enquiries.parts(desk.store, matter["id"])
        if row["part"] == "complained-of"
    ]
    trays: set[str] = set()
    for row in complaints.of_enquiry(desk.store, matter["id"]):
        named = desk.packs.complaints.value.names.get(str(row["about"]))
        trays.update(" ".join(fold_words(word)) for word in (named.called if named else ()))
        subjects.append(str(row["about_whom"]))
    for name in names:
        if " ".join(fold_words(name.replace("-", " "))) in trays:
            raise MessageStopped
        if any(same_person(name, subject) for subject in subjects):
            raise MessageStopped


def pass_message(desk: Desk, uid: str, how: str) -> Message:
    """Say that a message has reached its person, and how. Raises NotFound, WrongState."""
    with desk.act(Action.MESSAGE_PASS) as act:
        row = _found(desk, uid)
        if row["stands"] != "taken":
            gone = row["stands"] == "withdrawn"
            hint = "It was a mistake; take it again." if gone else "It has been passed already."
            raise work.WrongState("message", row["stands"], hint)
        entry = directory.by_id(act.tx, row["for_entry_id"]) if row["for_entry_id"] else None
        # The complaint may have come after the message was taken down.
        refuse_subject(desk, _matter(desk, row), str(row["for_whom"]), entry)
        changes = {"passed_at": act.at, "passed_how": work.line(how)}
        messages.change(act.tx, row["id"], state="passed", **changes)
        recipient = str(entry["uid"]) if entry else ""
        act.event("message", uid, recipient=recipient, how=work.line(how), to=row["for_whom"])
    return message(desk, uid)


def answer_message(desk: Desk, uid: str, answer: str) -> Message:
    """Keep the answer that came back. Raises NotFound, WrongState, WordsMissing."""
    with desk.act(Action.MESSAGE_ANSWER) as act:
        row = _found(desk, uid)
        if row["stands"] != "passed":
            raise work.WrongState("message", row["stands"], _NO_ANSWER[row["stands"]])
        words = work.text(answer)
        if not words:
            raise work.WordsMissing("the answer")
        messages.change(act.tx, row["id"], state="answered", answered_at=act.at, answer=words)
        text = f"{row['for_whom']} {row['words']} {words}"
        search.index(act.tx, "message", uid, text, enquiry_id=row["enquiry_id"])
        act.event("message", uid, answer=words)
    return message(desk, uid)


def tell_caller(desk: Desk, uid: str) -> Message:
    """Say that the caller has had the answer; what was told stands in the ledger, not here."""
    with desk.act(Action.MESSAGE_TOLD) as act:
        row = _found(desk, uid)
        if row["stands"] != "answered":
            raise work.WrongState("message", row["stands"], "Keep its answer first.")
        messages.change(act.tx, row["id"], state="told", told_at=act.at)
        act.event("message", uid)
    return message(desk, uid)


def withdraw_message(desk: Desk, uid: str, why: str) -> Message:
    """Withdraw a message that was taken in error, with the reason; it stays readable.

    Its taker's, or a supervisor's; until there is an answer. Raises NotFound, NotPermitted,
    WrongState, ReasonMissing, ReasonTooShort.
    """
    with desk.act(Action.MESSAGE_WITHDRAWN) as act:
        row = _found(desk, uid)
        if row["taken_by"] != desk.officer.uid:
            desk.demand(Right.COUNTERSIGN)
        if row["stands"] not in {"taken", "passed"}:
            raise work.WrongState("message", row["stands"], "It stands as it is.")
        if ledger.has_incident_of(desk.store, row["enquiry_id"], row["taken_at"]):
            raise Refused(
                "This message tells of something said in error: that is not withdrawn.",
                "Pass it on, and add to the incident what is to be said about it.",
            )
        reason = work.reason_in_words(why)
        by = {"withdrawn_by": desk.officer.uid, "withdrawn_why": reason}
        messages.change(act.tx, row["id"], withdrawn_at=act.at, **by)
        enquiries.refresh_desk_key(act.tx, row["enquiry_id"])
        act.event("message", uid, why=reason, to=row["for_whom"])
    return message(desk, uid)


def message(desk: Desk, uid: str) -> Message:
    """Give one message. Raises NotFound."""
    return _view(desk, _found(desk, uid), Limits(desk))


def taken_in(desk: Desk, contact_uid: str) -> tuple[str, ...]:
    """Say for whom messages were taken in a contact: a stopped check does not take them back."""
    row = steps.contact(desk, contact_uid)
    if row["enquiry_id"] is None:
        return ()
    every = messages.of_enquiry(desk.store, row["enquiry_id"])
    here = [m for m in every if m["contact_id"] == row["id"] and m["stands"] != "withdrawn"]
    return tuple(dict.fromkeys(m["for_whom"] for m in here))


def messages_of(desk: Desk, enquiry_uid: str) -> tuple[Message, ...]:
    """Give the messages of a matter, oldest first. Raises NotFound."""
    matter, limits = steps.enquiry(desk, enquiry_uid), Limits(desk)
    return tuple(_view(desk, row, limits) for row in messages.of_enquiry(desk.store, matter["id"]))


def _entry(desk: Desk, key: str) -> Row | None:
    if not key:
        return None
    row = directory.by_key(desk.store, key)
    if row is None or not row["active"]:
        raise NotFound("directory entry")
    return row


def same_person(name: str, subject: str) -> bool:
    """Whether a name is that of the person complained of, ranks and titles apart."""
    wanted = [word for word in fold_words(name) if word not in _RANKS]
    there = [word for word in fold_words(subject) if word not in _RANKS]
    if not wanted or not there:
        return False
    return set(wanted) <= set(there) or likeness(" ".join(wanted), " ".join(there)) >= _SAME_NAME


def _found(desk: Desk, uid: str) -> Row:
    row = messages.by_uid(desk.store, uid)
    if row is None:
        raise NotFound("message")
    return row


def _matter(desk: Desk, row: Row) -> Row:
    matter: Row = steps.enquiry(desk, row["enquiry_uid"])
    return matter


def _view(desk: Desk, row: Row, limits: Limits) -> Message:
    view = Message(
        uid=row["uid"],
        enquiry_uid=row["enquiry_uid"],
        reference=row["reference"],
        for_whom=row["for_whom"],
        entry_key=row["entry_key"] or "",
        words=row["words"],
        urgent=bool(row["urgent"]),
        call_back=row["call_back"],
        deadline=row["deadline"],
        state=row["stands"],
        taken_at=parse_utc(row["taken_at"]),
        taken_by=row["officer_name"],
        passed_at=work.moment(row["passed_at"]),
        passed_how=row["passed_how"],
        answered_at=work.moment(row["answered_at"]),
        answer=row["answer"],
        told_at=work.moment(row["told_at"]),
        withdrawn_at=work.moment(row["withdrawn_at"]),
        withdrawn_why=row["withdrawn_why"],
    )
    seen = limits.said_in(row["contact_id"], row["enquiry_id"])
    return unread(desk, veiled(desk, view, _SAID, seen), _SAID)
