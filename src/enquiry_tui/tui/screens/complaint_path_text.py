"""A complaint in words: its head, the path so far, and what a step is for and needs."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from textual.content import Content

from enquiry_tui.desk.complaint_equality import Counted
from enquiry_tui.desk.complaint_life import Life, NextStep
from enquiry_tui.domain.complaint_states import State, Verb
from enquiry_tui.domain.office_rules import Category
from enquiry_tui.domain.when import show_day, show_day_short
from enquiry_tui.tui.safe import block, join, shown, text
from enquiry_tui.tui.widgets.choices import Choice

_KEYS = "123456789abcdfghijkmopqrtuvwxyz"
# As much of a letter as stands above the fields of a form, on a screen of 24 lines.
_ROOM = 520
# What leads off the road, or can be done at any time.
_ASIDE = frozenset(
    {
        *(Verb.DECIDE_AUTHORITY, Verb.ADD_ALLEGATION, Verb.SET_FACTORS, Verb.HAND_OVER),
        *(Verb.SUSPEND, Verb.ASK_WITHDRAWAL, Verb.WITHDRAW, Verb.WITHDRAWAL_LETTER),
        *(Verb.SET_ASIDE, Verb.REOPEN, Verb.TAKE_UP, Verb.REFER),
    }
)
_ALLEGED = frozenset(
    {Verb.ADD_ALLEGATION, Verb.CATEGORISE, Verb.DECIDE, Verb.CONCLUDE, Verb.TELL, Verb.RECORD}
)
_SCREENED = frozenset({Verb.FINISH_SCREEN, Verb.HANDLE_OUTSIDE, Verb.REFER, Verb.PASS})
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
    # One of the two: both dates of the nearest clock stand beside it in 80 columns.
    days = [f"received {show_day_short(one.received_on)}"]
    if one.recorded_on is not None:
        days = [f"recorded {show_day_short(one.recorded_on)}"]
    days.extend(life.clocks[:1])
    if life.standing:
        days.append(f"standing: {life.standing}")
    return Content("\n").join([first, text(" " + " · ".join(days))])


def path_lines(life: Life, width: int) -> Iterator[Content]:
    """Write what was done so far, oldest first."""
    for line in life.path:
        day = show_day_short(line.on)
        yield join(f" {day:<11}", (line.title, "bold" if line.changed else ""))
        said = " · ".join(filter(None, (line.by, line.words)))
        for part in wrap(shown(said), max(20, width - 6))[:2]:  # two cells are the scroll bar's
            yield text(f"   {part}", "dim")


def beside_the_form(letter: str) -> str:
    """Give the words of a letter as a form of 24 lines has room for; of a longer one the end."""
    if len(letter) <= _ROOM:
        return letter
    end = letter.splitlines()[-2:]
    return "\n".join(["The decisions: Esc, then L shows the whole letter.", *end])


def whole_path(life: Life) -> Content:
    """Write every step with all its words, who decided it and who entered it."""
    lines: list[Content] = []
    for line in life.path:
        lines.append(join(f" {show_day(line.on)}  ", (line.title, "bold" if line.changed else "")))
        decided = f"decided by {line.by}, " if line.by else ""
        lines.append(text(f"   {decided}entered by {line.officer}", "dim"))
        if line.words:
            lines.append(join("   ", block(line.words)))
    return Content("\n").join([*lines, text(" Esc goes back.", "dim")])


def figures(counted: tuple[Counted, ...]) -> Content:
    """Write how often each answer was given; small numbers are left out, never one alone."""
    lines = [text(" Small numbers are left out, and never only one of them.", "dim")]
    for question in counted:
        lines.append(text(f" {question.question}", "bold"))
        lines += [text(f"   {cell.words:>8}  {cell.answer}") for cell in question.cells]
    return Content("\n").join([*lines, text(" Esc goes back.", "dim")])


def choices(life: Life) -> tuple[Choice, ...]:
    """Offer the steps from here, each with its key.

    What can be taken comes first, and of it what a clock or they wait for, then the furthest on
    the road; what leads off it, or has been done, stands below.
    """
    table = list(Verb)

    def rank(step: NextStep) -> tuple[bool, bool, bool, int]:
        pressing = step.verb in life.pressing
        aside = step.verb in _ASIDE or step.verb in life.done
        return not step.is_open, not pressing, aside, -table.index(step.verb)

    ordered = sorted(life.steps, key=rank)
    return tuple(
        Choice(
            str(step.verb),
            step.title if step.is_open else f"✗ {step.title}",
            key=_KEYS[at] if at < len(_KEYS) else "",
            data=step,
        )
        for at, step in enumerate(ordered)
    )


def next_title(life: Life) -> Content:
    """Write the line over the steps: how many there are, and how one is taken."""
    ready = sum(step.is_open for step in life.steps)
    later = len(life.steps) - ready
    more = f", {later} not yet" if later else ""
    steps = "1 step" if ready == 1 else f"{ready} steps"
    return join((" NEXT", "bold"), (f"  {steps}{more} · key or Enter", "dim"))


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
    if life.mentioned and step.verb in _SCREENED:
        lines.append(text("MENTIONED when it was taken down", "bold"))
        lines += _points(life.mentioned, width)
    if step.verb in _ALLEGED:
        lines.append(text("ALLEGATIONS", "bold"))
        lines += _allegations(life, categories)
    if step.verb in _REVIEWED:
        lines.append(text("REVIEW BODY, as it stands", "bold"))
        lines += _wrapped(life.review, width)
        lines += _points(life.review_reasons, width)
    if step.verb in _SCREENED and life.screen_reasons:
        lines.append(text("THE TEN LINES", "bold"))
        lines += _points(life.screen_reasons[:4], width)
    if step.verb in {Verb.SET_WISHES, Verb.HANDLE_OUTSIDE} and life.complaint.wants:
        lines.append(text("THEY WANT", "bold"))
        lines += _wrapped(f"“{life.complaint.wants}”", width)[:3]
    until = {Verb.CLOSE: life.review_until, Verb.WITHDRAWAL_SILENCE: life.withdrawal_until}
    if (last := until.get(step.verb)) is not None:
        lines.append(text(f"runs to the end of {show_day(last)}"))
    if life.duties:
        lines.append(text("NOT YET", "bold"))
        lines += _points(life.duties, width)
    if life.clocks:
        lines.append(text("CLOCKS", "bold"))
        lines += [text(f"· {clock}") for clock in life.clocks]
    return [*lines, *_wrapped(life.rules, width, "dim")]


def _allegations(life: Life, categories: dict[str, Category]) -> Iterator[Content]:
    for number, item in enumerate(life.complaint.allegations, start=1):
        name = categories[item.category].name if item.category in categories else ""
        what = f"{item.category} {name}".strip() or "no category yet"
        done = f" → {item.decided}" if item.decision else ""
        yield text(f"{number} {what}{done}")


def _points(said: tuple[str, ...], width: int) -> Iterator[Content]:
    for reason in said:
        yield from _wrapped(f"· {reason}", width, "dim")


def _nothing_left(life: Life) -> str:
    if life.state is State.ELSEWHERE:
        return f"Theirs from here, under {life.their_reference}."
    return "Nothing is left to do."


def _wrapped(words: str, width: int, style: str = "") -> list[Content]:
    return [text(part, style) for part in wrap(shown(words), max(20, width))]
