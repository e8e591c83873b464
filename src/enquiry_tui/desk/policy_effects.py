"""Which open matters a change of the rules touches: counted, and named as far as they are seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from enquiry_tui.domain.complaint_models import decider, offered
from enquiry_tui.domain.gate import explain
from enquiry_tui.domain.office_rules import ComplaintRules
from enquiry_tui.domain.retention import RetentionBook
from enquiry_tui.domain.rules import GateTable
from enquiry_tui.domain.vocabulary import Channel, InfoClass, Kind, Office
from enquiry_tui.policy.packs import Pack
from enquiry_tui.records import packs
from enquiry_tui.records.base import Reader, Row

_NAMED = 50


@dataclass(frozen=True, slots=True)
class Touch:
    """One sort of effect: in words, how many it meets, and the first of them by reference.

    Of restricted matters that this officer does not read there is nothing in it.
    """

    what: str
    count: int
    references: tuple[str, ...]


def touches(reader: Reader, old: Pack[Any], new: Pack[Any], office: Office) -> tuple[Touch, ...]:
    """List what a pack changes for open matters of an office when it takes another's place."""
    give = _EFFECTS.get(new.name)
    if give is None or old.hash == new.hash:
        return ()
    found = list(give(reader, old.value, new.value))
    if new.name == "complaints":
        found += _steps(reader, old.value, new.value, office)
    return _counted(found)


def _counted(found: Iterable[tuple[str, Row]]) -> tuple[Touch, ...]:
    grouped: dict[str, list[str]] = {}
    for what, row in found:
        if row["reference"] is not None:
            grouped.setdefault(what, []).append(str(row["reference"]))
    return tuple(
        Touch(
            what,
            count=len(seen),
            references=tuple(dict.fromkeys(seen))[:_NAMED],
        )
        for what, seen in grouped.items()
    )


def _asks(reader: Reader, old: GateTable, new: GateTable) -> Iterator[tuple[str, Row]]:
    for row in packs.undecided_asks(reader):
        info_class = InfoClass(row["info_class"]) if row["info_class"] else None
        asked = (Kind(row["kind"]), info_class, Channel(row["channel"]))
        before, after = explain(old, *asked), explain(new, *asked)
        if (before.allowed, before.needed) != (after.allowed, after.needed):
            said = f"{before.allowed} becomes {after.allowed}"
            if before.allowed == after.allowed:
                said = f"{after.allowed}, with something else needed"
            yield f"an undecided ask: {said}", row


def _clocks(reader: Reader, old: Any, new: Any) -> Iterator[tuple[str, Row]]:  # noqa: ANN401
    for row in packs.running_clocks(reader):
        before, after = old.rule(row["what"]), new.rule(row["what"])
        if after is None:
            yield f"the clock {row['what']} runs, and the new rules have none: it runs on", row
        elif before != after:
            yield f"the clock {row['what']} runs: it keeps the rule it was started under", row


def _complaints(
    reader: Reader, old: ComplaintRules, new: ComplaintRules
) -> Iterator[tuple[str, Row]]:
    for row in packs.open_allegations(reader):
        for what, value, before, after in (
            ("category", row["category"], old.categories, new.categories),
            ("decision", row["decision"], old.book.decisions, new.book.decisions),
            ("route", row["route"], old.book.routes, new.book.routes),
        ):
            if value and value in before and value not in after:
                yield f"an allegation has the {what} {value}, which is gone", row


def _steps(
    reader: Reader, old: ComplaintRules, new: ComplaintRules, office: Office
) -> Iterator[tuple[str, Row]]:
    """Name the open complaints of which this office enters other steps by the new model."""
    for row in packs.open_complaints(reader):
        before, after = (
            offered(
                office, rules.book.model, decider(rules.aliases.get(row["about"], row["about"]))
            )
            for rules in (old, new)
        )
        if before != after:
            models = f"model {int(old.book.model)} becomes {int(new.book.model)}"
            gone, more = len(before - after), len(after - before)
            said = ", ".join(f"{n} {w}" for n, w in ((more, "added"), (gone, "gone")) if n)
            yield f"an open complaint: {models}, its steps here change ({said})", row


def _retention(reader: Reader, old: RetentionBook, new: RetentionBook) -> Iterator[tuple[str, Row]]:
    for row in packs.open_matters(reader):
        before, after = old.classes.get(row["what"]), new.classes.get(row["what"])
        if before is not None and after is None:
            yield f"kept as {row['what']}, which is gone: to be chosen again", row
        elif before != after:
            yield f"kept as {row['what']}: counted by the new rule", row
    for row in packs.standing_holds(reader):
        kinds = {str(kind): rule for kind, rule in old.holds.rules.items()}
        if {str(kind): rule for kind, rule in new.holds.rules.items()}[row["what"]] != (
            kinds[row["what"]]
        ):
            yield f"a hold stands ({row['what']}): it bars by the new rule", row


_EFFECTS: dict[str, Callable[[Reader, Any, Any], Iterator[tuple[str, Row]]]] = {
    "disclosure": _asks,
    "clocks": _clocks,
    "complaints": _complaints,
    "retention": _retention,
}
