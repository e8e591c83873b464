"""A complaint in words: its head, the path so far, and what a step is for and needs."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from textual.content import Content

from enquiry_tui.desk.complaint_life import Life, NextStep
from enquiry_tui.domain.complaint_states import State, Verb
from enquiry_tui.domain.office_rules import Category
from enquiry_tui.domain.when import show_day, show_day_short
from enquiry_tui.tui.safe import join, shown, text
from enquiry_tui.tui.widgets.choices import Choice

_KEYS = "123456789abcdfghijkmopqrtuvwxyz"
_ALLEGED = frozenset(
    {Verb.ADD_ALLEGATION, Verb.CATEGORISE, Verb.DECIDE, Verb.CONCLUDE, Verb.TELL, Verb.RECORD}
)
_REVIEWED = frozenset(
    {Verb.RECORD, Verb.HANDLE, Verb.CONCLUDE, Verb.TELL, Verb.APPLY_REVIEW, Verb.DECIDE_REVIEW}
)


def head(life: Life, at: int, count: int) -> Content:
    """Write the two lines above: state, whom, who decides; days and clocks."""
    one = life.complaint
    which = f"{at + 1} of {count} (N next) · " if count > 1 else ""
    whom = f" {one.about_whom}" if one.about_whom else ""
    first = join(
        f" {which}",
        (life.state.words.upper(), "bold"),
        f" · {one.about.replace('-', ' ') or 'about whom?'}{whom}",
        f" · {one.authority or 'authority not decided'}",
    )
    days = [f"received {show_day_short(one.received_on)}"]
    if one.recorded_on is not None:
        days.append(f"recorded {show_day_short(one.recorded_on)}")
    days.extend(life.clocks[:2])
    return Content("\n").join([first, text(" " + " · ".join(days))])


def path_lines(life: Life, width: int) -> Iterator[Content]:
    """Write what was done so far, oldest first."""
    for line in life.path:
        day = show_day_short(line.on)
        yield join(f" {day:<11}", (line.title, "bold" if line.changed else ""))
        said = " · ".join(filter(None, (line.by, line.words)))
        for part in wrap(shown(said), max(20, width - 4))[:2]:
            yield text(f"   {part}", "dim")


def choices(life: Life) -> tuple[Choice, ...]:
    """Offer the steps from here, those that can be taken first, each with its key."""
    ordered = sorted(life.steps, key=lambda step: not step.is_open)
    return tuple(
        Choice(
            str(step.verb),
            step.title + ("" if step.is_open else "  (not yet)"),
            key=_KEYS[at] if at < len(_KEYS) else "",
            data=step,
        )
        for at, step in enumerate(ordered)
    )


def detail(
    life: Life, step: NextStep | None, width: int, categories: dict[str, Category]
) -> Content:
    """Write what the step under the cursor is for, who enters it, what it needs, and its source."""
    if step is None:
        return text(_nothing_left(life))
    lines: list[Content] = [text(step.title.upper(), "bold")]
    lines += _wrapped(step.why, width)
    lines.append(text(f"enters it: {step.who}", "" if step.is_mine else "bold $text-warning"))
    if step.missing:
        lines.append(text("FIRST", "bold"))
        for need in step.missing:
            lines += _wrapped(f"✗ {need}", width, "$text-warning")
    else:
        lines.append(text("✓ nothing else is needed first", "$text-success"))
    lines += _wrapped(f"source: {step.source}", width, "dim")
    lines += _about(life, step, width, categories)
    return Content("\n").join(lines)


def _about(
    life: Life, step: NextStep, width: int, categories: dict[str, Category]
) -> list[Content]:
    lines: list[Content] = []
    if step.verb in _ALLEGED:
        lines.append(text("ALLEGATIONS", "bold"))
        for number, item in enumerate(life.complaint.allegations, start=1):
            name = categories[item.category].name if item.category in categories else ""
            what = f"{item.category} {name}".strip() or "no category yet"
            done = f" → {item.decision}" if item.decision else ""
            lines.append(text(f"{number} {what}{done}"))
    if step.verb in _REVIEWED:
        lines.append(text("REVIEW BODY, as it stands", "bold"))
        lines += _wrapped(life.review, width)
        for reason in life.review_reasons:
            lines += _wrapped(f"· {reason}", width, "dim")
    if step.verb in {Verb.FINISH_SCREEN, Verb.HANDLE_OUTSIDE, Verb.REFER} and life.screen_reasons:
        lines.append(text("THE TEN LINES", "bold"))
        for reason in life.screen_reasons[:4]:
            lines += _wrapped(f"· {reason}", width, "dim")
    if step.verb in {Verb.SET_WISHES, Verb.HANDLE_OUTSIDE} and life.complaint.wants:
        lines.append(text("THEY WANT", "bold"))
        lines += _wrapped(f"“{life.complaint.wants}”", width)[:3]
    if step.verb is Verb.CLOSE and life.review_until is not None:
        lines.append(text(f"review window to {show_day(life.review_until)}"))
    if step.verb is Verb.WITHDRAWAL_SILENCE and life.withdrawal_until is not None:
        lines.append(text(f"time to answer: to {show_day(life.withdrawal_until)}"))
    lines += _wrapped(f"rules as at: {life.rules}", width, "dim")
    return lines


def _nothing_left(life: Life) -> str:
    if life.state is State.ELSEWHERE:
        return f"Theirs from here, under {life.their_reference}."
    return "Nothing is left to do."


def _wrapped(words: str, width: int, style: str = "") -> list[Content]:
    return [text(part, style) for part in wrap(shown(words), max(20, width))]
