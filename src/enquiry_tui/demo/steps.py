"""What the steps of the walk share: what is told of each, and who and what has come up so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources

from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.gate import Verdict
from enquiry_tui.errors import EnquiryError


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it is told: what it is, and what came of it, line by line."""

    title: str
    said: tuple[str, ...]


@dataclass
class Walker:
    """Who walks, and what later steps need of earlier ones."""

    desk: Desk
    enquiry: str = ""
    reference: str = ""
    person: str = ""
    contact: str = ""
    restricted: str = ""
    code: str = ""


def refused(act: Callable[[], object]) -> str:
    """Do what must be refused and give the words of the refusal. Raises RuntimeError otherwise."""
    try:
        act()
    except EnquiryError as error:
        return f"{error.title.rstrip('.')}. {error.hint}".strip()
    raise RuntimeError("something went through that must be refused")


def demand(holds: bool) -> None:
    """Check what the walk is about to claim. Raises RuntimeError where it does not hold."""
    if not holds:
        raise RuntimeError("the walk found something other than it says")


def verdict_words(verdict: Verdict) -> str:
    """Say a verdict in one line: the answer, and what would open it."""
    needs = " or ".join(need.words() for need in verdict.missing)
    asked = verdict.info_class.label if verdict.info_class else "anything"
    opens = f", would need {needs}" if needs else ""
    return f"{asked}: {verdict.allowed.value.upper()}{opens}"


def sample(name: str) -> bytes:
    """Read one of the bundled samples."""
    return resources.files("enquiry_tui.demo").joinpath(name).read_bytes()
