"""A complaint as it stands, and the sentence that is read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from enquiry_tui.desk import complaint_moves, complaint_steps, steps, work
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import MaskedNow
from enquiry_tui.desk.seeing import Limits, shows, veiled
from enquiry_tui.desk.unread import unread
from enquiry_tui.domain.complaint_book import Rule
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.references import Reference, spoken_code_word
from enquiry_tui.domain.rights import Right
from enquiry_tui.domain.text import excerpt
from enquiry_tui.domain.vocabulary import InfoClass
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.records import complaints, directory
from enquiry_tui.records.base import Row

_SAID = {
    "about_whom": "complaint.about_whom",
    "words": "complaint.words",
    "when_where": "complaint.when_where",
    "reach": "complaint.reach",
    "wants": "complaint.wants",
}
_WORDS = ("about_whom", "words", "when_where", "reach", "wants", "read_back")


@dataclass(frozen=True, slots=True)
class Allegation:
    """One thing complained of; an empty category is for PSD to say."""

    uid: str
    words: str
    category: str
    suggested: tuple[str, ...]
    decision: str = ""
    actions: tuple[str, ...] = ()
    decided: str = ""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint as it stands; `missing` names what must still be asked before it is passed."""

    uid: str
    enquiry_uid: str
    reference: str
    about: str
    about_whom: str
    words: str
    when_where: str
    reach: str
    wants: str
    mentioned: tuple[str, ...]
    authority: str
    authority_source: str
    read_back: str
    state: str
    restricted: bool
    missing: tuple[str, ...]
    allegations: tuple[Allegation, ...]
    received_on: date
    logged_at: datetime
    passed_at: datetime | None
    passed_to: str
    recorded_on: date | None
    finalised_on: date | None
    closed_on: date | None


def read_back(desk: Desk, uid: str) -> str:
    """Give the sentence to read back, made of what was said. Raises NotFound, NotPermitted."""
    desk.demand(Right.COMPLAIN)
    row = complaint_moves.found(desk, uid)
    demand_read(desk, row)
    matter = steps.enquiry(desk, row["enquiry_uid"])
    reference = Reference(desk.office.prefix, matter["year"], matter["number"])
    where = f"{row['when_where']}: " if row["when_where"] else ""
    about = f" It is about {row['about_whom']}." if row["about_whom"] else ""
    wants = f" You would like: {row['wants']}." if row["wants"] else ""
    reach = f" We reach you by {row['reach']}." if row["reach"] else ""
    passed = f" I pass it on today to: {row['authority']}." if row["authority"] else ""
    return (
        f"So: {where}{excerpt(row['words'], 400).rstrip('.')}.{about}{wants}{reach}{passed}"
        f" Your reference is {reference.spoken}, and your word is"
        f" {spoken_code_word(matter['code_word'])}; keep it, we'll ask for it."
    )


def demand_read(desk: Desk, row: Row) -> None:
    """Check that the words of a complaint may be seen now. Raises MaskedNow."""
    if not is_read(desk, row):
        raise MaskedNow


def is_read(desk: Desk, row: Row) -> bool:
    """Say whether the words of a complaint may be seen now: those that this call said, or opened.

    They name whom it is about, so what opens less than other people's facts does not open them.
    """
    return shows(desk, "complaint.about_whom", _limit(Limits(desk), row))


def complaint(desk: Desk, uid: str) -> Complaint:
    """Give one complaint. Raises NotFound."""
    return _view(desk, complaint_moves.found(desk, uid), Limits(desk))


def complaints_of(desk: Desk, enquiry_uid: str) -> tuple[Complaint, ...]:
    """Give the complaints of a matter. Raises NotFound."""
    matter, limits = steps.enquiry(desk, enquiry_uid), Limits(desk)
    return tuple(
        _view(desk, row, limits) for row in complaints.of_enquiry(desk.store, matter["id"])
    )


def _limit(limits: Limits, row: Row) -> InfoClass | None:
    return limits.said_in(row["contact_id"], row["enquiry_id"])


def _view(desk: Desk, row: Row, limits: Limits) -> Complaint:
    entry = directory.by_id(desk.store, row["passed_to"]) if row["passed_to"] else None
    words = complaint_moves.book(desk).decisions
    same = (
        "uid",
        "enquiry_uid",
        "reference",
        "about",
        *complaint_steps.ONE_LINE,
        "words",
        "authority",
    )
    view = Complaint(
        **{name: row[name] for name in (*same, "authority_source", "read_back", "state")},
        mentioned=tuple(filter(None, str(row["mentioned"]).split("\n"))),
        restricted=bool(row["restricted"]),
        missing=complaint_steps.missing(row),
        allegations=tuple(
            _allegation(item, words) for item in complaints.allegations(desk.store, row["id"])
        ),
        received_on=date.fromisoformat(row["received_on"]),
        logged_at=parse_utc(row["logged_at"]),
        passed_at=work.moment(row["passed_at"]),
        passed_to=str(entry["name"]) if entry else "",
        recorded_on=work.day(row["recorded_on"]),
        finalised_on=work.day(row["finalised_on"]),
        closed_on=work.day(row["closed_on"]),
    )
    seen = _limit(limits, row)
    if not shows(desk, "complaint.words", seen):
        said = tuple(replace(item, words=MASK) for item in view.allegations)
        view = replace(view, mentioned=(), allegations=said)
    return unread(desk, veiled(desk, view, _SAID, seen), _WORDS)


def _allegation(item: Row, decisions: Mapping[str, Rule]) -> Allegation:
    """Show one thing complained of, its decision also in the words of the rules."""
    rule = decisions.get(item["decision"])
    return Allegation(
        item["uid"],
        item["words"],
        item["category"],
        tuple(item["suggested"].split()),
        item["decision"],
        tuple(item["actions"].split()),
        rule.label if rule is not None else "",
    )
