"""What the gate's screens offer to say, and where a written answer may go."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.gate import answered, judge_contact
from enquiry_tui.desk.views import ContactView, MayBeTold
from enquiry_tui.domain.gate import Verdict, neutral_sentence
from enquiry_tui.domain.vocabulary import InfoClass, Kind, Recognition
from enquiry_tui.domain.when import LONDON, parse_utc, show_day_short
from enquiry_tui.records import people
from enquiry_tui.records.base import Row

_OFFICIALS = frozenset(
    {Kind.OWN_FORCE, Kind.OTHER_AGENCY, Kind.OFFICIAL_CALLER, Kind.OVERSIGHT_BODY, Kind.COURT}
)


@dataclass(frozen=True, slots=True)
class AddressView:
    """Where a written answer may go: what it is and how it was confirmed, never the address.

    `whose` names the person where it is not whoever wrote: a relative's answer goes to the person.
    """

    uid: str
    kind: str
    how: str
    whose: str = ""


def addresses(desk: Desk, row: Row) -> tuple[AddressView, ...]:
    """List where a written answer to this contact may go: held and confirmed before it."""
    info = InfoClass.OWN_PROGRESS
    whose = answered(desk, row)
    return tuple(
        AddressView(
            point["uid"],
            point["kind"],
            f"confirmed {_day(point['confirmed_at'])}"
            if point["confirmed_at"]
            else "on the letter",
            "" if person_id == row["person_id"] else _name(desk, person_id),
        )
        for person_id in whose
        for point in people.points(desk.store, person_id)
        if point["kind"] in {"address", "email"}
        if judge_contact(desk, row, info, point_uid=point["uid"]).held_address
    )


def _name(desk: Desk, person_id: int) -> str:
    person = people.by_key(desk.store, person_id)
    return str(person["name"]) if person is not None else ""


def _day(stored: str) -> str:
    return show_day_short(parse_utc(stored).astimezone(LONDON).date())


def sayings(
    desk: Desk,
    verdict: Verdict,
    contact: ContactView,
    lines: tuple[MayBeTold, ...],
    *,
    missed: bool = False,
) -> tuple[tuple[str, str], ...]:
    """Give the words that fit, the first one first; the neutral sentence is always among them.

    Where the check `missed` the words for that come first. Somebody who may be overheard is asked
    first whether they can talk: yes or no will do. A child to whom nothing is told is heard first,
    in plain words that promise no secrecy.
    """
    book = desk.packs.say.value
    said: list[tuple[str, str]] = []
    if verdict.opens and verdict.info_class is InfoClass.OWN_PROGRESS and lines:
        said.append(("Progress", " ".join(line.sentence for line in lines)))
    elif verdict.opens:
        said.append(("In your own words", ""))
    names = ["neutral", "not-denying"]
    if verdict.check_helps:
        names = [_before(verdict, contact), "not-passed", *names]
    if missed and not verdict.opens:
        names = list(dict.fromkeys(("not-passed", *names)))
    if verdict.info_class in {InfoClass.SENSITIVE, InfoClass.THIRD_PARTY, None}:
        names.append("whereabouts")
    if contact.kind in _OFFICIALS and not contact.channel.is_written:
        names += ["ring-official", "pressed"]
    if contact.accompanied or contact.under_duress or contact.kind is Kind.UNDER_DURESS:
        names.insert(1, "listening")
    if is_child(contact) and not verdict.opens:
        names.insert(0, "child")
    titled = [(book.wordings[n].title, _words(desk, n)) for n in dict.fromkeys((*names, "abuse"))]
    return tuple(said + titled)


def _before(verdict: Verdict, contact: ContactView) -> str:
    """Name the words before a check: a letter has an address, an office is rung back."""
    if contact.channel.is_written:
        return "in-writing"
    rung = all(need.recognition is Recognition.NONE for need in verdict.missing)
    return "ring-official" if rung else "before-check"


def is_child(contact: ContactView) -> bool:
    """Say whether a child is on the line, by the kind or by the circumstance."""
    return contact.child or contact.kind is Kind.CHILD


def _words(desk: Desk, name: str) -> str:
    return neutral_sentence() if name == "neutral" else desk.packs.say.value.say(name)
