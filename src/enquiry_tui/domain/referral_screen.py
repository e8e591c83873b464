"""The ten lines that the authority finishes: what must go to the IOPC, and what that bars.

Police Reform Act 2002 Sch 3 para 4; Police (Complaints and Misconduct) Regulations 2020 reg 4. The
lines themselves are pack data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from enquiry_tui.domain.complaint_book import Rule


class Answer(StrEnum):
    """What the authority says to one line."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Screened:
    """What follows from the answers; `missing` are the lines without one."""

    yes: tuple[Rule, ...]
    unsure: tuple[Rule, ...]
    missing: tuple[Rule, ...]

    @property
    def is_finished(self) -> bool:
        """Say whether every line has its answer."""
        return not self.missing

    @property
    def must_refer(self) -> bool:
        """Say whether a line is answered yes."""
        return bool(self.yes)

    @property
    def may_stay_outside(self) -> bool:
        """Say whether handling outside Schedule 3 is open: all finished, and each a no."""
        return not (self.yes or self.unsure or self.missing)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Say what follows, a sentence each."""
        said = [f"Yes: {line.label} ({line.cited})" for line in self.yes]
        said += [f"Unsure: {line.label} ({line.cited})" for line in self.unsure]
        if self.yes:
            said.append(
                "To the IOPC without delay, by the end of the day after it became clear."
                " It is recorded, and cannot be handled outside Schedule 3."
            )
        elif self.unsure:
            said.append("While a line is unsure it cannot be handled outside Schedule 3.")
        if self.missing:
            said.append(f"{len(self.missing)} of the lines are not answered yet.")
        elif self.may_stay_outside:
            said.append("Nothing here has to go to the IOPC.")
        return tuple(said)


def screen(lines: Sequence[Rule], answers: Mapping[str, Answer]) -> Screened:
    """Work out what follows from the answers. Raises KeyError for a line that is not one."""
    known = {line.id for line in lines}
    for name in answers:
        if name not in known:
            raise KeyError(name)
    return Screened(
        yes=tuple(line for line in lines if answers.get(line.id) is Answer.YES),
        unsure=tuple(line for line in lines if answers.get(line.id) is Answer.UNSURE),
        missing=tuple(line for line in lines if line.id not in answers),
    )
