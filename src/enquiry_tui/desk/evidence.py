"""What the record holds to compare with, for one check: read inside the verb, never handed out."""

from __future__ import annotations

from functools import partial

from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.checks import Catalogue, StepName
from enquiry_tui.domain.compare import compare
from enquiry_tui.domain.text import fold
from enquiry_tui.domain.vocabulary import Channel
from enquiry_tui.domain.when import LONDON, parse_utc, utc_text
from enquiry_tui.records import authorities, contacts, enquiries, letters, people
from enquiry_tui.records.base import Row
from enquiry_tui.vault import agreed

Held = dict[StepName, tuple[str, ...]]
_LONGEST_PASSWORD = 200


def held_values(desk: Desk, check: Row) -> Held:
    """Collect what each step that is said can be compared with: from the matter and the person."""
    held: dict[StepName, list[str]] = {}
    matter = enquiries.by_key(desk.store, check["enquiry_id"] or 0)
    if matter is not None:
        held[StepName.REFERENCE] = [matter["reference"]]
        held[StepName.CODE_WORD] = [matter["code_word"]]
        held[StepName.TOPIC] = [f"{matter['subject']} {matter['topics']}"]
        _from_history(desk, matter, check, held)
    person = people.by_key(desk.store, check["person_id"] or 0)
    if person is not None:
        held[StepName.BIRTH_DATE] = [person["born"]]
        points = people.points(desk.store, person["id"])
        held[StepName.NUMBER] = [p["value"] for p in points if p["kind"] == "phone"]
        held[StepName.POSTCODE] = [person["postcode"]]
        held[StepName.POSTCODE] += [
            p["value"].replace("\n", " ")[-8:] for p in points if p["kind"] == "address"
        ]
        password = authorities.agreed(desk.store, person["id"])
        held[StepName.PASSWORD] = [password["hash"] if password is not None else ""]
    return {step: tuple(v for v in values if v) for step, values in held.items() if any(values)}


def _from_history(desk: Desk, matter: Row, check: Row, held: dict[StepName, list[str]]) -> None:
    """Add dates on letters, what they were about, and whom they spoke to, before this contact."""
    dates: list[str] = []
    for letter in letters.of_enquiry(desk.store, matter["id"]):
        dates += [day for day in (letter["dated_on"], letter["received_on"]) if day]
        held[StepName.TOPIC].append(letter["subject"])
    spoken: list[str] = []
    for row in contacts.of_enquiry(desk.store, matter["id"]):
        if row["id"] == check["contact_id"]:
            continue
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
    held = held_values(desk, check)
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
