"""Who reviews the outcome of a complaint, worked out with its reasons.

Police Reform Act 2002 Sch 3 (relevant review body); Police (Complaints and Misconduct) Regulations
2020 reg 29. The words and the source of each reason are pack data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from enquiry_tui.domain.complaint_book import Rule


class ReviewBody(StrEnum):
    """Where an application for review goes."""

    IOPC = "iopc"
    BODY = "local-policing-body"
    NONE = "none"

    @property
    def words(self) -> str:
        """Return the body as a letter names it."""
        return {
            ReviewBody.IOPC: "Independent Office for Police Conduct",
            ReviewBody.BODY: "local policing body",
            ReviewBody.NONE: "nobody: there is no right of review",
        }[self]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides it. `serious` is that the authority could not satisfy itself of the contrary."""

    recorded: bool = True
    eligible: bool = True
    other_procedure: bool = False
    iopc_investigation: bool = False
    body_decides: bool = False
    senior: bool = False
    serious: bool = False
    referred: bool = False
    same_incident: bool = False


@dataclass(frozen=True, slots=True)
class Reviewing:
    """The body, and each reason that led there with its source."""

    body: ReviewBody
    reasons: tuple[Rule, ...]


# In these standings there is no complaint of this kind, and so no review.
NOT_ELIGIBLE = frozenset({"none", "colleague"})
_NONE = (
    ("other-procedure", lambda c: c.other_procedure),
    ("outside", lambda c: not c.recorded),
    ("ineligible", lambda c: not c.eligible),
    ("iopc-investigation", lambda c: c.iopc_investigation),
)
_IOPC = (
    ("body-decides", lambda c: c.body_decides),
    ("senior", lambda c: c.senior),
    ("serious", lambda c: c.serious),
    ("referred", lambda c: c.referred),
    ("same-incident", lambda c: c.same_incident),
)
OTHERWISE = "otherwise"
# Of a complaint that others decided, whose letter names the body; older packs have no words for it.
ELSEWHERE = "elsewhere"
REASONS = (*(name for name, _ in (*_NONE, *_IOPC)), OTHERWISE)


def review_body(circumstances: Circumstances, words: Mapping[str, Rule]) -> Reviewing:
    """Work out the review body. Raises KeyError where the pack has no words for a reason."""
    for body, tests in ((ReviewBody.NONE, _NONE), (ReviewBody.IOPC, _IOPC)):
        reasons = tuple(words[name] for name, holds in tests if holds(circumstances))
        if reasons:
            return Reviewing(body, reasons)
    return Reviewing(ReviewBody.BODY, (words[OTHERWISE],))


def strictest(
    known: Circumstances, answers: Mapping[str, bool | None], words: Mapping[str, Rule]
) -> tuple[Reviewing, tuple[str, ...]]:
    """Work it out with every answer that is missing (None) taken as yes.

    Gives also the missing answers that decide it: with no to all of these the body is another;
    none where they do not matter. Raises KeyError where the pack has no words for a reason.
    """
    given = {name: answer for name, answer in answers.items() if answer is not None}
    missing = tuple(name for name, answer in answers.items() if answer is None)
    least = review_body(replace(known, **given), words)
    if not missing or least.body is not ReviewBody.BODY:
        return least, ()
    return review_body(replace(known, **given, **dict.fromkeys(missing, True)), words), missing
