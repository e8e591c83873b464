"""What a look at the machine or at the vault finds: a thing, how it stands, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How one thing stands."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what it is, how it stands, and what to do where it is not good."""

    what: str
    state: State
    hint: str = ""


def good(what: str) -> Finding:
    """Say that a thing is as it should be."""
    return Finding(what, State.GOOD)


def warning(what: str, hint: str) -> Finding:
    """Say that a thing is better changed, or could not be looked at, and what to do."""
    return Finding(what, State.WARNING, hint)


def bad(what: str, hint: str) -> Finding:
    """Say that a thing must be changed, and how."""
    return Finding(what, State.BAD, hint)
