"""What an agency must say before anything about a person is considered, and what is trawling.

Source: DPA 2018 Sch 2 Pt 1 para 2 (crime and taxation) lifts some duties so far as they would
prejudice the purpose; it gives nobody a right to have anything. Whoever holds it may refuse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from enquiry_tui.domain.text import fold
from enquiry_tui.domain.vocabulary import Kind, Office

_EVERYBODY = frozenset(
    {"all", "any", "anybody", "anyone", "everybody", "everyone", "whoever", "somebody", "people"}
)


class RequestOutcome(StrEnum):
    """What was done about an agency's request; nothing is released from the desk by it."""

    PASSED = "passed"
    REFUSED = "refused"
    SHARED = "shared"

    @property
    def label(self) -> str:
        """Return the outcome in plain words."""
        return {
            "passed": "passed to those who decide",
            "refused": "refused",
            "shared": "shared in part or whole, by a referral",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the agency said, as it was written down."""

    agency: str
    asked_by: str
    purpose: str
    about_whom: str
    what: str
    necessity: str
    prejudice: str
    authorised_rank: str = ""
    authorised_by: str = ""


@dataclass(frozen=True, slots=True)
class RequestRules:
    """What the pack asks of an agency; `too_wide` are words of a question nobody may answer.

    `bases` is the law that a request is weighed under, by office and kind of requester; `own` says
    how the office's own people are dealt with, who need no form.
    """

    kinds: frozenset[Kind]
    purposes: Mapping[str, str]
    too_wide: tuple[str, ...]
    too_wide_words: str
    authoriser_required: bool
    ranks: str
    bases: Mapping[tuple[Office, Kind], str]
    own: str
    discretion: str
    door: str

    def basis(self, office: Office, kind: Kind) -> str:
        """Return the basis a request is weighed under; empty where no form is used."""
        return self.bases.get((office, kind), "")


def faults(asked: Asked, rules: RequestRules) -> tuple[str, ...]:
    """Return what the request lacks or what makes it too wide, in words to say back."""
    found = [f"{name} is missing." for name, value in _wanted(asked, rules) if not value.strip()]
    if asked.purpose and asked.purpose not in rules.purposes:
        found.append("That purpose is none of those the law names.")
    if is_trawl(asked, rules):
        found.append(rules.too_wide_words)
    return tuple(found)


def is_trawl(asked: Asked, rules: RequestRules) -> bool:
    """Say whether a request fishes: nobody in particular, or everything there is about them."""
    if set(fold(asked.about_whom).split()) & _EVERYBODY:
        return True
    what = f" {fold(asked.what)} "
    return any(re.search(rf"\b{re.escape(fold(words))}\b", what) for words in rules.too_wide)


def _wanted(asked: Asked, rules: RequestRules) -> tuple[tuple[str, str], ...]:
    wanted = [
        ("The agency", asked.agency),
        ("Who asks, with rank or post,", asked.asked_by),
        ("The purpose", asked.purpose),
        ("Which person", asked.about_whom),
        ("What exactly", asked.what),
        ("Why it is needed", asked.necessity),
        ("What would be harmed without it", asked.prejudice),
    ]
    if rules.authoriser_required:
        wanted += [
            ("The rank or grade that authorised it", asked.authorised_rank),
            ("The name of who authorised it", asked.authorised_by),
        ]
    return tuple(wanted)
