"""Vetting: until which day an officer's clearance lets an account open, and the words for it.

Pure: no clock, no store. The day is given in, and it is London's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from enquiry_tui.domain.when import show_day, show_day_short

NOTICE_DAYS = 30  # before the last day, officer and administrator are told
_LONDON = ZoneInfo("Europe/London")


class VettingState(StrEnum):
    """How an account's vetting stands on a day."""

    OK = "ok"
    SOON = "soon"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


_SYMBOLS = {
    VettingState.OK: "✓",
    VettingState.SOON: "!",
    VettingState.EXPIRED: "✗",
    VettingState.UNKNOWN: "?",
}


@dataclass(frozen=True, slots=True)
class Vetting:
    """An account's vetting as seen on `day`; `expires` is the last day on which it opens."""

    expires: date | None
    day: date

    @property
    def days_left(self) -> int | None:
        """Whole days after `day` on which the account still opens; negative once it is over."""
        return None if self.expires is None else (self.expires - self.day).days

    @property
    def state(self) -> VettingState:
        """How it stands: `soon` from 30 days before the last day, `expired` from the day after."""
        left = self.days_left
        if left is None:
            return VettingState.UNKNOWN
        if left < 0:
            return VettingState.EXPIRED
        return VettingState.SOON if left <= NOTICE_DAYS else VettingState.OK

    @property
    def symbol(self) -> str:
        """One character that says the same as the state's word."""
        return _SYMBOLS[self.state]

    def words(self) -> str:
        """Say it in a few words, for a list: symbol, then what stands behind it."""
        left = self.days_left
        if self.expires is None or left is None:
            return f"{self.symbol} no date"
        match self.state:
            case VettingState.EXPIRED:
                return f"{self.symbol} ENDED {show_day_short(self.expires)} {self.expires.year}"
            case VettingState.SOON:
                return f"{self.symbol} ends {_in_days(left)}"
        return f"{self.symbol} {show_day(self.expires)}"

    def notice(self) -> str:
        """Say what the officer is told at sign-in; empty where there is nothing to tell."""
        left = self.days_left
        if self.expires is None or left is None:
            return "No end date is recorded for your vetting. Ask an administrator to record it."
        if self.state is not VettingState.SOON:
            return ""
        return (
            f"Your vetting ends {_in_days(left)}, after {show_day(self.expires)}."
            " Ask an administrator to renew it."
        )


def vetting_day(now: datetime, reached: datetime | None = None) -> date:
    """Give the day that expiry counts from: London's, of the later of now and the record's time.

    A clock that was set back must not open an account again.
    """
    latest = now if reached is None or reached < now else reached
    return latest.astimezone(_LONDON).date()


def _in_days(left: int) -> str:
    if left == 0:
        return "today"
    return "tomorrow" if left == 1 else f"in {left} days"
