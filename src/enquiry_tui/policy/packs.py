"""The packs together: loaded, checked against each other, each under the hash of its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

from enquiry_tui.domain.checks import Catalogue
from enquiry_tui.domain.clock_rules import ClockBook, count_words
from enquiry_tui.domain.identity_rules import IdentityRules
from enquiry_tui.domain.office_rules import ComplaintRules, Entry, OfficePolicy
from enquiry_tui.domain.plan import reachable
from enquiry_tui.domain.retention import RetentionBook
from enquiry_tui.domain.rules import OPENING, GateTable
from enquiry_tui.domain.vocabulary import Channel, Office, Proof
from enquiry_tui.domain.wordings import FlagBook, SayBook, UrgentBook
from enquiry_tui.policy import (
    authority_packs,
    clock_packs,
    desk_packs,
    disclosure,
    office_packs,
    retention_packs,
)
from enquiry_tui.policy.problems import PackError, refuse
from enquiry_tui.policy.reading import FORMAT, PackModel, named, read_model

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
    authority: Pack[IdentityRules]
    retention: Pack[RetentionBook]

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

    def having(self, pack: Pack[Any], doors: Collection[str] = ()) -> Packs:
        """Return the packs with one of them replaced. Raises PackError where they do not fit.

        `doors` are entries of the office's own directory beside those that are seeded.
        """
        changes: dict[str, Any] = {pack.name: pack}
        return checked(replace(self, **changes), doors)


NAMES = tuple(field.name for field in fields(Packs))


def load_pack(name: str, body: bytes) -> Pack[Any]:
    """Read one pack. Raises PackError: unknown name, or naming file, key and nearest known key.

    A disclosure pack also has to ask only for what the shipped steps of a check can reach.
    """
    pack = read_pack(name, body)
    if isinstance(pack.value, GateTable):
        _levels_can_be_reached(pack.value, read_pack("checks", shipped_bytes("checks")).value)
    return pack


@lru_cache(maxsize=64)
def read_pack(name: str, body: bytes) -> Pack[Any]:
    """Read one pack by itself, once in this process. Raises PackError."""
    digest = hashlib.sha256(body).hexdigest()
    value, version = _read(name, body, digest)
    return Pack(name, digest, body, value, version)


def name_of(body: bytes) -> str:
    """Return the name that a pack gives itself. Raises PackError where there is no such pack."""
    name = named(body)
    if name not in NAMES:
        refuse("pack", "name", "no pack of that name", name, list(NAMES))
    return name


def assemble(bodies: Mapping[str, bytes]) -> tuple[Packs, tuple[str, ...]]:
    """Put the packs in force together; gives the names of those that this program cannot read.

    For these, and for what is not among `bodies`, what comes with the program stands in.
    """
    found: dict[str, Pack[Any]] = {}
    unreadable = []
    for name, body in bodies.items():
        try:
            found[name] = read_pack(name, body)
        except PackError:
            unreadable.append(name)
    return _with_lengths(replace(load_shipped(), **found)), tuple(unreadable)


@cache
def load_shipped() -> Packs:
    """Read the packs that come with the program, once. Raises PackError where one is broken."""
    return checked(Packs(**{name: read_pack(name, shipped_bytes(name)) for name in NAMES}))


def shipped_bytes(name: str) -> bytes:
    """Return the bytes of a shipped pack, in a wheel or a checkout alike."""
    return files("enquiry_tui.policy").joinpath(f"{name}.toml").read_bytes()


def checked(packs: Packs, doors: Collection[str] = ()) -> Packs:
    """Return the packs once they fit together: levels reachable, doors and names known."""
    _levels_can_be_reached(packs.table, packs.catalogue)
    _doors_are_known(packs, doors)
    for number, rule in enumerate(packs.retention.value.defaults, start=1):
        for key, given, known in (
            ("clocks", rule.clocks, list(packs.clocks.value.rules)),
            ("about", rule.about, list(packs.complaints.value.subjects)),
        ):
            for word in sorted(given - set(known)):
                place = f"defaults.{number}.{key}"
                refuse(retention_packs.FILE, place, "no such name", word, known)
    packs = _with_lengths(packs)
    for place, word in packs.complaints.value.book.named_clocks():
        refuse("complaints.toml", place, "no such clock", word, list(packs.clocks.value.rules))
    return packs


def _with_lengths(packs: Packs) -> Packs:
    """Write the lengths of the clocks into the sentences on complaints that name them."""
    rules = packs.clocks.value.rules
    lengths = {name: count_words(rule.length, rule.unit) for name, rule in rules.items()}
    pack = read_pack("complaints", packs.complaints.body)
    value = replace(pack.value, book=pack.value.book.with_lengths(lengths))
    return replace(packs, complaints=replace(pack, value=value))


_READERS: dict[str, tuple[type[PackModel], Callable[[Any], Any]]] = {
    "checks": (desk_packs.ChecksModel, desk_packs.catalogue),
    "say": (desk_packs.SayModel, desk_packs.say_book),
    "urgent": (desk_packs.UrgentModel, desk_packs.urgent_book),
    "flags": (desk_packs.FlagsModel, desk_packs.flag_book),
    "complaints": (office_packs.ComplaintsModel, office_packs.complaint_rules),
    "directory": (office_packs.DirectoryModel, office_packs.entries),
    "office": (office_packs.OfficeModel, office_packs.office_policy),
    "clocks": (clock_packs.ClocksModel, clock_packs.clock_book),
    "authority": (authority_packs.AuthorityPackModel, authority_packs.identity_rules),
    "retention": (retention_packs.RetentionModel, retention_packs.retention_book),
}
"""The model of each pack's file, and what is made of it; the gate table also keeps its hash."""


def _read(name: str, body: bytes, digest: str) -> tuple[Any, str]:
    if name == "disclosure":
        table = read_model(name, body, disclosure.DisclosureModel)
        return disclosure.build(table, digest), table.version
    if name not in _READERS:
        raise PackError("There is no pack of that name.", "Known: " + ", ".join(NAMES) + ".")
    model_of, made = _READERS[name]
    model = read_model(name, body, model_of)
    return made(model), model.version


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


def _doors_are_known(packs: Packs, doors: Collection[str]) -> None:
    known = [*(entry.key for entry in packs.seeds), *sorted(DESK_DOORS), *doors]
    for (kind, info_class, channel), cell in packs.table.cells.items():
        for door in cell.doors:
            if door.to not in known:
                place = f"{channel}.{kind}.{info_class}.doors"
                refuse(disclosure.FILE, place, "not in the directory", door.to, known)
    passed_to = packs.authority.value.requests.door
    if passed_to not in known:
        refuse(authority_packs.FILE, "requests.door", "not in the directory", passed_to, known)
    for office in Office:
        for about in packs.complaints.value.subjects:
            rule = packs.complaints.value.authority(office, about)
            if rule is not None and rule.door not in known:
                place = f"{office}.{about}.door"
                refuse("complaints.toml", place, "not in the directory", rule.door, known)
