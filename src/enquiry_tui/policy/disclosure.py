"""The disclosure pack: the model of its file, and the gate table built from it."""

from __future__ import annotations

from itertools import product

from enquiry_tui.domain.rules import OPENING, Cell, Door, GateTable, Phrases
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.vocabulary import (
    Allowed,
    Authority,
    Channel,
    InfoClass,
    Kind,
    Proof,
    Recognition,
)
from enquiry_tui.policy.problems import refuse
from enquiry_tui.policy.reading import Model, PackModel

FILE = "disclosure.toml"
_OWN = frozenset({InfoClass.OWN_PROGRESS, InfoClass.OWN_PERSONAL})
_ATOMS: dict[str, Need] = {
    **{f"R:{item}": Need(recognition=item) for item in Recognition if item.rank},
    **{f"P:{item}": Need(proof=item) for item in Proof if item.rank},
    **{
        f"A:{item}": Need(authorities=frozenset({item}))
        for item in Authority
        if item not in {Authority.NONE, Authority.CLAIMED}
    },
    "held": Need(held_address=True),
    "purpose": Need(purpose=True),
}


class DoorModel(Model):
    """A directory key and the case it is for."""

    to: str
    when: str = ""


class RuleModel(Model):
    """What a rule may say; whatever is absent stays as by telephone."""

    allowed: Allowed | None = None
    needed: tuple[str, ...] | None = None
    doors: tuple[str | DoorModel, ...] | None = None
    instead: str | None = None
    why: str | None = None
    may: tuple[str, ...] | None = None
    only_if: tuple[str, ...] | None = None
    never: tuple[str, ...] | None = None
    held: bool | None = None


class RowModel(RuleModel):
    """A rule for several channels, kinds and classes at once."""

    channels: tuple[Channel, ...]
    kinds: tuple[Kind, ...]
    classes: tuple[InfoClass, ...]


class PhrasesModel(Model):
    """What a card says."""

    may: tuple[str, ...] = ()
    only_if: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class ClassModel(PhrasesModel):
    """What falls in a class, and what is said of it when it is open."""

    examples: tuple[str, ...]


class DisclosureModel(PackModel):
    """The file as a whole."""

    classes: dict[InfoClass, ClassModel]
    outcomes: dict[Allowed, PhrasesModel]
    fields: dict[InfoClass, tuple[str, ...]]
    telephone: dict[Kind, dict[InfoClass, RuleModel]]
    rows: tuple[RowModel, ...]


def build(model: DisclosureModel, pack_hash: str) -> GateTable:
    """Make the gate table. Raises PackError for a missing, doubled or impossible rule."""
    for item in InfoClass:
        if item not in model.classes:
            refuse(FILE, f"classes.{item}", "missing")
    rows = _rows_by_place(model)
    cells: dict[tuple[Kind, InfoClass, Channel], Cell] = {}
    for kind, info_class, channel in product(Kind, InfoClass, Channel):
        place = f"{channel}.{kind}.{info_class}"
        first = model.telephone.get(kind, {}).get(info_class)
        row = first if channel is Channel.TELEPHONE else rows.get((channel, kind, info_class))
        if first is None or row is None:
            refuse(FILE, place, "no rule for it")
        rule = _merged(first, row)
        cells[kind, info_class, channel] = _cell(place, info_class, rule, model)
    outcomes = {key: _phrases(value) for key, value in model.outcomes.items()}
    examples = {item: model.classes[item].examples for item in InfoClass}
    return GateTable(cells, outcomes, _fields(model), examples, pack_hash)


def read_need(text: str, place: str) -> Need:
    """Read one alternative, such as `A:client + R:low`. Raises PackError for an unknown word."""
    need = Need()
    for word in text.split("+"):
        atom = _ATOMS.get(word.strip())
        if atom is None:
            refuse(FILE, f"{place}.needed", "unknown word", word.strip(), list(_ATOMS))
        need = need.and_also(atom)
    return need


def _rows_by_place(model: DisclosureModel) -> dict[tuple[Channel, Kind, InfoClass], RowModel]:
    found: dict[tuple[Channel, Kind, InfoClass], RowModel] = {}
    for number, row in enumerate(model.rows, start=1):
        for place in product(row.channels, row.kinds, row.classes):
            if place in found or place[0] is Channel.TELEPHONE:
                refuse(FILE, f"rows.{number}", f"a second rule for {'.'.join(place)}")
            found[place] = row
    return found


def _merged(first: RuleModel, row: RuleModel) -> RuleModel:
    given = {name: getattr(first, name) for name in RuleModel.model_fields}
    given |= {
        name: value for name in RuleModel.model_fields if (value := getattr(row, name)) is not None
    }
    if row.needed is None and given["allowed"] in {Allowed.NEVER, Allowed.MESSAGE}:
        given["needed"] = None
    return RuleModel.model_construct(**given)


def _cell(place: str, info_class: InfoClass, rule: RuleModel, model: DisclosureModel) -> Cell:
    if rule.allowed is None or rule.allowed is Allowed.CHECK:
        refuse(FILE, f"{place}.allowed", "wants release, part, message, route or never")
    allowed = rule.allowed
    if rule.needed and allowed in {Allowed.NEVER, Allowed.MESSAGE}:
        refuse(FILE, f"{place}.needed", f"nothing can be needed where the answer is {allowed}")
    opens = allowed in OPENING
    common = model.classes[info_class]
    held = rule.held
    if held is None:
        held = info_class in _OWN and (opens or allowed is Allowed.MESSAGE)
    return Cell(
        rule=place.replace(".", "/"),
        allowed=allowed,
        needed=tuple(read_need(text, place) for text in rule.needed or ()),
        doors=tuple(
            Door(door) if isinstance(door, str) else Door(door.to, door.when)
            for door in rule.doors or ()
        ),
        instead=rule.instead or "",
        why=rule.why or "",
        phrases=Phrases(
            rule.may or (common.may if opens else ()),
            rule.only_if or (common.only_if if opens else ()),
            rule.never or (common.never if opens else ()),
        ),
        held=held,
    )


def _phrases(model: PhrasesModel) -> Phrases:
    return Phrases(model.may, model.only_if, model.never)


def _fields(model: DisclosureModel) -> dict[str, InfoClass]:
    found: dict[str, InfoClass] = {}
    for info_class, names in model.fields.items():
        for name in names:
            if name in found:
                refuse(FILE, f"fields.{info_class}", f"{name} has a class already")
            found[name] = info_class
    return found
