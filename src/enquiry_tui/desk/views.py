"""What verbs hand to a face: frozen, already masked, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from enquiry_tui.domain.vocabulary import (
    Authority,
    Channel,
    CheckOutcome,
    InfoClass,
    Kind,
    MarkerKind,
    Recognition,
)

if TYPE_CHECKING:
    from enquiry_tui.desk.holds import HoldView
    from enquiry_tui.desk.retention_steps import Kept


@dataclass(frozen=True, slots=True)
class PointView:
    """A way to reach a person; `value` is the mask where it may not be seen."""

    uid: str
    kind: str
    value: str
    confirmed: bool
    how: str
    masked: bool


@dataclass(frozen=True, slots=True)
class MarkerView:
    """A marker with its one line, as it stands wherever the person does."""

    uid: str
    kind: MarkerKind
    line: str
    safe_number: str
    review_on: date
    on: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person in a part."""

    uid: str
    name: str
    part: str
    unsure: bool
    organisation: str
    needs: str
    points: tuple[PointView, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody it might be, with enough to tell them from the others."""

    person_uid: str
    name: str
    organisation: str
    marker: str
    last_contact: date | None
    matters: tuple[tuple[str, str, str], ...]
    likeness: int


@dataclass(frozen=True, slots=True)
class ContactView:
    """A contact, live or ended."""

    uid: str
    enquiry_uid: str
    reference: str
    channel: Channel
    direction: str
    state: str
    started_at: datetime
    limit_at: datetime
    ended_at: datetime | None
    how_ended: str
    line: str
    note: str
    who: str
    person_uid: str
    unsure: bool
    phone: str
    withheld: bool
    kind: Kind
    child: bool
    anonymous: bool
    under_duress: bool
    accompanied: bool
    for_whom: str
    gate: str
    officer: str
    urgent: bool = False
    """An urgent call (F9) runs in it."""
    possible_plan: bool = False
    """Somebody with a contact plan may be on the line: to be picked, or ruled out."""
    word_to_tell: str = ""
    """The code word of its matter, where whoever is on the line may be told it."""
    asked_alone: bool = False
    """They were asked whether anybody is with them, and nobody is."""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a check: its kind and what came of it."""

    step: str
    passed: bool


@dataclass(frozen=True, slots=True)
class CheckView:
    """An identity check: kinds of step, results, counts and the level; never an answer."""

    uid: str
    contact_uid: str
    outcome: CheckOutcome | None
    recognition: Recognition
    authorities: tuple[Authority, ...]
    opens: InfoClass | None
    steps: tuple[StepView, ...]
    available: tuple[str, ...]
    misses: int
    misses_today: int
    box_closed: bool
    flags: tuple[str, ...]
    hard_flag: str
    pretext: bool
    at: datetime
    shut: bool


@dataclass(frozen=True, slots=True)
class LedgerView:
    """A ledger line as it was recorded."""

    uid: str
    at: datetime
    officer: str
    decision: str
    item: str
    info_class: InfoClass
    lowered: bool
    content: bool
    words: str
    recipient: str
    about: str
    route: str
    basis: str
    rule: str
    pack_hash: str
    rules: str
    corrects: str
    contact_uid: str = ""


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One line of a matter's history, newest first; `uid` opens it.

    `of` is the table of what it tells; a contact, or a letter, has its contact's uid beside it.
    """

    uid: str
    at: datetime
    what: str
    words: str
    officer: str
    masked: bool
    struck: bool
    live: bool
    of: str = "contact"
    contact_uid: str = ""


@dataclass(frozen=True, slots=True)
class MayBeTold:
    """One of the four lines that are never masked to the officer, and the sentence that says it."""

    number: int
    field: str
    label: str
    words: str
    sentence: str


@dataclass(frozen=True, slots=True)
class EnquiryView:
    """Everything the screen of one matter shows, masked for the contact that is live in it."""

    uid: str
    reference: str
    short: str
    subject: str
    topics: tuple[str, ...]
    their_reference: str
    code_word: str
    word_to_tell: str
    state: str
    waiting_on: str
    owner: str
    owner_uid: str
    held_by: str
    due_on: date | None
    due_why: str
    urgent: bool
    restricted: str
    kept: Kept
    holds: tuple[HoldView, ...]
    people: tuple[PersonView, ...]
    markers: tuple[MarkerView, ...]
    may_be_told: tuple[MayBeTold, ...]
    timeline: tuple[TimelineLine, ...]
    checks: tuple[CheckView, ...]
    ledger: tuple[LedgerView, ...]
    links: tuple[tuple[str, str, str], ...]
    open_class: InfoClass | None
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A row of the desk list; `due_kind`: promise, due, legal, window, waiting, closed or empty.

    `due_at` is the minute of the promise, or of the clock that presses where it has one.
    """

    uid: str
    reference: str
    who: str
    about: str
    with_: str
    held_by: str
    due_kind: str
    due_at: datetime | None
    due_on: date | None
    waiting_on: str
    waiting_since: datetime | None
    marked: bool
    urgent: bool
    restricted: bool
    last_at: datetime | None = None
    """When the last contact in it began."""
    every_day: bool = False
    """Whether the clock that presses counts calendar days, not working days."""
    message_for: str = ""
    """For whom a message waits that was not passed yet."""


@dataclass(frozen=True, slots=True)
class Footing:
    """The two lines below the desk list: the contact plan, and where the matter stands."""

    plan: str
    stands: str
