"""The life of a complaint in complaints.toml: its models, and the book they become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pydantic import Field

from enquiry_tui.domain.complaint_book import ComplaintBook, HandlingRoute, Question, Rule
from enquiry_tui.domain.complaint_models import Model as OfficeModel
from enquiry_tui.domain.complaint_states import Verb
from enquiry_tui.domain.review_body import ELSEWHERE, REASONS
from enquiry_tui.policy.problems import refuse
from enquiry_tui.policy.reading import Model, PackModel

_FILE = "complaints.toml"
MOVED = "moved"
ROUTES = ("outside", "otherwise", "investigation", "special", "iopc")
STANDINGS = ("victim", "affected", "witness", "representative", "colleague", "none")
WANTS_RECORDING = "wants-recording"
# Steps that came later: a pack installed before them has no words for them, and stays in force.
_LATER = (Verb.PRESERVE, Verb.GIVE_COPY)


class HandlingModel(Model):
    """Which model the local policing body has chosen, and what each means."""

    model: int = Field(ge=1, le=3)
    smallest: int = Field(ge=2, le=20)
    models: dict[str, str]


class RuleModel(Model):
    """Something that may be chosen, with its source."""

    label: str
    source: str
    verify: bool = False


class LineModel(RuleModel):
    """One of the ten lines; `note` says what a word in it means."""

    id: str
    note: str = ""


class GroundModel(RuleModel):
    """One ground that forces recording."""

    serious: bool = False


class RouteModel(RuleModel):
    """One way of handling."""

    when: str
    review: bool
    decisions: tuple[str, ...] = Field(min_length=1)


class QuestionModel(Model):
    """One question of the equality form."""

    id: str
    label: str
    answers: tuple[str, ...] = Field(min_length=2, max_length=24)


class LifeModel(PackModel):
    """What complaints.toml says beyond who decides and what the words suggest."""

    handling: HandlingModel
    definition: RuleModel
    standings: dict[str, RuleModel]
    lines: tuple[LineModel, ...] = Field(min_length=10, max_length=10)
    grounds: dict[str, GroundModel]
    decisions: dict[str, RuleModel]
    routes: dict[str, RouteModel]
    actions: dict[str, str]
    factors: dict[str, str]
    set_aside: dict[str, RuleModel] = Field(alias="set-aside")
    conflicts: dict[str, RuleModel]
    review: dict[str, RuleModel]
    review_outcomes: dict[str, RuleModel] = Field(alias="review-outcomes")
    steps: dict[str, RuleModel]
    equality: tuple[QuestionModel, ...]


def complaint_book(model: LifeModel) -> ComplaintBook:
    """Make the book. Raises PackError where something that the path needs is missing."""
    _complete("handling.models", ("1", "2", "3"), model.handling.models)
    _complete("standings", STANDINGS, model.standings)
    _complete("routes", ROUTES, model.routes)
    _complete("review", REASONS, model.review, (ELSEWHERE,))
    verbs = tuple(str(verb) for verb in Verb if verb not in _LATER)
    _complete("steps", verbs, model.steps, tuple(map(str, _LATER)))
    for route, item in model.routes.items():
        for word in item.decisions:
            if word not in model.decisions:
                place = f"routes.{route}.decisions"
                refuse(_FILE, place, "unknown word", word, list(model.decisions))
    for needed, name, there in (
        (MOVED, "decisions", model.decisions),
        (WANTS_RECORDING, "grounds", model.grounds),
    ):
        if needed not in there:
            refuse(_FILE, f"{name}.{needed}", "missing")
    return ComplaintBook(
        model=OfficeModel(model.handling.model),
        models={OfficeModel(int(key)): words for key, words in model.handling.models.items()},
        definition=_rule("definition", model.definition),
        standings=_rules(model.standings),
        lines=tuple(replace(_rule(line.id, line), note=line.note) for line in model.lines),
        grounds=_rules(model.grounds),
        serious_grounds=frozenset(key for key, item in model.grounds.items() if item.serious),
        routes={key: _route(key, item) for key, item in model.routes.items()},
        decisions=_rules(model.decisions),
        moved=MOVED,
        actions={key: Rule(key, label) for key, label in model.actions.items()},
        factors={key: Rule(key, label) for key, label in model.factors.items()},
        set_aside=_rules(model.set_aside),
        conflicts=_rules(model.conflicts),
        review=_rules(model.review),
        review_outcomes=_rules(model.review_outcomes),
        sources=_rules(model.steps),
        equality=tuple(Question(item.id, item.label, item.answers) for item in model.equality),
        smallest=model.handling.smallest,
    )


def _complete(
    table: str,
    needed: tuple[str, ...],
    there: Mapping[str, object],
    optional: tuple[str, ...] = (),
) -> None:
    for name in there:
        if name not in (*needed, *optional):
            refuse(_FILE, f"{table}.{name}", "unknown key", name, [*needed, *optional])
    for name in needed:
        if name not in there:
            refuse(_FILE, f"{table}.{name}", "missing")


def _rule(key: str, item: RuleModel) -> Rule:
    return Rule(key, item.label, item.source, item.verify)


def _rules(items: Mapping[str, RuleModel]) -> dict[str, Rule]:
    return {key: _rule(key, item) for key, item in items.items()}


def _route(key: str, item: RouteModel) -> HandlingRoute:
    return HandlingRoute(
        key, item.label, item.when, item.review, item.decisions, item.source, item.verify
    )
