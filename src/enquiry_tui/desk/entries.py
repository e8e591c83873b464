"""One entry of a matter's history with all its words, masked exactly as its line is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from enquiry_tui.desk import (
    complaint_reading,
    letters,
    messages,
    opening,
    promises,
    referrals,
    steps,
    urgent_views,
)
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.seeing import masked, seen_of
from enquiry_tui.desk.timeline import brief
from enquiry_tui.desk.views import CheckView, EnquiryView, LedgerView, TimelineLine
from enquiry_tui.domain.complaint_states import State
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.text import removed_words
from enquiry_tui.domain.vocabulary import CheckOutcome
from enquiry_tui.domain.when import parse_utc, show_day, show_moment
from enquiry_tui.records import complaints, contacts, enquiries, ledger, officers, people, urgents
from enquiry_tui.records import letters as stored
from enquiry_tui.records.base import Row


@dataclass(frozen=True, slots=True)
class Part:
    """Words under a heading; without one they are facts of the entry."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is read: its line in the history, and everything kept of it."""

    line: TimelineLine
    parts: tuple[Part, ...]


def entry(desk: Desk, enquiry_uid: str, uid: str, contact_uid: str = "") -> Entry:
    """Read one entry whole; `contact_uid` is the live contact in the matter. Raises NotFound.

    It shows nothing that the open matter masks, and leaves no event of its own: a letter is read
    through `letters.open_letter`, what is masked through `revealing.reveal`.
    """
    view = opening.refresh(desk, enquiry_uid, contact_uid=contact_uid)
    line = next((item for item in view.timeline if item.uid == uid), None)
    if line is None:
        raise NotFound("entry in this matter")
    parts = tuple(part for part in _READERS[line.of](desk, view, line) if part.words)
    return Entry(line, parts)


def _contact(desk: Desk, view: EnquiryView, line: TimelineLine) -> Iterator[Part]:
    row = _row_of(desk, line)
    yield Part("", " · ".join(filter(None, _facts(desk, view, line, row))))
    note = row["note"] or "nothing was written"
    yield Part("NOTE", MASK if line.masked else note)
    yield from _around(desk, view, line, row)


def _letter(desk: Desk, view: EnquiryView, line: TimelineLine) -> Iterator[Part]:
    letter = next(x for x in letters.letters_of(desk, view.uid) if x.uid == line.uid)
    row = _row_of(desk, line)
    kept = stored.by_uid(desk.store, line.uid)
    words = MASK if line.masked or kept is None else str(kept["words"])
    dated = f"dated {show_day(letter.dated_on)}" if letter.dated_on else ""
    sent = f"sent {show_moment(letter.sent_at)}" if letter.sent_at else "not sent"
    came = f"came {show_day(letter.received_on)}" if letter.direction == "in" else sent
    paper = f"paper in {letter.place}" if letter.place else ""
    hidden = removed_words(letter.removed)
    yield Part("", f"{letter.sender or '(unsigned)'} {letter.sender_address}".rstrip())
    yield Part("", " · ".join(filter(None, (came, dated, paper, hidden))))
    yield Part("ABOUT", letter.subject)
    yield Part("WORDS", words)
    yield Part("ENCLOSED", "\n".join(item.name for item in letter.attachments))
    yield Part("NOTE", "" if not row["note"] else MASK if line.masked else row["note"])
    yield from _around(desk, view, line, row)


def _around(desk: Desk, view: EnquiryView, line: TimelineLine, row: Row) -> Iterator[Part]:
    """Give what hangs on a contact: checks, the ledger, how it was moved, struck, amended."""
    held = [check for check in view.checks if check.contact_uid == line.contact_uid]
    yield Part("CHECKS", "\n".join(f"{show_moment(c.at)} {_check(c)}" for c in reversed(held)))
    told = [item for item in view.ledger if item.contact_uid == line.contact_uid]
    yield Part("LEDGER", "\n".join(_told(item) for item in reversed(told)))
    amended = contacts.amendments(desk.store, line.contact_uid)
    for change in amended:
        if change["field"] == "enquiry":
            yield Part("MOVED", _moved(desk, view, change, line))
    if row["struck_at"]:
        by = officers.by_uid(desk.store, row["struck_by"])
        who = by["name"] if by is not None else ""
        why = MASK if line.masked else row["struck_why"]
        yield Part("STRUCK", f"{show_moment(parse_utc(row['struck_at']))}, {who}: {why}")
    for change in reversed(amended):
        if change["field"] == "note":
            old = MASK if line.masked else change["old_value"] or "nothing was written"
            yield Part(f"NOTE BEFORE {_when(change)}", f"{_by(change, line)}\n{old}")
        elif change["field"] == "person":
            yield Part("PERSON TAKEN OFF", f"{_when(change)}, {_by(change, line)}")


def _moved(desk: Desk, view: EnquiryView, change: Row, line: TimelineLine) -> str:
    """Say where a contact was before, and where what was said in it stands."""
    left = _seen_reference(desk, change["old_value"])
    words = f"from {left}, {_when(change)}, {_by(change, line)}"
    if change["old_value"] == view.reference:
        return f"{words}; it has come back since"
    every = ledger.of_contact(desk.store, steps.contact(desk, line.contact_uid)["id"])
    said = sum(item["enquiry_id"] != steps.enquiry(desk, view.uid)["id"] for item in every)
    lines = f"{said} ledger line{'' if said == 1 else 's'}"
    return f"{words}. Told before: {lines} of it, which stay there." if said else words


def _amendment(desk: Desk, view: EnquiryView, line: TimelineLine) -> Iterator[Part]:
    moves = contacts.moved_away(desk.store, view.reference)
    change = next(row for row in moves if row["uid"] == line.uid)
    said = [item for item in view.ledger if item.contact_uid == change["object_uid"]]
    yield Part("MOVED", line.words)
    seen = seen_of(desk, steps.enquiry(desk, view.uid)["id"])
    yield Part("WHY", masked(desk, "contact.note", str(change["why"]), seen))
    stays = f"{len(said)} line{'' if len(said) == 1 else 's'} of it stand here and stay (l)"
    yield Part("LEDGER", stays if said else "nothing was asked or said in it here")


def _urgent(desk: Desk, _view: EnquiryView, line: TimelineLine) -> Iterator[Part]:
    row = urgents.by_uid(desk.store, line.uid)
    if row is None:
        raise NotFound("urgent call")
    yield Part("", line.words)
    yield Part("LOG", MASK if line.masked else urgent_views.log_words(desk, row))


def _message(desk: Desk, view: EnquiryView, line: TimelineLine) -> Iterator[Part]:
    item = next(x for x in messages.messages_of(desk, view.uid) if x.uid == line.uid)
    urgent = "URGENT" if item.urgent else ""
    yield Part("", " · ".join(filter(None, (f"for {item.for_whom}", item.state, urgent))))
    yield Part("WORDS", item.words)
    yield Part("CALL BACK", item.call_back)
    yield Part("BY", item.deadline)
    if item.passed_at is not None:
        yield Part("PASSED ON", f"{show_moment(item.passed_at)}, {item.passed_how}")
    if item.answered_at is not None:
        yield Part("ANSWERED", f"{show_moment(item.answered_at)}\n{item.answer}")
    if item.told_at is not None:
        yield Part("ENQUIRER TOLD", show_moment(item.told_at))
    if item.withdrawn_at is not None:
        yield Part("WITHDRAWN", f"{show_moment(item.withdrawn_at)}: {item.withdrawn_why}")


def _promise(desk: Desk, view: EnquiryView, line: TimelineLine) -> Iterator[Part]:
    item = next(x for x in promises.promises_of(desk, view.uid) if x.uid == line.uid)
    yield Part("", f"by {item.owner} to {item.to_whom or 'the enquirer'}, {item.state}")
    yield Part("PROMISED", item.what)
    first = f", first {show_moment(item.first_due_at)}" if item.moved else ""
    yield Part("BY", f"{show_moment(item.due_at)}{first}")
    yield Part("NUMBER", f"{item.safe_number}{'  no voicemail' if item.no_voicemail else ''}")
    if item.settled_at is not None:
        yield Part("SETTLED", f"{show_moment(item.settled_at)}: {item.settled_how}")


def _referral(desk: Desk, view: EnquiryView, line: TimelineLine) -> Iterator[Part]:
    item = next(x for x in referrals.referrals_of(desk, view.uid) if x.uid == line.uid)
    yield Part("", f"{item.kind} to {item.entry_name} by {item.made_by}, {item.state}")
    named = (
        ("ASKED OF THEM", item.request),
        ("WHAT HAPPENED", item.account),
        ("RISK", item.risk),
        ("WANTED", item.wants),
        ("DONE SO FAR", item.done_so_far),
        ("SENT WITH IT", "\n".join(item.fields)),
        ("LEFT OUT", item.left_out),
        ("BASIS", " · ".join(filter(None, (item.basis, item.necessity)))),
    )
    yield from (Part(heading, words) for heading, words in named)
    if item.answered_at is not None:
        yield Part("ANSWERED", f"{show_moment(item.answered_at)}, {item.answered_by}")
    if item.told_at is not None:
        yield Part("ENQUIRER TOLD", show_moment(item.told_at))


def _complaint(desk: Desk, view: EnquiryView, line: TimelineLine) -> Iterator[Part]:
    item = next(x for x in complaint_reading.complaints_of(desk, view.uid) if x.uid == line.uid)
    yield Part("", f"{State(item.state).words} · F6 or y shows its path")
    named = (
        ("ABOUT", item.about_whom),
        ("WORDS", item.words),
        ("WHEN AND WHERE", item.when_where),
        ("WANTED", item.wants),
        ("ALLEGATIONS", "\n".join(f"{n}. {a.words}" for n, a in enumerate(item.allegations, 1))),
    )
    yield from (Part(heading, words) for heading, words in named)


def _complaint_entry(desk: Desk, view: EnquiryView, line: TimelineLine) -> Iterator[Part]:
    matter = steps.enquiry(desk, view.uid)
    seen = seen_of(desk, matter["id"])
    for row in complaints.of_enquiry(desk.store, matter["id"]):
        for step in complaints.entries(desk.store, row["id"]):
            if step["uid"] == line.uid:
                yield Part("", f"{line.words}, on {step['on_day']}, entered by {step['officer']}")
                yield Part("WORDS", masked(desk, "complaint.words", step["words"], seen))


def _row_of(desk: Desk, line: TimelineLine) -> Row:
    return steps.contact(desk, line.contact_uid)


def _facts(desk: Desk, view: EnquiryView, line: TimelineLine, row: Row) -> Iterator[str]:
    """Say who it was with, how it ended, and who wrote it up when that was later."""
    person = people.by_key(desk.store, row["person_id"] or 0)
    named = {item.uid: item.name for item in view.people}
    if person is not None:
        yield f"with {named.get(person['uid'], MASK)}"
    elif row["who_said"]:
        yield f"with {MASK if line.masked else row['who_said']}, linked with nobody"
    if row["ended_at"]:
        yield f"{row['how_ended']} {show_moment(parse_utc(row['ended_at']))}"
    if row["entered_late"]:
        yield "written up later"
    if row["taken_by"]:
        yield f"taken by {row['taken_by']}"


def _check(check: CheckView) -> str:
    """Say of a check how it ended, by which kinds of step, and with how many misses."""
    level = ", ".join([str(check.recognition), *map(str, check.authorities)])
    passed = f" ({level})" if check.outcome is CheckOutcome.PASSED else ""
    taken = ", ".join(f"{'✓' if x.passed else '✗'} {x.step.replace('-', ' ')}" for x in check.steps)
    misses = f"{check.misses} missed" if check.misses else ""
    parts = (f"{check.outcome or 'without outcome'}{passed}", taken, misses, *check.flags)
    return " · ".join(filter(None, parts))


def _told(item: LedgerView) -> str:
    head = f"{show_moment(item.at)} {item.decision} · {item.item} · {item.info_class}"
    return f"{head}\n“{item.words}”" if item.words else head


def _when(change: Row) -> str:
    return show_moment(parse_utc(change["at"]))


def _by(change: Row, line: TimelineLine) -> str:
    return f"{change['officer_name']}: {MASK if line.masked else change['why']}"


def _seen_reference(desk: Desk, reference: str) -> str:
    seen = enquiries.by_reference(desk.store, reference) is not None
    return brief(desk, reference) if seen else "another matter"


_READERS: dict[str, Callable[[Desk, EnquiryView, TimelineLine], Iterator[Part]]] = {
    "contact": _contact,
    "letter": _letter,
    "amendment": _amendment,
    "urgent": _urgent,
    "message": _message,
    "promise": _promise,
    "referral": _referral,
    "complaint": _complaint,
    "complaint_entry": _complaint_entry,
}
