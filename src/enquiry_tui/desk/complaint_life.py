"""A complaint as its screen shows it: the path so far, the steps from here, clocks, review body."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from enquiry_tui.desk import (
    complaint_clocks,
    complaint_duties,
    complaint_moves,
    complaint_views,
    pack_steps,
    work,
)
from enquiry_tui.desk.complaint_reading import Complaint, complaint, is_read
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain import complaint_path
from enquiry_tui.domain.clock_data import read_due, rule_from
from enquiry_tui.domain.clock_rules import Unit
from enquiry_tui.domain.clock_words import past_words
from enquiry_tui.domain.complaint_states import Need, State, Verb, Who
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.rights import Right, may
from enquiry_tui.domain.when import due_words, show_day, show_day_short
from enquiry_tui.records import clocks, complaints
from enquiry_tui.records.base import Row

_NEVER = frozenset({Need.RECORDED, Need.NOT_RECORDED})


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that the table knows from here; `missing` is what must stand first."""

    verb: Verb
    title: str
    missing: tuple[str, ...]
    who: str
    is_mine: bool
    why: str
    source: str

    @property
    def is_open(self) -> bool:
        """Say whether it can be taken now, by this officer."""
        return not self.missing and self.is_mine


@dataclass(frozen=True, slots=True)
class PathLine:
    """A step that was taken: when, what, who decided, in which words."""

    on: date
    title: str
    words: str
    by: str
    officer: str
    changed: bool
    to: State
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One of the ten lines with its answer; `note` says what a word in it means."""

    id: str
    label: str
    source: str
    answer: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """Everything the screen of a complaint shows."""

    complaint: Complaint
    state: State
    path: tuple[PathLine, ...]
    steps: tuple[NextStep, ...]
    lines: tuple[Line, ...]
    screen_reasons: tuple[str, ...]
    review: str
    review_reasons: tuple[str, ...]
    clocks: tuple[str, ...]
    mentioned: tuple[str, ...]
    duties: tuple[str, ...]
    pressing: frozenset[Verb]
    done: frozenset[Verb]
    review_until: date | None
    handler: str
    route: str
    factors: tuple[str, ...]
    standing: str
    wants_recorded: str
    wishes_read: str
    their_reference: str
    iopc_reference: str
    withdrawal_until: date | None
    model: str
    rules: str


def life(desk: Desk, uid: str) -> Life:
    """Give a complaint with its path and the steps that are open. Raises NotFound."""
    row = complaint_moves.found(desk, uid)
    whole = _life(desk, row)
    return whole if is_read(desk, row) else _unread(whole)


def _life(desk: Desk, row: Row) -> Life:
    """Put together what the screen shows."""
    answers = complaints.lines(desk.store, row["id"])
    rules = complaint_moves.book(desk)
    found = complaint_views.reviewing(desk, row)
    return Life(
        complaint=complaint(desk, row["uid"]),
        state=State(row["state"]),
        path=tuple(map(_line, complaints.entries(desk.store, row["id"]))),
        steps=next_steps(desk, row["uid"]),
        lines=tuple(
            Line(line.id, line.label, line.cited, answers.get(line.id, ""), line.note)
            for line in rules.lines
        ),
        screen_reasons=complaint_moves.screened(desk, row).reasons if answers else (),
        review=found.body.words,
        review_reasons=tuple(f"{rule.label} {rule.cited}" for rule in found.reasons),
        clocks=_clocks(desk, row),
        mentioned=tuple(
            tick.label
            for tick in desk.packs.complaints.value.ticks
            if tick.id in str(row["mentioned"]).split("\n")
        ),
        duties=tuple(complaint_duties.outstanding(desk, row).values()),
        pressing=_pressing(desk, row),
        done=_done(desk, row),
        review_until=work.day(row["review_until"]),
        handler=row["handler"],
        route=rules.routes[row["route"]].label if row["route"] in rules.routes else "",
        factors=tuple(str(row["factors"]).split()),
        standing=row["standing"],
        wants_recorded=row["wants_recorded"],
        wishes_read=row["wishes_read"],
        their_reference=row["their_reference"],
        iopc_reference=row["iopc_reference"],
        withdrawal_until=work.day(row["withdrawal_until"]),
        model=f"model {int(rules.model)}: {rules.models[rules.model]}",
        rules=pack_steps.rules_as_at(desk, "complaints"),
    )


def next_steps(desk: Desk, uid: str) -> tuple[NextStep, ...]:
    """List the steps from here that are this office's, with what each still needs.

    One that cannot come any more, as it was recorded or never was, is left out.
    """
    row = complaint_moves.found(desk, uid)
    facts = complaint_moves.facts(desk, row)
    rules = complaint_moves.book(desk)
    decides = may(desk.officer.role, desk.officer.administrator, Right.COUNTERSIGN)
    return tuple(
        NextStep(
            verb=step.verb,
            title=step.title,
            missing=tuple(str(need) for need in complaint_path.unmet(step, facts)),
            who=str(step.who),
            is_mine=step.who is Who.OFFICER or decides,
            why=rules.why(str(step.verb)),
            source=rules.source(str(step.verb)),
        )
        for step in complaint_path.steps_from(State(row["state"]), complaint_moves.ours(desk, row))
        if not _NEVER & set(complaint_path.unmet(step, facts))
    )


def _pressing(desk: Desk, row: Row) -> frozenset[Verb]:
    """List the steps that are waited for: by the next-day clock, or by who wants to drop it."""
    verbs = {Verb.WITHDRAWAL_LETTER} if row["withdrawal_asked_on"] else set()
    facts = complaint_moves.facts(desk, row)
    if row["route"] == "outside" and (facts.moved or not facts.still_outside):
        verbs.add(Verb.RECORD)
    for clock in clocks.open_of_enquiry(desk.store, row["enquiry_id"]):
        if (clock["rule"], clock["about"]) == (complaint_clocks.REFERRAL, row["uid"]):
            refer = Verb.REFER if facts.recorded else Verb.RECORD
            verbs.add(Verb.FINISH_SCREEN if clock["provisional"] else refer)
    return frozenset(verbs)


def _done(desk: Desk, row: Row) -> frozenset[Verb]:
    """List the steps that may be taken again but have nothing left to do."""
    facts = complaint_moves.facts(desk, row)
    left = complaint_duties.outstanding(desk, row)
    return frozenset(
        verb
        for verb, done in {
            Verb.CATEGORISE: facts.categories,
            Verb.SET_WISHES: bool(row["wishes_read"]),
            Verb.FINISH_SCREEN: facts.screen and not complaint_moves.screened(desk, row).unsure,
            Verb.ALLOCATE: facts.handler,
            Verb.HANDLE: row["state"] == State.HANDLING,
            Verb.DECIDE: facts.alleged and not facts.undecided,
            Verb.PRESERVE: Verb.PRESERVE not in left,
            Verb.GIVE_COPY: Verb.GIVE_COPY not in left,
        }.items()
        if done
    )


def _unread(life: Life) -> Life:
    """Leave the days and the steps, and mask what was said and why."""
    path = tuple(replace(x, words=x.words and MASK, by=x.by and MASK) for x in life.path)
    return replace(life, path=path, mentioned=(), screen_reasons=(), handler=life.handler and MASK)


def _line(row: Row) -> PathLine:
    verb = str(row["verb"])
    to, changed = State(row["to_state"]), row["from_state"] != row["to_state"]
    title = "taken down" if verb == "log" else Verb(verb).done
    return PathLine(
        on=date.fromisoformat(row["on_day"]),
        title=title,
        words=row["words"],
        by=row["by_whom"],
        officer=row["officer"],
        changed=changed or verb == "log",
        to=to,
        verb=verb,
    )


def _clocks(desk: Desk, row: Row) -> tuple[str, ...]:
    """Say each clock of this complaint that runs, and when it ends."""
    said = []
    for clock in clocks.open_of_enquiry(desk.store, row["enquiry_id"]):
        if clock["about"] != row["uid"]:
            continue
        due = read_due(clock["legal_due"]) or read_due(clock["service_due"])
        if due is not None:
            day, rule = date.fromisoformat(clock["due_on"]), rule_from(clock["terms"])
            maybe = " (provisional)" if clock["provisional"] else ""
            past = past_words(due.at, desk.now()) if due.at is not None else ""
            every_day = rule.unit is not Unit.WORKING_DAYS
            press = past or due_words(day, desk.today(), desk.calendar, every_day=every_day)
            dates = _shown(desk, day)
            if day < due.day:
                dates = f"service {dates}, legal {_shown(desk, due.day)}"
            said.append(f"{rule.title}{maybe} {dates}, {press}")
    return tuple(said)


def _shown(desk: Desk, day: date) -> str:
    return (show_day_short if day.year == desk.today().year else show_day)(day)
