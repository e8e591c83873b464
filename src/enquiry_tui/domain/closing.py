"""What must be finished before a matter may be closed, and what a supervisor may close over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from enquiry_tui.domain.holds import HoldKind


class Block(StrEnum):
    """One reason why a matter stays open, in the words of the screen."""

    OPEN_CONTACT = "a contact still runs"
    CHECK_WITHOUT_OUTCOME = "an identity check has no outcome"
    MESSAGE = "a message is not delivered"
    PROMISE = "a promise is open"
    BRING_FORWARD = "a bring-forward is open"
    REFERRAL_NOT_ACCEPTED = "a referral is not accepted"
    ENQUIRER_NOT_TOLD = "the enquirer is not told about a referral"
    REPLY_DUE = "a reply is due and not sent"
    CLOCK = "a legal clock runs"
    COMPLAINT = "a complaint is not final"
    REVIEW_WINDOW = "the review window of a complaint is open"
    URGENT = "an urgent call is not complete"
    AGENCY_REQUEST = "an agency's request has no outcome"
    RETENTION = "no retention class is chosen"
    LITIGATION = "a litigation hold stands, which a supervisor lifts"
    RIGHTS_REQUEST = "an FOI or SAR hold stands, which a supervisor lifts"
    INQUIRY = "an inquiry hold stands, which a supervisor lifts"
    IOPC = "an IOPC hold stands, which a supervisor lifts"
    STOP = "the monitoring officer's stop stands, which only that officer ends"


HOLDS = {
    HoldKind.LITIGATION: Block.LITIGATION,
    HoldKind.RIGHTS_REQUEST: Block.RIGHTS_REQUEST,
    HoldKind.INQUIRY: Block.INQUIRY,
    HoldKind.IOPC: Block.IOPC,
    HoldKind.MONITORING_OFFICER: Block.STOP,
}


# gate.md's rule: a supervisor may close over messages and promises, never over clock or complaint.
MAY_BE_CLOSED_OVER = frozenset({Block.MESSAGE, Block.PROMISE, Block.BRING_FORWARD})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is open in a matter, each a count; and the holds that bar closing."""

    open_contacts: int = 0
    checks_without_outcome: int = 0
    messages_taken: int = 0
    promises: int = 0
    bring_forwards: int = 0
    referrals_sent: int = 0
    referrals_answered: int = 0
    reply_due: int = 0
    clocks_running: int = 0
    complaints_open: int = 0
    review_windows: int = 0
    urgent_open: int = 0
    agency_requests: int = 0
    no_retention: int = 0
    holds: tuple[HoldKind, ...] = ()


def blocks(standing: Standing) -> tuple[Block, ...]:
    """List what stands against closing, in the order in which an officer would settle it."""
    counts = (
        (standing.open_contacts, Block.OPEN_CONTACT),
        (standing.checks_without_outcome, Block.CHECK_WITHOUT_OUTCOME),
        (standing.messages_taken, Block.MESSAGE),
        (standing.promises, Block.PROMISE),
        (standing.bring_forwards, Block.BRING_FORWARD),
        (standing.referrals_sent, Block.REFERRAL_NOT_ACCEPTED),
        (standing.referrals_answered, Block.ENQUIRER_NOT_TOLD),
        (standing.reply_due, Block.REPLY_DUE),
        (standing.clocks_running, Block.CLOCK),
        (standing.complaints_open, Block.COMPLAINT),
        (standing.review_windows, Block.REVIEW_WINDOW),
        (standing.urgent_open, Block.URGENT),
        (standing.agency_requests, Block.AGENCY_REQUEST),
        (standing.no_retention, Block.RETENTION),
    )
    open_ones = tuple(block for count, block in counts if count)
    return open_ones + tuple(dict.fromkeys(HOLDS[kind] for kind in standing.holds))


def may_close(found: tuple[Block, ...], *, over: bool) -> bool:
    """Say whether a matter may be closed; `over` is a supervisor closing with a reason."""
    return not found or (over and all(block in MAY_BE_CLOSED_OVER for block in found))
