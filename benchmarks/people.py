"""Who it might be, while a name is typed: how quick among 100,000 people, and how often right."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import fuzz, process

from benchmarks.office import Office
from benchmarks.timing import CPU, Line, seconds
from enquiry_tui.desk import steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.text import fold

_ASKED, _SHOWN = 200, 8
_TOGETHER = 10_000
_BEGIN = "b c d f g h j k l m n p r s t v w br ch cl cr dr fl gr ph sh sl st th tr wh"
_MIDDLE = "a e i o u ai ea ee ou ie y"
_END = "n r l s t ck ng nd ll ss rt ton ley son man wood ford well by ham er"
_BY_EAR = (("ph", "f"), ("ck", "k"), ("ea", "ee"), ("ll", "l"), ("y", "ie"))


class Names:
    """First and last names out of syllables, some of them far more usual than others."""

    def __init__(self) -> None:
        self.random = random.Random(3)
        self._first = list(dict.fromkeys(self._word(1) for _ in range(900)))
        self.last = list(
            dict.fromkeys(self._word(self.random.choice((1, 2, 2))) for _ in range(20_000))
        )

    def some(self, count: int) -> list[str]:
        """Give so many names; the most usual first name is one person's in thirty."""
        first = [1 / (place + 5) for place in range(len(self._first))]
        last = [1 / (place + 30) for place in range(len(self.last))]
        firsts = self.random.choices(self._first, first, k=count)
        lasts = self.random.choices(self.last, last, k=count)
        return [f"{one} {other}" for one, other in zip(firsts, lasts, strict=True)]

    def misheard(self, name: str) -> str:
        """Give a name as it might be typed: a slip in one letter, turned round, or by ear."""
        letters = list(name)
        at = self.random.choice([i for i in range(1, len(name)) if " " not in name[i - 1 : i + 1]])
        match self.random.randrange(6):
            case 0:
                del letters[at]
            case 1:
                letters[at] = self.random.choice("aeioubdgt")
            case 2:
                letters.insert(at, self.random.choice("aeioulrs"))
            case 3:
                letters[at - 1 : at + 1] = letters[at], letters[at - 1]
            case 4:
                first, last = name.split()
                return f"{last}, {first}"
            case _:
                for spelt, heard in _BY_EAR:
                    name = name.replace(spelt, heard)
                return name
        return "".join(letters)

    def _word(self, syllables: int) -> str:
        pick = self.random.choice
        parts = [pick(_BEGIN.split()) + pick(_MIDDLE.split()) for _ in range(syllables)]
        return ("".join(parts) + pick(_END.split())).title()


def measure(folder: Path, count: int) -> Iterator[Line]:
    """Fill an office with people and ask for some of them by names that were misheard."""
    office, names = Office(folder), Names()
    known = names.some(count)
    asked = [(names.misheard(name), name) for name in names.random.choices(known, k=_ASKED)]
    folded = [fold(name) for name in known]
    took, base, found, best = [], [], 0, 0
    with office.signed_in() as desk:
        for start in range(0, count, _TOGETHER):
            with desk.act(Action.PERSON_RECORD) as act:
                for name in known[start : start + _TOGETHER]:
                    steps.add_person(act, desk, name)
                act.event("person", "")
        for heard, name in asked:
            rows: list[str] = []
            took.append(seconds(lambda: rows.extend(_possible(desk, heard)), CPU))  # noqa: B023
            found += name in rows
            hits: list[int] = []
            base.append(seconds(lambda: hits.extend(_all(heard, folded)), CPU))  # noqa: B023
            best += any(known[hit] == name for hit in hits)
    p95 = 1000 * statistics.quantiles(took, n=20)[-1]
    against = "rapidfuzz over all names in memory"
    yield Line(
        f"who it might be, {count:,} people, median",
        1000 * statistics.median(took),
        "ms",
        1000 * statistics.median(base),
        against,
    )
    yield Line("  p95", p95, "ms", target="≤ 60", meets=p95 <= 60)
    recall, target = found / _ASKED, 0.92
    yield Line(
        f"  is among the {_SHOWN} shown",
        recall,
        "of all",
        best / _ASKED,
        against,
        f"≥ {target}",
        recall >= target,
    )


def _possible(desk: Desk, heard: str) -> list[str]:
    return [str(row["name"]) for _, row in steps.possible_people(desk, heard, "", _SHOWN)]


def _all(heard: str, folded: list[str]) -> list[int]:
    found = process.extract(fold(heard), folded, scorer=fuzz.WRatio, limit=_SHOWN)
    return [place for _, _, place in found]
