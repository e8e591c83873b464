"""A referral summary: what one reader needs in sixty seconds, and nothing that was not ticked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Nature(StrEnum):
    """What kind of statement something is; the three are never mixed on the page."""

    FACT = "fact"
    ALLEGATION = "allegation"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True)
class Field:
    """One ticked item: its label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said: what kind of statement, by whom or where, and on which day."""

    nature: Nature
    text: str
    source: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """A longer text that goes behind the first page."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ReferralSummary:
    """Everything that a referral says. Texts are already chosen and redacted by the caller.

    `marking` is printed in capitals; `enquirer` holds only ticked fields, `left_out` only labels;
    `contact` is the office's line under "if received in error"; `code` the 12-character audit code.
    """

    marking: str
    reference: str
    version: int
    created: datetime
    officer: str
    office: str
    recipient: str
    agency: str
    urgency: str
    ask: str
    contact: str
    code: str
    enquirer: tuple[Field, ...] = ()
    account: str = ""
    said: tuple[Said, ...] = ()
    risks: tuple[str, ...] = ()
    wants: str = ""
    knows: str = ""
    consented: str = ""
    done: tuple[str, ...] = ()
    basis: str = ""
    necessity: str = ""
    left_out: tuple[str, ...] = ()
    verification: str = ""
    reply_by: date | datetime | None = None
    reply_to: str = ""
    destroy_by: date | None = None
    annexes: tuple[Annex, ...] = ()
    rules: str = ""
    demonstration: bool = False


def verification_words(proof: str, recognition: str = "none") -> str:
    """Say which level a check reached. It is scored by this office and certified by nobody.

    Proof is named as in GPG 45 (`none low medium high very-high`), recognition as in GPG 44.
    """
    words = []
    if proof != "none":
        words.append(f"Scored against the GPG 45 identity profiles: {proof}.")
    if recognition != "none":
        words.append(f"Recognised from earlier dealings, scored against GPG 44: {recognition}.")
    return " ".join(words) or "No identity check was passed."
