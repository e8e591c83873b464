"""Matters: owned, waiting, marked sent, restricted, linked, closed and re-opened."""

from __future__ import annotations

import secrets
from datetime import date

from enquiry_tui.desk import clock_steps, hold_steps, retention_steps, steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import ClosingRefused, NotFound
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.closing import MAY_BE_CLOSED_OVER, Block, Standing, blocks, may_close
from enquiry_tui.domain.holds import Barred
from enquiry_tui.domain.references import new_code_word as fresh_code_word
from enquiry_tui.domain.references import read_reference
from enquiry_tui.domain.rights import Right
from enquiry_tui.domain.text import clean_line
from enquiry_tui.errors import Refused
from enquiry_tui.records import enquiries, officers, promises, readiness, search


def find_reference(desk: Desk, words: str) -> str:
    """Find a matter by what somebody quotes: `118`, `26-118` or the full form. Raises NotFound."""
    reference = read_reference(words, this_year=desk.today().year, own_prefix=desk.office.prefix)
    row = enquiries.by_reference(desk.store, reference.full) if reference else None
    if row is None:
        raise NotFound("matter")
    return str(row["uid"])


def amend_enquiry(
    desk: Desk,
    enquiry_uid: str,
    why: str,
    *,
    subject: str | None = None,
    topics: str | None = None,
    their_reference: str | None = None,
) -> None:
    """Amend what a matter is called; old values are kept with who and why."""
    with desk.act(Action.ENQUIRY_AMEND) as act:
        row = steps.enquiry(desk, enquiry_uid)
        given = {"subject": subject, "topics": topics, "their_reference": their_reference}
        changed = {name: clean_line(v).text[:200] for name, v in given.items() if v is not None}
        for name in changed:
            steps.keep_old(act, desk, "enquiry", row, name, str(row[name] or ""), steps.reason(why))
        enquiries.change(act.tx, row["id"], **changed)
        if "topics" in changed:
            retention_steps.settle(act, row["id"])
        if "subject" in changed:
            search.index(act.tx, "subject", row["uid"], changed["subject"], enquiry_id=row["id"])
        if "their_reference" in changed:
            theirs = changed["their_reference"]
            search.index(act.tx, "their-reference", row["uid"], theirs, enquiry_id=row["id"])
        act.event("enquiry", enquiry_uid, fields=sorted(changed), why=why)


def take_enquiry(desk: Desk, enquiry_uid: str) -> None:
    """Take a matter over; its open promises come with it."""
    _own(desk, enquiry_uid, desk.officer.uid, Action.ENQUIRY_OWN)


def give_enquiry(desk: Desk, enquiry_uid: str, officer_uid: str) -> None:
    """Give a matter to a colleague: one's own by right, another's as a supervisor."""
    row = steps.enquiry(desk, enquiry_uid)
    mine = row["owner"] == desk.officer.uid
    _own(desk, enquiry_uid, officer_uid, Action.ENQUIRY_OWN if mine else Action.ENQUIRY_REALLOCATE)


def set_waiting(desk: Desk, enquiry_uid: str, on_whom: str, until: date | None = None) -> None:
    """Say on whom a matter waits; nobody named: it is open again."""
    with desk.act(Action.ENQUIRY_WAIT) as act:
        row = steps.enquiry(desk, enquiry_uid)
        whom = clean_line(on_whom).text[:40]
        if row["state"] == "closed":
            raise Refused("This matter is closed.", "Re-open it first.")
        enquiries.change(
            act.tx,
            row["id"],
            state="waiting" if whom else "open",
            waiting_on=whom,
            waiting_since=act.at if whom else None,
            waiting_until=until.isoformat() if until and whom else None,
        )
        act.event("enquiry", enquiry_uid, on_whom=whom)


def set_with(desk: Desk, enquiry_uid: str, unit: str) -> None:
    """Say which unit or team the matter is with: one of the lines that may be told."""
    with desk.act(Action.ENQUIRY_AMEND) as act:
        row = steps.enquiry(desk, enquiry_uid)
        enquiries.change(act.tx, row["id"], held_by=clean_line(unit).text[:60], held_since=act.at)
        act.event("enquiry", enquiry_uid, held_by=unit)


def set_due(desk: Desk, enquiry_uid: str, due: date | None, why: str) -> None:
    """Set the day by which a reply is due, with the reason: a service date, never a legal one.

    Where a clock for the reply runs, its service date is what moves.
    """
    with desk.act(Action.ENQUIRY_AMEND) as act:
        row = steps.enquiry(desk, enquiry_uid)
        steps.keep_old(
            act, desk, "enquiry", row, "due_on", str(row["due_on"] or ""), steps.reason(why)
        )
        enquiries.change(
            act.tx,
            row["id"],
            due_on=due.isoformat() if due else None,
            due_why=clean_line(why).text,
        )
        clock_steps.set_reply_date(act, row["id"], due, steps.reason(why))
        act.event("enquiry", enquiry_uid, due=due.isoformat() if due else "", why=why)


def mark_sent(desk: Desk, enquiry_uid: str, what: str, *, acknowledgement: bool = False) -> None:
    """Say what was sent today: an acknowledgement, or the reply that meets the due date."""
    with desk.act(Action.ENQUIRY_SENT) as act:
        row = steps.enquiry(desk, enquiry_uid)
        today = desk.today().isoformat()
        field = "acknowledged_on" if acknowledgement else "sent_on"
        words = clean_line(what).text[:60]
        enquiries.change(act.tx, row["id"], sent_what=words, **{field: today})
        clock_steps.reply_went(act, row["id"], acknowledgement=acknowledgement)
        act.event("enquiry", enquiry_uid, what=what)


def replace_code_word(desk: Desk, enquiry_uid: str) -> str:
    """Give a matter a new code word: the old one opens nothing any more."""
    with desk.act(Action.ENQUIRY_CODE_WORD) as act:
        row = steps.enquiry(desk, enquiry_uid)
        word = fresh_code_word(secrets.choice)
        enquiries.change(act.tx, row["id"], code_word=word)
        act.event("enquiry", enquiry_uid)
        return word


def restrict_enquiry(desk: Desk, enquiry_uid: str, why: str, readers: tuple[str, ...]) -> None:
    """Restrict a matter to named readers, the officer among them; for others it is gone."""
    with desk.act(Action.ENQUIRY_RESTRICT) as act:
        row = steps.enquiry(desk, enquiry_uid)
        steps.restrict(act, desk, row["id"], steps.reason(why), readers)
        act.event("enquiry", enquiry_uid, why=why)


def link_enquiries(desk: Desk, enquiry_uid: str, other_uid: str, kind: str) -> None:
    """Link two matters: same person, same matter, reply to, part of, related complaint."""
    with desk.act(Action.ENQUIRY_LINK) as act:
        one, other = steps.enquiry(desk, enquiry_uid), steps.enquiry(desk, other_uid)
        if one["id"] == other["id"]:
            raise Refused("A matter is not linked with itself.", "Give another reference.")
        uid = act.new_uid()
        enquiries.add_link(
            act.tx,
            uid=uid,
            origin_vault=desk.store.vault_id,
            enquiry_id=one["id"],
            other_id=other["id"],
            kind=clean_line(kind).text or "related",
            made_at=act.at,
            made_by=desk.officer.uid,
        )
        act.event("link", uid)


def closing_blocks(desk: Desk, enquiry_uid: str) -> tuple[Block, ...]:
    """List what stands against closing a matter."""
    row = steps.enquiry(desk, enquiry_uid)
    found = hold_steps.standing(desk, row["id"], Barred.CLOSING)
    held = tuple(rule.kind for rule, _ in found)
    return blocks(Standing(**readiness.counts(desk.store, row["id"], desk.today()), holds=held))


def close_enquiry(desk: Desk, enquiry_uid: str, why: str, *, over: bool = False) -> None:
    """Close a matter. Raises ClosingRefused naming each thing that is open.

    `over`: a supervisor closes over messages and promises, with the reason; never over a clock,
    a complaint or an unfinished check.
    """
    row = steps.enquiry(desk, enquiry_uid)
    if over or row["owner"] != desk.officer.uid:
        desk.demand(Right.COUNTERSIGN)
    found = closing_blocks(desk, enquiry_uid)
    if not may_close(found, over=over):
        hard = [b for b in found if b not in MAY_BE_CLOSED_OVER] if over else list(found)
        raise ClosingRefused(tuple(str(block) for block in hard))
    with desk.act(Action.ENQUIRY_CLOSE_OVER if over else Action.ENQUIRY_CLOSE) as act:
        reason = steps.reason(why)
        clock_steps.end_service_clocks(act, row["id"], "the matter was closed")
        enquiries.change(
            act.tx,
            row["id"],
            state="closed",
            waiting_on="",
            waiting_since=None,
            closed_at=act.at,
            closed_by=desk.officer.uid,
            closed_why=reason,
        )
        act.event("enquiry", enquiry_uid, why=why, over=[str(block) for block in found])


def reopen_enquiry(desk: Desk, enquiry_uid: str, why: str) -> None:
    """Open a closed matter again, with the reason."""
    with desk.act(Action.ENQUIRY_REOPEN) as act:
        row = steps.enquiry(desk, enquiry_uid)
        if row["state"] != "closed":
            raise Refused("This matter is not closed.", "Log the contact on it.")
        reason = steps.reason(why)
        enquiries.change(
            act.tx, row["id"], state="open", closed_at=None, closed_by=None, closed_why=""
        )
        act.event("enquiry", enquiry_uid, why=reason)


def colleagues(desk: Desk) -> tuple[tuple[str, str], ...]:
    """List the other officers of this vault: uid and name."""
    rows = officers.all_of(desk.store)
    return tuple((r["uid"], r["name"]) for r in rows if r["uid"] != desk.officer.uid)


def _own(desk: Desk, enquiry_uid: str, officer_uid: str, action: Action) -> None:
    with desk.act(action) as act:
        row = steps.enquiry(desk, enquiry_uid)
        if officers.by_uid(act.tx, officer_uid) is None:
            raise NotFound("officer")
        if row["restricted"] and officer_uid not in enquiries.readers(act.tx, row["id"]):
            raise Refused(
                "That officer is not a reader of this restricted matter.",
                "Name them as a reader first, with a reason.",
            )
        enquiries.change(act.tx, row["id"], owner=officer_uid)
        promises.give_all(act.tx, row["id"], officer_uid)
        act.event("enquiry", enquiry_uid, old=row["owner"], new=officer_uid)
