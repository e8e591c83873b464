"""Answering a letter in writing: through the gate, to an address held; marked sent by hand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from enquiry_tui.desk import clock_steps, steps
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.telling import Item, Telling, write_lines
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.text import clean, clean_line
from enquiry_tui.domain.vocabulary import Channel, Decision, InfoClass, Route
from enquiry_tui.errors import Refused
from enquiry_tui.records import enquiries, letters, people, search
from enquiry_tui.records.base import Row


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to be sent: its text, the class of what it tells, and the address it goes to.

    `contact_uid` is the letter that is answered. A receipt tells nothing and is public.
    """

    contact_uid: str
    point_uid: str
    words: str
    info_class: InfoClass = InfoClass.OWN_PROGRESS
    decision: Decision = Decision.RELEASE
    subject: str = ""
    purpose: str = ""


def write_reply(desk: Desk, reply: Reply) -> str:
    """Record a reply to a letter and its ledger line; gives the uid of the outgoing letter.

    Raises GateShut for an address not held and confirmed before, Refused, NotFound.
    """
    words = clean(reply.words).text.strip()
    if not words:
        raise Refused("There is no reply yet.", "Write it, then choose the address it goes to.")
    with desk.act(Action.LEDGER_WRITTEN, reply.purpose) as act:
        row = _open_contact(act, desk, steps.contact(desk, reply.contact_uid))
        if row["enquiry_id"] is None:
            raise NotFound("letter in a matter")
        telling = Telling(
            row["uid"], reply.decision, purpose=reply.purpose, point_uid=reply.point_uid
        )
        items = (Item("reply", words, reply.info_class),)
        lines = write_lines(act, desk, row, telling, items, Route.WRITTEN)
        point = people.point_by_uid(act.tx, reply.point_uid)
        uid = act.new_uid()
        letters.add(
            act.tx,
            uid=uid,
            origin_vault=desk.store.vault_id,
            enquiry_id=row["enquiry_id"],
            contact_id=row["id"],
            direction="out",
            sender=desk.officer.name,
            sender_address=point["value"] if point is not None else "",
            subject=clean_line(reply.subject).text[:200],
            received_on=desk.today().isoformat(),
            words=words,
            characters=len(words),
            source="reply",
            sha256=hashlib.sha256(words.encode()).hexdigest(),
        )
        search.index(act.tx, "letter", uid, words, enquiry_id=row["enquiry_id"])
        act.event("letter", uid, lines=list(lines), characters=len(words))
        return uid


def mark_reply_sent(desk: Desk, letter_uid: str) -> None:
    """Say that a reply has gone into the post by hand; its contact ends, the due date is met."""
    with desk.act(Action.ENQUIRY_SENT) as act:
        letter = letters.by_uid(desk.store, letter_uid)
        if letter is None or letter["direction"] != "out":
            raise NotFound("reply")
        if letter["sent_by_hand_at"] is not None:
            raise Refused("This reply is marked as sent.", "Write another one if needed.")
        letters.change(act.tx, letter["id"], sent_by_hand_at=act.at)
        row = steps.contact(desk, letter["contact_uid"])
        if row["state"] != "ended":
            steps.end_contact(act, row, "ended")
        today = desk.today().isoformat()
        enquiries.change(act.tx, letter["enquiry_id"], sent_on=today, sent_what="reply")
        clock_steps.reply_went(act, letter["enquiry_id"])
        act.event("letter", letter_uid, outcome="sent")


def _open_contact(act: Act, desk: Desk, row: Row) -> Row:
    """Give the letter's contact, or a new outgoing one with the same person once it has ended."""
    if row["channel"] not in {Channel.LETTER, Channel.EMAIL}:
        raise Refused("That contact is no letter.", "Open the letter to be answered.")
    if row["state"] != "ended" and row["limit_at"] > act.at:
        return row
    carried = {name: row[name] for name in ("enquiry_id", "person_id", "kind")}
    return steps.new_contact(act, desk, Channel(row["channel"]), "out", **carried)
