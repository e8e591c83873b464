"""What one pack says differently from another, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from enquiry_tui.domain.rules import Cell, GateTable
from enquiry_tui.domain.vocabulary import Channel
from enquiry_tui.policy.packs import Pack
from enquiry_tui.policy.reading import tables

_NAMES = ("id", "key", "name", "code")
_CELLS = frozenset({"rows", *map(str, Channel)})
NOTHING = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different: where, what it was, what it becomes; empty is not there."""

    place: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """Say it in one line."""
        return f"{self.place}: {self.before or 'not there'} → {self.after or 'gone'}"


def differences(old: Pack[Any], new: Pack[Any]) -> tuple[Change, ...]:
    """List what differs between two packs of one name: rules of the gate by cell, else by key."""
    cells: list[Change] = []
    leave_out: frozenset[str] = frozenset()
    if isinstance(old.value, GateTable) and isinstance(new.value, GateTable):
        cells, leave_out = list(_cells(old.value, new.value)), _CELLS
    before, after = _read(old, leave_out), _read(new, leave_out)
    keys = dict.fromkeys((*before, *after))
    return (
        *cells,
        *(
            Change(key, before.get(key, NOTHING), after.get(key, NOTHING))
            for key in keys
            if before.get(key) != after.get(key)
        ),
    )


def cell_words(cell: Cell) -> str:
    """Say what a rule of the gate answers: `release after R:low`, `route to legal`, `never`."""
    needed = " or ".join(need.words() for need in cell.needed)
    doors = ", ".join(door.words() for door in cell.doors)
    parts = [str(cell.allowed), f"after {needed}" if needed else "", f"to {doors}" if doors else ""]
    return " ".join(part for part in parts if part)


def _cells(old: GateTable, new: GateTable) -> Iterator[Change]:
    for place, cell in new.cells.items():
        before = old.cells[place]
        kind, info_class, channel = place
        name = f"{kind} asks for {info_class} by {channel}"
        if cell_words(before) != cell_words(cell):
            yield Change(name, cell_words(before), cell_words(cell))
        elif before != cell:
            yield Change(name, "its words", "other words, the same answer")


def _read(pack: Pack[Any], leave_out: frozenset[str]) -> dict[str, str]:
    found = tables(pack.name, pack.body)
    kept = {key: value for key, value in found.items() if key not in leave_out}
    return dict(_flat(kept))


def _flat(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    match value:
        case Mapping():
            for key, inner in value.items():
                yield from _flat(inner, f"{place}.{key}" if place else str(key))
        case list() if value and all(isinstance(item, Mapping) for item in value):
            for number, item in enumerate(value, start=1):
                yield from _flat(item, f"{place}.{_name(item, number)}")
        case list():
            yield place, ", ".join(map(str, value)) or "none"
        case bool():
            yield place, "yes" if value else "no"
        case _:
            yield place, str(value) or '""'


def _name(item: Mapping[str, object], number: int) -> str:
    return next((str(item[name]) for name in _NAMES if name in item), str(number))
