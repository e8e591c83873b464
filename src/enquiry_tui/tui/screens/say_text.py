"""The words of the say screen: who asks, what for, and the verdict on it."""

from __future__ import annotations

from textwrap import wrap

from textual.content import Content

from enquiry_tui.desk.gate_views import DoorView, SayView
from enquiry_tui.desk.sayings import is_child
from enquiry_tui.domain.asked_words import means
from enquiry_tui.domain.gate import Verdict
from enquiry_tui.domain.phones import NOT_CONFIRMED
from enquiry_tui.domain.rules import GateTable
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.vocabulary import Allowed, Decision, InfoClass, Kind
from enquiry_tui.tui.safe import fit, join, text

_MARKS = {
    Allowed.RELEASE: ("✓", "RELEASE", "bold $text-success"),
    Allowed.PART: ("◐", "PART", "bold $text-success"),
    Allowed.CHECK: ("?", "CHECK FIRST", "bold $text-warning"),
    Allowed.MESSAGE: ("✉", "MESSAGE", "bold $text-warning"),
    Allowed.ROUTE: ("→", "ROUTE", "bold $text-warning"),
    Allowed.NEVER: ("✗", "NEVER", "bold $text-error"),
}
_NO_ADDRESS = ("!", "CONFIRM AN ADDRESS FIRST", "bold $text-warning")
DECISIONS = {
    Decision.RELEASE: "told, in the words above",
    Decision.PART: "told in part, in the words above",
    Decision.REFUSE: "refused, in the words above",
    Decision.NEITHER: "neither confirmed nor denied",
    Decision.MESSAGE: "a message is taken",
    Decision.ROUTE: "routed",
    Decision.ANSWER_TO_HELD: "answer to the contact we hold",
}
_LABEL = 9
_MANY = 4  # doors from which their numbers would leave no room for the reasons
# What gives way, and whether wholly. The verdict, its reason and rule, and its condition are what
# an officer has to be able to read.
_GIVE_WAY = (
    *((label, False) for label in ("NEVER", "INSTEAD", "MAY", "TO")),
    *((label, True) for label in ("NEVER", "INSTEAD")),
    *((label, False) for label in ("WHY", "CHANGED", "RAISED", "ONLY IF")),
    *((label, True) for label in ("MAY", "TO", "WHY")),
)
_KINDS_WIDTH = 45
_COLUMNS = (26, 18)
_CLOSE_COLUMNS = (25, 16, 18, 18)


def words_hint(view: SayView) -> str:
    """Say which keys change the words; for a child the way to help stands first."""
    danger = "F9 if in danger now · " if is_child(view.look.contact) else ""
    return f"{danger}n other words · Tab to say it otherwise"


def kinds(chosen: Kind | None, *, close: bool = False) -> Content:
    """List the kinds with their letters, in two columns; `close`: in four."""
    widths = _CLOSE_COLUMNS if close else _COLUMNS
    every = list(Kind)
    rows = -(-len(every) // len(widths))
    lines = []
    for at in range(rows):
        cells = [
            _kind(kind, chosen, width) for kind, width in zip(every[at::rows], widths, strict=False)
        ]
        lines.append(join(" ", *cells))
    return Content("\n").join(lines)


def _kind(kind: Kind, chosen: Kind | None, width: int) -> Content:
    mark = "▸" if kind is chosen else " "
    style = "bold" if kind is chosen else ""
    return join((f"{kind.key}{mark}", "bold"), (fit(kind.label, width - 2), style))


def classes(
    table: GateTable | None,
    screen: int,
    chosen: InfoClass | None,
    kind: Kind = Kind.MEMBER_OF_PUBLIC,
) -> Content:
    """List the classes with their digits and what falls in each for a kind, beside the kinds."""
    width = max(30, screen - _KINDS_WIDTH - 3)
    lines: list[Content] = []
    for item in InfoClass:
        examples = " · ".join(table.examples.get(item, ())) if table is not None else ""
        told = means(item, kind) or examples
        mark, style = ("▸", "bold") if item is chosen else (" ", "")
        label = fit(item.label, 13)
        if item is not chosen:
            lines.append(
                join((f"{item.digit}{mark}", "bold"), label, (fit(told, width - 15), "dim"))
            )
            continue
        lines.append(join((f"{item.digit}{mark}", "bold"), (label, style)))
        lines.extend(text(f"   {part}") for part in _wrapped(told, width - 3, 2))
    return Content("\n").join(lines)


def classes_line(chosen: InfoClass | None) -> Content:
    """List the classes with their digits in one line."""
    cells = [
        join((f"{item.digit}{'▸' if item is chosen else ' '}", "bold"), _named(item, chosen))
        for item in InfoClass
    ]
    return join(" ", Content(" ").join(cells))


def _named(item: InfoClass, chosen: InfoClass | None) -> Content:
    return text(item.label, "bold" if item is chosen else "")


def _wrapped(words: str, width: int, most: int) -> list[str]:
    found = wrap(words, max(20, width))
    return (
        found
        if len(found) <= most
        else [*found[: most - 1], fit(" ".join(found[most - 1 :]), width)]
    )


def verdict(view: SayView, width: int, height: int = 0) -> Content:
    """Write the verdict: what, what it lacks, where to, on which condition, never, why.

    In a room of `height` lines what is general gives way first, cut with a mark; 0: no bound.
    """
    judged = view.look.verdict
    # Nobody may read RELEASE, and post it, while there is no address that it may go to.
    mark, word, style = _NO_ADDRESS if view.waits_for_address else _MARKS[judged.allowed]
    what = judged.info_class.label if judged.info_class else "class not chosen"
    who = judged.kind.label if judged.kind else "kind not chosen"
    head = f"{mark} {word}"
    lines = [join(" ", (head, style), f"  {what} · {who}")]
    room = max(20, width - _LABEL - 2)
    points = [(label, _lines(words, room)) for label, words in _points(view, judged)]
    for label, parts in _in_room(points, height - 1, room):
        for at, part in enumerate(parts):
            lines.append(join(" ", (fit(label if at == 0 else "", _LABEL), "bold"), text(part)))
    return Content("\n").join(lines)


def _lines(words: str, room: int) -> list[str]:
    return wrap(words, room, break_on_hyphens=False) or [""]


def _in_room(
    points: list[tuple[str, list[str]]], height: int, room: int
) -> list[tuple[str, list[str]]]:
    """Shorten what matters least until it fits: to one line with a mark, or not at all."""
    shown = list(points)
    for label, whole in _GIVE_WAY if height > 0 else ():
        if sum(len(parts) for _, parts in shown) <= height:
            break
        shown = [
            (name, [fit(" ".join(parts), room)] if name == label and len(parts) > 1 else parts)
            for name, parts in shown
            if name != label or not whole
        ]
    return shown


def _points(view: SayView, judged: Verdict) -> list[tuple[str, str]]:
    points: list[tuple[str, str]] = []
    if judged.allowed in {Allowed.CHECK, Allowed.MESSAGE} and judged.missing:
        lacking = " or ".join(need.plain() for need in judged.missing)
        points.append(("NEEDS", f"{lacking}: {_how(judged)}"))
    points.extend(("RAISED", f"because {why}") for why in view.look.raised[:1])
    points.extend(("CHANGED", words) for words in view.look.changed[:1])
    if view.doors:
        numbers = len(view.doors) < _MANY
        to = "; ".join(door_words(d, numbers=numbers) for d in view.doors)
        points.append(("TO", f"{to}: see to it in Directory" if NOT_CONFIRMED in to else to))
    if judged.only_if:
        points.append(("ONLY IF", " ".join(judged.only_if)))
    if judged.opens and judged.may:
        points.append(("MAY", " ".join(judged.may)))
    if judged.why:
        points.append(("WHY", f"{judged.why} ({judged.rule})"))
    if judged.never:
        points.append(("NEVER", " ".join(judged.never)))
    if judged.instead and not judged.opens:
        points.append(("INSTEAD", judged.instead))
    return points


def _how(judged: Verdict) -> str:
    """Say how what is missing can be shown."""
    if all(need.held_address and not need.asks_level for need in judged.missing):
        return "a f on the matter confirms one"
    if all(need == Need(purpose=True) for need in judged.missing):
        return "you are asked for it when you choose to tell (↓)"
    return "F3 checks it" if judged.check_helps else "only paper shows that; F3 records it"


def door_words(door: DoorView, *, numbers: bool = True) -> str:
    """Name a door with its number, and in which case."""
    named = f"{door.name} {door.phone}".strip() if numbers else door.name
    return f"{named} ({door.when})" if door.when else named


def decision_line(
    decision: Decision, *, open_now: bool, is_chosen: bool, waits: bool = False
) -> Content:
    """Write one of the seven decisions as a row to choose; `waits`: for a confirmed address."""
    mark = "▸" if is_chosen else " "
    style = "bold" if is_chosen else "" if open_now else "dim"
    shut = "   not open here" if not open_now else "   address first" if waits else ""
    return join(
        f" {mark} ",
        (f"{decision.value.replace('-', ' '):<28}", style),
        (DECISIONS[decision] + shut, "dim"),
    )
