"""The gate: may this be told to this kind of requester, on this channel, on what was shown.

Strictness is the order of `Allowed`. Blanks and circumstances can only move a verdict up that
order, standing can only move it down; the tests prove both.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product

from enquiry_tui.domain.rules import (
    OPENING,
    Cell,
    Door,
    GateTable,
    Phrases,
    both_needs,
    once,
    stricter,
)
from enquiry_tui.domain.standing import Circumstances, Need, Standing
from enquiry_tui.domain.vocabulary import Allowed, Channel, InfoClass, Kind, Office, Recognition

_ONLY_TO_HELD = "Only to the address held, confirmed before this contact."
_ONLY_WITH_PURPOSE = "They say in one line what they need it for, and it is written down."
_NOTHING_SHOWN = Standing()
_NOTHING_AROUND = Circumstances()
_OWN_PROGRESS_CLOSED_WHEN_RAISED = frozenset({Kind.RELATIVE, Kind.VICTIM_SERVICE})
_NEUTRAL = (
    "I don't say to anyone whether we hold anything about a person; everybody who asks gets this "
    "same answer. I'm happy to take a message, or to explain how to ask in writing."
)


def neutral_sentence() -> str:
    """Return the words that are the same for every kind, class and record."""
    return _NEUTRAL


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says now, and what would change it.

    `base` is what the rule would allow once everything needed is there; `missing` is what lacks,
    one entry for each alternative; `held` and `overridable` say which other doors stand open.
    """

    allowed: Allowed
    base: Allowed
    kind: Kind | None
    info_class: InfoClass | None
    channel: Channel
    rule: str
    pack: str = ""
    needed: tuple[Need, ...] = ()
    missing: tuple[Need, ...] = ()
    doors: tuple[Door, ...] = ()
    phrases: Phrases = field(default_factory=Phrases)
    instead: str = ""
    reasons: tuple[str, ...] = ()
    raised: bool = False
    held: bool = False
    held_address: bool = False
    overridable: bool = False

    @property
    def opens(self) -> bool:
        """Say whether something may be told now."""
        return self.allowed in OPENING

    @property
    def check_helps(self) -> bool:
        """Say whether an identity check is worth offering: never where nothing opens this."""
        return self.allowed is Allowed.CHECK

    @property
    def route(self) -> str:
        """Return the directory keys, joined by *or*; empty where there is none."""
        return " or ".join(dict.fromkeys(door.to for door in self.doors))

    @property
    def may(self) -> tuple[str, ...]:
        """Return what may be said."""
        return self.phrases.may

    @property
    def only_if(self) -> tuple[str, ...]:
        """Return the conditions that hold beside the levels."""
        return self.phrases.only_if

    @property
    def never(self) -> tuple[str, ...]:
        """Return what is never said."""
        return self.phrases.never

    @property
    def why(self) -> str:
        """Return the reasons as one text."""
        return " ".join(self.reasons)


def judge(
    table: GateTable,
    kind: Kind | None,
    info_class: InfoClass | None,
    channel: Channel,
    standing: Standing = _NOTHING_SHOWN,
    circumstances: Circumstances = _NOTHING_AROUND,
) -> Verdict:
    """Return the verdict. A blank kind or class gives the strictest, so a refusal needs neither."""
    verdicts = [
        _judge_one(table, one_kind, one_class, channel, standing, circumstances)
        for one_kind, one_class in product(
            [kind] if kind else list(Kind), [info_class] if info_class else list(InfoClass)
        )
    ]
    if kind and info_class:
        return verdicts[0]
    strictest = max(
        verdicts,
        key=lambda item: (item.allowed.rank, item.info_class is InfoClass.THIRD_PARTY),
    )
    blank = "the kind" if info_class else "the class" if kind else "kind and class"
    return replace(
        strictest,
        kind=kind,
        info_class=info_class,
        reasons=(f"With {blank} left blank the strictest answer stands.",),
        held=all(item.held for item in verdicts),
        overridable=False,
    )


def explain(
    table: GateTable,
    kind: Kind | None,
    info_class: InfoClass | None,
    channel: Channel,
    standing: Standing = _NOTHING_SHOWN,
    circumstances: Circumstances = _NOTHING_AROUND,
) -> Verdict:
    """Return the verdict for somebody who reads the rules without a contact (`rule say`).

    The address an answer goes to and the purpose cannot be shown there: they count as given and
    stand in the verdict's conditions.
    """
    given = replace(standing, purpose=True, held_address=True)
    return judge(table, kind, info_class, channel, given, circumstances)


def _judge_one(
    table: GateTable,
    kind: Kind,
    info_class: InfoClass,
    channel: Channel,
    standing: Standing,
    circumstances: Circumstances,
) -> Verdict:
    cell, reasons = _apply(table, kind, info_class, channel, circumstances)
    allowed, missing = _answer(cell, standing)
    phrases = cell.phrases
    if allowed not in OPENING:
        common = table.outcomes.get(allowed, Phrases())
        phrases = Phrases(
            common.may,
            once(common.only_if + phrases.only_if),
            once(common.never + phrases.never),
        )
    phrases = replace(phrases, only_if=once(phrases.only_if + _conditions(cell)))
    return Verdict(
        allowed=allowed,
        base=cell.allowed,
        kind=kind,
        info_class=info_class,
        channel=channel,
        rule=cell.rule,
        pack=table.pack,
        needed=cell.needed,
        missing=missing,
        doors=cell.doors,
        phrases=phrases,
        instead=cell.instead,
        reasons=reasons,
        raised=circumstances.raised,
        held=cell.held and circumstances.held_usable,
        held_address=standing.held_address,
        overridable=allowed is Allowed.CHECK and any(_only_level(need) for need in missing),
    )


def _apply(
    table: GateTable, kind: Kind, info_class: InfoClass, channel: Channel, around: Circumstances
) -> tuple[Cell, tuple[str, ...]]:
    if kind is Kind.OWN_FORCE and around.office is Office.LOCAL_POLICING_BODY:
        kind = Kind.OTHER_AGENCY
    cell = table.cell(kind, info_class, channel)
    kinds = {kind}
    for present, other in (
        (around.anonymous, Kind.ANONYMOUS),
        (around.child, Kind.CHILD),
        (around.under_duress, Kind.UNDER_DURESS),
    ):
        if present:
            cell = stricter(table.cell(other, info_class, channel), cell)
            kinds.add(other)
    reasons = [cell.why]
    if info_class is InfoClass.PUBLIC:
        return cell, once(tuple(reasons))
    if around.raised:
        cell = _raise(cell, kinds, info_class)
        reasons.append("Raised, because of a marker.")
    if around.restricted:
        cell = stricter(_RESTRICTED, cell)
        reasons.append("The matter is restricted to its named readers.")
    if around.complained_of:
        cell = stricter(_COMPLAINED_OF, cell)
        reasons.append("The matter is about whoever asks.")
    if around.accompanied:
        cell = stricter(_ACCOMPANIED, cell)
        reasons.append("Somebody is with them: only public, until that is cleared.")
    if around.stopped:
        cell = stricter(_STOPPED, cell)
        reasons.append("The check was stopped in this contact: only public from here.")
    return cell, once(tuple(reasons))


def _raise(cell: Cell, kinds: set[Kind], info_class: InfoClass) -> Cell:
    if info_class is InfoClass.OWN_PROGRESS and kinds & _OWN_PROGRESS_CLOSED_WHEN_RAISED:
        return stricter(_NOT_WHEN_RAISED, cell)
    if info_class is InfoClass.OWN_PROGRESS and cell.allowed in OPENING:
        medium = (Need(recognition=Recognition.MEDIUM),)
        return replace(cell, needed=both_needs(cell.needed, medium))
    if info_class is InfoClass.OWN_PERSONAL and cell.allowed in OPENING:
        return replace(
            cell,
            rule=cell.rule + "/raised",
            allowed=Allowed.MESSAGE,
            needed=(),
            instead="Answer to the contact we hold; nothing is said now.",
        )
    return cell


def _answer(cell: Cell, standing: Standing) -> tuple[Allowed, tuple[Need, ...]]:
    if cell.allowed not in OPENING or not cell.needed:
        return cell.allowed, ()
    missing = tuple(standing.missing(need) for need in cell.needed)
    if any(need.is_empty for need in missing):
        return cell.allowed, ()
    if all(need.lacks_paper for need in missing):
        return Allowed.MESSAGE, missing
    return Allowed.CHECK, missing


def _conditions(cell: Cell) -> tuple[str, ...]:
    if cell.allowed not in OPENING or not cell.needed:
        return ()
    address = all(need.held_address for need in cell.needed)
    purpose = all(need.purpose for need in cell.needed)
    return (_ONLY_TO_HELD if address else "", _ONLY_WITH_PURPOSE if purpose else "")


def _only_level(need: Need) -> bool:
    return need.asks_level and not need.lacks_paper and not need.held_address


_RESTRICTED = Cell(
    rule="restricted",
    allowed=Allowed.ROUTE,
    doors=(Door("named-reader"),),
    instead="Pass it to a named reader of the matter.",
)
_COMPLAINED_OF = Cell(
    rule="complained-of",
    allowed=Allowed.ROUTE,
    doors=(Door("psd"), Door("hr")),
    instead="Professional standards say what may be known, and when.",
)
_ACCOMPANIED = Cell(
    rule="accompanied",
    allowed=Allowed.NEVER,
    instead="Ask when it would be a better time, and ring back then.",
)
_STOPPED = Cell(
    rule="stopped",
    allowed=Allowed.NEVER,
    instead="Take a message, or ring back on a number we hold, in a new contact.",
)
_NOT_WHEN_RAISED = Cell(
    rule="raised",
    allowed=Allowed.NEVER,
    instead="Take what they say; nothing about the person goes to anybody else.",
)
