"""Correcting the record: amended, moved, struck, unlinked, each with a reason; nothing is lost."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

from enquiry_tui.desk import letter_moves, steps, work
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.problems import MaskedNow, NotFound, SecondOfficerNeeded
from enquiry_tui.desk.seeing import Limits, shows
from enquiry_tui.desk.session import second_key
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.rights import Right
from enquiry_tui.domain.when import LONDON, parse_utc
from enquiry_tui.errors import Refused
from enquiry_tui.records import contacts, enquiries, ledger, people, urgents
from enquiry_tui.records.base import Row, Value


def note_to_amend(desk: Desk, contact_uid: str) -> str:
    """Give the note of a contact as it stands, to be edited. Raises NotFound, MaskedNow."""
    row = steps.contact(desk, contact_uid)
    limits = Limits(desk)
    seen = limits.said_in(row["id"], row["enquiry_id"] or 0)
    if row["note"] and not shows(desk, "contact.note", seen):
        raise MaskedNow
    return str(row["note"])


def amend_note(desk: Desk, contact_uid: str, note: str, why: str) -> None:
    """Amend the note of a contact; the old words are kept.

    Raises NotFound, ReasonMissing, MaskedNow for a mask, Refused where nothing is changed.
    """
    with desk.act(Action.CONTACT_AMEND) as act:
        row = steps.contact(desk, contact_uid)
        reason = steps.reason(why)
        cleaned = work.text(note)
        if cleaned == row["note"]:
            raise Refused("The note is as it was.", "Edit it first, or leave with Esc.")
        steps.keep_old(act, desk, "contact", row, "note", row["note"], reason)
        contacts.change(act.tx, row["id"], note=cleaned)
        contacts.index_note(act.tx, row["id"])
        act.event("contact", contact_uid, why=reason)


def move_contact(desk: Desk, contact_uid: str, enquiry_uid: str, why: str) -> None:
    """Move a contact to another matter; the old place keeps a line that says so.

    What was told in it stays where it was told: a slip is said with `x`, not moved away. A letter
    takes its clocks and its open request along. Raises NotFound, ReasonMissing, MatterClosed,
    StandsInTheWay, Refused.
    """
    with desk.act(Action.CONTACT_MOVE) as act:
        row, matter = steps.contact(desk, contact_uid), steps.enquiry(desk, enquiry_uid)
        reason = steps.reason(why)
        if row["enquiry_id"] is None or row["enquiry_id"] == matter["id"]:
            raise Refused("It is not in another matter.", "Choose the matter it belongs to.")
        old = enquiries.by_key(act.tx, row["enquiry_id"])
        steps.keep_old(
            act, desk, "contact", row, "enquiry", str(old["reference"]) if old else "", reason
        )
        if old is not None and letter_moves.is_letter(row):
            letter_moves.move(act, row, old, matter)
        steps.shut_gate(act, row["id"])
        contacts.change(act.tx, row["id"], enquiry_id=matter["id"], moved_from=row["enquiry_id"])
        contacts.index_note(act.tx, row["id"])
        urgents.index_of_contact(act.tx, row["id"])
        if row["person_id"] is not None:
            steps.give_part(act, desk, matter["id"], row["person_id"], "enquirer")
        for key in (row["enquiry_id"], matter["id"]):
            enquiries.refresh_desk_key(act.tx, key)
        act.event("contact", contact_uid, to=enquiry_uid, why=reason)


def strike_contact(desk: Desk, contact_uid: str, why: str) -> None:
    """Strike a contact: shown struck, with who, when and why. A letter's own clocks end with it.

    Raises NotFound, ReasonMissing, StandsInTheWay, Refused.
    """
    with desk.act(Action.CONTACT_STRIKE) as act:
        row = steps.contact(desk, contact_uid)
        reason = steps.reason(why)
        matter = enquiries.by_key(act.tx, row["enquiry_id"] or 0)
        if row["struck_at"] is not None:
            raise Refused("It is struck already.", "Its reason stands beside it: Enter opens it.")
        if matter is not None and letter_moves.is_letter(row):
            letter_moves.strike(act, row, matter, reason)
            if row["state"] != "ended":  # a letter is open until its answer goes; none will
                steps.end_contact(act, row, "ended")
        elif row["state"] != "ended":
            raise Refused("This contact still runs.", "End it first (F12).")
        changes = {"struck_at": act.at, "struck_by": desk.officer.uid, "struck_why": reason}
        contacts.change(act.tx, row["id"], **changes)
        act.event("contact", contact_uid, why=reason)


def unlink_person(desk: Desk, contact_uid: str, why: str) -> None:
    """Take the wrong person off a contact, and off the matter where nothing else links them."""
    with desk.act(Action.CONTACT_UNLINK) as act:
        row = steps.contact(desk, contact_uid)
        if row["person_id"] is None:
            raise Refused("Nobody is linked with it.", "Pick the person it was with.")
        reason = steps.reason(why)
        person = people.by_key(act.tx, row["person_id"])
        steps.keep_old(
            act, desk, "contact", row, "person", str(person["uid"]) if person else "", reason
        )
        steps.shut_gate(act, row["id"])
        contacts.change(act.tx, row["id"], person_id=None, **_unlinked(row, person))
        if row["enquiry_id"] is not None and not _linked_elsewhere(act, row):
            enquiries.end_part(act.tx, row["enquiry_id"], row["person_id"], at=act.at, why=reason)
        act.event("contact", contact_uid, why=reason)


@dataclass(frozen=True, slots=True)
class Annotation:
    """What is added to a ledger line; after its day a second officer signs too."""

    ledger_uid: str
    words: str
    second_handle: str = ""
    second_passphrase: str = ""


def annotate_ledger(desk: Desk, request: Annotation) -> str:
    """Correct a ledger line with a new line that names it; the old one is never changed.

    Raises SecondOfficerNeeded after the day, NotFound, ReasonMissing, WrongPassphrase.
    """
    old = ledger.by_uid(desk.store, request.ledger_uid)
    if old is None or enquiries.by_key(desk.store, old["enquiry_id"] or 0) is None:
        raise NotFound("ledger line")
    same_day = parse_utc(old["at"]).astimezone(LONDON).date() == desk.today()
    if not same_day and not request.second_handle:
        raise SecondOfficerNeeded("After the day a second officer annotates with you.")
    words = steps.reason(request.words)
    with ExitStack() as stack:
        second = None
        if request.second_handle:
            given = (request.second_handle, request.second_passphrase)
            second = stack.enter_context(second_key(desk, *given, Right.TELL))
        act = stack.enter_context(desk.act(Action.LEDGER_ANNOTATE))
        uid = _annotation(act, desk, old, words, second.account.uid if second else None)
        act.event("ledger", uid, second=second, corrects=request.ledger_uid)
    return uid


def _annotation(act: Act, desk: Desk, old: Row, words: str, second: str | None) -> str:
    uid = act.new_uid()
    copied = ("contact_id", "enquiry_id", "info_class", "class_rank", "about_person_id", "rule")
    ledger.add(
        act.tx,
        words,
        uid=uid,
        origin_vault=desk.store.vault_id,
        decision="annotation",
        item=old["item"],
        content=0,
        route=old["route"] if old["route"] in {"told", "written"} else "internal",
        second_officer=second,
        pack_hash=desk.packs.disclosure.hash,
        officer_uid=desk.officer.uid,
        at=act.at,
        corrects_id=old["id"],
        **{name: old[name] for name in copied},
    )
    return uid


def _unlinked(row: Row, person: Row | None) -> dict[str, Value]:
    """Keep the name as heard, so that the contact says whom it may have been."""
    return {"who_said": row["who_said"] or (person["name"] if person is not None else "")}


def _linked_elsewhere(act: Act, row: Row) -> bool:
    return any(
        other["person_id"] == row["person_id"] and other["id"] != row["id"]
        for other in contacts.of_enquiry(act.tx, row["enquiry_id"])
    )
