"""Withdrawing a complaint: signed, or by telephone with a letter and 28 days (regs 38 and 39)."""

from __future__ import annotations

from datetime import date

from enquiry_tui.desk import complaint_clocks, complaint_moves, steps, work
from enquiry_tui.desk.complaint_moves import Move
from enquiry_tui.desk.complaint_reading import Complaint, complaint
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.complaint_states import State, Verb
from enquiry_tui.records import complaints
from enquiry_tui.records.base import Row


def ask_withdrawal(desk: Desk, uid: str, words: str, *, on: date | None = None) -> Complaint:
    """Put down that they want to drop it, unsigned: nothing is withdrawn by that.

    Police (Complaints and Misconduct) Regulations 2020 reg 39: the authority writes next.
    """
    with desk.act(Action.COMPLAINT_WITHDRAW) as act:
        row = complaint_moves.begin(desk, uid, Verb.ASK_WITHDRAWAL)
        said = complaint_moves.said(words, "what they said, in their words")
        day = complaint_moves.happened(desk, row, on)
        how = Move(day, words=said)
        complaint_moves.move(act, desk, row, Verb.ASK_WITHDRAWAL, how, withdrawal_asked_on=str(day))
        act.event("complaint", uid, signed=False)
    return complaint(desk, uid)


def withdraw_signed(
    desk: Desk, uid: str, signed_by: str, *, told: str = "", on: date | None = None
) -> Complaint:
    """Enter a withdrawal signed by them, their solicitor or agent (reg 38).

    `told` names whom it was told to: the IOPC where it was referred, the review body where it is
    under review.
    """
    with desk.act(Action.COMPLAINT_WITHDRAW) as act:
        row = complaint_moves.begin(desk, uid, Verb.WITHDRAW)
        who = complaint_moves.said(signed_by, "who signed it")
        how = Move(complaint_moves.happened(desk, row, on), who, _told(row, told))
        _withdrawn(act, desk, row, Verb.WITHDRAW, how)
        act.event("complaint", uid, signed=True)
    return complaint(desk, uid)


def withdrawal_letter(desk: Desk, uid: str, *, on: date | None = None) -> Complaint:
    """Enter that the letter has gone which asks whether they withdraw it: 28 days run (reg 39)."""
    with desk.act(Action.COMPLAINT_WITHDRAW) as act:
        row = complaint_moves.begin(desk, uid, Verb.WITHDRAWAL_LETTER)
        day = complaint_moves.happened(desk, row, on)
        until = complaint_clocks.start(act, row, complaint_clocks.WITHDRAWAL, day)
        how = Move(day)
        complaint_moves.move(act, desk, row, Verb.WITHDRAWAL_LETTER, how, withdrawal_until=until)
        act.event("complaint", uid)
    return complaint(desk, uid)


def withdrawal_silence(desk: Desk, uid: str, *, told: str = "") -> Complaint:
    """Enter that no answer came within the 28 days of the letter: it counts as withdrawn."""
    with desk.act(Action.COMPLAINT_WITHDRAW) as act:
        row = complaint_moves.begin(desk, uid, Verb.WITHDRAWAL_SILENCE)
        how = Move(desk.today(), words=_told(row, told))
        _withdrawn(act, desk, row, Verb.WITHDRAWAL_SILENCE, how)
        act.event("complaint", uid, signed=False)
    return complaint(desk, uid)


def keep_on(desk: Desk, uid: str, words: str, *, on: date | None = None) -> Complaint:
    """Enter that they answered the letter: it goes on, where it stood."""
    with desk.act(Action.COMPLAINT_RESUME) as act:
        row = complaint_moves.begin(desk, uid, Verb.KEEP_ON)
        said = complaint_moves.said(words, "what they answered")
        day = complaint_moves.happened(desk, row, on)
        none = {"withdrawal_asked_on": None, "withdrawal_until": None}
        complaint_moves.move(act, desk, row, Verb.KEEP_ON, Move(day, words=said), **none)
        complaint_clocks.meet(act, row, complaint_clocks.WITHDRAWAL, day)
        act.event("complaint", uid)
    return complaint(desk, uid)


def carry_on(desk: Desk, uid: str, why: str, *, by: str) -> Complaint:
    """Go on with a withdrawn complaint in the public interest, where it stood (reg 38)."""
    with desk.act(Action.COMPLAINT_CARRY_ON) as act:
        row = complaint_moves.begin(desk, uid, Verb.CARRY_ON)
        reason, who = steps.reason(why), complaint_moves.said(by, "who decided it")
        none = {"withdrawal_asked_on": None, "withdrawal_until": None}
        how = Move(desk.today(), who, reason)
        back = complaint_moves.move(act, desk, row, Verb.CARRY_ON, how, **none)
        _clocks_again(act, row, back, desk.today())
        act.event("complaint", uid, why=reason, by=who)
    return complaint(desk, uid)


def _withdrawn(act: Act, desk: Desk, row: Row, verb: Verb, how: Move) -> None:
    complaint_moves.move(act, desk, row, verb, how)
    complaints.change(act.tx, row["id"], review_until=None)
    complaint_clocks.meet(act, row, complaint_clocks.WITHDRAWAL, how.on)
    complaint_clocks.end(act, row, how.on, "withdrawn")


def _told(row: Row, told: str) -> str:
    """Say who was told. Raises WordsMissing where the IOPC or a review body has to be."""
    said = work.line(told)
    under_review = State.REVIEW in {row["state"], *str(row["stood_before"]).split()}
    if not said and (row["referred_on"] or under_review):
        raise work.WordsMissing("that the IOPC or the review body was told")
    return f"told: {said}" if said else ""


def _clocks_again(act: Act, row: Row, state: State, on: date) -> None:
    """Start again what the withdrawal ended, from the day it goes on."""
    if row["handling_on"]:
        if state is State.DECIDED:
            complaint_clocks.start(act, row, complaint_clocks.OUTCOME, on)
        elif state is not State.REVIEW:
            complaint_clocks.start(act, row, complaint_clocks.UPDATE, on)
            if row["route"] in complaint_clocks.INVESTIGATED:
                complaint_clocks.start_long(act, row)
