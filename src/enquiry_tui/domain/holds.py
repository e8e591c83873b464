"""Holds on a matter: what each kind keeps from being done, and when the stop has ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enquiry_tui.domain.clock_words import source_words
from enquiry_tui.domain.clocks import add_months
from enquiry_tui.domain.complaint_states import Verb
from enquiry_tui.domain.workdays import WorkCalendar


class HoldCause(StrEnum):
    """What placed a hold: the end of a referral lifts only what the referral placed."""

    OFFICER = "officer"
    IOPC_REFERRAL = "iopc-referral"


class HoldKind(StrEnum):
    """Why a matter is held. The last is the stop of Local Government and Housing Act 1989 s5."""

    LITIGATION = "litigation"
    RIGHTS_REQUEST = "rights-request"
    INQUIRY = "inquiry"
    IOPC = "iopc"
    MONITORING_OFFICER = "monitoring-officer"


class Barred(StrEnum):
    """What a hold can keep from being done."""

    CLOSING = "closing"
    OUTCOME = "outcome"
    EXPORT = "export"
    DISPOSAL = "disposal"


# The stop is no stop without these, whatever a pack says.
STOP_BARS = frozenset({Barred.CLOSING, Barred.OUTCOME, Barred.EXPORT, Barred.DISPOSAL})
# The steps of a complaint that are its outcome, or put one into effect.
OUTCOMES = frozenset(
    {
        Verb.SET_ASIDE,
        Verb.HANDLE_OUTSIDE,
        Verb.DECIDE,
        Verb.CONCLUDE,
        Verb.TELL,
        Verb.DECIDE_REVIEW,
        Verb.FINALISE,
        Verb.CLOSE,
    }
)
MAY_SET_STOP = "the monitoring officer"
MAY_SET = "a supervisor or the monitoring officer"


@dataclass(frozen=True, slots=True)
class HoldRule:
    """One kind of hold: its words, what it bars, when it is looked at again, its source."""

    kind: HoldKind
    title: str
    bars: frozenset[Barred]
    review_months: int
    source: str
    verify: bool = False

    @property
    def cited(self) -> str:
        """Return the source; what nobody here has read says that it is to be verified."""
        return source_words(self.source, verify=self.verify)

    @property
    def who(self) -> str:
        """Say who sets and lifts it."""
        return MAY_SET_STOP if self.kind is HoldKind.MONITORING_OFFICER else MAY_SET

    def review_on(self, start: date) -> date:
        """Return the day on which the hold is to be looked at again."""
        return add_months(start, self.review_months)


@dataclass(frozen=True, slots=True)
class HoldBook:
    """Every kind of hold, and for how many working days the stop stands after consideration."""

    rules: Mapping[HoldKind, HoldRule]
    stop_working_days: int

    def stands_to(self, considered: date, calendar: WorkCalendar) -> date:
        """Return the last day on which a stop stands whose report was considered on this day.

        Local Government and Housing Act 1989 s5(6): the end of the first business day after.
        """
        if not self.stop_working_days:
            return considered
        return calendar.add_working_days(considered, self.stop_working_days)
