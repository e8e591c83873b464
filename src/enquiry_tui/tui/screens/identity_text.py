"""The words of the identity screen: what is needed, what there is, what to ask next."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from textual.content import Content

from enquiry_tui.desk.authority_views import AuthorityView
from enquiry_tui.desk.gate_views import IdentityView
from enquiry_tui.desk.views import CheckView
from enquiry_tui.domain.asked_words import kind_on
from enquiry_tui.domain.checks import Step, StepKind, StepName
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.vocabulary import Authority, CheckOutcome, Recognition
from enquiry_tui.tui.safe import fit, join, short, text

_NEW_HERE = (
    "nothing was held before this call: what they say in it cannot prove who they are. F4 for the"
    " words"
)
_COMPARED = {StepKind.MATTER, StepKind.PERSON, StepKind.REFERENCE, StepKind.PASSWORD}
NO_CHECK = "No check opens this from here. F4 for the words."
_LABEL = 10
_RECOGNITION = {
    Recognition.LOW: "one MATTER item + one other",
    Recognition.MEDIUM: "ring a number held + a MATTER item",
}
_KINDS = {
    StepKind.MATTER: "MATTER",
    StepKind.PERSON: "person",
    StepKind.REFERENCE: "reference",
    StepKind.PASSWORD: "password",
    StepKind.RING: "ring",
    StepKind.PRESENCE: "presence",
    StepKind.PROOF: "proof",
    StepKind.AUTHORITY: "paper",
}


def head(view: IdentityView, width: int) -> list[Content]:
    """Write who says they are what, what they ask, what it needs and what there is."""
    seen = view.look
    item = seen.info_class
    asks = f"{item.digit} {item.label}" if item is not None else "not said: strictest"
    named = kind_on(f"{seen.contact.line} {seen.contact.who}")
    other = named is not None and named is not seen.contact.kind
    hint = f"   {named.label}? F4 {named.key}" if named is not None and other else ""
    lines = [
        _row("Says", f"{seen.contact.kind.key} {seen.contact.kind.label}{hint}"),
        _row("Asks", asks),
    ]
    if not view.offered and view.check is None:
        return lines
    needs = seen.verdict.missing or seen.verdict.needed
    nothing = "nothing more" if seen.verdict.opens else "no check opens this now: F4"
    first, *others = [need_words(need) for need in needs] or [nothing]
    for label, need in (("NEEDS", first), *(("   or", other) for other in others[:2])):
        style = "bold" if label == "NEEDS" else ""
        lines.extend(_rows(label, need, width, style))
    lines.extend(_row("  raised", f"because {why}", "$text-warning") for why in seen.raised[:1])
    lines.extend(_row("CHANGED", words, "$text-warning") for words in seen.changed[:1])
    lines.extend(_row("ON FILE", _on_file(held)) for held in view.on_file[:1])
    found, misses = have(view), missed(view)
    together = f"{found} · {misses}"
    if len(together) <= width - _LABEL - 2:
        return [*lines, _row("HAVE", together)]
    return [*lines, _row("HAVE", found), _row("", misses)]


def _on_file(held: AuthorityView) -> str:
    """Say what is on file in as few words as do: whose, until when, and what it covers."""
    return f"for {held.whose}, {held.state_words()}: {held.covers}"


def need_words(need: Need) -> str:
    """Say a need in words; of recognition also which items reach it."""
    items = _RECOGNITION.get(need.recognition)
    return f"{need.plain()}  {items}" if items else need.plain()


def have(view: IdentityView) -> str:
    """Say which kinds of item matched."""
    counts: dict[str, int] = {}
    for step, passed in view.steps:
        if passed:
            kind = _KINDS[step.name.kind]
            counts[kind] = counts.get(kind, 0) + 1
    return ", ".join(f"{_number(n)} {kind}" for kind, n in counts.items()) or "nothing yet"


def missed(view: IdentityView) -> str:
    """Say how many misses there were, and how many of them before this check."""
    earlier = view.misses - (view.check.misses if view.check is not None else 0)
    also = f", {earlier} earlier today" if earlier > 0 else ""
    return f"misses {view.misses} of {view.misses_allowed}{also}"


def why_ended(view: IdentityView, check: CheckView) -> str:
    """Say of a check that has ended how, and why: what did not match, or what was not shown."""
    how = check.outcome.replace("-", " ") if check.outcome is not None else "running"
    if check.outcome is not CheckOutcome.FAILED:
        return f"{how}."
    if check.misses:
        return f"{how}: {check.misses} of what they said did not match."
    lacking = " or ".join(need.plain() for need in view.look.verdict.missing)
    what = "too little was shown" if view.steps else "nothing was compared"
    return f"{how}: {what}{f'; still needed: {lacking}' if lacking else ''}."


def _number(count: int) -> str:
    return {1: "one", 2: "two", 3: "three"}.get(count, str(count))


def advice(view: IdentityView) -> list[tuple[str, str]]:
    """Give the next step with its words: pairs of a label and a text that may wrap."""
    nobody = "nobody is picked: only matter items compare"
    unknown = [] if view.look.contact.person_uid else [("WHO", nobody)]
    if not view.steps and view.check is not None and _nothing_held(view.check):
        new_here = [("HELD", _NEW_HERE)]
        return _way(view.ways[0], new_here) if view.ways else new_here
    if not view.ways:
        return [*unknown, ("NEXT", "nothing more can be tried here: f failed, h answer to held")]
    return _way(view.ways[0], unknown)


def _way(step: Step, before: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [*before, ("NEXT", step.label), ("SAY", f"“{step.say}”"), ("NEVER", step.never)]


def _nothing_held(check: CheckView) -> bool:
    """Say whether nothing was held before this call that words could be compared with."""
    return not any(StepName(name).kind in _COMPARED for name in check.available)


def step_lines(view: IdentityView, room: int = 0) -> list[Content]:
    """List the steps tried with their results, then those still worth trying.

    Where there is `room` for fewer lines the last says how many more; 0 or less: no bound.
    """
    lines = _every_step(view)
    if room <= 1 or len(lines) <= room:
        return lines
    more = text(f" … {len(lines) - room + 1} more that could be tried", "dim")
    return [*lines[: room - 1], more]


def _every_step(view: IdentityView) -> list[Content]:
    tried: dict[Step, bool] = {}
    for step, passed in view.steps:
        tried[step] = tried.get(step, False) or passed
    lines = [
        _step("✓" if passed else "✗", step, "matches" if passed else "no match")
        for step, passed in tried.items()
    ]
    return lines + [_step("·", step, _how(step)) for step in view.ways if step not in tried]


def _how(step: Step) -> str:
    if step.name.kind is StepKind.RING or step.name.gives is Authority.ORG:
        return "b do it"
    if step.name.kind in {StepKind.AUTHORITY, StepKind.PRESENCE, StepKind.PROOF}:
        return "a seen"
    return "not tried"


def _step(mark: str, step: Step, words: str) -> Content:
    style = {"✓": "$text-success", "✗": "$text-error"}.get(mark, "dim")
    kind = _KINDS[step.name.kind]
    return join(" ", (mark, style), " ", fit(step.label, 23), " ", fit(kind, 9), " ", short(words))


def _rows(label: str, value: str, width: int, style: str = "") -> list[Content]:
    """Write a value in as many lines as it takes, its label before the first."""
    parts = wrap(value, max(20, width - _LABEL - 1)) or [""]
    return [_row(label if at == 0 else "", part, style) for at, part in enumerate(parts)]


def _row(label: str, value: str, style: str = "") -> Content:
    return join(" ", (fit(label, _LABEL - 1), style or "dim"), short(value, style))


def block(pairs: Iterable[tuple[str, str]], width: int) -> Content:
    """Lay out labels left and wrapped words right."""
    room = max(20, width - _LABEL - 1)
    lines: list[Content] = []
    for label, words in pairs:
        for at, line in enumerate(wrap(words, room) or [""]):
            head_words = label if at == 0 else ""
            lines.append(join(" ", (fit(head_words, _LABEL - 1), "bold"), text(line)))
    return Content("\n").join(lines)
