"""What the record holds to compare with, for one check: read inside the verb, never handed out."""

from __future__ import annotations

from functools import partial

from enquiry_tui.desk import steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.checks import Catalogue, StepName
from enquiry_tui.domain.compare import compare
from enquiry_tui.domain.text import fold
from enquiry_tui.domain.vocabulary import Channel
from enquiry_tui.domain.when import LONDON, parse_utc, utc_text
from enquiry_tui.records import audit, authorities, contacts, enquiries, letters, people
from enquiry_tui.records.base import Row
from enquiry_tui.vault import agreed

Held = dict[StepName, tuple[str, ...]]
_LONGEST_PASSWORD = 200
_EVER = "9999"


def held_before(desk: Desk, check: Row) -> Held:
    """Collect what a check may be compared with: only what was held before its contact began.

    What the present contact brought (a matter opened in it, a number, a name, a code word made in
    it) would compare the caller with themselves: recognition binds to an earlier contact (GPG 44).
    """
    began = str(steps.contact(desk, check["contact_uid"])["started_at"])
    return held_values(desk, check, before=began)


def held_values(desk: Desk, check: Row, *, before: str = _EVER) -> Held:
    """Collect what each step that is said stands for in the record: of the matter and the person.

    `before` is a moment as stored (UTC): what came to be held at it or after is left out.
    """
    held: dict[StepName, list[str]] = {}
    matter = enquiries.by_key(desk.store, check["enquiry_id"] or 0)
    if matter is not None and matter["opened_at"] < before:
        _of_matter(desk, matter, before, held)
        _from_history(desk, matter, check, before, held)
    person = people.by_key(desk.store, check["person_id"] or 0)
    if person is not None and person["recorded_at"] < before:
        _of_person(desk, person, check, before, held)
    return {step: tuple(v for v in values if v) for step, values in held.items() if any(values)}


def _of_matter(desk: Desk, matter: Row, before: str, held: dict[StepName, list[str]]) -> None:
    """Add the reference, the code word unless it was made anew since, and what it is called."""
    uid = matter["uid"]
    held[StepName.REFERENCE] = [matter["reference"]]
    renewed = audit.happened(desk.store, uid, str(Action.ENQUIRY_CODE_WORD), since=before)
    held[StepName.CODE_WORD] = [] if renewed else [matter["code_word"]]
    called = {name: str(matter[name]) for name in ("subject", "topics")}
    for change in reversed(contacts.amendments(desk.store, uid)):
        if change["at"] >= before and change["field"] in called:
            called[change["field"]] = change["old_value"]
    held[StepName.TOPIC] = [" ".join(called.values()).strip()]


def _of_person(
    desk: Desk, person: Row, check: Row, before: str, held: dict[StepName, list[str]]
) -> None:
    """Add birth date, numbers, postcodes and the agreed password, each as it was then."""
    changed = audit.happened(desk.store, person["uid"], str(Action.PERSON_RECORD), since=before)
    points = [p for p in people.points(desk.store, person["id"]) if p["added_at"] < before]
    held[StepName.BIRTH_DATE] = [] if changed else [person["born"]]
    held[StepName.NUMBER] = [p["value"] for p in points if p["kind"] == "phone"]
    held[StepName.POSTCODE] = [] if changed else [person["postcode"]]
    held[StepName.POSTCODE] += [
        p["value"].replace("\n", " ")[-8:] for p in points if p["kind"] == "address"
    ]
    password = authorities.agreed(desk.store, person["id"])
    agreed_here = password is None or password["contact_id"] == check["contact_id"]
    if password is not None and not agreed_here and password["agreed_at"] <= before:
        held[StepName.PASSWORD] = [password["hash"]]


def _from_history(
    desk: Desk, matter: Row, check: Row, before: str, held: dict[StepName, list[str]]
) -> None:
    """Add dates on letters, what they were about, and whom they spoke to, before this contact."""
    earlier = {
        row["id"]: row
        for row in contacts.of_enquiry(desk.store, matter["id"])
        if row["id"] != check["contact_id"] and row["started_at"] < before
    }
    dates: list[str] = []
    for letter in letters.of_enquiry(desk.store, matter["id"]):
        if letter["contact_id"] in earlier:
            dates += [day for day in (letter["dated_on"], letter["received_on"]) if day]
            held[StepName.TOPIC].append(letter["subject"])
    spoken: list[str] = []
    for row in earlier.values():
        dates.append(parse_utc(row["started_at"]).astimezone(LONDON).date().isoformat())
        if row["channel"] in {Channel.TELEPHONE, Channel.IN_PERSON}:
            spoken.append(row["officer_name"])
    held[StepName.LETTER_DATE] = dates
    held[StepName.SPOKEN_TO] = spoken


def match(held: Held, said: str, step: StepName | None) -> StepName | None:
    """Say which step the words meet: the one asked about, else the first that they fit."""
    tried = (step,) if step is not None else tuple(held)
    for name in tried:
        same = agreed_with if name is StepName.PASSWORD else partial(compare, name)
        if any(same(said, value) for value in held.get(name, ())):
            return name
    return None


def agreed_with(said: str, kept: str) -> bool:
    """Say whether this is the agreed password: against its hash, blind to case and blanks."""
    spoken = as_spoken(said)
    return bool(spoken) and agreed.matches(kept, spoken)


def as_spoken(password: str) -> str:
    """Give a password as it counts: a voice carries neither case nor blanks nor accents."""
    return fold(password[:_LONGEST_PASSWORD]).replace(" ", "")


def available(desk: Desk, check: Row, catalogue: Catalogue, failed: set[StepName]) -> set[StepName]:
    """List the steps that can be tried: something is held, or the step is done and not said."""
    held = held_before(desk, check)
    there: set[StepName] = set()
    for step in catalogue.on(Channel(check["channel"])):
        if step.name in failed:
            continue
        if step.name is StepName.RING_HELD:
            if ring_points(desk, check["person_id"]):
                there.add(step.name)
        elif not step.blind or step.name in held:
            there.add(step.name)
    return there


def ring_points(desk: Desk, person_id: int | None) -> list[Row]:
    """List the numbers a check may ring back: confirmed before today, never one just given."""
    if person_id is None:
        return []
    midnight = desk.now().astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    return people.confirmed_before(desk.store, person_id, "phone", utc_text(midnight))
