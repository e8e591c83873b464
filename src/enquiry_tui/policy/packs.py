"""The packs together: loaded, checked against each other, each under the hash of its bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

from enquiry_tui.domain.checks import Catalogue
from enquiry_tui.domain.clock_rules import ClockBook
from enquiry_tui.domain.office_rules import ComplaintRules, Entry, OfficePolicy
from enquiry_tui.domain.plan import reachable
from enquiry_tui.domain.rules import OPENING, GateTable
from enquiry_tui.domain.vocabulary import Channel, Office, Proof
from enquiry_tui.domain.wordings import FlagBook, SayBook, UrgentBook
from enquiry_tui.policy import clock_packs, desk_packs, disclosure, office_packs
from enquiry_tui.policy.problems import PackError, refuse
from enquiry_tui.policy.reading import FORMAT, read_model

T = TypeVar("T")
# Doors that are no entries of the directory but people or acts of this desk.
DESK_DOORS = frozenset({"matter-owner", "named-reader", "safe-call-back"})


@dataclass(frozen=True, slots=True)
class Pack(Generic[T]):
    """One pack: its name, the SHA-256 of its bytes, the bytes, and what they say."""

    name: str
    hash: str
    body: bytes
    value: T
    version: str = ""
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Packs:
    """Every pack that rules this desk."""

    disclosure: Pack[GateTable]
    checks: Pack[Catalogue]
    say: Pack[SayBook]
    urgent: Pack[UrgentBook]
    flags: Pack[FlagBook]
    complaints: Pack[ComplaintRules]
    directory: Pack[tuple[Entry, ...]]
    office: Pack[OfficePolicy]
    clocks: Pack[ClockBook]

    @property
    def table(self) -> GateTable:
        """Return the gate table."""
        return self.disclosure.value

    @property
    def catalogue(self) -> Catalogue:
        """Return the steps of a check."""
        return self.checks.value

    @property
    def seeds(self) -> tuple[Entry, ...]:
        """Return the directory to begin with."""
        return self.directory.value

    def all(self) -> tuple[Pack[Any], ...]:
        """Return the packs in a fixed order."""
        return tuple(getattr(self, name) for name in NAMES)

    def having(self, pack: Pack[Any]) -> Packs:
        """Return the packs with one of them replaced. Raises PackError where they do not fit."""
        changes: dict[str, Any] = {pack.name: pack}
        return checked(replace(self, **changes))


NAMES = tuple(field.name for field in fields(Packs))


def load_pack(name: str, body: bytes) -> Pack[Any]:
    """Read one pack. Raises PackError: unknown name, or naming file, key and nearest known key.

    A disclosure pack also has to ask only for what the shipped steps of a check can reach.
    """
    digest = hashlib.sha256(body).hexdigest()
    value, version = _read(name, body, digest)
    if isinstance(value, GateTable):
        _levels_can_be_reached(value, load_pack("checks", shipped_bytes("checks")).value)
    return Pack(name, digest, body, value, version)


@cache
def load_shipped() -> Packs:
    """Read the packs that come with the program, once. Raises PackError where one is broken."""
    return checked(Packs(**{name: load_pack(name, shipped_bytes(name)) for name in NAMES}))


def shipped_bytes(name: str) -> bytes:
    """Return the bytes of a shipped pack, in a wheel or a checkout alike."""
    return files("enquiry_tui.policy").joinpath(f"{name}.toml").read_bytes()


def checked(packs: Packs) -> Packs:
    """Return the packs once they fit together: levels reachable, doors known."""
    _levels_can_be_reached(packs.table, packs.catalogue)
    _doors_are_known(packs)
    return packs


def _read(name: str, body: bytes, digest: str) -> tuple[Any, str]:
    match name:
        case "disclosure":
            model = read_model(name, body, disclosure.DisclosureModel)
            return disclosure.build(model, digest), model.version
        case "checks":
            checks = read_model(name, body, desk_packs.ChecksModel)
            return desk_packs.catalogue(checks), checks.version
        case "say":
            say = read_model(name, body, desk_packs.SayModel)
            return desk_packs.say_book(say), say.version
        case "urgent":
            urgent = read_model(name, body, desk_packs.UrgentModel)
            return desk_packs.urgent_book(urgent), urgent.version
        case "flags":
            flags = read_model(name, body, desk_packs.FlagsModel)
            return desk_packs.flag_book(flags), flags.version
        case "complaints":
            complaints = read_model(name, body, office_packs.ComplaintsModel)
            return office_packs.complaint_rules(complaints), complaints.version
        case "directory":
            directory = read_model(name, body, office_packs.DirectoryModel)
            return office_packs.entries(directory), directory.version
        case "office":
            office = read_model(name, body, office_packs.OfficeModel)
            return office_packs.office_policy(office), office.version
        case "clocks":
            clocks = read_model(name, body, clock_packs.ClocksModel)
            return clock_packs.clock_book(clocks), clocks.version
    raise PackError("There is no pack of that name.", "Known: " + ", ".join(NAMES) + ".")


def _levels_can_be_reached(table: GateTable, catalogue: Catalogue) -> None:
    for (kind, info_class, channel), cell in table.cells.items():
        if cell.allowed not in OPENING:
            continue
        place = f"{channel}.{kind}.{info_class}.needed"
        for need in cell.needed:
            if channel is Channel.TELEPHONE and need.proof is not Proof.NONE:
                refuse(disclosure.FILE, place, "nobody proves who they are by telephone")
            if not reachable(need, channel, catalogue):
                refuse(disclosure.FILE, place, f"no step by {channel} reaches {need.words()}")


def _doors_are_known(packs: Packs) -> None:
    known = [entry.key for entry in packs.seeds] + sorted(DESK_DOORS)
    for (kind, info_class, channel), cell in packs.table.cells.items():
        for door in cell.doors:
            if door.to not in known:
                place = f"{channel}.{kind}.{info_class}.doors"
                refuse(disclosure.FILE, place, "not in the directory", door.to, known)
    for office in Office:
        for about in packs.complaints.value.subjects:
            rule = packs.complaints.value.authority(office, about)
            if rule is not None and rule.door not in known:
                place = f"{office}.{about}.door"
                refuse("complaints.toml", place, "not in the directory", rule.door, known)
