"""Find: matters by word, by reference, by a name or how it sounds, by a telephone number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.seeing import Limits
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.masking import MASK, is_open
from enquiry_tui.domain.names import sound_key
from enquiry_tui.domain.phones import read_part
from enquiry_tui.domain.references import read_reference
from enquiry_tui.domain.rights import Right
from enquiry_tui.domain.text import clean_line, fold_words, snippet
from enquiry_tui.domain.vocabulary import InfoClass
from enquiry_tui.domain.when import parse_utc
from enquiry_tui.records import contacts, enquiries
from enquiry_tui.records import search as records
from enquiry_tui.records.base import Row

PROTECTED = "(protected)"
RESTRICTED = "restricted"
SNIPPET_CELLS = 76
_NAMED = 20  # how many uids of what was shown a consultation event names

# What a text of each source may hold at most: it is masked where a live contact opens less.
SOURCE_CLASSES: dict[str, InfoClass] = {
    "subject": InfoClass.OWN_PROGRESS,
    "reference": InfoClass.OWN_PROGRESS,
    "their-reference": InfoClass.OWN_PROGRESS,
    "name": InfoClass.OWN_PERSONAL,
    "sound": InfoClass.OWN_PERSONAL,
    "heard": InfoClass.OWN_PERSONAL,
    "number": InfoClass.OWN_PERSONAL,
    "note": InfoClass.OWN_PERSONAL,
    "letter": InfoClass.OWN_PERSONAL,
    "message": InfoClass.OWN_PERSONAL,
    "referral": InfoClass.OWN_PERSONAL,
    "urgent": InfoClass.OWN_PERSONAL,
    "complaint": InfoClass.THIRD_PARTY,
}


@dataclass(frozen=True, slots=True)
class Found:
    """A matter that was found: `when` its last contact began, `due` its service date."""

    enquiry_uid: str
    reference: str
    who: str
    about: str
    when: datetime
    due: date | None
    with_: str
    snippet: str
    source: str


def search(desk: Desk, words: str, limit: int = 50) -> tuple[Found, ...]:
    """Find matters, a quoted reference first, then the newest texts, then names by sound.

    Raises NotPermitted.

    Leaves no event by itself: the face writes `note_search` when typing rests, or a row is opened.
    """
    desk.demand(Right.CONSULT)
    words = clean_line(words).text
    folded = fold_words(words)
    rows = [*_by_reference(desk, words)]
    known = {row["id"] for row in rows}
    hits = records.find(desk.store, " ".join(folded), limit + len(known)) if folded else []
    rows += [row for row in hits if row["id"] not in known]
    rows += _by_person(desk, words, {row["id"] for row in rows}, limit - len(rows))
    limits = Limits(desk)
    return tuple(_found(desk, row, folded, limits) for row in rows[:limit])


def note_search(desk: Desk, words: str, count: int, uids: Sequence[str]) -> None:
    """Leave the consultation event of a search: its words stand in the erasable detail only."""
    with desk.act(Action.ENQUIRY_SEARCH) as act:
        kept = clean_line(words, limit=200).text
        act.event("", "", words=kept, count=count, first=list(uids[:_NAMED]))


def _by_reference(desk: Desk, words: str) -> list[Row]:
    """Find the matter whose reference was typed, ours or theirs."""
    year, prefix = desk.today().year, desk.office.prefix
    reference = read_reference(words, this_year=year, own_prefix=prefix)
    ours = enquiries.by_reference(desk.store, reference.full) if reference else None
    theirs = enquiries.by_their_reference(desk.store, words.strip()) if words.strip() else []
    found = {row["id"]: row for row in (*((ours,) if ours is not None else ()), *theirs)}
    return list(found.values())


def _by_person(desk: Desk, words: str, known: set[int], room: int) -> list[Row]:
    """Find matters by a number or a part of it, or by a name as it sounds, where room is left."""
    if room <= 0:
        return []
    part = read_part(words)
    rows = (
        records.by_number(desk.store, part.tail, part.heads, room)
        if part is not None
        else records.by_sound(desk.store, sound_key(words), room)
    )
    return list({row["id"]: row for row in rows if row["id"] not in known}.values())


def _found(desk: Desk, row: Row, folded: tuple[str, ...], limits: Limits) -> Found:
    who, protected = records.who(desk.store, row["id"])
    by_text = "source" in row.keys()  # noqa: SIM118 - rows of the database know no `in`
    source = str(row["source"]) if by_text else "reference"
    text = records.original(desk.store, source, row["source_uid"]) if by_text else ""
    shown = is_open(SOURCE_CLASSES.get(source, InfoClass.OPERATIONAL), limits.of(row["id"]))
    # Notes and letters begin with the name, and letters with the address, of who is protected.
    if not shown or protected:
        text = MASK
    last = contacts.last_of_enquiry(desk.store, row["id"])
    # Even its readers see no name and no subject of a restricted matter in a list.
    restricted = bool(row["restricted"])
    return Found(
        enquiry_uid=row["uid"],
        reference=row["reference"],
        who=RESTRICTED if restricted else PROTECTED if protected else who,
        about=RESTRICTED if restricted else row["subject"],
        when=parse_utc(last["started_at"] if last is not None else row["opened_at"]),
        due=date.fromisoformat(row["due_on"]) if row["due_on"] else None,
        with_=row["held_by"],
        snippet=MASK if restricted else snippet(text, folded, SNIPPET_CELLS),
        source=source,
    )
