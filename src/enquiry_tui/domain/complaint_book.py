"""What the complaints pack says beyond who decides: lines, grounds, routes, words, actions.

Every item names its source; `verify` marks what was not checked against the published text and is
shown as "verify locally", never as law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from enquiry_tui.domain.complaint_models import Model

VERIFY = "verify locally"
_NAMED_CLOCK = re.compile(r"\{([a-z-]+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that may be chosen or answered, in words, with where it comes from.

    `note` says what a word in the label means.
    """

    id: str
    label: str
    source: str = ""
    verify: bool = False
    note: str = ""

    @property
    def cited(self) -> str:
        """Return the source as it is shown."""
        return " · ".join(filter(None, (self.source, VERIFY if self.verify else "")))


@dataclass(frozen=True, slots=True)
class HandlingRoute:
    """A way of handling: its decision words, and whether its outcome may be reviewed."""

    id: str
    label: str
    when: str
    review: bool
    decisions: tuple[str, ...]
    source: str
    verify: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the voluntary equality form, with its answers."""

    id: str
    label: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComplaintBook:
    """The rules of a complaint's life, as the pack has them."""

    model: Model
    models: Mapping[Model, str]
    definition: Rule
    standings: Mapping[str, Rule]
    lines: tuple[Rule, ...]
    grounds: Mapping[str, Rule]
    serious_grounds: frozenset[str]
    routes: Mapping[str, HandlingRoute]
    decisions: Mapping[str, Rule]
    moved: str
    actions: Mapping[str, Rule]
    factors: Mapping[str, Rule]
    set_aside: Mapping[str, Rule]
    conflicts: Mapping[str, Rule]
    review: Mapping[str, Rule]
    review_outcomes: Mapping[str, Rule]
    sources: Mapping[str, Rule]
    equality: tuple[Question, ...]
    smallest: int
    refusal: str = field(default="prefer not to say")

    def named_clocks(self) -> Iterator[tuple[str, str]]:
        """Give each clock that a sentence names, as `{review-window}`, after where it stands."""
        for table, rules in (("steps", self.sources), ("review-outcomes", self.review_outcomes)):
            for key, rule in rules.items():
                for name in _NAMED_CLOCK.findall(rule.label):
                    yield f"{table}.{key}.label", name

    def with_lengths(self, lengths: Mapping[str, str]) -> ComplaintBook:
        """Write how long they run into the sentences that name clocks; a stranger stays as it is.

        So a length stands in the pack of the clocks and nowhere else.
        """
        return replace(
            self,
            sources=_filled(self.sources, lengths),
            review_outcomes=_filled(self.review_outcomes, lengths),
        )

    def source(self, verb: str) -> str:
        """Return where the rule behind a step comes from, as it is shown."""
        rule = self.sources.get(verb)
        return rule.cited if rule is not None else ""

    def why(self, verb: str) -> str:
        """Return what a step is for, in one sentence."""
        rule = self.sources.get(verb)
        return rule.label if rule is not None else ""


def _filled(rules: Mapping[str, Rule], lengths: Mapping[str, str]) -> dict[str, Rule]:
    def words(found: re.Match[str]) -> str:
        return lengths.get(found[1], found[0])

    return {
        key: replace(rule, label=_NAMED_CLOCK.sub(words, rule.label)) for key, rule in rules.items()
    }
