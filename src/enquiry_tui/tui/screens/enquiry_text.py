"""A matter in words: the lines of its panels, from a page that is already masked."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from textwrap import wrap

from textual.content import Content

from enquiry_tui.desk.holds import HoldView
from enquiry_tui.desk.views import EnquiryView, PersonView, TimelineLine
from enquiry_tui.domain.gate import Verdict
from enquiry_tui.domain.holds import HoldKind
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.vocabulary import Allowed, CheckOutcome, InfoClass
from enquiry_tui.domain.when import LONDON, show_day, show_day_short, show_time
from enquiry_tui.tui.calls import short
from enquiry_tui.tui.safe import fit, join, text
from enquiry_tui.tui.screens.clock_text import panel_words
from enquiry_tui.tui.screens.enquiry_page import Page
from enquiry_tui.tui.widgets.history import HistoryRow
from enquiry_tui.tui.widgets.panels import pair

Line = str | Content
_KIND_CELLS = 11
_LEFT, _BRIEF = 45, 10  # cells of the left panel at 80 columns, and of its first line's end
_CLOCKS = 2
_DECIDED = {
    "release": "told",
    "part": "told in part",
    "refuse": "refused",
    "neither-confirm-nor-deny": "neither confirmed nor denied",
    "take-a-message": "message",
    "route": "routed",
    "answer-to-held": "answer to held",
}


def heading(view: EnquiryView) -> str:
    """Return the title: short reference, state, subject, full reference."""
    state = f"WAITING {view.waiting_on}" if view.waiting_on else view.state.upper()
    flags = " · RESTRICTED" if view.restricted else ""
    return f"{view.short} {state}{flags} · {view.subject or 'nothing noted'} · {view.reference}"


def plan_line(view: EnquiryView, revealed: Mapping[str, str]) -> str:
    """Return the contact plan: every marker in words, safe numbers, review day."""
    words = []
    for marker in view.markers:
        number = revealed.get(marker.uid, marker.safe_number)
        hidden = " (v)" if number == MASK else ""
        safe = f" · safe number {number}{hidden}" if number else ""
        words.append(f"{marker.line}{safe}. Rev {show_day_short(marker.review_on)}")
    lead = f"RESTRICTED: {view.restricted}. " if view.restricted else ""
    if not words and not lead:
        return ""
    return f" ⚑ {lead}{'PLAN: ' if words else ''}{' · '.join(words)}"


def told_lines(page: Page, *, tall: bool = False) -> Iterator[Line]:
    """Write what may be told, and of each class whether it is open and what would open it."""
    own = page.verdict(InfoClass.OWN_PROGRESS)
    if own is None:
        yield join((" MAY BE TOLD", "bold"), "  in a call, after a check")
    else:
        yield join((" MAY BE TOLD", "bold"), " own-progress ", _open_words(own, brief=True))
    for line in page.view.may_be_told:
        yield f"  {line.number} {fit(line.label, 9)} {_short_months(line.words)}"
    yield from _each_class(page) if tall else _class_lines(page)


def _short_months(words: str) -> str:
    for name in month_name[1:]:
        words = words.replace(f" {name}", f" {name[:3]}")
    return words


def _each_class(page: Page) -> Iterator[Line]:
    for verdict in page.verdicts:
        if verdict.info_class is not InfoClass.OWN_PROGRESS:
            instead = f" · {verdict.instead}" if verdict.instead and not verdict.opens else ""
            yield join(f"  {fit(str(verdict.info_class), 12)} ", _open_words(verdict), instead)


def _class_lines(page: Page) -> Iterator[Line]:
    shut: list[Verdict] = []
    for verdict in page.verdicts:
        if verdict.info_class is InfoClass.OWN_PROGRESS:
            continue
        if verdict.allowed is Allowed.CHECK or (verdict.opens and verdict.info_class):
            if verdict.info_class is not InfoClass.PUBLIC:
                yield join(f"  {verdict.info_class} ", _open_words(verdict))
        else:
            shut.append(verdict)
    by_answer: dict[str, list[str]] = {}
    for verdict in shut:
        name = verdict.allowed.value.upper()
        by_answer.setdefault(name, []).append(str(verdict.info_class))
    for answer, names in by_answer.items():
        first, *others = wrap(", ".join(names), _LEFT - len(answer) - 3)
        yield join("  ", (answer, "bold"), f" {first}")
        yield from (f"  {' ' * len(answer)} {line}" for line in others)


def _open_words(verdict: Verdict, *, brief: bool = False) -> Content:
    if verdict.opens:
        part = ", in part" if verdict.allowed is Allowed.PART else ""
        return text(f"OPEN{part}", "bold $text-success")
    return text(_brief(verdict) if brief else shut_words(verdict), "bold")


def _brief(verdict: Verdict) -> str:
    """Say it in what is left of the panel's first line: nothing of it may be cut."""
    if verdict.allowed is Allowed.CHECK:
        needs = " or ".join(need.plain() for need in verdict.missing)
        return f"SHUT: {needs} F3" if len(needs) <= _BRIEF else "SHUT: F3 checks"
    return f"SHUT: {verdict.allowed.value}"


def shut_words(verdict: Verdict) -> str:
    """Say why the gate is shut for a class, and what would open it."""
    missing = " or ".join(need.plain() for need in verdict.missing)
    match verdict.allowed:
        case Allowed.CHECK:
            return f"SHUT: needs {missing} F3"
        case Allowed.ROUTE:
            return f"SHUT: route to {verdict.route}" if verdict.route else "SHUT: route"
        case Allowed.MESSAGE:
            return "SHUT: take a message" + (f", or {missing}" if missing else "")
    return "SHUT: never from here"


def history_rows(page: Page, revealed: Mapping[str, str]) -> list[HistoryRow]:
    """Write what happened, newest first; what was revealed stands in full under its line."""
    return [_history_row(line, page.today.year, revealed) for line in page.view.timeline]


def _history_row(line: TimelineLine, year: int, revealed: Mapping[str, str]) -> HistoryRow:
    local = line.at.astimezone(LONDON)
    day = f"{local.day} {local:%b}" if local.year == year else f"{local:%b %Y}"
    live = "live " if line.live else ""
    return HistoryRow(
        uid=line.uid,
        head=f" {day:>6} {show_time(local)} {fit(line.what, _KIND_CELLS)}",
        words=f"{live}{_decided(line.words)}",
        mark=" v show" if line.masked and line.uid not in revealed else "",
        style="strike dim" if line.struck else "bold" if line.live else "",
        below=revealed.get(line.uid, ""),
    )


def _decided(words: str) -> str:
    """Say decisions as people do: `release, refuse · …` is `told, refused · …`."""
    first, dot, rest = words.partition(" · ")
    parts = first.split(", ")
    if not all(part in _DECIDED for part in parts):
        return words
    return ", ".join(_DECIDED[part] for part in parts) + dot + rest


def right_lines(page: Page, revealed: Mapping[str, str]) -> Iterator[Line]:
    """Write the panel of people, clocks, owner, checks, ledger, links and retention."""
    view = page.view
    yield from _people_lines(view, revealed)
    if view.markers:
        kinds = ", ".join(dict.fromkeys(str(m.kind).replace("-", " ") for m in view.markers))
        yield pair("flags", f"⚑ {kinds}")
    yield from _standing_lines(page)
    if page.hints.clocks:
        yield pair("asked?", f"{', '.join(rule.short for rule in page.hints.clocks)}  k clocks")
    if page.hints.complaint:
        yield pair("asked?", "a complaint?  F6")
    for clock, press in page.clocks[:_CLOCKS]:
        yield pair("CLOCK", panel_words(clock, press, page.today))
    if len(page.clocks) > _CLOCKS:
        yield pair("", f"and {len(page.clocks) - _CLOCKS} more  k clocks")
    if not page.clocks:
        yield pair("CLOCK", _clock(view, page.due))
    for promise, when in page.promises[:2]:
        what = revealed.get(promise.uid, promise.what)
        yield pair("PROMISE", f"{when.removeprefix('PROMISE ')} {what}")
    if not page.promises:
        yield pair("PROMISE", "none open")
    yield pair("OWNER", f"{view.owner}  o take, give")
    yield pair("CHECKS", _checks(page))
    lines = len(view.ledger)
    yield pair("LEDGER", f"{lines} line{'' if lines == 1 else 's'}{'  l open' if lines else ''}")
    links = ", ".join(f"{short(ref)} {kind}" for kind, ref, _ in view.links)
    yield pair("LINKS", links or "none")
    yield from _records_lines(view)
    if view.their_reference:
        yield pair("THEIRS", view.their_reference)


def _records_lines(view: EnquiryView) -> Iterator[Line]:
    """Write which holds stand, how long the matter is kept, and where its paper is."""
    held = ", ".join(_held(hold) for hold in view.holds if hold.stands)
    kept = view.kept.short or "not chosen  a r"
    if held:
        yield pair("HOLDS", held)
        yield pair("RETAIN", kept)
    else:
        yield pair("HOLDS", f"none · RETAIN {kept}")
    if view.kept.review_on is not None:
        yield pair("review", show_day(view.kept.review_on))
    if view.kept.paper:
        yield pair("PAPER", view.kept.paper)


def _standing_lines(page: Page) -> Iterator[Line]:
    """Write who may act for whom, what is over in so many words, and what an agency waits for."""
    for held in page.authorities[:2]:
        yield pair("MAY ACT", f"{held.holder} for {held.whose}")
        yield pair("", f"{held.state_words()}: {held.covers}")
    if len(page.authorities) > 2:
        yield pair("", f"and {len(page.authorities) - 2} more  a v")
    waiting = sum(item.outcome is None for item in page.requests)
    if waiting:
        yield pair("AGENCY", f"{waiting} request{'s' if waiting > 1 else ''} to answer  a q")


def _held(hold: HoldView) -> str:
    stop = hold.kind is HoldKind.MONITORING_OFFICER
    return "STOP, monitoring officer" if stop else hold.title


def _people_lines(view: EnquiryView, revealed: Mapping[str, str]) -> Iterator[Line]:
    if not view.people:
        yield pair("PERSON", "not linked  P pick")
    people = each_once(view.people)
    for at, person in enumerate(people[:3]):
        yield from _person_lines(person, revealed, is_first=at == 0)
    if len(people) > 3:
        yield pair("", f"and {len(people) - 3} more")


def each_once(people: Sequence[PersonView]) -> tuple[PersonView, ...]:
    """List each person once, with every part of theirs."""
    found: dict[str, PersonView] = {}
    for person in people:
        before = found.get(person.uid)
        part = f"{before.part}, {person.part}" if before is not None else person.part
        found[person.uid] = replace(before or person, part=part)
    return tuple(found.values())


def _person_lines(
    person: PersonView, revealed: Mapping[str, str], *, is_first: bool
) -> Iterator[Line]:
    doubt = "?" if person.unsure else ""
    at = f", {person.organisation}" if person.organisation else ""
    part = "" if is_first and person.part == "enquirer" else f" ({person.part})"
    label = "PERSON" if is_first else "and"
    yield join(" ", (fit(label, 8), "dim"), (f"{person.name}{doubt}{at}{part}", "bold"))
    if not is_first:
        return
    for point in person.points:
        value = revealed.get(point.uid, point.value)
        sure = "✓" if point.confirmed else "unverified"
        hidden = point.masked and point.uid not in revealed
        yield pair(point.kind, f"{value}  {sure}{' v' if hidden else ''}")
    if person.needs:
        yield pair("needs", person.needs)


def _clock(view: EnquiryView, due: str) -> str:
    if view.due_on is None:
        return "none runs  k start"
    sent = next((line for line in view.may_be_told if line.label == "sent"), None)
    day = show_day_short(view.due_on)
    return f"reply {day} {due}" + (" · sent" if sent and "acknowledg" not in sent.words else "")


def _checks(page: Page) -> str:
    done = []
    for check in page.view.checks[:3]:
        here = page.contact is not None and check.contact_uid == page.contact.uid
        when = "now" if here else show_day_short(check.at.astimezone(LONDON).date())
        outcome = check.outcome
        passed = outcome is CheckOutcome.PASSED
        words = str(check.recognition) if passed else str(outcome or "begun")
        if passed and check.authorities:
            words = "+".join(str(a) for a in check.authorities)
        done.append(f"{when} {words}")
    return " · ".join(done) or "none"
